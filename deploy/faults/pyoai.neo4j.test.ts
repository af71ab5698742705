import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Child, startCommand } from '#deploy/bench/child.ts';
import { homeForTests } from '#deploy/setup/neo4j-for-tests.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { Clock } from './clock.ts';
import type { Partner } from './fault.ts';
import { play } from './play.ts';
import { pythonWith } from './python.ts';
import type { Expected, Truth } from './truth.ts';

const SCRIPT = fileURLToPath(new URL('pyoai-server.py', import.meta.url));
const START_WITHIN_MS = 20_000;
const COUNT = 57;
const PACKAGES = ['pyoai', 'lxml<5', 'setuptools<81'];

interface Said {
  readonly id: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly title: string;
  readonly description: string;
}

let database: Database;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
});
afterAll(() => database.close());

function said(
  n: number,
  deleted = n % 9 === 4,
  datestamp = `2024-02-${String(1 + (n % 28)).padStart(2, '0')}T09:30:00Z`,
): Said {
  const description = `Frappée à la main, l'été & l'hiver <${n}>`;
  return { id: `oai:pyoai:${n}`, datestamp, deleted, title: `Dentelle nº ${n}`, description };
}

function truthOf(records: readonly Said[]): Truth {
  return new Map(
    records.map(({ id, deleted, title, description }): [string, Expected] => [
      id,
      { is: deleted ? 'gone' : 'kept', texts: [`${title} | ${description}`] },
    ]),
  );
}

/** The provider, and what it says a day later: one record changed, one new, one taken back. */
async function pyoai(python: string): Promise<Partner> {
  const first = Array.from({ length: COUNT }, (_, n) => said(n));
  const later = '2024-06-02T08:00:00Z';
  const changed = { ...said(0, false, later), title: 'Dentelle nº 0, restaurée' };
  const second = [...first.slice(1, -1), changed, said(COUNT, false, later), said(COUNT - 1, true, later)];
  let records = first;
  const start = (port: number): Child<{ port: number }> =>
    startCommand(python, [SCRIPT], { port, pageSize: 10, records }, START_WITHIN_MS);
  let child = start(0);
  const { port } = await child.answer;
  return {
    source: {
      protocol: 'oai-pmh',
      format: 'oai-dc',
      options: { url: `http://127.0.0.1:${port}/oai`, metadataPrefix: 'oai_dc', pauseMs: 1 },
    },
    truth: () => truthOf(records),
    breaks: async () => {
      await child.stop();
      records = second;
      child = start(port);
      await child.answer;
    },
    heal: () => undefined,
    timeouts: { connectMs: 2_000, headersMs: 5_000, bodyIdleMs: 5_000, totalMs: 10_000 },
    stop: () => child.stop(),
  };
}

test('pyoai, a provider that nobody here wrote, is harvested: whole, then its changes', {
  timeout: 300_000,
}, async (context) => {
  const found = await pythonWith(homeForTests(), 'test-python', PACKAGES, 'import oaipmh.common, lxml.etree');
  if ('lacking' in found) context.skip(found.lacking);
  else {
    const fault = {
      name: 'pyoai',
      family: 'protocol',
      fr: 'pyoai',
      en: 'pyoai',
      withinMs: 60_000,
      start: () => pyoai(found.python),
    } as const;
    const stage = { clock: new Clock(), database, address: testConnection() };
    const row = await play(fault, stage, { resolver: createResolver() });
    expect(row).toMatchObject({ wrong: [], outcome: 'complete', kept: row.records, harvests: 1 });
  }
});
