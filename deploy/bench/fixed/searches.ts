/** The mix of searches (searches.csv, made by make-searches.ts). */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

export interface Search {
  readonly text: string;
  /** Degrees. */
  readonly box: { readonly south: number; readonly west: number; readonly north: number; readonly east: number };
  /** How many of the first 80,000 objects have the word, wherever they are. */
  readonly hits: number;
}

export function readSearches(): readonly Search[] {
  const rows = parse<Record<string, string>>(readFileSync(new URL('searches.csv', import.meta.url)), { columns: true });
  return rows.map((row) => {
    const number = (name: string): number => Number(row[name]);
    const box = { south: number('south'), west: number('west'), north: number('north'), east: number('east') };
    return { text: row['text']!, box, hits: number('hits') };
  });
}
