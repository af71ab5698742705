import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Finding, finding, words } from '#graph-schema/findings/finding.ts';
import { findSource, inOrder, readSource, readSources, sourcesFolder } from './sources.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-sources-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const GOOD = [
  'name: essai',
  'title: Essai',
  'licence: CC0 1.0',
  'contact: https://example.org/',
  'protocol: files',
  'options:',
  '  path: notices.csv',
  'map:',
  '  kind: Structure',
  '  id: Code',
  '  fields:',
  '    name: Nom',
];
async function findingsOf(lines: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<readonly Finding[]> {
  const file = join(folder, 'essai.yaml');
  await writeFile(file, lines.join('\n'));
  const result = await readSource(file, environment);
  return 'findings' in result ? result.findings : [];
}
const change = (from: string, to: string) => GOOD.map((line) => (line === from ? to : line));

test('what a file takes from the environment is told by no finding, wherever it stands', async () => {
  const file = join(folder, 'essai.yaml');
  const lines = change('  path: notices.csv', '  url: https://example.org/flux/${ESSAI_CLE}?app_key=${ESSAI_CLE}');
  await writeFile(file, lines.join('\n'));
  await readSource(file, { ESSAI_CLE: 'confidentiel-42/ä' });
  const told = finding('file-http-status', { url: 'https://example.org/flux/confidentiel-42/ä', status: 404 });
  const encoded = finding('file-empty', { file: encodeURIComponent('confidentiel-42/ä') });
  expect([told, encoded].map((one) => words(one).text).join()).not.toContain('confidentiel');
});

describe('the project’s own sources', () => {
  test('can all be read, and each file is named after its source', async () => {
    const { sources, findings } = await readSources(sourcesFolder({}), {});
    expect(findings).toEqual([]);
    expect(sources.length).toBeGreaterThanOrEqual(47);
    for (const { file, name } of sources) expect(file.endsWith(`/${name}.yaml`)).toBe(true);
  });

  test('come after those that they name', async () => {
    const { sources } = await readSources(sourcesFolder({}), {});
    const names = inOrder(sources).map(({ name }) => name);
    expect(names.length).toBe(sources.length);
    for (const { name, about } of sources)
      for (const earlier of about.after) expect(names.indexOf(earlier)).toBeLessThan(names.indexOf(name));
  });
});

describe('a source file with an error', () => {
  test('without one is read', async () => {
    expect(await findingsOf(GOOD)).toEqual([]);
  });

  test.each([
    ['a key that does not exist', change('licence: CC0 1.0', 'license: CC0 1.0'), 'license', 3],
    ['a protocol that is not known', change('protocol: files', 'protocol: ftp'), 'protocol', 5],
    ['a kind that is not known', change('  kind: Structure', '  kind: Musée'), 'map.kind', 9],
    ['a field that the kind does not have', [...GOOD, '    colour: Couleur'], 'map.fields.colour', 13],
    ['a rank out of range', [...GOOD, 'rank: 200'], 'rank', 13],
    ['a minute that there is not', [...GOOD, 'schedule: 61 3 * * *'], 'schedule', 13],
    ['a schedule that is not cron', [...GOOD, 'schedule: every night'], 'schedule', 13],
    ['a name with capitals', change('name: essai', 'name: Essai'), 'name', 1],
  ])('says the line and what to write instead: %s', async (_what, lines, path, line) => {
    const findings = await findingsOf(lines);
    const found = findings.find(({ particulars }) => particulars['path'] === path);
    expect(found, JSON.stringify(findings)).toBeDefined();
    expect(found?.particulars['line']).toBe(line);
    expect(String(found?.particulars['instead']).length).toBeGreaterThan(5);
    expect(words(found!).text).toContain(`ligne ${line}`);
  });

  test('that is not YAML says the line', async () => {
    const [found] = await findingsOf([...GOOD, '  - [unclosed']);
    expect(found?.code).toBe('source-not-yaml');
    expect(found?.particulars['line']).toBeGreaterThanOrEqual(13);
  });

  test('is told once for each fault, not only the first', async () => {
    const findings = await findingsOf([...change('licence: CC0 1.0', 'rank: 0'), 'schedule: never']);
    expect(findings.map(({ particulars }) => particulars['path']).sort()).toEqual(['licence', 'rank', 'schedule']);
  });
});

describe('the environment', () => {
  const lines = change('  path: notices.csv', '  url: ${PARTNER:-https://example.org}/notices.csv?key=${PARTNER_KEY}');
  test('fills what a source file asks for', async () => {
    await writeFile(join(folder, 'essai.yaml'), lines.join('\n'));
    const result = await readSource(join(folder, 'essai.yaml'), { PARTNER_KEY: 'secret' });
    expect('source' in result && result.source.options).toMatchObject({
      url: 'https://example.org/notices.csv?key=secret',
    });
  });

  test('what it lacks is named with its line', async () => {
    expect(await findingsOf(lines)).toMatchObject([
      { code: 'source-variable-missing', particulars: { variable: 'PARTNER_KEY', line: 7 } },
    ]);
  });
});

test('a source that is not there: those that are, are named', async () => {
  const result = await findSource('nulle-part', sourcesFolder({}), {});
  expect('findings' in result && result.findings[0]).toMatchObject({
    code: 'source-not-found',
    particulars: { known: expect.stringContaining('lieux') },
  });
});
