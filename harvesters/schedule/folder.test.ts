import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchedFolder } from './folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-watched-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let clock = 0;
async function put(name: string, title: string): Promise<void> {
  const file = join(folder, `${name}.yaml`);
  const lines = [`name: ${name}`, `title: ${title}`, 'licence: CC0 1.0', 'contact: https://example.org/'];
  await writeFile(
    file,
    [...lines, 'protocol: oai-pmh', 'options: { url: https://example.org/oai }', 'format: oai-dc'].join('\n'),
  );
  clock += 10;
  await utimes(file, clock, clock);
}

test('files are read again when they change; a broken one is told once, and the others go on', async () => {
  await put('un', 'Un');
  const read = watchedFolder(folder, {});
  const titles = async () => (await read()).sources.map(({ about }) => about.title);
  expect(await titles()).toEqual(['Un']);

  await put('deux', 'Deux');
  expect(await titles()).toEqual(['Deux', 'Un']);
  await put('un', 'Un autre');
  expect(await titles()).toEqual(['Deux', 'Un autre']);

  await put('deux', '""');
  const broken = await read();
  expect(broken.sources.map(({ name }) => name)).toEqual(['un']);
  expect(broken.findings).toMatchObject([
    { code: 'source-invalid', particulars: { file: 'deux.yaml', path: 'title' } },
  ]);
  await put('un', 'Encore');
  expect((await read()).findings).toEqual([]);

  await put('deux', 'Deux');
  expect(await titles()).toEqual(['Deux', 'Encore']);
  await put('deux', '""');
  expect((await read()).findings).toHaveLength(1);
  await rm(join(folder, 'deux.yaml'));
  expect(await titles()).toEqual(['Encore']);
});
