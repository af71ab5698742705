/** The communes that the report names, from the network's own sheets: what is made up for the demonstration stands in one of them. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

export interface Commune {
  readonly insee: string;
  readonly name: string;
}

type Row = Readonly<Record<string, string>>;
const rows = (path: string, delimiter: string): Row[] =>
  parse(readFileSync(new URL(path, import.meta.url), 'utf8'), { columns: true, delimiter });

function named(): readonly Commune[] {
  const names = new Map(
    rows('../../../graph-schema/vocabularies/places.csv', ',').map((row) => [row['insee'], row['name']]),
  );
  const codes = ['structures.csv', 'evenements.csv', 'etapes.csv'].flatMap((sheet) =>
    rows(`../network/${sheet}`, ';').map((row) => row['Code INSEE'] ?? ''),
  );
  return [...new Set(codes)]
    .filter((insee) => insee !== '')
    .sort()
    .map((insee) => ({ insee, name: names.get(insee) ?? insee }));
}

/** Each once, in the order of their codes. */
export const COMMUNES: readonly Commune[] = named();
