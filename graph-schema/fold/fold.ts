/**
 * The fold: all records that describe one thing become one entity. A pure function: the same records give the same entity,
 * whatever the order in which they came.
 */
import { createHash } from 'node:crypto';
import { layerOf } from '../licences.ts';
import { type KindName, propertiesOf } from '../model.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { audible, byPrecedence, compare, type DescribingRecord } from './describing.ts';
import { type FoldedLink, foldLinks } from './links.ts';

/** Raise it whenever the fold gives something else for the same records. */
export const FOLD_VERSION = 5;

/** What an entity is to be. `links` lead to identifier keys (identity.ts), not to uids: a merge elsewhere changes nothing here. */
export interface Folded {
  readonly kind: KindName;
  readonly published: boolean;
  /** The last day on which it may be seen; absent where there is no end. */
  readonly visibleUntil: string | undefined;
  /** None of its records is named by its source any more: the latest instant at which one was. */
  readonly notSeenSince?: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly codes: readonly string[];
  readonly links: readonly FoldedLink[];
  /** Words that no vocabulary knew, as `relation: words`. */
  readonly unlinked: readonly string[];
  /** Of all the above. */
  readonly digest: string;
}

/** Folds the records of one thing, of which there is at least one. A bug if they are not of one kind. */
export function foldEntity(describing: readonly DescribingRecord[], resolver: Resolver): Folded {
  const { published, records } = audible([...describing].sort(byPrecedence));
  const kind = records[0]?.record.kind;
  if (kind === undefined || records.some(({ record }) => record.kind !== kind)) {
    throw new Error(
      `records of different kinds describe one thing: ${describing.map((one) => `${one.source}/${one.id}`).join(', ')}`,
    );
  }
  const { links, unlinked } = foldLinks(kind, records, resolver);
  const content = {
    version: FOLD_VERSION,
    kind,
    published,
    visibleUntil: latestEnd(records),
    ...notSeen(records),
    fields: { ...bestFields(kind, records), licenceLayers: layersOf(records), sources: sourcesOf(records) },
    codes: codesOf(records),
    links,
    unlinked,
  };
  return { ...content, digest: createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 27) };
}

/** Which record each field comes from: field by field, the first that says something. */
export function winners(kind: KindName, sorted: readonly DescribingRecord[]): ReadonlyMap<string, DescribingRecord> {
  const won = new Map<string, DescribingRecord>();
  for (const name of Object.keys(propertiesOf(kind))) {
    const winner = sorted.find(({ record }) => record.fields[name] !== undefined);
    if (winner) won.set(name, winner);
  }
  return won;
}

function bestFields(kind: KindName, sorted: readonly DescribingRecord[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, { record }] of winners(kind, sorted)) fields[name] = record.fields[name];
  return fields;
}

/** Each record brings its own licence: the entity says them all, as its words are of them all. */
function layersOf(records: readonly DescribingRecord[]): readonly string[] {
  const said = records.map(({ record }) => layerOf(record.fields['licence'] as string | undefined));
  return [...new Set(said)].sort(compare);
}

/** Who says something of it, whether heard in the end or not. */
function sourcesOf(records: readonly DescribingRecord[]): readonly string[] {
  return [...new Set(records.map(({ source }) => source))].sort(compare);
}

/** Without an end in one of the records there is no end. */
function latestEnd(records: readonly DescribingRecord[]): string | undefined {
  const ends = records.map(({ record }) => record.visibleUntil);
  return ends.includes(undefined) ? undefined : (ends as string[]).sort().at(-1);
}

/** One record that is still named is enough. */
function notSeen(records: readonly DescribingRecord[]): { notSeenSince?: string } {
  const since = records.flatMap(({ notSeenSince }) => notSeenSince ?? []).sort(compare);
  return since.length === records.length ? { notSeenSince: since.at(-1)! } : {};
}

function codesOf(records: readonly DescribingRecord[]): string[] {
  const codes = records.flatMap(({ record }) => record.identifiers.map(({ scheme, value }) => `${scheme}:${value}`));
  return [...new Set(codes)].sort(compare);
}
