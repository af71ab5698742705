/** The network's sheets come through their own source files: every row a record, nothing left out, nothing doubtful. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { table } from '#connectors/formats/table/table.ts';
import { parseRecord } from '#graph-schema/record.ts';

const SOURCES = new URL('../sources/', import.meta.url);
const NETWORK = new URL('network/', import.meta.url);
const NAMES = readdirSync(SOURCES).filter((name) => name.startsWith('reseau-'));

interface SourceFile {
  readonly name: string;
  readonly title: string;
  readonly options: { readonly url: string };
  readonly map: unknown;
}

test('each sheet has its source file', () => {
  const sheets = readdirSync(NETWORK).filter((name) => name.endsWith('.csv'));
  expect(NAMES.map((name) => name.slice('reseau-'.length, -'.yaml'.length)).sort()).toEqual(
    sheets.map((name) => name.slice(0, -'.csv'.length)).sort(),
  );
});

test.each(NAMES)('%s', async (name) => {
  const source = parse(readFileSync(new URL(name, SOURCES), 'utf8')) as SourceFile;
  expect(`${source.name}.yaml`).toBe(name);
  const sheet = source.options.url.split('/').at(-1) ?? '';
  const bytes = readFileSync(new URL(sheet, NETWORK));
  const map = table.options?.safeParse(source.map);
  if (!map?.success) throw new Error(JSON.stringify(map?.error.issues));
  const file = {
    name: sheet,
    bytes: async function* () {
      yield new Uint8Array(bytes);
    },
  };
  const told: unknown[] = [];
  let rows = 0;
  for await (const cut of table.cut!(file, map.data, (finding) => told.push(finding))) {
    if (cut.kind === 'rejected') throw new Error(JSON.stringify(cut.finding));
    const mapping = table.map(cut.row, {
      id: cut.id,
      source: { ...source, licence: 'démonstration' },
      options: map.data,
    });
    if ('rejected' in mapping) throw new Error(JSON.stringify(mapping.rejected));
    expect(mapping.notes).toBeUndefined();
    const parsed = parseRecord({ ...mapping.record, visibility: 'public' });
    if ('issues' in parsed) throw new Error(`${cut.id}: ${JSON.stringify(parsed.issues)}`);
    expect(parsed.record.identifiers[0]).toEqual({ scheme: 'trame', value: cut.id });
    rows += 1;
  }
  expect(told).toEqual([]);
  expect(rows).toBeGreaterThan(1);
});
