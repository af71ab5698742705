/** The vocabularies as they stand in their tables (docs/vocabularies.md), read once, whole: some seven thousand rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type TableName =
  | 'places'
  | 'places-elsewhere'
  | 'places-belgium'
  | 'place-names'
  | 'place-homonyms'
  | 'trades'
  | 'concepts';
export type Row = Readonly<Record<string, string>>;

/** The text of a table. */
export function tableText(name: TableName): string {
  return readFileSync(join(import.meta.dirname, `${name}.csv`), 'utf8');
}

/** The rows of a table, by column name. */
export function tableRows(text: string): readonly Row[] {
  return parse<Row>(text, { columns: true });
}

/** A cell that holds several values. */
export function listed(cell: string | undefined): readonly string[] {
  return cell ? cell.split(';') : [];
}
