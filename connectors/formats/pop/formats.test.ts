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
import { palissy } from './palissy.ts';

const BUILDING = {
  REF: 'DEMO-1',
  TICO: 'Filature de démonstration',
  DENO: ['filature'],
  APPL: 'dite la Grande',
  COM: ['Roubaix'],
  INSEE: ['59512'],
  SCLE: ['2e quart 19e siècle', '20e siècle'],
  DATE: ['1838', '1905'],
  AUTR: ["maître d'oeuvre inconnu", 'Dupont-Exemple (?, architecte))'],
  MURS: ['brique', 'pierre (enduit)'],
  HIST: 'Premier alinéa.£Second alinéa, contact@example.org.',
  REMA: 'escalier (écrire à personne@example.org)',
  ADRS: 'Exemple (rue de l’)',
  WADRS: 'rue de l’Exemple',
  PLAN: 'plan rectangulaire',
  PROT: [''],
  STAT: 'propriété privée',
  DPRO: '1999/01/28 : inscrit MH',
  CONTACT: 'contact@example.org',
  NOMS: ['Personne Rédactrice'],
  IMG: ['memoire/DEMO/1.jpg', 'https://images.example.org/1.jpg'],
  POP_COORDONNEES: { lat: 50.5, lon: 3.1 },
  POP_FLAGS: ['CONTACT_EMPTY'],
  DMAJ: '2024-05-06',
};

const one = async (format: Format, row: Json) => {
  const { records, notes, rejected } = await recordsOf(
    format,
    fileOf(JSON.stringify(row), 'notice.json', undefined, 512),
  );
  return { record: [...records.values()][0], notes, rejected };
};

describe('merimee', () => {
  test('a building, in its commune, without contacts and writers', async () => {
    const { record, notes } = await one(merimee, BUILDING);
    expect(record).toEqual({
      kind: 'HeritageObject',
      visibility: 'public',
      identifiers: [{ scheme: 'merimee', value: 'DEMO-1' }],
      fields: {
        name: 'Filature de démonstration',
        alternativeNames: ['dite la Grande'],
        description:
          'Premier alinéa.\nSecond alinéa, .\nAdresse : rue de l’Exemple\nPlan : plan rectangulaire\nÉléments remarquables : escalier (écrire à )',
        objectKind: 'building',
        objectTypes: ['filature'],
        date: expect.objectContaining({ text: '1838 ; 1905', from: 1838, to: 1905 }),
        legalStatus: 'propriété privée ; 1999/01/28 : inscrit MH',
        point: { latitude: 50.5, longitude: 3.1, precision: 'site' },
      },
      relations: {
        madeIn: [{ identifier: { scheme: 'insee', value: '59512' } }],
        trades: [{ text: 'filature', how: 'inferred' }],
        techniques: [{ text: 'brique' }, { text: 'pierre' }],
        periods: [{ text: '2e quart 19e siècle' }, { text: '20e siècle' }],
        creators: [{ text: 'Dupont-Exemple', facts: { role: 'architecte' } }],
        media: [
          { media: { name: 'Filature de démonstration', url: 'https://images.example.org/1.jpg', mediaType: 'image' } },
        ],
      },
    });
    expect(codes(notes)).toEqual(['pop-pictures-without-address']);
  });

  test('without a title it is called by what it is; a real reference leads to its page', async () => {
    const { record } = await one(merimee, { REF: 'PA00000000', DENO: ['chapelle'], VOCA: 'Saint-Exemple' });
    expect(record?.fields).toMatchObject({
      name: 'chapelle Saint-Exemple',
      page: 'https://www.pop.culture.gouv.fr/notice/merimee/PA00000000',
    });
    expect((await one(merimee, { REF: 'X', HIST: 'sans nom' })).rejected).toMatchObject([{ code: 'format-no-name' }]);
  });

  test('Lambert 93, codes that lost their zero, and what cannot be read', async () => {
    const { record } = await one(merimee, {
      REF: 'X',
      TICO: 'x',
      ZONE: 'Lambert93',
      COOR: '0700000;6600000',
      INSEE: [2691],
    });
    expect(record?.fields['point']).toMatchObject({
      latitude: expect.closeTo(46.5, 4),
      longitude: expect.closeTo(3, 4),
    });
    expect(record?.relations['madeIn']).toEqual([{ identifier: { scheme: 'insee', value: '02691' } }]);
    const { notes } = await one(merimee, {
      REF: 'X',
      TICO: 'x',
      ZONE: 'Lambert1',
      COOR: 'x;y',
      INSEE: ['?'],
      COM: ['Lille'],
    });
    expect(notes.map(({ particulars }) => particulars['where'])).toEqual(['COOR', 'INSEE']);
  });

  test.each(['Lambert1', 'RGR92'])(
    'a projection that is not read (%s) gives no point rather than a wrong one',
    async (ZONE) => {
      const { record, notes } = await one(merimee, { REF: 'X', TICO: 'x', ZONE, COOR: '0600000;1200000' });
      expect(record?.fields['point']).toBeUndefined();
      expect(notes).toMatchObject([{ code: 'format-value-unread', particulars: { where: 'COOR' } }]);
    },
  );

  test('a field that is not known is told; a notice to be deleted is not taken over', async () => {
    const { notes } = await one(merimee, { REF: 'X', TICO: 'x', NEUF: 'y', VIDE: [''] });
    expect(notes).toEqual([{ code: 'pop-code-unknown', particulars: { id: 'X', base: 'merimee', codes: 'NEUF' } }]);
    const changed = await one(merimee, {
      REF: 'X',
      TICO: 'x',
      DENO: [{ label: 'filature' }],
      POP_COORDONNEES: { lat: 'a', lon: 3 },
    });
    expect(changed.notes).toMatchObject([{ particulars: { codes: 'DENO, POP_COORDONNEES' } }]);
    expect(changed.record?.fields).toEqual({ name: 'x', objectKind: 'building' });
    expect((await one(merimee, { REF: 'X', TICO: 'x', SUPMIS: 'X' })).rejected).toMatchObject([
      { code: 'pop-notice-withdrawn' },
    ]);
    const context = { id: 'X', source: { name: '', title: '', licence: '' }, options: undefined };
    expect(merimee.map({ nom: 'autre' }, context)).toMatchObject({ rejected: { code: 'format-row-foreign' } });
    for (const row of [null, 3, 'x', [], [[]], { _source: null }] as Json[])
      expect(merimee.map(row, context)).toMatchObject({ rejected: { code: 'format-row-foreign' } });
  });
});

