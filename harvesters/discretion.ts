/** The last door before a record is stored: no text of it tells how a person is reached, whatever its format let through. Pure. */
import { withoutWaysToReach } from '#graph-schema/contacts.ts';
import { type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { Cue, Price, PropertyType, When } from '#graph-schema/property.ts';
import type { AnyRecord, Link } from '#graph-schema/record.ts';

/** Raise it when more, or less, is taken out: what is stored must then be mapped again. */
export const DISCRETION_VERSION = 1;

/** Numbers of an inventory and notations look like telephone numbers, and are none. */
const CODES: ReadonlySet<string> = new Set(['inventoryNumber', 'notation', 'licence']);

/** What is left where nothing else stood: a record must have a name, and a passage of a recording its place. */
const NOTHING_LEFT = '–';

/** The record without them, and the fields that had some; the very same record where it has none. */
export function discreet(record: AnyRecord): { readonly record: AnyRecord; readonly cleaned: readonly string[] } {
  const cleaned = new Set<string>();
  // A museum's own numbers may be ten figures in a row.
  const options = { bareFigures: record.kind !== 'HeritageObject' };
  const clean = (text: string) => withoutWaysToReach(text, options);
  const fields = discreetFields(record.kind, record.fields, clean, (name) => cleaned.add(name));
  const relations: Record<string, readonly Link[] | undefined> = { ...record.relations };
  for (const [name, links] of Object.entries(record.relations)) {
    const relation = kindOf(record.kind).relations[name];
    const kept = links?.flatMap((link) => discreetLink(link, relation?.words !== undefined, clean) ?? []);
    if (!links || !kept || (kept.length === links.length && kept.every((link, at) => link === links[at]))) continue;
    cleaned.add(name);
    relations[name] = kept;
  }
  return cleaned.size === 0
    ? { record, cleaned: [] }
    : { record: { ...record, fields, relations }, cleaned: [...cleaned] };
}

type Clean = (text: string) => string;

function discreetFields(
  kind: KindName,
  fields: AnyRecord['fields'],
  clean: Clean,
  tell: (name: string) => void,
): AnyRecord['fields'] {
  let changed: Record<string, unknown> | undefined;
  const properties = propertiesOf(kind);
  for (const [name, value] of Object.entries(fields)) {
    const property = properties[name];
    if (value === undefined || property === undefined || property.values || CODES.has(name)) continue;
    const left = discreetValue(property.type, value, clean);
    if (left === value) continue;
    tell(name);
    changed ??= { ...fields };
    if (left === undefined && name !== 'name') delete changed[name];
    else changed[name] = left ?? NOTHING_LEFT;
  }
  return changed ?? fields;
}

/** The same value where nothing is to be taken out; undefined where nothing is left. */
function discreetValue(type: PropertyType, value: unknown, clean: Clean): unknown {
  switch (type) {
    case 'string':
      return leftOf(value as string, clean);
    case 'strings':
      return discreetList(value as readonly string[], (text) => leftOf(text, clean));
    case 'when':
    case 'price':
      return discreetText(value as When | Price, clean);
    case 'cues':
      return discreetList(value as readonly Cue[], (cue) => discreetText(cue, clean) ?? { ...cue, text: NOTHING_LEFT });
    default:
      return value;
  }
}

/** Undefined where nothing but punctuation is left. */
function leftOf(text: string, clean: Clean): string | undefined {
  const left = clean(text);
  if (left === text) return text;
  return /[\p{L}\p{N}]/u.test(left) ? left.replace(/ {2,}/g, ' ').trim() : undefined;
}

function discreetText<T extends { readonly text: string }>(value: T, clean: Clean): T | undefined {
  const text = leftOf(value.text, clean);
  if (text === value.text) return value;
  return text === undefined ? undefined : { ...value, text };
}

function discreetList<T>(values: readonly T[], one: (value: T) => T | undefined): readonly T[] | undefined {
  const left = values.flatMap((value) => one(value) ?? []);
  if (left.length === values.length && left.every((value, at) => value === values[at])) return values;
  return left.length === 0 ? undefined : left;
}

/** Words that name nothing but a number lead nowhere. */
function discreetLink(link: Link, isWords: boolean, clean: Clean): Link | undefined {
  if ('text' in link && isWords) {
    const text = leftOf(link.text, clean);
    return text === link.text ? link : text === undefined ? undefined : { ...link, text };
  }
  if ('media' in link) {
    const media = discreetFields('Media', link.media, clean, () => undefined);
    return media === link.media ? link : { ...link, media: media as typeof link.media };
  }
  return link;
}
