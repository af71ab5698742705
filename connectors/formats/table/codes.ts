/** Codes that a spreadsheet took for numbers: `2691`, `59646.0`. */
import { listed, tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';

interface KnownCodes {
  readonly insee: ReadonlySet<string>;
  readonly postcode: ReadonlySet<string>;
}

let known: KnownCodes | undefined;

function codes(): KnownCodes {
  if (known) return known;
  const rows = tableRows(tableText('places'));
  const insee = rows.map((row) => row['insee'] ?? '').filter((code) => code !== '');
  const postcode = rows.flatMap((row) => listed(row['postcodes']));
  known = { insee: new Set(insee), postcode: new Set(postcode) };
  return known;
}

/** The code that was meant, where that is sure: the `.0` of a number taken off, the zero put back where that makes a code of places.csv. Undefined where nothing is to be changed. */
export function codeMeant(scheme: 'insee' | 'postcode', value: string): string | undefined {
  const bare = /^\d{4,5}\.0+$/.test(value) ? value.slice(0, value.indexOf('.')) : value;
  if (bare.length === 4 && /^\d{4}$/.test(bare) && codes()[scheme].has(`0${bare}`)) return `0${bare}`;
  return bare === value ? undefined : bare;
}
