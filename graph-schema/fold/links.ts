/** The relations of an entity, from what its records say: words are read against the vocabularies, duplicates joined. */

import { createHash } from 'node:crypto';
import { type KindName, kindOf, type MENTIONED } from '../model.ts';
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
        if (read.length === 0 && 'text' in link && link.how !== 'inferred') unlinked.add(`${name}: ${link.text}`);
        for (const one of read) {
          const place = `${name}\u0000${one.key}`;
          const known = links.get(place);
          if (known === undefined || surer(one, known)) links.set(place, one);
        }
        if (read.length > 0 && relation.cardinality === 'one') break;
      }
    }
  }
  const order = (a: FoldedLink, b: FoldedLink) => compare(a.relation, b.relation) || compare(a.key, b.key);
  return { links: [...links.values()].sort(order), unlinked: [...unlinked].sort(compare) };
}

/** Every record adds to a relation with several targets; the best that says something decides one with a single target. */
function speakers(sorted: readonly DescribingRecord[], name: string, relation: Relation): readonly DescribingRecord[] {
  const speaking = sorted.filter(({ record }) => (record.relations[name]?.length ?? 0) > 0);
  return relation.cardinality === 'one' ? speaking.slice(0, 1) : speaking;
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
    const known = resolver[relation.words](link.text);
    // Of a relation to one thing, words that name several say nothing.
    if (relation.cardinality === 'one' && known.length > 1) return [];
    return known.map(({ identifier, confidence }) => ({
      ...link,
      how: link.how === 'inferred' ? 'inferred' : 'label',
      confidence: Math.min(link.confidence, confidence),
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
  return { key, mention: { kind: 'Media', fields } };
}
