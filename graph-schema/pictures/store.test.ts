import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { uidOf } from '../fold/uid.ts';
import { isPictureUid, MADE_FILE, pictureFolder, readMade } from './store.ts';

const root = mkdtempSync(join(tmpdir(), 'trame-store-'));
afterAll(() => rmSync(root, { recursive: true }));

test('a uid as the fold makes them is one; nothing else gets into a path', () => {
  for (let at = 0; at < 200; at++) expect(isPictureUid(uidOf('Media', String(at)))).toBe(true);
  for (const text of [
    '',
    '..',
    '../../etc/passwd0',
    'ABCDEFGHJKMNPQRS',
    '0123456789abcdei',
    `${uidOf('a')}\n`,
    '0'.repeat(17),
  ]) {
    expect(isPictureUid(text)).toBe(false);
    expect(() => pictureFolder(root, text)).toThrow('not a uid');
  }
});

test('what cannot be read in made.json counts as nothing made; a name that leads elsewhere cannot be read', async () => {
  const uid = uidOf('one');
  const size = { size: 200, width: 200, height: 100, bytes: 9, file: `${'0'.repeat(32)}.webp` };
  const made = { askedAt: '2026-01-01T00:00:00.000Z', sizes: [size] };
  expect(await readMade(root, uid)).toBeUndefined();
  mkdirSync(pictureFolder(root, uid), { recursive: true });
  const write = (text: string) => writeFileSync(join(pictureFolder(root, uid), MADE_FILE), text);
  write(JSON.stringify(made));
  expect(await readMade(root, uid)).toEqual(made);
  const hostile = { ...made, sizes: [{ ...size, file: '../../../../suppression.key' }] };
  for (const text of [
    '',
    '{',
    'null',
    JSON.stringify(hostile),
    JSON.stringify({ ...made, sizes: [{ ...size, size: 1600 }] }),
  ]) {
    write(text);
    expect(await readMade(root, uid)).toBeUndefined();
  }
});
