/** A manifest of IIIF Presentation 2 or 3 as a record: the digitised thing that it shows. https://iiif.io/api/presentation/ */
import { readDate } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Json } from '../../connector.ts';
import type { Mapping, MappingContext } from '../../format.ts';
import { describedObject, type Said } from '../shared/described.ts';
import { byLanguage, idIn, type JsonObject, listIn, objectIn, textIn, textsIn, typeIn } from '../shared/json-ld.ts';
import { RIGHTS } from '../shared/rights.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import { readPoint } from '../table/values.ts';
import { meaningOf } from './labels.ts';
import { durationOf, filmOrSound, shownBy } from './pictures.ts';

/**
 * What is kept of a manifest: all but its canvases after the first, its ranges and its annotations, which say nothing that a record has a
 * field for. A register of 2,000 pages is 10 MB, and the same to the hub as its first page. `raw` gives `row` again.
 */
export function storedManifest(manifest: Json, whole: Uint8Array): { readonly row: Json; readonly raw: Uint8Array } {
  const object = objectIn(manifest);
  if (!object) return { row: manifest, raw: whole };
  const { structures, annotations, otherContent, ...rest } = object;
  const dropped = [structures, annotations, otherContent].some((part) => part !== undefined);
  const sequences = listIn(object['sequences'])
    .slice(0, 1)
    .map((sequence) => shortened(sequence, 'canvases'));
  const short = {
    ...rest,
    ...(object['sequences'] === undefined ? {} : { sequences }),
    ...(object['items'] === undefined ? {} : { items: listIn(object['items']).slice(0, 1) }),
  };
  const isShorter =
    dropped ||
    listIn(object['items']).length > 1 ||
    listIn(object['sequences']).length > 1 ||
    listIn(objectIn(listIn(object['sequences'])[0])?.['canvases']).length > 1;
  return isShorter
    ? { row: short, raw: new TextEncoder().encode(JSON.stringify(short)) }
    : { row: manifest, raw: whole };
}

function shortened(sequence: Json, key: string): Json {
  const object = objectIn(sequence);
  return object && Array.isArray(object[key]) ? { ...object, [key]: listIn(object[key]).slice(0, 1) } : sequence;
}

/** Whether a document is a manifest, by its type or, where it has none, by what it holds. */
export function isManifest(row: Json): boolean {
  const object = objectIn(row);
  const type = typeIn(row);
  if (!object || type === 'Collection') return false;
  return (
    type === 'Manifest' ||
    (type === undefined && (object['sequences'] !== undefined || typeIn(listIn(object['items'])[0]) === 'Canvas'))
  );
}

/** The record of a manifest. Rejects a collection, what is no manifest, and what has no name. */
export function mapManifest(row: Json, context: MappingContext): Mapping {
  const { id } = context;
  const manifest = objectIn(row);
  if (typeIn(row) === 'Collection') return { rejected: finding('iiif-is-collection', { id }) };
  if (!manifest || !isManifest(row)) {
    const found = typeIn(row) ?? 'JSON';
    return { rejected: finding('format-row-foreign', { id, format: 'iiif', found: found.slice(0, 100) }) };
  }
  const notes: Finding[] = [];
  const { chosen: names, others } = byLanguage(manifest['label']);
  const metadata = metadataOf(manifest);
  const credits = creditsOf(manifest);
  const duration = durationOf(manifest);
  const said: Said[] = [
    ...names.slice(0, 1).map((text) => ({ meaning: 'title' as const, text })),
    ...[...names.slice(1), ...others].map((text) => ({ meaning: 'alternative' as const, text })),
    ...textsIn(manifest['summary'] ?? manifest['description']).map((text) => ({
      meaning: 'description' as const,
      text,
    })),
    ...metadata,
    ...credits.map((text) => ({ meaning: 'credit' as const, text })),
    ...(duration === undefined ? [] : [{ meaning: 'duration' as const, text: duration }]),
    ...navigationDate(manifest, metadata),
  ];
  const address = addressOf(manifest, id, notes);
  return describedObject(
    {
      id,
      said,
      kind: 'document',
      surely: filmOrSound(manifest),
      page: pageOf(manifest),
      point: pointOf(manifest, notes),
      addresses: unique([id, idIn(manifest), pageOf(manifest)]),
      media: shownBy(manifest, address, rightsOf(manifest, metadata, credits), notes),
      named: 'label',
    },
    notes,
  );
}

