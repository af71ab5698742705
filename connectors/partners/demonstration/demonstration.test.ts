/** What the report only counts: as many entries as it says, each of which says that it is made up, and all of them come through their own source files. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { contextForTests } from '#connectors/conformance.ts';
import { createFilesConnector } from '#connectors/files/connector.ts';
import { filesOptions } from '#connectors/files/options.ts';
import { table } from '#connectors/formats/table/table.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import { startPartners } from '../server.ts';
import { COMMUNES } from './communes.ts';
import { COUNTS, SHEETS, testimonyYears } from './sheets.ts';

const SOURCES = new URL('../../sources/', import.meta.url);
const NAMES = readdirSync(SOURCES).filter((name) =>
  readFileSync(new URL(name, SOURCES), 'utf8').includes('/demonstration/'),
);

test('the counts are those of the report', () => {
  const lengths = Object.fromEntries(Object.entries(SHEETS).map(([name, sheet]) => [name, sheet().rows.length]));
  expect(lengths).toMatchObject({ 'pass-musees-sites': 120, 'operation-dates': 65, temoignages: 39, adherents: 236 });
  expect(testimonyYears()).toHaveLength(COUNTS.testimonies);
});

test('every made-up entry says so, and stands in a commune of the vocabulary', () => {
  const known = new Set(
    (
      parseCsv(readFileSync(new URL('../../../graph-schema/vocabularies/places.csv', import.meta.url)), {
        columns: true,
      }) as Record<string, string>[]
    ).map((row) => row['insee']),
  );
  for (const { insee } of COMMUNES) expect(known, insee).toContain(insee);
  for (const [name, sheet] of Object.entries(SHEETS)) {
    // These two only say what belongs to an offer or a route of the report.
    if (name === 'pass-musees-participants' || name === 'ici-avant-points') continue;
    for (const row of sheet().rows) expect(row.join(' ').toLowerCase(), name).toContain('démonstration');
  }
});

test.each(NAMES)('%s: every row is a record, nothing is left out', async (name) => {
  const partners = await startPartners();
  const { context, told, close } = contextForTests();
  try {
    const text = readFileSync(new URL(name, SOURCES), 'utf8').replaceAll(/\$\{TRAME_PARTNERS:-[^}]*\}/g, partners.url);
    const source = parse(text) as { options: unknown; map: unknown; name: string; title: string };
    const map = table.options?.safeParse(source.map);
    if (!map?.success) throw new Error(JSON.stringify(map?.error.issues));
    const connector = createFilesConnector(table as never, map.data);
    const records: AnyRecord[] = [];
    for await (const message of connector.read(filesOptions.parse(source.options), context)) {
      if (message.kind === 'rejected') throw new Error(JSON.stringify(message.finding));
      if (message.kind !== 'record') continue;
      const about = { name: source.name, title: source.title, licence: 'démonstration' };
      const mapping = table.map(message.row, { id: message.id, source: about, options: map.data });
      if ('rejected' in mapping) throw new Error(JSON.stringify(mapping.rejected));
      expect(mapping.notes ?? []).toEqual([]);
      const parsed = parseRecord({ ...mapping.record, visibility: 'public' });
      if ('issues' in parsed) throw new Error(`${message.id}: ${JSON.stringify(parsed.issues)}`);
      records.push(parsed.record);
    }
    const sheet = SHEETS[/demonstration\/([a-z-]+)\./.exec(text)?.[1] ?? ''];
    expect(records).toHaveLength(sheet?.().rows.length ?? -1);
    expect(told).toEqual([]);
    if (name === 'demo-temoignages.yaml') {
      const spoken = records.filter(({ fields }) => Array.isArray(fields['transcript']));
      expect(spoken).toHaveLength(13);
      expect(spoken[0]?.fields['transcript']).toMatchObject([
        { begin: 1, end: 6.5 },
        { begin: 72, end: 78 },
      ]);
    }
    if (name === 'demo-operation-dates.yaml')
      for (const { fields } of records)
        expect(fields).toMatchObject({ occurrences: [{}], price: { from: expect.any(Number) } });
  } finally {
    await close();
    await partners.close();
  }
});
