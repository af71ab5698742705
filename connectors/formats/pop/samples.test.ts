/** Real notices of the ministry, where they lie beside the project: every filled field of each is mapped, or left out for a stated reason. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import type { Format } from '../../format.ts';
import { JOCONDE } from '../joconde/base.ts';
import { joconde } from '../joconde/joconde.ts';
import { MUSEO } from '../museofile/base.ts';
import { museofile } from '../museofile/museofile.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { type Base, codeOf, fateOf } from './base.ts';
import { MEMOIRE, MERIMEE, PALISSY } from './bases.ts';
import { memoire } from './memoire.ts';
import { merimee } from './merimee.ts';
import { fieldsOf, valuesOf } from './notice.ts';
import { palissy } from './palissy.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/pop');
const sample = (name: string) => fileOf(readFileSync(resolve(SAMPLES, name)), name, undefined, 4096);

/** The filled fields of a row that nothing is said of. */
function unexplained(row: Json, base: Base): string[] {
  return Object.entries(fieldsOf(row)).flatMap(([column, value]) => {
    const code = codeOf(base, column);
    const isSaid = code !== undefined && fateOf(base, code) !== undefined;
    return isSaid || valuesOf(value).length === 0 ? [] : [column];
  });
}

describe.skipIf(!existsSync(SAMPLES))('real notices', () => {
  test.each<[string, Base]>([
    ['schema-merimee.csv', MERIMEE],
    ['schema-palissy.csv', PALISSY],
    ['schema-memoire.csv', MEMOIRE],
    ['schema-museo.csv', MUSEO],
    ['schema-joconde.csv', JOCONDE],
  ])('every code of %s is mapped, or left out for a reason', (name, base) => {
    // Not all of these tables are sound CSV: a line of theirs begins with the code and its type.
    const lines = readFileSync(resolve(SAMPLES, name), 'utf8').matchAll(
      /^"([^".]+)[^"]*","(?:String|Array|Number|ObjectID)"/gm,
    );
    const known = [...new Set([...lines].map(([, code = '']) => code))];
    expect(known.length).toBeGreaterThan(50);
    expect(known.filter((code) => fateOf(base, codeOf(base, code) ?? '') === undefined)).toEqual([]);
  });

  test.each<[string, Format, Base]>([
    ['api-notice-merimee-1.js', merimee, MERIMEE],
    ['api-notice-palissy-1.js', palissy, PALISSY],
    ['api-notice-memoire-1.js', memoire, MEMOIRE],
    ['api-notice-joconde-1.js', joconde, JOCONDE],
    ['palissy-mh-valid-UTF-8.csv', palissy, PALISSY],
  ])('%s: no loss that is not explained', async (name, format, base) => {
    const { cuts } = await cutAll(format, sample(name));
    for (const cut of cuts)
      if (cut.kind === 'record') expect([cut.id, unexplained(cut.row, base)]).toEqual([cut.id, []]);
    const { records, notes } = await recordsOf(format, sample(name));
    expect(records.size).toBeGreaterThan(0);
    expect(codes(notes)).not.toContain('pop-code-unknown');
    for (const record of records.values()) expect(JSON.stringify(record)).not.toMatch(/[\w.]+@[\w.]+\.\w+/);
  });

  test('what the notices say', async () => {
    const read = async (name: string, format: Format) =>
      [...(await recordsOf(format, sample(name))).records.values()][0];
    expect(await read('api-notice-merimee-1.js', merimee)).toMatchObject({
      fields: {
        name: 'Chapelle Saint-Avit',
        objectKind: 'building',
        date: { from: 1401, to: 1600 },
        legalStatus: expect.stringContaining('inscrit MH'),
        page: 'https://www.pop.culture.gouv.fr/notice/merimee/PA00078014',
      },
      relations: { madeIn: [{ identifier: { scheme: 'insee', value: '10003' } }] },
    });
    const manuscripts = await read('api-notice-palissy-1.js', palissy);
    expect(manuscripts).toMatchObject({
      fields: { objectKind: 'document', objectTypes: ['manuscrit'], date: { from: 1801, to: 1900 } },
      relations: { techniques: [{ text: 'papier' }], creators: [{ text: 'Verne Jules', facts: { role: 'écrivain' } }] },
    });
    expect(manuscripts?.fields['description']).toContain('Ensemble de trois manuscrits.\nDe la Terre à la Lune');
    expect(await read('api-notice-memoire-1.js', memoire)).toMatchObject({
      fields: { name: 'Notice pour Test', objectKind: 'work', inventoryNumber: '978609358ZA', date: { from: 1997 } },
      relations: { creators: [{ text: 'Richard, Christian', facts: { role: 'photographe' } }] },
    });
    expect(await read('api-notice-joconde-1.js', joconde)).toMatchObject({
      fields: { name: 'chapiteau (AR. 135)', page: 'http://www.rhone-alpes.culture.gouv.fr/museesdefrance/' },
      relations: { heldBy: [{ identifier: { scheme: 'museofile', value: 'M5031' } }] },
    });
  });

  test('the export of an inventory service: 13 buildings with their points', async () => {
    const { records, rejected, notes, told } = await recordsOf(merimee, sample('GERTRUDE_xmlToMERIMEE_lexicovide.txt'));
    expect(rejected).toEqual([]);
    expect(records.size).toBe(13);
    expect(records.get('IA30001143')).toMatchObject({
      fields: {
        name: 'coopérative vinicole de Gallargues, actuellement Les Maîtres Vignerons de Gallargues',
        point: { latitude: expect.closeTo(43.7, 0), longitude: expect.closeTo(4.17, 1), precision: 'site' },
        page: 'https://ressourcespatrimoines.laregion.fr/ark:/46855/inventaire_IA30001143.locale=fr',
        date: { from: 1928, to: 1939 },
      },
      relations: { madeIn: [{ identifier: { scheme: 'insee', value: '30123' } }] },
    });
    expect([...records.values()].filter(({ fields }) => fields['point'] !== undefined)).toHaveLength(12);
    // The columns without a name, left behind by whoever made the file, are told.
    expect(new Set(codes(notes))).toEqual(new Set(['pop-code-unknown']));
    expect(codes(told).filter((code) => code !== 'table-header-empty')).toEqual([]);
  });

  test('the table of protected objects: rows that end early are read and told; one has no name', async () => {
    const { records, rejected, told } = await recordsOf(palissy, sample('palissy-mh-valid-UTF-8.csv'));
    expect([...records.keys()]).toEqual(['PM01000107', 'PM01000506']);
    expect(rejected).toMatchObject([{ code: 'format-no-name', particulars: { id: 'PM02001223' } }]);
    expect(codes(told)).toEqual(['pop-row-short', 'pop-row-short']);
    expect(records.get('PM01000107')?.relations['madeIn']).toEqual([
      { identifier: { scheme: 'insee', value: '68066' }, how: 'inferred', confidence: 0.7 },
    ]);
  });

  test('the tagged text and the tables, by the one format that takes them all', async () => {
    const { records } = await recordsOf(joconde, sample('joconde-valid-UTF-8.txt'));
    expect([...records.keys()]).toEqual(['01610014032', '01610014134', '01610014147']);
    const names = (name: string) => readFileSync(resolve(SAMPLES, name), 'utf8').trim().split(/[|;]/);
    const unknown = (base: Base, name: string) => names(name).filter((column) => codeOf(base, column) === undefined);
    expect(unknown(JOCONDE, 'joconde-base-csv.column-names.csv')).toEqual([]);
    expect(unknown(MUSEO, 'museofile-csv.column-names.csv')).toEqual([]);
    expect(museofile.version).toBeGreaterThanOrEqual(2);
  });
});
