/** Real files of partners, where they lie beside the project: every record comes through, or says why not. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import type { Context } from '../connector.ts';
import { createFilesConnector } from '../files/connector.ts';
import { filesOptions } from '../files/options.ts';
import type { Format } from '../format.ts';
import { jocondeText } from './joconde/text.ts';
import { lido } from './lido/lido.ts';
import { type TableMap, tableMap } from './table/map.ts';
import { table } from './table/table.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../shared/samples');

async function harvest(format: Format, formatOptions: unknown, path: string, match: string) {
  const told: Finding[] = [];
  const context: Context = {
    source: { name: 'samples', contact: '' },
    http: { get: () => Promise.reject(new Error('no network here')) },
    signal: new AbortController().signal,
    now: () => new Date(),
    tell: (found) => told.push(found),
    folder: SAMPLES,
  };
  const connector = createFilesConnector(format, formatOptions);
  const records = new Map<string, AnyRecord>();
  const rejected: Finding[] = [];
  let expected: number | undefined;
  for await (const message of connector.read(filesOptions.parse({ path, match }), context)) {
    if (message.kind === 'rejected') rejected.push(message.finding);
    if (message.kind === 'end') expected = message.expected;
    if (message.kind !== 'record') continue;
    const source = { name: 'samples', title: 'Samples', licence: '' };
    const mapped = format.map(message.row, { id: message.id, source, options: formatOptions });
    if ('rejected' in mapped) {
      rejected.push(mapped.rejected);
      continue;
    }
    const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
    if ('issues' in parsed) throw new Error(`${message.id}: ${JSON.stringify(parsed.issues)}`);
    records.set(message.id, parsed.record);
  }
  return { records, rejected, told, expected };
}

describe.skipIf(!existsSync(SAMPLES))('real files', () => {
  test('Joconde tagged text', async () => {
    const { records, rejected, told, expected } = await harvest(
      jocondeText as never,
      undefined,
      'pop',
      'joconde-valid*.txt',
    );
    expect([...records.keys()]).toEqual(['01610014032', '01610014134', '01610014147']);
    expect(rejected).toEqual([]);
    expect(expected).toBe(3);
    expect(told.map(({ code }) => code)).toEqual(['file-outside-match']);
    expect(records.get('01610014032')).toMatchObject({
      fields: { name: 'fragment (A1973.2.1)', legalStatus: 'propriété de la commune ; don' },
      relations: { heldBy: [{ identifier: { scheme: 'museofile', value: 'M0017' } }] },
    });
    expect(records.get('01610014147')?.fields['description']).toContain('dont subsiste une main, émergeant');
  });

  test('a Joconde file that is cut off after its first tags is told', async () => {
    const { rejected, told } = await harvest(jocondeText as never, undefined, 'pop', 'joconde-invalid*.txt');
    expect([...rejected, ...told].map(({ code }) => code)).toEqual([
      'format-no-name',
      'file-outside-match',
      'joconde-end-missing',
    ]);
  });

  test('LIDO', async () => {
    const { records, rejected } = await harvest(lido, undefined, 'lido', 'mona_lisa.lido.xml');
    expect(rejected).toEqual([]);
    expect(records.get('louvre.fr/oeuvre/INV779')).toMatchObject({
      fields: { name: 'La Joconde', date: { edtf: '1503/1519' }, inventoryNumber: 'INV. 779' },
      relations: { techniques: [{ text: 'Huile' }, { text: 'Panneau de peuplier' }, { text: 'Sfumato' }] },
    });
  });

  test('the crafts of 2003: 205 rows, each once by field, trade and speciality', async () => {
    const map = {
      kind: 'Trade',
      id: ['domaine', 'metier', 'specialite'],
      fields: { name: { columns: ['metier', 'specialite'], join: ' – ' }, sector: 'domaine' },
    };
    const { data } = tableMap.safeParse(map) as { data: TableMap };
    const { records, rejected, expected } = await harvest(table as never, data, 'metiers', '*.csv');
    expect(expected).toBe(205);
    expect(rejected).toEqual([]);
    expect(records.size).toBe(205);
  });

  test('the same by trade alone: 167, the others rejected with both lines', async () => {
    const map = { kind: 'Trade', id: 'metier', fields: { name: 'metier', sector: 'domaine' } };
    const { data } = tableMap.safeParse(map) as { data: TableMap };
    const { records, rejected } = await harvest(table as never, data, 'metiers', '*.csv');
    expect(records.size).toBe(167);
    expect(rejected).toHaveLength(38);
    expect(new Set(rejected.map(({ code }) => code))).toEqual(new Set(['file-duplicate-id']));
  });
});
