/** Values of a record as the rules read them. */
import type { Link } from '../record.ts';

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** At most so many texts of a list. */
export function textsOf(value: unknown, most: number): readonly string[] {
  return Array.isArray(value) ? value.slice(0, most).filter((one) => typeof one === 'string') : [];
}

/** The words of a relation's links, as the source wrote them. */
export function linkTexts(links: readonly Link[] | undefined, most: number): readonly string[] {
  return (links ?? []).slice(0, most).flatMap((link) => ('text' in link ? link.text : []));
}

/** The codes of a scheme that a relation's links lead to. */
export function linkCodes(links: readonly Link[] | undefined, scheme: string, most: number): readonly string[] {
  return (links ?? [])
    .slice(0, most)
    .flatMap((link) => ('identifier' in link && link.identifier.scheme === scheme ? link.identifier.value : []));
}