describe('palissy and memoire', () => {
  test('a movable thing: counts in brackets, several texts, the place inferred, masked places left out', async () => {
    const { record } = await one(palissy, {
      REF: 'DEMO-2',
      TICO: 'Bannière de démonstration',
      DENO: ['bannière (2)'],
      MATR: ['soie, fil métal : brodé'],
      SCLE: ['19e siècle'],
      COM: ['Lille'],
      DPT_LETTRE: ['Nord'],
      EXEC: 'Roubaix',
      EDIF: 'Église de démonstration',
      EDIF2: 'Réserve cachée',
      VOLS: 'volé en 1975',
      STAT: ['propriété de la commune'],
      DESC: 'Une.£Deux.',
    });
    expect(record?.fields).toMatchObject({
      objectTypes: ['bannière'],
      description: 'Une.\nDeux.\nÉdifice : Église de démonstration',
      legalStatus: 'propriété de la commune ; volé en 1975',
    });
    expect(record?.relations['madeIn']).toEqual([
      { text: 'Roubaix' },
      { text: 'Lille (Nord)', how: 'inferred', confidence: 0.7 },
    ]);
    expect(JSON.stringify(record)).not.toContain('cachée');
  });

  test('a photograph: its date, its photographer, not whom it shows', async () => {
    const { record } = await one(memoire, {
      REF: 'DEMO-3',
      LEG: 'Vue de démonstration',
      TYPDOC: 'Négatif',
      DATPV: '1924.05.12',
      AUTP: ['Exemple, Photographe (studio)'],
      MCPER: ['Personne, Photographiée'],
      SUJET: 'filature ; vue générale',
      COPY: '© démonstration',
      DIFF: 'tous droits réservés',
      IMG: 'http://images.example.org/3.jpg',
    });
    expect(record?.fields).toMatchObject({ objectKind: 'work', date: { text: '1924.05.12', from: 1924, to: 1924 } });
    expect(record?.relations).toMatchObject({
      creators: [{ text: 'Exemple, Photographe', facts: { role: 'photographe' } }],
      subjects: [{ text: 'filature' }, { text: 'vue générale' }],
      media: [{ media: { rights: 'tous droits réservés', credit: '© démonstration', republishable: false } }],
    });
    expect(JSON.stringify(record)).not.toContain('Photographiée');
  });

  test('a photograph of several dates: the first is its own, the others are lines of its description', async () => {
    const { record } = await one(memoire, {
      REF: 'DEMO-4',
      LEG: 'Vue de démonstration',
      DATPV: '1924.05.12',
      DATOR: '1850',
      DATTI: '1990',
      OBS: 'Une observation.',
    });
    expect(record?.fields).toMatchObject({
      date: { text: '1924.05.12' },
      description: 'Observations : Une observation.\nDate de l’original : 1850\nDate du tirage : 1990',
    });
  });

  test('a place whose parts are objects is no place, and crashes nothing', async () => {
    const place = JSON.parse('{"lat":{"toString":1},"lon":3}') as Json;
    const { record } = await one(merimee, { REF: 'DEMO-5', TICO: 'Un titre', POP_COORDONNEES: place });
    expect(record?.fields).toMatchObject({ name: 'Un titre' });
  });
});

