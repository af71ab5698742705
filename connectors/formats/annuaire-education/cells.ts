/** The cells of a row, by any of the names that a field has had: one reader for the rows of APIs and for those of their CSV exports. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { fold } from '#graph-schema/text.ts';
import type { Json } from '../../connector.ts';
import { bareRecord } from '../../opendatasoft/nests.ts';
import { tidyLine } from '../shared/text.ts';

/** Names are few, and each row has all of them. */
const MOST_NAMES = 2_000;
const keys = new Map<string, string>();

/** `Libellé NAF`, `libelle_naf` and `Libelle-NAF` are one: `libelle_naf`. */
export function fieldKey(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = fold(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  if (keys.size < MOST_NAMES) keys.set(name, key);
  return key;
}

export class Cells {
  readonly #values = new Map<string, Json>();
  readonly #notes: Finding[];
  readonly #id: string;

  constructor(row: Json, id: string, notes: Finding[]) {
    this.#notes = notes;
    this.#id = id;
    const bare = bareRecord(row);
    if (typeof bare !== 'object' || bare === null || Array.isArray(bare)) return;
    for (const [name, value] of Object.entries(bare)) {
      if (value !== null && value !== '') this.#values.set(fieldKey(name), value);
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The first of these fields that says something, on one line. A value that is neither text nor number is told and passed over. */
  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.#values.get(name);
      if (value === undefined) continue;
      const said = typeof value === 'object' ? this.#unread(name, value) : tidyLine(String(value));
      if (said !== undefined) return said;
    }
    return undefined;
  }

  /** A code, without the `.0` that a spreadsheet or pandas puts behind it. */
  code(...names: readonly string[]): string | undefined {
    return this.text(...names)?.replace(/^(\d+)\.0+$/, '$1');
  }

  /** `1`, `oui`, `true`… : true; `0`, `non`… : false; else undefined. */
  flag(name: string): boolean | undefined {
    const word = this.code(name);
    if (word === undefined) return undefined;
    if (/^(1|oui|true|vrai|o|x)$/i.test(word)) return true;
    return /^(0|non|false|faux|n)$/i.test(word) ? false : undefined;
  }

  /** The values of a list, or of a text that separates them by `;`. */
  list(name: string): readonly string[] {
    const value = this.#values.get(name);
    const values = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [this.text(name) ?? ''];
    return values.flatMap((one) => one.split(';')).flatMap((one) => tidyLine(one) ?? []);
  }

  /** Two numbers: of `{lat, lon}`, of a pair, of a GeoJSON point, of a text `lat,lon` or `[lat, lon]`. */
  pair(name: string): readonly [string, string] | undefined {
    const value = this.#values.get(name);
    if (typeof value === 'string' || Array.isArray(value)) return pairIn(value as string | readonly Json[]);
    if (typeof value !== 'object' || value === null) return undefined;
    const { lat, latitude, lon, lng, longitude } = value as { readonly [key: string]: Json };
    const both = [lat ?? latitude, lon ?? lng ?? longitude].map((one) => String(one ?? ''));
    return both[0] !== '' && both[1] !== '' ? [both[0] as string, both[1] as string] : undefined;
  }

  #unread(name: string, value: Json): undefined {
    const found = Array.isArray(value) ? 'liste' : 'objet';
    this.#notes.push(finding('open-data-type-unread', { id: this.#id, field: name, found }));
    return undefined;
  }
}

function pairIn(value: string | readonly Json[]): readonly [string, string] | undefined {
  // String() of an object runs what the partner calls its toString.
  const parts =
    typeof value === 'string' ? (value.match(/[+-]?\d+(?:\.\d+)?/g) ?? []) : value.filter(isScalar).map(String);
  const [first, second] = parts;
  return parts.length === 2 && first !== undefined && second !== undefined ? [first, second] : undefined;
}

const isScalar = (one: Json): boolean => typeof one === 'string' || typeof one === 'number';
