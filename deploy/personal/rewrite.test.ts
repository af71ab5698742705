import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolder } from '#deploy/neo4j/open.ts';
import { recoverStore } from './rewrite.ts';

let home: string;
const store = async (folder: string, says: string) => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'store'), says);
};
const says = () => readFile(join(dataFolder(home), 'store'), 'utf8');

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'trame-store-'));
  await mkdir(dirname(dataFolder(home)), { recursive: true });
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('cut short between the two renames, the old store goes back', async () => {
  await store(`${dataFolder(home)}.old`, 'old');
  expect(await recoverStore(home)).toContain('de nouveau en place');
  expect(await says()).toBe('old');
  expect(await recoverStore(home)).toBeUndefined();
});

test('cut short after them, the old store is removed and the new one stays', async () => {
  await store(`${dataFolder(home)}.old`, 'old');
  await store(dataFolder(home), 'new');
  expect(await recoverStore(home)).toContain('ôté');
  expect([await says(), existsSync(`${dataFolder(home)}.old`)]).toEqual(['new', false]);
});