describe('one notice, however it comes', () => {
  const row = {
    REF: 'DEMO-1',
    TICO: 'Un titre',
    DENO: ['filature', 'usine'],
    SCLE: ['19e siècle'],
    DMAJ: '2024-05-06',
  };
  const table = 'REF|TICO|DENO|SCLE|DMAJ\nDEMO-1|Un titre|"filature ; usine"|19e siècle|2024-05-06\n';
  const spelled =
    'Reference;Titre_editorial_de_la_notice;Dénomination de l’édifice;Siecle_de_la_campagne_principale_de_construction;Date_de_la_derniere_mise_a_jour\nDEMO-1;Un titre;"filature ; usine";19e siècle;2024-05-06\n';
  const odd = `module.exports = ${JSON.stringify(row).replaceAll(/"([A-Z]+)":/g, '$1: ')};\n`;
  test.each([
    ['one notice', JSON.stringify(row)],
    ['a list', JSON.stringify([row])],
    [
      'the search engine',
      JSON.stringify({ took: 1, hits: { total: { value: 1 }, hits: [{ _id: 'DEMO-1', _source: row }] } }),
    ],
    ['the tabular API', JSON.stringify({ data: [row], links: {}, meta: { total: 1 } })],
    ['open data, older', JSON.stringify({ records: [{ recordid: 'a', fields: row }] })],
    [
      'lower-case codes',
      JSON.stringify(Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value]))),
    ],
    ['lines of JSON', `${JSON.stringify(row)}\n`],
    ['a script', odd],
    ['a script of several', odd.replace('= ', '= [').replace(';', '];')],
    ['a table', table],
    ['a table with a title above', `Notices de démonstration\n\n${table}`],
    ['a table with names spelled out', spelled],
    ['a byte order mark', `\ufeff${table}`],
  ])('%s', async (_, content) => {
    const file = fileOf(content, 'notices', undefined, 512);
    const { cuts } = await cutAll(merimee, file);
    const cut = cuts.find(({ kind }) => kind === 'record');
    expect(cut).toMatchObject({ id: 'DEMO-1', modified: '2024-05-06' });
    if (cut?.kind === 'record') expect(merimee.row?.(cut.raw, undefined)).toEqual(cut.row);
    const { records, rejected } = await recordsOf(merimee, file);
    expect(rejected).toEqual([]);
    expect(records.get('DEMO-1')).toMatchObject({
      fields: { name: 'Un titre', objectTypes: ['filature', 'usine'], date: { from: 1801, to: 1900 } },
    });
  });

  test('files that are of something else, or broken', async () => {
    const read = async (content: string) => (await cutAll(merimee, fileOf(content, 'x', undefined, 512))).cuts;
    expect(await read('Nom;Ville\na;b\n')).toMatchObject([
      { wholeFile: true, finding: { code: 'table-columns-missing' } },
    ]);
    expect(await read('module.exports = {\n REF: require("fs") };')).toMatchObject([
      { wholeFile: true, finding: { code: 'pop-script-unread', particulars: { line: 2 } } },
    ]);
    expect(await read('module.exports = [{ TICO: "x" }, { REF: "A", TICO: "y" }];')).toMatchObject([
      { kind: 'rejected', finding: { code: 'pop-reference-missing', particulars: { position: 1 } } },
      { kind: 'record', id: 'A' },
    ]);
  });
});

