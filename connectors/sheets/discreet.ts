/** What a screen may show of a sheet that nobody has looked through yet: no way to reach a person, and no name after a title. */
import { withoutContacts } from '../formats/shared/contacts.ts';

const TITLED =
  /(?<![\p{L}])(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Mesdames|Messieurs|Dr|Me)\s{1,3}(?:\p{Lu}[\p{L}.'’-]{0,40}\s?){1,3}/gu;

/** `Visite guidée (s'adresser à Mme Exemple, 06 00 00 00 00)` becomes `Visite guidée (s'adresser à …,)`: for the eye only, never for what is read. */
export function shownText(text: string): string {
  if (!/[@\d]|[MD]/.test(text)) return text;
  return (withoutContacts(text.replace(TITLED, '… ')) ?? '…').replace(/ ?… ?[,;:]? ?(?=[)\]]|$)/g, ' …').trim();
}

/** A value, every text and key of it as it may be shown where `seen` gives another one. */
export function withShown(value: unknown, seen: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return seen.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => withShown(one, seen));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [seen.get(key) ?? key, withShown(one, seen)] as const),
  );
}

/** The headings that are not shown as they stand, and what is shown instead; two never look the same. */
export function headingsShown(columns: readonly string[]): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  for (const column of columns) {
    const shown = shownText(column);
    if (shown === column) continue;
    const taken = new Set([...columns, ...seen.values()]);
    let name = shown;
    for (let count = 2; taken.has(name); count += 1) name = `${shown} (${count})`;
    seen.set(column, name);
  }
  return seen;
}

/** The column that a person means: by its heading, as it stands or as it is shown; below a group of columns (`Contact Nom`), by its own name where only one ends so. */
export function columnNamed(columns: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  const seen = headingsShown(columns);
  const exact = columns.find((one) => one.toLowerCase() === wanted || seen.get(one)?.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const ending = columns.filter((one) => one.toLowerCase().endsWith(` ${wanted}`));
  return ending.length === 1 ? ending[0] : undefined;
}
