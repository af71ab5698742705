/** The relations of an entity, from what its records say: words are read against the vocabularies, duplicates joined. */

import { createHash } from 'node:crypto';
import { recordKey } from '../bookkeeping.ts';
import type { Inference } from '../infer/inferrer.ts';
import { layerOf } from '../licences.ts';
import { type KindName, kindOf, type MENTIONED } from '../model.ts';
import { listParts } from '../reconcile/trades-parts.ts';
import type { Identifier, Link } from '../record.ts';
import type { Relation } from '../relation.ts';
import { placeElsewhere } from '../vocabularies/places-packaged.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { compare, type DescribingRecord } from './describing.ts';
import { identifierKey, recordIdentifier } from './identity.ts';

/** A thing that a record mentions rather than describes: its fields follow from its key, or belong to that one record (Media). */
export interface Mention {
  readonly kind: (typeof MENTIONED)[number];
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface FoldedLink {
  readonly relation: string;
  readonly type: string;
  readonly to: KindName;
  /** The identifier key that it leads to. */
  readonly key: string;
  readonly how: 'stated' | 'label' | 'inferred';
  readonly confidence: number;
  /** What says so, where it had to be read or inferred: a reader's rule, or one of infer/rules.csv. */
  readonly rule?: string;
  readonly text?: string;
  readonly facts?: Readonly<Record<string, string>>;
  readonly mention?: Mention;
}

/** `sorted`: best record first. */
export function foldLinks(
  kind: KindName,
  sorted: readonly DescribingRecord[],
  resolver: Resolver,
): { links: readonly FoldedLink[]; unlinked: readonly string[] } {
  const links = new Map<string, FoldedLink>();
  const unlinked = new Set<string>();
  for (const [name, relation] of Object.entries(kindOf(kind).relations)) {
    for (const from of speakers(sorted, name, relation)) {
      for (const link of from.record.relations[name] ?? []) {
        const read = readLink(name, relation, link, from, resolver);
        for (const words of unreadWords(relation, link, read, resolver)) unlinked.add(`${name}: ${words}`);
        for (const one of read) {
          const place = `${name}\u0000${one.key}`;
          const known = links.get(place);
          if (known === undefined || surer(one, known)) links.set(place, one);
        }
        if (read.length > 0 && relation.cardinality === 'one') break;
      }
    }
  }
  addInferred(links, kind, sorted, resolver);
  dropDenied(links, sorted);
  for (const link of decidedLinks(kind, sorted)) links.set(`${link.relation}\u0000${link.key}`, link);
  const order = (a: FoldedLink, b: FoldedLink) => compare(a.relation, b.relation) || compare(a.key, b.key);
  return { links: [...links.values()].sort(order), unlinked: [...unlinked].sort(compare) };
}

/** What a steward may settle: parts that may name something and are not sure, else a text that says nothing to anyone. */
function unreadWords(
  { words }: Relation,
  link: Link,
  read: readonly FoldedLink[],
  resolver: Resolver,
): readonly string[] {
  if (!('text' in link)) return [];
  if (words === 'trades' || words === 'places') {
    const unsure = resolver.unsure(words, link.text);
    if (unsure.length > 0) return unsure;
    if (resolver.settled?.(words, link.text)) return [];
    // Of a list of trades each part that says nothing; of places a part may be a street.
    if (words === 'trades' && read.length > 0 && link.how !== 'inferred') return unreadParts(link.text, resolver);
  }
  return read.length === 0 && link.how !== 'inferred' ? [link.text] : [];
}

function unreadParts(text: string, resolver: Resolver): readonly string[] {
  const parts = listParts(text);
  if (parts.length < 2) return [];
  const unread = parts.filter(
    (part) => resolver.trades(part.text).length === 0 && !resolver.settled?.('trades', part.text),
  );
  return unread.map((part) => part.text);
}

/** Every record adds to a relation with several targets; the best that says something decides one with a single target. */
function speakers(sorted: readonly DescribingRecord[], name: string, relation: Relation): readonly DescribingRecord[] {
  const speaking = sorted.filter(({ record }) => (record.relations[name]?.length ?? 0) > 0);
  return relation.cardinality === 'one' ? speaking.slice(0, 1) : speaking;
}

/** Adds what is inferred of the same records: never in place of what is surer, nor a second relation to the same thing. */
function addInferred(
  links: Map<string, FoldedLink>,
  kind: KindName,
  sorted: readonly DescribingRecord[],
  resolver: Resolver,
): void {
  for (const inference of resolver.inferrer?.infer(kind, sorted, resolver) ?? []) {
    const link = inferredLink(kind, inference);
    const place = `${link.relation}\u0000${link.key}`;
    const known = links.get(place);
    if (known === undefined || surer(link, known)) links.set(place, link);
    // When a recording speaks of it is worth knowing of a stated trade too.
    else if (link.facts !== undefined && known.facts === undefined) links.set(place, { ...known, facts: link.facts });
  }
}

/** A trade that a steward said it is not: however its words are read. What a record itself states is its source's to mend. */
function dropDenied(links: Map<string, FoldedLink>, sorted: readonly DescribingRecord[]): void {
  const values = sorted.flatMap(({ denied = [] }) => denied);
  if (values.length === 0) return;
  const denied = new Set(values.map((value) => identifierKey('Trade', { scheme: 'trame', value })));
  for (const [place, { to, how, key }] of links)
    if (to === 'Trade' && how !== 'stated' && denied.has(key)) links.delete(place);
}

function inferredLink(kind: KindName, inference: Inference): FoldedLink {
  const { relation, identifier, rule, confidence, text, moment } = inference;
  const declared = kindOf(kind).relations[relation];
  if (declared === undefined) throw new Error(`${kind} has no relation ${relation}, which is inferred of it`);
  const to = declared.to as KindName;
  const facts = moment === undefined ? {} : { facts: { moment } };
  return {
    relation,
    type: declared.type,
    to,
    ...facts,
    how: 'inferred',
    confidence,
    rule,
    text,
    ...named(to, identifier),
  };
}

/** What a steward said of two objects, told once: by the one whose key comes first. */
function decidedLinks(kind: KindName, sorted: readonly DescribingRecord[]): FoldedLink[] {
  const declared = kindOf(kind).relations['sameAs'];
  if (declared === undefined) return [];
  return sorted.flatMap(({ source, id, sameAs = [] }) =>
    sameAs
      .filter((other) => compare(recordKey(source, id), other) < 0)
      .map((value) => ({
        relation: 'sameAs',
        type: declared.type,
        to: kind,
        key: identifierKey(kind, { scheme: 'record', value }),
        how: 'stated' as const,
        confidence: 1,
      })),
  );
}

const SURENESS = { stated: 2, label: 1, inferred: 0 } as const;

/** Whether one relation is surer than another: stated before read from words before inferred, then by confidence. */
export function surer(a: Pick<FoldedLink, 'how' | 'confidence'>, b: Pick<FoldedLink, 'how' | 'confidence'>): boolean {
  return SURENESS[a.how] > SURENESS[b.how] || (a.how === b.how && a.confidence > b.confidence);
}

/** What one link leads to: several things where its words name several; nothing where they are not known. */
function readLink(
  name: string,
  relation: Relation,
  link: Link,
  from: DescribingRecord,
  resolver: Resolver,
): readonly FoldedLink[] {
  const to = relation.to as KindName;
  const base = { relation: name, type: relation.type, to, ...(link.facts ? { facts: link.facts } : {}) };
  const said = { how: link.how ?? ('stated' as const), confidence: link.confidence ?? 1 };
  if ('identifier' in link) return [{ ...base, ...said, ...named(to, link.identifier) }];
  if ('record' in link)
    return [{ ...base, ...said, key: identifierKey(to, recordIdentifier(from.source, link.record)) }];
  if ('media' in link) return [{ ...base, ...said, ...mediaMention(link.media, from) }];
  return readWords({ ...base, ...said, text: link.text }, relation, from, resolver);
}

type Wording = Omit<FoldedLink, 'key' | 'mention'> & { readonly text: string };

function readWords(
  link: Wording,
  relation: Relation,
  from: DescribingRecord,
  resolver: Resolver,
): readonly FoldedLink[] {
  if (relation.words === 'trades' || relation.words === 'places') {
    // What a format only offers as a trade is a list of what is shown or said: a family's name is there none.
    const field = link.how === 'inferred' ? 'subject' : 'trade';
    const known = relation.words === 'trades' ? resolver.trades(link.text, field) : resolver.places(link.text);
    // Of a relation to one thing, words that name several say nothing.
    if (relation.cardinality === 'one' && known.length > 1) return [];
    return known.map(({ identifier, confidence, rule }) => ({
      ...link,
      ...(link.how === 'inferred'
        ? {
            how: 'inferred',
            rule: rule === 'decided' ? rule : 'mapping',
            confidence: Math.min(link.confidence, confidence, mapped(resolver)),
          }
        : { how: 'label', rule, confidence: Math.min(link.confidence, confidence) }),
      ...named(link.to, identifier),
    }));
  }
  const label = link.text.replace(/\s+/g, ' ').trim();
  if (relation.words === 'agents')
    return [{ ...link, ...named('Agent', { scheme: 'agent', value: `${from.source}/${label}` }) }];
  if (relation.words === undefined) return [];
  const value = `${relation.words.scheme}/${label.toLowerCase()}`;
  return [{ ...link, ...named('Concept', { scheme: 'concept', value }) }];
}

/** Words that a format offers as a trade or a place, and that are none of its own field: no surer than the rules of inference say. */
const mapped = ({ inferrer }: Resolver): number => inferrer?.mapping ?? 1;

function named(to: KindName, identifier: Identifier): { key: string; mention?: Mention } {
  const mention = mentionOf(to, identifier);
  return { key: identifierKey(to, identifier), ...(mention ? { mention } : {}) };
}

/** A commune beyond the region follows from its code. A concept or agent that is minted from words has them in its identifier: whoever refers to it, by words or by that, says the same. */
export function mentionOf(to: KindName, { scheme, value }: Identifier): Mention | undefined {
  if (to === 'Place') {
    const fields = scheme === 'insee' ? placeElsewhere(value) : undefined;
    return fields && { kind: 'Place', fields };
  }
  const slash = value.indexOf('/');
  const name = value.slice(slash + 1);
  if (slash < 1 || name === '') return undefined;
  if (to === 'Agent' && scheme === 'agent') return { kind: 'Agent', fields: { name } };
  if (to === 'Concept' && scheme === 'concept')
    return { kind: 'Concept', fields: { name, scheme: value.slice(0, slash) } };
  return undefined;
}

/** A picture belongs to the record that brings it: the same address in two records is two Media, each with its own rights. */
function mediaMention(
  fields: Readonly<Record<string, unknown>>,
  from: DescribingRecord,
): { key: string; mention: Mention } {
  const address = createHash('sha256')
    .update(String(fields['url'] ?? fields['name']))
    .digest('base64url')
    .slice(0, 16);
  const key = identifierKey('Media', { scheme: 'media', value: `${from.source}/${from.id}/${address}` });
  const rightsLayer = layerOf(fields['rights'] as string | undefined, fields['rightsUri'] as string | undefined);
  return { key, mention: { kind: 'Media', fields: { ...fields, rightsLayer } } };
}
