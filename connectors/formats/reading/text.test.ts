import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { codes, fileOf } from './testing.ts';
import { linesOf, openText } from './text.ts';

async function open(content: string | Uint8Array, encoding?: string, mediaType?: string) {
  const told: Finding[] = [];
  const opened = await openText({ ...fileOf(content, 'f', { encoding }, 3), mediaType }, (found) => told.push(found));
  if ('refused' in opened) return { refused: opened.refused.code, told };
  return { text: (await Array.fromAsync(opened.pieces())).join(''), encoding: opened.encoding, told };
}

/** In one piece, as a file of this size comes. */
async function openWhole(content: Uint8Array) {
  const opened = await openText(fileOf(content, 'f', undefined, 4096), () => {});
  if ('refused' in opened) return { refused: opened.refused.code };
  return { text: (await Array.fromAsync(opened.pieces())).join(''), encoding: opened.encoding };
}

describe('openText', () => {
  test('UTF-8 with characters cut by the pieces, all line ends alike', async () => {
    expect(await open('Étoile œuvre ’\r\nfin\rvieux\n')).toEqual({
      text: 'Étoile œuvre ’\nfin\nvieux\n',
      encoding: 'utf-8',
      told: [],
    });
  });

  test('a byte order mark is no text', async () => {
    expect(await open('\uFEFFREF')).toMatchObject({ text: 'REF', encoding: 'utf-8' });
    expect(await open(Buffer.from('\uFEFFRéf', 'utf16le'))).toMatchObject({ text: 'Réf', encoding: 'utf-16le' });
  });

  test('what is not UTF-8 is windows-1252, and told', async () => {
    const { text, told } = await open(Buffer.from('métier à bras', 'latin1'));
    expect(text).toBe('métier à bras');
    expect(told).toEqual([{ code: 'file-encoding-guessed', particulars: { file: 'f', encoding: 'windows-1252' } }]);
  });

  test('a lone byte at the very end is not UTF-8 either', async () => {
    expect(await open(Buffer.from('caf\xe9', 'latin1'))).toMatchObject({ text: 'café', encoding: 'windows-1252' });
  });

  test('the charset of the server is believed only where UTF-8 fails', async () => {
    const greek = Uint8Array.from([0xe1, 0xe2]);
    expect(await open(greek, undefined, 'text/csv; charset=ISO-8859-7')).toMatchObject({ text: 'αβ' });
    expect(await open('é', undefined, 'text/csv; charset=ISO-8859-7')).toMatchObject({ text: 'é' });
  });

  test('Mac Roman shows by its accents; windows-1252 is not taken for it', async () => {
    const bytes = Buffer.from('mus\x8ee du m\x8etier \x88 tisser, tr\x8fs \xcfuvre\n', 'latin1');
    expect(await openWhole(bytes)).toMatchObject({
      text: 'musée du métier à tisser, très œuvre\n',
      encoding: 'macintosh',
    });
    expect(await openWhole(Buffer.from('musée du métier à tisser', 'latin1'))).toMatchObject({
      encoding: 'windows-1252',
    });
  });

  test('UTF-16 without its mark', async () => {
    expect(await openWhole(Buffer.from('Nom;Réf\n', 'utf16le'))).toMatchObject({
      text: 'Nom;Réf\n',
      encoding: 'utf-16le',
    });
    expect(await openWhole(Buffer.from('Nom;Réf\n', 'utf16le').swap16())).toMatchObject({
      text: 'Nom;Réf\n',
      encoding: 'utf-16be',
    });
  });

  test('what the source says goes first, unless it is wrong', async () => {
    expect(await open(Uint8Array.from([0x8e]), 'macintosh')).toMatchObject({ text: 'é', told: [] });
    expect(await open(Uint8Array.from([0x8e]), 'utf-8')).toMatchObject({ refused: 'file-encoding-wrong' });
  });

  test('text that was converted twice is told, with an example', async () => {
    const { text, told } = await open('un mÃ©tier, l’annÃ©e');
    expect(text).toBe('un mÃ©tier, l’annÃ©e');
    expect(codes(told)).toEqual(['file-mojibake']);
    expect(told[0]?.particulars['example']).toContain('Ã');
  });

  test.each([
    ['', 'file-empty'],
    [' \n \n', 'file-empty'],
    ['<!DOCTYPE html><html><body>Connexion</body></html>', 'file-web-page'],
    ['abc\0def', 'file-binary'],
  ])('%j is refused', async (content, code) => {
    expect(await open(content)).toMatchObject({ refused: code });
  });
});

test('linesOf cuts a line without end', async () => {
  const pieces = (async function* () {
    yield 'aaaa';
    yield 'bbbbcccc\nd';
  })();
  const lines = await Array.fromAsync(linesOf(pieces, 3));
  expect(lines.map(({ text }) => text).join('')).toBe('aaaabbbbccccd');
  expect(lines.at(-1)).toEqual({ line: 2, text: 'd' });
});
