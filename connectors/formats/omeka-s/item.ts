/** An item of Omeka S as a record: what it says in public, and what shows it. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Json } from '../../connector.ts';
import type { Mapping, MappingContext } from '../../format.ts';
import { describedObject, type Said } from '../shared/described.ts';
import { type JsonObject, listIn, objectIn, textIn } from '../shared/json-ld.ts';
import { readPoint } from '../table/values.ts';
import { shownBy } from './media.ts';
import { isAgent, kindOfClasses, meaningOfTerm } from './terms.ts';
import { isPrivate, textsOf } from './values.ts';

/** The number of an item as text, and when it was changed; undefined for what is no item. */
export function identityOf(row: Json): { readonly id: string; readonly modified?: string | undefined } | undefined {
  const item = objectIn(row);
  const id = textIn(item?.['o:id']);
  if (!item || id === undefined || !/^\d{1,15}$/.test(id)) return undefined;
  return { id, modified: textIn(objectIn(item['o:modified'])?.['@value'] ?? item['o:modified']) };
}

/** The record of an item. Rejects one that is private, one that describes a person or body, and one without a name. */
export function mapItem(row: Json, context: MappingContext): Mapping {
  const { id } = context;
  const item = objectIn(row);
  const classes = classesOf(item);
  if (!item || !isItem(item, classes)) {
    const found = classes[0] ?? 'JSON';
    return { rejected: finding('format-row-foreign', { id, format: 'omeka-s', found: found.slice(0, 100) }) };
  }
  if (item['o:is_public'] === false) return { rejected: finding('record-private', { id }), hides: true };
  if (isAgent(classes)) return { rejected: finding('omeka-s-agent', { id }), hides: true };
  const notes: Finding[] = [];
  const said = Object.entries(item).flatMap(([term, values]) => saidBy(term, values));
  const media = shownBy(item);
  const titled = said.some(({ meaning }) => meaning === 'title');
  const title = titled ? undefined : publicTitle(item);
  const mapped = describedObject(
    {
      id,
      said: [...said, ...(title === undefined ? [] : [{ meaning: 'title' as const, text: title }])],
      kind: kindOfClasses(classes),
      surely: media.surely,
      point: pointOf(item, notes),
      addresses: [],
      media: media.links,
      named: 'dcterms:title, dcterms:type',
    },
    notes,
  );
  // Its only title has become private: an earlier version that shows it goes too.
  return 'rejected' in mapped && hasPrivate(item) ? { ...mapped, hides: true } : mapped;
}

/** `@type`, and the resource class where it is named by its term. */
function classesOf(item: JsonObject | undefined): readonly string[] {
  const named = textIn(objectIn(item?.['o:resource_class'])?.['o:term']);
  return [...listIn(item?.['@type']), named ?? null].flatMap((one) => textIn(one ?? undefined) ?? []);
}

/** Classes name it an item; an answer without them still has a number, and values of some vocabulary. */
function isItem(item: JsonObject, classes: readonly string[]): boolean {
  if (classes.includes('o:Item')) return true;
  const isOther = classes.some((one) => /^o:(ItemSet|Media|Site|User|Asset|SitePage)$/.test(one));
  return !isOther && identityOf(item) !== undefined && Object.keys(item).some(isProperty);
}

/** `o:title` repeats the title property, which may be private: so it counts only where no value of the item is. */
function publicTitle(item: JsonObject): string | undefined {
  return hasPrivate(item) ? undefined : textIn(item['o:title']);
}

function hasPrivate(item: JsonObject): boolean {
  return Object.entries(item).some(([term, value]) => isProperty(term) && listIn(value).some(isPrivate));
}

/** A key of a vocabulary: `dcterms:title`. Those of Omeka itself begin with `o:` or `o-module`. */
const isProperty = (term: string): boolean => /^[a-z][\w-]*:\w/i.test(term) && !/^o(-[\w-]+)?:/.test(term);

function saidBy(term: string, values: Json): readonly Said[] {
  if (!isProperty(term)) return [];
  const all = listIn(values);
  const shown = all.filter((value) => !isPrivate(value));
  const hidden = all.filter(isPrivate).map(() => ({ meaning: 'private' as const, text: 'x' }));
  const { meaning, role } = meaningOfTerm(term);
  const label = meaning === 'creator' ? role : (labelOf(shown) ?? term);
  const { chosen, others } = textsOf(shown, meaning === 'page');
  const said = chosen.map((text) => ({ meaning, text, label }));
  const elsewhere = meaning === 'title' ? others.map((text) => ({ meaning: 'alternative' as const, text })) : [];
  return [...said, ...elsewhere, ...hidden];
}

/** The partner's own word for the property. */
function labelOf(values: readonly Json[]): string | undefined {
  return values.map((value) => textIn(objectIn(value)?.['property_label'])).find(Boolean);
}

/** The first position among the values, of the modules DataTypeGeometry (`POINT(lon lat)`, `{latitude, longitude}`) and Mapping. */
function pointOf(item: JsonObject, notes: Finding[]): GeoPoint | undefined {
  for (const [term, values] of Object.entries(item)) {
    if (!isProperty(term) && !/^o-module-mapping:(marker|feature)$/.test(term)) continue;
    for (const value of listIn(values)) {
      const point = isPrivate(value) ? undefined : positionIn(value, notes);
      if (point) return point;
    }
  }
  return undefined;
}

function positionIn(value: Json, notes: Finding[]): GeoPoint | undefined {
  const object = objectIn(value);
  const said = object?.['@value'];
  const pair = objectIn(said);
  if (pair) return readPoint(textIn(pair['latitude']) ?? '', textIn(pair['longitude']) ?? '', 'site', notes);
  const geometry = /^(?:SRID=4326;)?POINT ?\((-?[\d.]+) (-?[\d.]+)\)$/i.exec(textIn(said) ?? '');
  if (geometry) return readPoint(geometry[2] ?? '', geometry[1] ?? '', 'site', notes);
  const latitude = textIn(object?.['o-module-mapping:lat']);
  const longitude = textIn(object?.['o-module-mapping:lng']);
  return latitude === undefined || longitude === undefined ? undefined : readPoint(latitude, longitude, 'site', notes);
}