/** What must stand beside a field so that it shows, or the form it must have. */
const BESIDE: Readonly<Record<string, Record<string, Json>>> = {
  COOR: { COOR: '700000;6600000' },
  COORM: { COORM: '700000;6600000' },
  POP_COORDONNEES: { POP_COORDONNEES: { lat: 50.5, lon: 3 } },
  LATITUDE: { LATITUDE: 50.5, LONGITUDE: 3 },
  LONGITUDE: { LATITUDE: 50.5, LONGITUDE: 3 },
  ZONE: { COOR: 'zz', ZONE: 'Lambert1' },
  INSEE: { INSEE: ['59350'] },
  DPT: { COM: ['Lille'], VILLE_M: 'Lille', DPT: ['59'] },
  DPT_LETTRE: { COM: ['Lille'], DPT_LETTRE: ['Nord'] },
  REGION: { VILLE_M: 'Lille', REGION: 'zz' },
  ...Object.fromEntries(
    ['IMG', 'VIDEO', 'IMAGE', 'DOSURL', 'DOSURLPDF', 'URL_M', 'URL_M2', 'WWW', 'LVID', 'REFIM'].map((code) => [
      code,
      { [code]: 'https://a.example.org/1.jpg' },
    ]),
  ),
  PHOT: { IMG: 'https://a.example.org/1.jpg', PHOT: 'zz' },
  MUSEO: { MUSEO: 'M0000' },
  ACCES: { ACCES: 'Non' },
  LOCA: { LOCA: 'zz ; volé' },
};

describe.each<[string, Format, Base, Record<string, Json>]>([
  ['merimee', merimee, MERIMEE, { REF: 'R', TICO: 't' }],
  ['palissy', palissy, PALISSY, { REF: 'R', TICO: 't' }],
  ['memoire', memoire, MEMOIRE, { REF: 'R', LEG: 't' }],
  ['museofile', museofile, MUSEO, { REF: 'M0000', NOMOFF: 't' }],
  ['joconde', joconde, JOCONDE, { REF: 'R', TITR: 't' }],
])('the fields of %s', (name, format, base, least) => {
  const context = { id: 'R', source: { name: '', title: '', licence: '' }, options: undefined };
  const mapped = (more: Record<string, Json>) => JSON.stringify(format.map({ ...least, ...more }, context));
  const used = [...base.mapped, ...base.lines.map(([code]) => code)];

  test('each that is said to be mapped changes the record', () => {
    // DMAJ is the date of the row, EN_LIGNE its visibility; the names are in `least`.
    const beside = new Set(['REF', 'DMAJ', 'EN_LIGNE', ...Object.keys(least)]);
    const silent = used.filter((code) => {
      if (beside.has(code)) return false;
      const more = BESIDE[code] ?? { [code]: `zz${code}` };
      const { [code]: _, ...without } = more;
      return mapped(more) === mapped(without);
    });
    expect(silent).toEqual([]);
  });

  test('each that is left out changes nothing, and stands in one list only', () => {
    const left = base.leftOut.flatMap(({ codes: all }) => [...all]);
    expect(left.filter((code) => mapped({ [code]: 'privé' }) !== mapped({}))).toEqual([]);
    expect([...used, ...left].filter((code, index, all) => all.indexOf(code) !== index)).toEqual([]);
  });

  test('every spelled-out name leads to a field that is known', () => {
    for (const [column, code] of Object.entries(base.columns)) {
      expect([name, column, codeOf(base, column)]).toEqual([name, column, code]);
      expect(fateOf(base, code)).toBeDefined();
    }
  });
});

test('a row that ends early is read and told; one that is too long is not', async () => {
  const file = fileOf('REF|TICO|DENO|HIST\nA|un|x\nB|deux|x|y|z\n', 'x.csv', undefined, 512);
  const { records, rejected, told } = await recordsOf(merimee, file);
  expect([...records.keys()]).toEqual(['A']);
  expect(codes(rejected)).toEqual(['table-row-ragged']);
  expect(told).toMatchObject([{ code: 'pop-row-short', particulars: { id: 'A', line: 2, found: 3, expected: 4 } }]);
});
