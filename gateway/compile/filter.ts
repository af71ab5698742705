/** What a filter is, and the filters that every kind has. */
import type { KindName } from '#graph-schema/model.ts';
import type { Property } from '#graph-schema/property.ts';
import { fold } from '#graph-schema/text.ts';
import { type Audience, visible } from './audience.ts';
import { cypher, type Piece, value, whole } from './cypher.ts';
import { fullTextQuestion } from './question.ts';

/** What a filter does to a list: a place in the graph from which to begin, or a condition on each row; most can be either. */
export interface Applied {
  /** MATCHes that end at `n0`. The list begins at that of the lowest rank. */
  readonly start?: { readonly rank: number; readonly match: Piece };
  /** Absent where it can only be begun from. */
  readonly condition?: Piece;
}

export interface Filter {
  readonly name: string;
  /** `values`: a list of what the property of this name may be. */
  readonly takes: 'string' | 'id' | 'boolean' | 'year' | 'day' | 'values';
  readonly fr: string;
  readonly en: string;
  /** `all`: every filter that was given, by name. `node`: what is filtered, `n0` where a list begins at it. */
  apply(given: unknown, audience: Audience, all: Readonly<Record<string, unknown>>, node: string): Applied;
}

/** Hits of the full-text index that a list or a search looks through. */
export const MOST_HITS = 10_000;

export function search(kind: KindName): Filter {
  return {
    name: 'search',
    takes: 'string',
    fr: `Recherche plein texte en français : tous les mots, accents et pluriels indifférents, \`tiss*\` pour un début de mot ; parmi les ${MOST_HITS} meilleures réponses.`,
    en: `French full-text search: all words, whatever their accents and plurals, \`tiss*\` for a beginning; among the ${MOST_HITS} best hits.`,
    apply(typed) {
      const { index, lucene } = fullTextQuestion(typed as string);
      const match = cypher`CALL db.index.fulltext.queryNodes(${value(index)}, ${value(lucene)}, {limit: ${whole(MOST_HITS)}}) YIELD node AS n0 WITH n0 WHERE n0:${kind}`;
      return { start: { rank: 0, match } };
    },
  };
}

const LAST_CHARACTER = '\u{10FFFF}';

/** As a range, which the index of the order by name serves. */
export const nameStartsWith: Filter = {
  name: 'nameStartsWith',
  takes: 'string',
  fr: 'Début du nom, accents et majuscules indifférents.',
  en: 'Beginning of the name, whatever its accents and capitals.',
  apply(typed, _audience, _all, node) {
    const begin = fold(typed as string);
    return { condition: cypher`${node}.sort >= ${value(begin)} AND ${node}.sort < ${value(begin + LAST_CHARACTER)}` };
  },
};

export const scheme: Filter = {
  name: 'scheme',
  takes: 'string',
  fr: 'Vocabulaire : `technique`, `period`, `subject`, `rome`, `naf`…',
  en: 'Scheme: `technique`, `period`, `subject`, `rome`, `naf`…',
  apply: (given, _audience, _all, node) => ({ condition: cypher`${node}.scheme = ${value(given)}` }),
};

export const hasMedia: Filter = {
  name: 'hasMedia',
  takes: 'boolean',
  fr: 'Avec (ou sans) image, son ou film.',
  en: 'With (or without) a picture, sound or film.',
  apply: (given, audience, _all, node) => ({
    condition: cypher`EXISTS { MATCH (${node})-[:SHOWN_BY]->(shown:Media) WHERE ${visible('shown', audience)} } = ${value(given)}`,
  }),
};

export const demonstration: Filter = {
  name: 'demonstration',
  takes: 'boolean',
  fr: 'Seulement les données de démonstration, ou sans elles.',
  en: 'Only demonstration data, or none of it.',
  apply: (given, _audience, _all, node) => ({
    condition: cypher`coalesce(${node}.demonstration, false) = ${value(given)}`,
  }),
};

export function oneOf(name: string, property: Property): Filter {
  return {
    name,
    takes: 'values',
    fr: `${property.fr} : l’une de ces valeurs.`,
    en: `${property.en}: one of these values.`,
    apply: (given, _audience, _all, node) => ({
      condition: cypher`${node}.${name} IN ${value([...(given as string[])].sort())}`,
    }),
  };
}
