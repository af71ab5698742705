/**
 * What the standing questions cost the database, in database hits on a fixed graph: the same on every machine, where time is not. One that grows
 * by more than a tenth fails. After a change that is meant: `TRAME_RENEW=1 npx vitest run --project neo4j gateway/hits`, and read the diff.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { ProfiledPlan } from 'neo4j-driver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillTo } from '#deploy/bench/fixed/fill.ts';
import { testConnection } from '#deploy/setup/test-database.ts';
import { LocalCatalogue } from './catalogue/local.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { STANDING_QUERIES } from './testing/standing-queries.ts';

const FILE = new URL('./testing/standing-hits.json', import.meta.url);
const OBJECTS = 1_000;
const MAY_GROW = 1.1;
/** Of the smallest ones a seek more is no news. */
const SLACK = 10;

let gateway: TestGateway;
let catalogue: LocalCatalogue;

beforeAll(async () => {
  gateway = await openTestGateway();
  await fillTo(gateway.database, OBJECTS, () => undefined);
  // Plans rest on what Neo4j last counted, which may be an empty graph.
  await gateway.database.run('CALL db.prepareForReplanning(60)');
  catalogue = new LocalCatalogue({ connection: testConnection(), log: (_, fault) => console.error(fault) });
  await catalogue.ready();
}, 120_000);
afterAll(async () => {
  await catalogue.close();
  await gateway.database.close();
});

async function hitsOf(query: string): Promise<number> {
  let hits = 0;
  for (const { text, parameters } of await gateway.textsSent(query, {}, { catalogue })) {
    const { summary } = await gateway.database.run(`PROFILE ${text}`, { ...parameters });
    hits += summary.profile ? sum(summary.profile) : 0;
  }
  return hits;
}

function sum({ dbHits, children }: ProfiledPlan): number {
  return Number(dbHits) + children.reduce((all, child) => all + sum(child), 0);
}

test('no standing question costs more than it did', { timeout: 240_000 }, async () => {
  const now: Record<string, number> = {};
  for (const { name, query } of STANDING_QUERIES) now[name] = await hitsOf(query);
  if (process.env['TRAME_RENEW']) writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, number>;
  expect(Object.keys(now)).toEqual(Object.keys(kept));
  const dearer = Object.entries(now).filter(([name, hits]) => hits > kept[name]! * MAY_GROW + SLACK);
  expect(dearer.map(([name, hits]) => `${name}: ${hits}, was ${kept[name]}`)).toEqual([]);
  const cheaper = Object.entries(now).filter(([name, hits]) => hits * MAY_GROW + SLACK < kept[name]!);
  for (const [name, hits] of cheaper)
    console.log(`${name}: ${hits}, was ${kept[name]}: renew ${FILE.pathname.split('/').at(-1)}`);
});
