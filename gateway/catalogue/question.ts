/** What the catalogue is asked, and what it answers: plain values, so that they pass between threads. */
import type { LicenceLayer } from '#graph-schema/licences.ts';
import type { KindName, OBJECT_KINDS, STRUCTURE_TYPES } from '#graph-schema/model.ts';
import type { CoverageAnswer, CoverageQuestion, NetworkAnswer, NetworkQuestion } from '../network/question.ts';

/** WGS 84, decimal degrees. */
export interface GeoPosition {
  readonly latitude: number;
  readonly longitude: number;
}

/** What is kept. Values of one filter are alternatives; different filters hold together. uids are of entities that everyone may see; another keeps nothing. */
export interface Filters {
  /** Without it all kinds but media, stops and legs. */
  readonly kinds?: readonly KindName[];
  readonly structureTypes?: readonly (typeof STRUCTURE_TYPES)[number][];
  readonly objectKinds?: readonly (typeof OBJECT_KINDS)[number][];
  /** uids of structures: the structure itself, what it holds, organises, offers or publishes. */
  readonly structures?: readonly string[];
  /** uids of trades: what concerns one of them or a narrower one. */
  readonly trades?: readonly string[];
  /** uids of places: what stands, is held or takes place there or in what it contains. */
  readonly places?: readonly string[];
  /** uids of places: what was made or used there or in what it contains. */
  readonly madeIn?: readonly string[];
  /** uids of concepts, by scheme: a material, a technique, a period, a subject. */
  readonly concepts?: readonly string[];
  readonly creators?: readonly string[];
  /** 19 is 1801 to 1900; 0 is 1 BC to 100 BC, and so on downwards. */
  readonly centuries?: readonly number[];
  /** Years: what was made in a span that touches it. */
  readonly from?: number;
  readonly to?: number;
  /** Days, YYYY-MM-DD: events of which one occurrence at least touches them. */
  readonly fromDay?: string;
  readonly toDay?: string;
  /** A picture that may be shown. */
  readonly hasPicture?: boolean;
  /** Licences of the description (graph-schema/licences.ts): one at least. */
  readonly licenceLayers?: readonly LicenceLayer[];
  /** Licences of the pictures: one at least. */
  readonly pictureRights?: readonly LicenceLayer[];
  /** Names of sources: one at least says something of it. */
  readonly sources?: readonly string[];
  /** South-west and north-east corners; `west` greater than `east` crosses the 180th meridian. */
  readonly box?: { readonly south: number; readonly west: number; readonly north: number; readonly east: number };
  readonly near?: { readonly position: GeoPosition; readonly metres: number };
  readonly demonstration?: boolean;
}

export const FACETS = [
  'kind',
  'structureType',
  'objectKind',
  'structure',
  'trade',
  'place',
  'madeIn',
  'material',
  'technique',
  'period',
  'subject',
  'creator',
  'century',
  'picture',
  'licence',
  'pictureRights',
  'source',
] as const;
export type FacetName = (typeof FACETS)[number];

/** A facet counts as if its own filter were not given: each count is the total that choosing this one value alone would give. */
export interface FacetQuestion {
  readonly name: FacetName;
  /** Values at most, the most frequent first; 0 to 500. */
  readonly first: number;
  /** Of `place` and `madeIn`: on which level of the hierarchy to count. */
  readonly level?: 'country' | 'region' | 'department' | 'commune' | 'site';
  /** Of `place` and `madeIn`: only what lies within this place (uid). */
  readonly within?: string;
}

export const ORDERS = ['relevance', 'name', 'date', 'newest', 'begin', 'distance'] as const;
/** `date`: oldest made first; `newest`: latest added first; `begin`: next occurrence first. What has no such key comes last. Without text, relevance is the name. */
export type SearchOrder = (typeof ORDERS)[number];

/** Where in an order a row stands: what a cursor holds. */
export type SearchKey = readonly [key: string | number, uid: string];

export interface SearchQuestion {
  /** As typed; empty or absent keeps everything. */
  readonly text?: string;
  readonly filters: Filters;
  readonly order: SearchOrder;
  /** Of the order by distance. */
  readonly from?: GeoPosition;
  /** 0 to 1000. */
  readonly first: number;
  readonly after?: SearchKey;
  readonly facets: readonly FacetQuestion[];
  /** One row for what looks the same: the same kind, name, holder and dates. */
  readonly collapse: boolean;
  /** Where little is found, look for another way to write the text. */
  readonly didYouMean?: boolean;
  /** The day it is for the hub's readers, YYYY-MM-DD: what ends before is not seen. */
  readonly today: string;
}

export interface FoundRow {
  readonly uid: string;
  readonly kind: KindName;
  /** 0 where there is no text. */
  readonly score: number;
  /** From `from`, or from `filters.near`; absent where one of the two is not known. */
  readonly metres?: number;
  /** How many look the same, itself not counted; 0 where nothing is collapsed. */
  readonly duplicates: number;
  readonly key: SearchKey;
}

export interface FacetValue {
  /** A uid, or the value itself (`HERITAGE_OBJECT` is `HeritageObject`, a century is `19`, a picture `true`). */
  readonly value: string;
  /** The name of the entity of that uid; absent for values that are no entity. */
  readonly label?: string;
  readonly count: number;
}

export interface FacetAnswer {
  readonly name: FacetName;
  readonly values: readonly FacetValue[];
  /** How many values there are in all. */
  readonly distinct: number;
  /** Rows for which none is known. */
  readonly missing: number;
}

export interface SearchAnswer {
  /** The change at which all of this stands; sealed before it is shown. */
  readonly asOf: number;
  readonly rows: readonly FoundRow[];
  readonly hasNext: boolean;
  /** All rows that paging gives (after collapsing, where that was asked). */
  readonly total: number;
  /** All entities that were kept, whether collapsed or not: what the facets count. */
  readonly entities: number;
  readonly facets: readonly FacetAnswer[];
  /** Another way to write the text, that finds more; where little was found. */
  readonly didYouMean?: string;
}

export interface Suggestion {
  readonly uid: string;
  readonly kind: KindName;
  readonly name: string;
  /** Entities of this very name and kind, itself included. */
  readonly count: number;
}

export interface CatalogueState {
  /** It can be asked. */
  readonly ready: boolean;
  /** Entities read so far, and how many there are to read before it is ready. */
  readonly loaded: number;
  readonly expected: number;
  readonly asOf: number;
}

/** Search, facets and counts over what everyone may see. Throws Refusal for a text that cannot be looked for, CatalogueLoading before it is ready. */
export interface Catalogue {
  search(question: SearchQuestion): Promise<SearchAnswer>;
  /** Entities whose name has words that begin so; `kinds` empty: all that can be searched. */
  suggest(typed: string, kinds: readonly KindName[], first: number, today: string): Promise<readonly Suggestion[]>;
  /** Entities most like this one, by what they share, rarer things counting more. `shared`: uids of what they share. */
  similar(
    uid: string,
    first: number,
    today: string,
  ): Promise<readonly { readonly uid: string; readonly score: number; readonly shared: readonly string[] }[]>;
  /** The structures and the trades that they share, with the figures of their network. */
  network(question: NetworkQuestion): Promise<NetworkAnswer>;
  /** How many structures, by trade, department and type. */
  coverage(question: CoverageQuestion): Promise<CoverageAnswer>;
  state(): CatalogueState;
  close(): Promise<void>;
}
