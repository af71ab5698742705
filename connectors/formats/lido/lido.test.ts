import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../xml-stream.ts';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { lido } from './lido.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const CONTEXT = { id: 'oai:x:1', source: { name: '', title: '', licence: '' }, options: undefined };

describe('lido', () => {
  test('a whole notice, French where there is a choice', async () => {
    const { records } = await recordsOf(lido, fileOf(fixture('lido.xml'), 'lido.xml'));
    expect(records.get('exemple/1')).toEqual({
      kind: 'HeritageObject',
      visibility: 'public',
      identifiers: [{ scheme: 'ark', value: 'ark:/12345/abc1' }],
      fields: {
        name: 'Navette à main',
        alternativeNames: ['Autre titre', 'Navette dite'],
        description: 'Navette en buis, écrire à pour la voir.',
        page: 'https://example.org/notice/1',
        licence: 'Licence Ouverte 2.0',
        objectKind: 'object',
        objectTypes: ['navette'],
        domains: ['ethnologie'],
        inventoryNumber: '1978.3.1',
        date: { text: 'vers 1900', edtf: '1895/1905', from: 1895, to: 1905, confidence: 1 },
        dimensions: 'L. 31 cm',
        use: 'tissage ; tisserand',
        credit: 'Musée d’exemple',
      },
      relations: {
        heldBy: [{ identifier: { scheme: 'museofile', value: 'M0017' } }],
        madeIn: [{ text: 'Roubaix (Nord)' }, { text: 'Tourcoing' }],
        trades: ['tissage', 'tisserand', 'tourneur', 'filature'].map((word) => ({ text: word, how: 'inferred' })),
        techniques: [{ text: 'buis' }],
        subjects: [{ text: 'filature' }, { text: 'Une personne, de face' }],
        creators: [{ text: 'Atelier d’exemple', facts: { role: 'tourneur' } }],
        media: [
          {
            media: {
              name: 'Navette à main',
              url: 'https://example.org/grand',
              mediaType: 'image',
              rights: 'CC BY-NC 4.0',
              rightsUri: 'https://creativecommons.org/licenses/by-nc/4.0/',
              credit: 'Cliché du musée',
              republishable: false,
            },
          },
          { media: { name: 'Navette à main', url: 'https://example.org/sans-droits.jpg', mediaType: 'image' } },
        ],
      },
    });
    expect(records.get('exemple/2')?.fields['name']).toBe('bobine');
  });

  test('a notice without lidoRecID is rejected, its neighbours go in', async () => {
    const { records, rejected } = await recordsOf(lido, fileOf(fixture('lido.xml'), 'lido.xml'));
    expect([...records.keys()]).toEqual(['exemple/1', 'exemple/2']);
    expect(rejected).toEqual([{ code: 'lido-id-missing', particulars: { file: 'lido.xml', line: 3 } }]);
  });

  test('ISO-8859-1, as the declaration says, or as only the source says', async () => {
    const declared = await recordsOf(lido, fileOf(fixture('lido-latin1.xml'), 'l.xml'));
    expect(declared.records.get('exemple/1')?.fields['name']).toBe('Navette à main');
    expect(declared.told).toEqual([]);
    const mute = Buffer.from(
      fixture('lido-latin1.xml').toString('latin1').replace(' encoding="ISO-8859-1"', ''),
      'latin1',
    );
    const told = await recordsOf(lido, fileOf(mute, 'l.xml', { encoding: 'iso-8859-1' }));
    expect(told.records.get('exemple/1')?.fields['name']).toBe('Navette à main');
  });

  test('the raw bytes, namespaces included, give the row again', async () => {
    const { cuts } = await cutAll(lido, fileOf(fixture('lido.xml'), 'lido.xml'));
    const records = cuts.filter((cut) => cut.kind === 'record');
    expect(records).toHaveLength(2);
    for (const cut of records) expect(lido.row?.(cut.raw, undefined)).toEqual(cut.row);
  });

  test('a file that breaks off keeps what came before, and is refused', async () => {
    const whole = fixture('lido.xml');
    const broken = whole.subarray(0, whole.indexOf('exemple/2') + 30);
    const { records, rejected } = await recordsOf(lido, fileOf(broken, 'l.xml'));
    expect([...records.keys()]).toEqual(['exemple/1']);
    expect(codes(rejected)).toEqual(['lido-xml-broken']);
  });

  test('an XML of another kind is refused', async () => {
    const { cuts } = await cutAll(lido, fileOf('<kml><Document/></kml>', 'a.kml'));
    expect(cuts).toMatchObject([{ wholeFile: true, finding: { code: 'lido-none' } }]);
  });

  test('from OAI-PMH: the notice of the metadata, wrapped or not; anything else is rejected in words', () => {
    const header = { identifier: 'oai:x:1', datestamp: '2024-01-01', sets: ['online'] };
    const wrapped = parseXml(fixture('lido.xml').toString());
    expect(lido.map({ header, metadata: wrapped } as never, CONTEXT)).toMatchObject({
      record: { fields: { name: 'Navette à main' } },
      notes: [{ code: 'format-several-items', particulars: { count: 3 } }],
    });
    expect(lido.map({ header, metadata: parseXml('<dc xmlns="urn:dc"/>') } as never, CONTEXT)).toMatchObject({
      rejected: { code: 'format-row-foreign', particulars: { format: 'lido', found: '{urn:dc}dc' } },
    });
    expect(lido.map(parseXml('<lido xmlns="http://www.lido-schema.org"/>') as never, CONTEXT)).toMatchObject({
      rejected: { code: 'format-no-name' },
    });
  });
});
