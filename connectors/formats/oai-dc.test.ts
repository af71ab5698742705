import { describe, expect, test } from 'vitest';
import { parseRecord } from '#graph-schema/record.ts';
import { parseXml } from '../xml-stream.ts';
import { oaiDc } from './oai-dc.ts';

function map(elements: string, identifier = 'oai:exemple:7') {
  const metadata = parseXml(
    `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${elements}</oai_dc:dc>`,
  );
  const row = { header: { identifier, datestamp: '2024-01-01', sets: [] }, metadata };
  const mapped = oaiDc.map(row as never, {
    id: identifier,
    source: { name: '', title: '', licence: '' },
    options: undefined,
  });
  if ('rejected' in mapped) return { rejected: mapped.rejected };
  const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  return { record: parsed.record, notes: mapped.notes ?? [] };
}

describe('oai-dc', () => {
  test('a whole notice, values joined and blanks around', () => {
    const { record } = map(`
      <dc:title>  Navette à main </dc:title><dc:title>Autre titre</dc:title>
      <dc:creator>DUPONT ET CIE (fabricant)</dc:creator><dc:creator>anonyme</dc:creator>
      <dc:subject>tisserand ; filature</dc:subject><dc:subject>tisserand</dc:subject>
      <dc:description>En buis.</dc:description><dc:description>Écrire à conservation@example.org</dc:description>
      <dc:date>1er quart 20e siècle</dc:date><dc:type>navette</dc:type><dc:type>PhysicalObject</dc:type>
      <dc:format>buis ; fer ; H. 31 cm ; L. 4 cm</dc:format><dc:format>image/jpeg</dc:format>
      <dc:identifier>https://example.org/?vc=perime</dc:identifier><dc:identifier>www.example.org/notice/7</dc:identifier>
      <dc:identifier>Inv. 1978.3.1</dc:identifier><dc:identifier>ark:/12345/abc1</dc:identifier>
      <dc:identifier>https://example.org/7.jpg</dc:identifier>
      <dc:source>responsable@example.org</dc:source><dc:language>français</dc:language>
      <dc:relation>https://example.org/7-b.png</dc:relation>
      <dc:coverage>France, Nord, Roubaix</dc:coverage><dc:coverage>19e siècle</dc:coverage>
      <dc:rights>CC0 1.0</dc:rights>`);
    expect(record).toEqual({
      kind: 'HeritageObject',
      visibility: 'public',
      identifiers: [{ scheme: 'ark', value: 'ark:/12345/abc1' }],
      fields: {
        name: 'Navette à main',
        alternativeNames: ['Autre titre'],
        description: 'En buis.\nÉcrire à',
        page: 'http://www.example.org/notice/7',
        licence: 'CC0 1.0',
        objectKind: 'object',
        objectTypes: ['navette'],
        inventoryNumber: '1978.3.1',
        date: expect.objectContaining({ text: '1er quart 20e siècle', from: 1901, to: 1925 }),
        dimensions: 'H. 31 cm ; L. 4 cm',
      },
      relations: {
        madeIn: [{ text: 'France, Nord, Roubaix' }],
        periods: [{ text: '19e siècle' }],
        trades: ['tisserand', 'filature'].map((text) => ({ text, how: 'inferred' })),
        techniques: [{ text: 'buis' }, { text: 'fer' }],
        subjects: [{ text: 'tisserand' }, { text: 'filature' }],
        creators: [{ text: 'DUPONT ET CIE', facts: { role: 'fabricant' } }],
        media: [
          { media: { name: 'Navette à main', url: 'https://example.org/7-b.png', mediaType: 'image' } },
          { media: { name: 'Navette à main', url: 'https://example.org/7.jpg', mediaType: 'image' } },
        ],
      },
    });
    expect(JSON.stringify(record)).not.toContain('@');
  });

  test('without a title: what it is, and its number', () => {
    expect(map('<dc:type>bobine</dc:type><dc:identifier>12</dc:identifier>').record?.fields).toMatchObject({
      name: 'bobine (12)',
      inventoryNumber: '12',
    });
  });

  test('POP’s own identifiers are strong', () => {
    expect(map('<dc:title>x</dc:title>', 'oai:joconde:000PE001028').record?.identifiers).toEqual([
      { scheme: 'joconde', value: '000PE001028' },
    ]);
  });

  test('a film, a date that is not understood', () => {
    const { record, notes } = map(
      '<dc:title>x</dc:title><dc:type>MovingImage</dc:type><dc:date>au temps jadis</dc:date>',
    );
    expect(record?.fields).toMatchObject({ objectKind: 'film', date: { text: 'au temps jadis' } });
    expect(notes).toEqual([{ code: 'format-date-unread', particulars: { value: 'au temps jadis' } }]);
  });

  test('nothing to call it by, and no Dublin Core at all, are rejected in words', () => {
    expect(map('<dc:description>x</dc:description>').rejected?.code).toBe('format-no-name');
    expect(map('').rejected).toMatchObject({ code: 'format-row-foreign', particulars: { format: 'oai-dc' } });
  });
});
