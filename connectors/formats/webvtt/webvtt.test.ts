import { expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { srt, type TranscriptOptions, webvtt } from './webvtt.ts';

const read = (content: string | Uint8Array, name: string, options?: TranscriptOptions) =>
  recordsOf(webvtt as never, fileOf(content, name), options);

test('a file is one testimony', async () => {
  const { records, notes } = await read(
    'WEBVTT - Témoignage de démonstration n° 40\n\n00:00.000 --> 01:02.000\n<v Quelqu’un>Bonjour.\n',
    '2024/temoignage-40.vtt',
    { heldBy: 'proscitec' },
  );
  expect([...records]).toEqual([
    [
      '2024/temoignage-40',
      {
        kind: 'HeritageObject',
        visibility: 'public',
        identifiers: [],
        fields: {
          name: 'Témoignage de démonstration n° 40',
          objectKind: 'testimony',
          duration: '1 min 02 s',
          transcript: [{ begin: 0, end: 62, text: 'Bonjour.' }],
        },
        relations: { heldBy: [{ identifier: { scheme: 'trame', value: 'proscitec' } }] },
      },
    ],
  ]);
  expect(codes(notes)).toEqual(['cues-speakers-left-out']);
});

test('without a title the file’s name is one; windows-1252; an SRT under the name of a WebVTT', async () => {
  const { records, told } = await read(
    Buffer.from('1\r\n00:00:01,000 --> 00:00:02,000\r\n\xc9t\xe9\r\n', 'latin1'),
    'b/memoire_du-lin.fr.vtt',
  );
  expect(records.get('b/memoire_du-lin.fr')?.fields).toMatchObject({
    name: 'memoire du lin',
    transcript: [{ begin: 1, end: 2, text: 'Été' }],
  });
  expect(codes(told)).toEqual(['file-encoding-guessed']);
});

test('what is no transcript is refused whole', async () => {
  for (const [content, code] of [
    ['Une page de texte.', 'cues-none'],
    ['<!doctype html><p>Erreur', 'file-web-page'],
    ['', 'file-empty'],
  ] as const) {
    const { cuts } = await cutAll(srt as never, fileOf(content, 'a.srt'));
    expect(cuts).toMatchObject([{ kind: 'rejected', wholeFile: true, finding: { code } }]);
  }
});

test('the raw bytes give the row again; options are checked', async () => {
  const { cuts } = await cutAll(srt as never, fileOf('00:01 --> 00:02\nx\n', 'a.srt'));
  const [first] = cuts;
  if (first?.kind !== 'record') throw new Error('no record');
  expect(srt.row?.(first.raw, undefined)).toEqual(first.row);
  expect(webvtt.options?.safeParse({ heldby: 'x' }).success).toBe(false);
});