/** Pairs of label and value; both may stand in several languages. */
function metadataOf(manifest: JsonObject): readonly Said[] {
  return listIn(manifest['metadata']).flatMap((pair) => {
    const entry = objectIn(pair);
    const [label] = textsIn(entry?.['label']);
    const meanings = [label, ...byLanguage(entry?.['label']).others].map((one) => meaningOf(one ?? ''));
    const { meaning, role } = meanings.find((one) => one.meaning !== 'other') ?? { meaning: 'other' as const };
    return textsIn(entry?.['value']).map((text) => ({ meaning, text, label: meaning === 'creator' ? role : label }));
  });
}

/** What must be shown with it: `attribution` of version 2, `requiredStatement` of version 3; else who provides it. */
function creditsOf(manifest: JsonObject): readonly string[] {
  const required = textsIn(objectIn(manifest['requiredStatement'])?.['value']);
  const stated = required.length > 0 ? required : textsIn(manifest['attribution']);
  return stated.length > 0 ? stated : listIn(manifest['provider']).flatMap((one) => textsIn(objectIn(one)?.['label']));
}

/** `navDate` is for time lines and always a full instant: the first of January may mean the year, so no more is taken from it. */
function navigationDate(manifest: JsonObject, metadata: readonly Said[]): readonly Said[] {
  if (metadata.some(({ meaning }) => meaning === 'date')) return [];
  const found = /^(-?\d{4})-(\d\d)-(\d\d)T/.exec(textIn(manifest['navDate']) ?? '');
  if (!found) return [];
  const text = found[2] === '01' && found[3] === '01' ? String(Number(found[1])) : found[0].slice(0, -1);
  return readDate(text).edtf === undefined ? [] : [{ meaning: 'date', text }];
}

/** Of what is shown: `license` (2) or `rights` (3), and the words that speak of rights. */
function rightsOf(manifest: JsonObject, metadata: readonly Said[], credits: readonly string[]) {
  const addresses = [...listIn(manifest['rights']), ...listIn(manifest['license'])].map(idIn).map(webAddress);
  const words = [
    ...metadata.filter(({ meaning }) => meaning === 'rights').map(({ text }) => text),
    ...credits.filter((text) => RIGHTS.republishable(text, undefined) !== undefined),
  ];
  return {
    rights: tidyLine(unique(words).join(' ; ')),
    rightsUri: addresses.find((address) => address !== undefined),
    credit: tidyLine(credits.join(' ; ')),
  };
}

/** A page for people: `homepage` (3), `related` (2) that is no file of another kind. */
function pageOf(manifest: JsonObject): string | undefined {
  const pages = [...listIn(manifest['homepage']), ...listIn(manifest['related'])].filter((one) => {
    const format = textIn(objectIn(one)?.['format']);
    return format === undefined || /html/i.test(format);
  });
  return pages
    .map(idIn)
    .map(webAddress)
    .find((address) => address !== undefined);
}

/** The extension navPlace (https://iiif.io/api/extension/navplace/): GeoJSON. One point alone is its place; of several nothing tells which. */
function pointOf(manifest: JsonObject, notes: Finding[]): GeoPoint | undefined {
  const place = objectIn(manifest['navPlace']);
  const features = place?.['features'] === undefined ? [place] : listIn(place['features']).map(objectIn);
  const points = features.flatMap((feature) => {
    const geometry = objectIn(feature?.['geometry']);
    const [longitude, latitude] = listIn(geometry?.['coordinates']).map(textIn);
    return typeIn(geometry) === 'Point' ? (readPoint(latitude ?? '', longitude ?? '', 'area', notes) ?? []) : [];
  });
  return points.length === 1 ? points[0] : undefined;
}

/** Where the manifest stands: the address under which it was found, else its own. */
function addressOf(manifest: JsonObject, id: string, notes: Finding[]): string | undefined {
  const own = idIn(manifest);
  const address = webAddress(id) ?? webAddress(own);
  if (address === undefined)
    notes.push(finding('web-address-unread', { value: (own ?? id).slice(0, 200), where: 'id' }));
  return address;
}
