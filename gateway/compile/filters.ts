/** The filters of each kind's list: derived from the model and from two tables. The GraphQL inputs are made of the same. */

import { type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { Relation } from '#graph-schema/relation.ts';
import { type Audience, visible } from './audience.ts';
import { cypher, join, NOTHING, type Piece, value } from './cypher.ts';
import { days, years } from './dates.ts';
import { demonstration, type Filter, hasMedia, nameStartsWith, oneOf, scheme, search } from './filter.ts';
import { findByCode, findByUid, readCode } from './find.ts';

/** Filter name → the relation whose target it names. */
const BY_TARGET: { readonly [K in KindName]?: Readonly<Record<string, string>> } = {
  Structure: { trade: 'trades', memberOf: 'memberOf', partOf: 'partOf' },
  Trade: { broader: 'broader' },
  HeritageObject: {
    holder: 'heldBy',
    trade: 'trades',
    creator: 'creators',
    technique: 'techniques',
    period: 'periods',
    subject: 'subjects',
  },
  Event: {
    venue: 'venue',
    organiser: 'organisers',
    participant: 'participants',
    programme: 'programme',
    trade: 'trades',
  },
  Programme: { organiser: 'organisers', participant: 'participants' },
  Exhibition: { organiser: 'organisers', shownAt: 'shownAt', programme: 'programme', trade: 'trades' },
  Route: { organiser: 'organisers', trade: 'trades' },
  Pathway: { trade: 'trades' },
  Offer: { participant: 'participants' },
  Resource: { publisher: 'publishers', about: 'about', trade: 'trades' },
};

/** Filter name → the relations that lead to a place. What lies within that place counts too. */
const BY_PLACE: { readonly [K in KindName]?: Readonly<Record<string, readonly string[]>> } = {
  Structure: { place: ['place'] },
  HeritageObject: { madeIn: ['madeIn'], heldIn: ['heldBy', 'place'] },
  Place: { place: ['within'] },
  Event: { place: ['place'] },
};

const FILTERS = new Map<KindName, readonly Filter[]>();

/** All filters of a kind, in the order in which the schema shows them. */
export function filtersOf(kind: KindName): readonly Filter[] {
  const known = FILTERS.get(kind) ?? makeFilters(kind);
  FILTERS.set(kind, known);
  return known;
}

function makeFilters(kind: KindName): readonly Filter[] {
  return [
    search(kind),
    nameStartsWith,
    ...Object.entries(propertiesOf(kind)).flatMap(([name, property]) =>
      property.values ? [oneOf(name, property)] : [],
    ),
    ...(kind === 'Concept' ? [scheme] : []),
    ...Object.entries(BY_PLACE[kind] ?? {}).map(([name, relations]) => within(kind, name, relations)),
    ...Object.entries(BY_TARGET[kind] ?? {}).map(([name, relation]) => leadsTo(kind, name, relation)),
    ...(kind === 'Structure' ? [holdsOf] : []),
    ...(kindOf(kind).relations['media'] ? [hasMedia] : []),
    ...(kind === 'HeritageObject' ? years('date') : []),
    ...(kind === 'Event' ? days : []),
    demonstration,
  ];
}

/** The conditions that a filter of a relation's list puts on what stands at its other end. */
export function conditionsOf(
  kind: KindName,
  given: Readonly<Record<string, unknown>>,
  audience: Audience,
  node: string,
): readonly Piece[] {
  return filtersOf(kind)
    .filter(({ name }) => given[name] != null)
    .flatMap((filter) => filter.apply(given[filter.name], audience, given, node).condition ?? []);
}

function relationOf(kind: KindName, name: string): Relation {
  const relation = kindOf(kind).relations[name];
  if (relation === undefined) throw new Error(`${kind} has no relation ${name}`);
  return relation;
}

function leadsTo(kind: KindName, name: string, relation: string): Filter {
  const { type, to, fr, en } = relationOf(kind, relation);
  return {
    name,
    takes: 'id',
    fr: `${fr} : de cet identifiant (uid), ou de ce code avec son vocabulaire (\`trame:tisserand\`).`,
    en: `${en}: with this id (uid), or this code with its scheme (\`trame:tisserand\`).`,
    apply(uid, audience, _all, node) {
      const { match, is, found } = targetOf(name, to as KindName, uid as string, audience);
      return {
        start: { rank: 1, match: cypher`${match} WHERE ${found} MATCH (${name})<-[:${type}]-(${node}:${kind})` },
        condition: cypher`EXISTS { MATCH (${node})-[:${type}]->(${name}:${to}) WHERE ${is} AND ${visible(name, audience)} }`,
      };
    },
  };
}

/** How a target is found that is given by its uid, or by a code. */
function targetOf(
  name: string,
  kind: KindName,
  given: string,
  audience: Audience,
): { match: Piece; is: Piece; found: Piece } {
  const code = readCode(given);
  const { match, conditions } = code ? findByCode(name, kind, code) : findByUid(name, kind, given);
  const is = code ? conditions[0]! : cypher`${name}.uid = ${value(given)}`;
  return { match, is, found: join([visible(name, audience), ...conditions], ' AND ') };
}

/** What a structure holds that concerns a trade: a museum with its tools, whatever the museum itself is about. */
const holdsOf: Filter = {
  name: 'holdsOf',
  takes: 'id',
  fr: 'Conserve des objets de ce métier : son identifiant (uid), ou son code (`trame:tisserand`).',
  en: 'Holds objects of this trade: its id (uid), or its code (`trame:tisserand`).',
  apply(given, audience, _all, node) {
    const { match, is, found } = targetOf('held', 'Trade', given as string, audience);
    const object = visible('piece', audience);
    const piece = cypher`(piece:HeritageObject)-[:HELD_BY]->`;
    return {
      start: {
        rank: 1,
        match: cypher`${match} WHERE ${found} MATCH (held)<-[:CONCERNS]-${piece}(${node}:Structure) WHERE ${object}`,
      },
      condition: cypher`EXISTS { MATCH (held:Trade)<-[:CONCERNS]-${piece}(${node}) WHERE ${is} AND ${visible('held', audience)} AND ${object} }`,
    };
  },
};

/** Four steps of WITHIN are more than any hierarchy of places has: commune, department, region, country. */
function within(kind: KindName, name: string, relations: readonly string[]): Filter {
  const { fr, en } = relationOf(kind, relations[0]!);
  return {
    name,
    takes: 'id',
    fr: `${fr} : dans ce lieu ou dans ce qu’il contient. Un uid, un code INSEE de commune, ou un code avec son vocabulaire (\`insee-dep:59\`).`,
    en: `${en}: in this place or in what it contains. A uid, a commune's INSEE code, or a code with its scheme (\`insee-dep:59\`).`,
    apply(given, audience, _all, node) {
      const { match, is, found } = targetOf(name, 'Place', given as string, audience);
      const seen = allVisible(audience);
      const back = wayBack(kind, relations, node);
      return {
        start: {
          rank: 2,
          match: cypher`${match} WHERE ${found} MATCH way = (${name})<-[:WITHIN*0..4]-(:Place)${back} WHERE ${seen}`,
        },
        condition: cypher`EXISTS { MATCH way = (${name}:Place)<-[:WITHIN*0..4]-(:Place)${back} WHERE ${is} AND ${seen} }`,
      };
    },
  };
}

function allVisible(audience: Audience): Piece {
  return cypher`all(step IN nodes(way) WHERE ${visible('step', audience)})`;
}

/** From a place back to the node, against the relations. */
function wayBack(kind: KindName, relations: readonly string[], node: string): Piece {
  const [first, ...rest] = relations;
  if (first === undefined) return NOTHING;
  const { type, to } = relationOf(kind, first);
  const mine = cypher`<-[:${type}]-(${node}:${kind})`;
  return rest.length === 0 ? mine : cypher`${hops(to as KindName, rest)}${mine}`;
}

function hops(kind: KindName, relations: readonly string[]): Piece {
  const [first, ...rest] = relations;
  if (first === undefined) return NOTHING;
  const { type, to } = relationOf(kind, first);
  return cypher`${hops(to as KindName, rest)}<-[:${type}]-(:${kind})`;
}
