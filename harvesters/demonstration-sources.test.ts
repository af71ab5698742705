/** Every source of the demonstration, read from its stand-in as a harvest reads it: it ends, gives records, and says why of each row that is none. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import { contextFor } from './context.ts';
import { mapRow } from './map.ts';
import { readSources, type Source, sourcesFolder } from './sources.ts';

let partners: RunningPartners;
beforeAll(async () => {
  partners = await startPartners();
});
afterAll(() => partners.close());

const read = (url: string) => readSources(sourcesFolder({}), { TRAME_PARTNERS: url });
const { sources: FILES, findings: FAULTS } = await read('http://127.0.0.1:1');
/** The inventories have a test of their own (connectors/partners/webmuseo/mapped.test.ts). */
const NAMES = FILES.map(({ name }) => name).filter((name) => !name.startsWith('webmuseo-'));

test('every source file can be read, and names what its partner agreed to', () => {
  expect(FAULTS).toEqual([]);
  expect(FILES.filter(({ about }) => about.agreement === undefined).map(({ name }) => name)).toEqual([]);
});

test('the page about partners names every source of the demonstration', () => {
  const page = readFileSync(new URL('../docs/partners.md', import.meta.url), 'utf8');
  const isNamed = (name: string) =>
    page.includes(`\`${name}\``) || page.includes(`\`${name.replace(/-[^-]+$/, '-*')}\``);
  expect(NAMES.filter((name) => name.startsWith('demo-') && !isNamed(name))).toEqual([]);
});

describe.each(NAMES)('%s', (name) => {
  test('is harvested from its stand-in', async () => {
    const { sources } = await read(partners.url);
    const { records, rejected, ended } = await readAll(sources.find((source) => source.name === name)!);
    expect(ended).toBe(true);
    expect(records).toBeGreaterThan(0);
    for (const found of rejected) expect(words(found).remedy).not.toBe('');
    // Stand-ins have their partners' faults; they are few.
    expect(rejected.length).toBeLessThan(records);
  });
});

async function readAll(source: Source): Promise<{ records: number; rejected: Finding[]; ended: boolean }> {
  const context = contextFor(source, new AbortController().signal, () => undefined);
  const rejected: Finding[] = [];
  let records = 0;
  let ended = false;
  try {
    for await (const message of source.connector.read(source.options, context)) {
      if (message.kind === 'end') ended = true;
      if (message.kind === 'rejected') rejected.push(message.finding);
      if (message.kind !== 'record') continue;
      const mapped = mapRow(message.id, message.row, source);
      if ('rejected' in mapped) rejected.push(mapped.rejected);
      else records += 1;
    }
  } finally {
    await context.close();
  }
  return { records, rejected, ended };
}
