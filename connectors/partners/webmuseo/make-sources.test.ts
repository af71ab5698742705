import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { allSourceFiles } from './make-sources.ts';

const FOLDER = new URL('../../sources/', import.meta.url);

test('the committed source files are those that make-sources.ts writes', () => {
  const files = allSourceFiles();
  expect(files).toHaveLength(34);
  for (const { name, text } of files) {
    expect(
      readFileSync(new URL(name, FOLDER), 'utf8'),
      `${name}: run node connectors/partners/webmuseo/make-sources.ts`,
    ).toBe(text);
  }
  const committed = readdirSync(FOLDER).filter((name) => name.startsWith('webmuseo-'));
  expect(committed.sort()).toEqual(files.map(({ name }) => name).sort());
});

test('each is YAML, says that it is demonstration, and names itself as its file', () => {
  for (const { name, text } of allSourceFiles()) {
    const source = parse(text) as { name: string; title: string; defaults: { fields: unknown } };
    expect(`${source.name}.yaml`).toBe(name);
    expect(source.title).toMatch(/\(démonstration\)$/);
    expect(source.defaults.fields).toEqual({ demonstration: true });
  }
});
