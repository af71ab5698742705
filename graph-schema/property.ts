/** The kinds of property that model.ts may declare: the value a source gives, and the words that describe it. */

/** A date as museums write them: the verbatim text, its EDTF interval (EDTF level 1) and years, and how sure that reading is (0 to 1). */
export interface When {
  readonly text: string;
  readonly edtf?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly confidence?: number | undefined;
}

/** WGS 84, decimal degrees. `precision` says what the point is the point of: a commune's point is not a museum's. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: 'site' | 'street' | 'commune' | 'area';
}

/** ISO 8601 instants with offset, or days (YYYY-MM-DD) where the hour is not known. */
export interface Interval {
  readonly begin: string;
  readonly end: string;
}

/** What is to be paid: the words as given, and where they say it the lowest and highest amount in euros; 0 is free of charge. */
export interface Price {
  readonly text: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A passage of a recording, in seconds from its beginning, and what is said in it. */
export interface Cue {
  readonly begin: number;
  readonly end: number;
  readonly text: string;
}

/** What each property type holds in a HeritageRecord. */
export interface ValueOf {
  string: string;
  strings: readonly string[];
  integer: number;
  boolean: boolean;
  uri: string;
  instant: string;
  day: string;
  when: When;
  point: GeoPoint;
  intervals: readonly Interval[];
  price: Price;
  cues: readonly Cue[];
}

export type PropertyType = keyof ValueOf;

export interface Property<T extends PropertyType = PropertyType> {
  readonly type: T;
  readonly fr: string;
  readonly en: string;
  /** Its words go into the full-text index. */
  readonly search?: boolean;
  /** A range index is kept on it. */
  readonly index?: boolean;
  /** The only values it may take. */
  readonly values?: readonly string[];
}

type Extras = Pick<Property, 'search' | 'index' | 'values'>;
const declare =
  <T extends PropertyType>(type: T) =>
  (fr: string, en: string, extras: Extras = {}): Property<T> => ({ type, fr, en, ...extras });

export const string = declare('string');
export const strings = declare('strings');
export const integer = declare('integer');
export const boolean = declare('boolean');
export const uri = declare('uri');
export const instant = declare('instant');
export const day = declare('day');
export const when = declare('when');
export const point = declare('point');
export const intervals = declare('intervals');
export const price = declare('price');
export const cues = declare('cues');
