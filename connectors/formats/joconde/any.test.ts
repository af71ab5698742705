import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { joconde } from './joconde.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const NOTICE = {
  REF: 'T1',
  TITR: 'Navette de démonstration',
  DENO: ['navette'],
  DOMN: ['ethnologie', 'textile'],
  TECH: ['bois', 'fer'],
  INV: 'X.1',
  UTIL: ['tissage'],
  MUSEO: 'M9901',
  STAT: ['propriété de la commune', 'don', 'Personne Donatrice'],
  WWW: ['http', '//www.example.org/1'],
  IMG: ['joconde/T1/1.jpg'],
  AUTR: [],
  CONTACT: 'contact@example.org',
  POP_COORDONNEES: { lat: 50, lon: 3 },
  DMAJ: '2024-03-01',
};
const EXPECTED = {
  identifiers: [{ scheme: 'joconde', value: 'T1' }],
  fields: { name: 'Navette de démonstration', domains: ['ethnologie', 'textile'], inventoryNumber: 'X.1' },
  relations: {
    heldBy: [{ identifier: { scheme: 'museofile', value: 'M9901' } }],
    techniques: [{ text: 'bois' }, { text: 'fer' }],
  },
};
const spelled = (names: readonly string[], delimiter: string) =>
  `${[names, ['T1', 'Navette de démonstration', 'ethnologie ; textile', 'bois ; fer', 'X.1', 'M9901']].map((cells) => cells.join(delimiter)).join('\n')}\n`;

test.each([
  ['JSON of POP', JSON.stringify(NOTICE)],
  ['its search engine', JSON.stringify({ hits: { hits: [{ _source: NOTICE }] } })],
  ['a script', `module.exports = ${JSON.stringify(NOTICE).replaceAll(/"([A-Z_]+)":/g, '$1:')};`],
  [
    'open data',
    spelled(['Reference', 'Titre', 'Domaine', 'Materiaux_techniques', 'Numero_inventaire', 'Code_Museofile'], '|'),
  ],
  [
    'open data, in lower case',
    spelled(['reference', 'titre', 'domaine', 'materiaux_techniques', 'numero_inventaire', 'code_museofile'], ','),
  ],
  [
    'with accents and blanks',
    spelled(['Référence', 'Titre', 'Domaine', 'Matériaux techniques', 'Numéro inventaire', 'Code Muséofile'], '|'),
  ],
  ['the codes', spelled(['REF', 'TITR', 'DOMN', 'TECH', 'INV', 'MUSEO'], '|')],
  ['the codes in lower case', spelled(['ref', 'titr', 'domn', 'tech', 'inv', 'museo'], '\t')],
  [
    'tagged text',
    'REF\r\nT1\r\nTITR\r\nNavette de démonstration\r\nDOMN\r\nethnologie ; textile\r\nTECH\r\nbois ; fer\r\nINV\r\nX.1\r\nMUSEO\r\nM9901\r\n//\r\n',
  ],
])('%s', async (_, content) => {
  const file = fileOf(content, 'joconde', undefined, 512);
  const { records, rejected } = await recordsOf(joconde, file);
  expect(rejected).toEqual([]);
  expect(records.get('T1')).toMatchObject(EXPECTED);
  const [cut] = (await cutAll(joconde, file)).cuts;
  if (cut?.kind !== 'record') throw new Error('no record');
  expect(joconde.row?.(cut.raw, undefined)).toEqual(cut.row);
});

test('an address that was taken apart is mended; a path of a picture is told; no contact, no giver', async () => {
  const { records, notes } = await recordsOf(
    joconde,
    fileOf(JSON.stringify({ ...NOTICE, NEUF: 'x' }), 'x.json', undefined, 512),
  );
  const record = records.get('T1');
  expect(record?.fields).toMatchObject({
    page: 'http://www.example.org/1',
    legalStatus: 'propriété de la commune ; don',
  });
  expect(JSON.stringify(record)).not.toMatch(/Donatrice|contact@/);
  expect(codes(notes)).toEqual(['pop-pictures-without-address', 'pop-code-unknown']);
});

test('the fixtures of the two older formats give what they give there', async () => {
  const text = await recordsOf(joconde, fileOf(fixture('joconde.txt'), 'joconde.txt'));
  expect(text.records.has('T0000000001')).toBe(true);
  const table = await recordsOf(joconde, fileOf(fixture('joconde.csv'), 'joconde.csv'));
  expect([...table.records.keys()].slice(0, 2)).toEqual(['T1', 'T2']);
});
