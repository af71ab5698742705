/** Links and pictures over the days: found, asked for, dead, mended, forgotten. */
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Loopback, serveLoopback } from '#connectors/http/loopback.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import type { RecordItem } from '#graph-schema/fold/items.ts';
import { writeBatch } from '#graph-schema/fold/write.ts';
import { linkId } from '#graph-schema/links/addresses.ts';
import { readLinkLimits } from '#graph-schema/links/limits.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import type { Link } from '#graph-schema/record.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { audit, type Judged } from '../quality/audit.ts';
import { sourceThat } from '../testing/scripted.ts';
import { checkLinks, type LinkRound } from './check.ts';
import { forgetLinksOf } from './forget.ts';
import { badLinks, countLinks } from './store.ts';
import { surveyLinks } from './survey.ts';
import { inTurn } from './turn.ts';

let database: Database;
let partner: Loopback;
let other: Loopback;
let asked: string[] = [];
/** By path: a status, or what it answers with. */
const served = new Map<string, number | Record<string, string>>();

const answer = (request: IncomingMessage): [number, Record<string, string>] => {
  const given = served.get(request.url ?? '') ?? 200;
  return typeof given === 'number' ? [given, {}] : [Number(given['status'] ?? 200), given];
};

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  const serve = () =>
    serveLoopback((request, response) => {
      if (request.method === 'HEAD') asked.push(request.url ?? '');
      response.writeHead(...answer(request)).end();
    });
  [partner, other] = [await serve(), await serve()];
});
beforeEach(async () => {
  await database.run('MATCH (n) WHERE NOT n:Migration AND NOT n:Sequence AND NOT n:Seal DETACH DELETE n');
  served.clear();
  asked = [];
});
afterAll(async () => {
  await partner.stop();
  await other.stop();
  await database.close();
});

const signal = new AbortController().signal;
/** The pace is that of the client, tested there. */
const limits = { ...readLinkLimits(), gapSeconds: 0.001 };
const DAY_MS = 86_400_000;
const day = (count: number) => new Date(Date.UTC(2026, 2, 1, 10) + count * DAY_MS);

const essai = sourceThat(async function* () {}, { name: 'essai', allowPrivate: true });
const picture = (path: string, host = partner) => ({
  media: { name: 'Vue', url: `${host.origin}${path}`, mediaType: 'image' as const, rights: 'CC0', republishable: true },
});
interface Given {
  readonly page?: string;
  readonly pictures?: readonly Link[];
  readonly hidden?: boolean;
  readonly source?: string;
}
interface Told {
  readonly source: string;
  readonly item: RecordItem;
}
function object(id: string, { page, pictures = [], hidden = false, source = 'essai' }: Given): Told {
  const fields = { name: `Objet ${id}`, ...(page === undefined ? {} : { page: `${partner.origin}${page}` }) };
  const visibility = hidden ? 'hidden' : 'public';
  const record = { kind: 'HeritageObject', identifiers: [], visibility, fields, relations: { media: pictures } };
  const item: RecordItem = {
    ...{ kind: 'record', id, raw: new Uint8Array([1]), hash: JSON.stringify(record), mapping: 'essai', notes: [] },
    record: record as RecordItem['record'],
  };
  return { source, item };
}
const resolver = createResolver();
async function write(told: readonly Told[]): Promise<void> {
  for (const { source, item } of told)
    await database.write((tx) =>
      writeBatch(tx, { source: { name: source, rank: 50 }, run: 'essai', snapshot: undefined }, [item], resolver),
    );
}

const look = (count: number) => surveyLinks({ database, signal, begunAt: day(count) });
const check = (count: number, more: Partial<LinkRound> = {}) =>
  checkLinks({ database, sources: [essai], signal, limits, now: () => day(count), ...more });
const figures = async (count: number) => {
  const { alive, dead, unsure, all } = await countLinks(database, day(count));
  return { alive, dead, unsure, all };
};
const addresses = async () => {
  const { records } = await database.run('MATCH (c:LinkCheck) RETURN c.address AS address ORDER BY address');
  return records.map((row) => new URL(row.get('address') as string).pathname);
};

test('what everyone may see is looked after, and nothing that is hidden', async () => {
  await write([
    object('1', { page: '/1', pictures: [picture('/1.jpg'), picture('/2.jpg')] }),
    object('2', { page: '/1' }),
    object('3', { page: '/secret', pictures: [picture('/secret.jpg')], hidden: true }),
  ]);
  await database.run("MATCH (m:Media) WHERE m.url ENDS WITH '/2.jpg' REMOVE m:Published");
  expect(await look(0)).toMatchObject({ records: 3, forgotten: 0, after: undefined });
  expect(await addresses()).toEqual(['/1', '/1.jpg']);
  expect(await check(0)).toEqual({ asked: 2, alive: 2, dead: 0, unsure: 0, left: 0 });
  expect(asked.toSorted()).toEqual(['/1', '/1.jpg']);
});

test('an address is asked for once in thirty days, however often one looks', async () => {
  await write([object('1', { page: '/1' })]);
  for (const count of [0, 0, 1, 15, 29, 30, 31]) {
    await look(count);
    await check(count);
  }
  expect(asked).toEqual(['/1', '/1']);
  expect((await countLinks(database, day(31))).next).toBe(day(60).toISOString());
});

test('dead after three days of failures, and the audit says so; mended, it says so no more', async () => {
  await write([object('1', { page: '/1', pictures: [picture('/1.jpg')] })]);
  served.set('/1', 404).set('/1.jpg', { 'content-type': 'text/html' });
  await look(0);
  for (const count of [0, 0, 1, 3]) await check(count);
  expect(await figures(3)).toEqual({ alive: 0, dead: 0, unsure: 2, all: 2 });
  expect(await findings(3)).not.toContain('quality-page-dead');
  const before = await digest(database);
  await check(6);
  expect(await figures(6)).toEqual({ alive: 0, dead: 2, unsure: 0, all: 2 });
  expect(await findings(6)).toEqual(expect.arrayContaining(['quality-page-dead', 'quality-picture-dead']));
  expect((await audit(database, 'essai', { day: '2026-03-07' })).content).toMatchObject({ 0: 1, 4: 0 });
  expect(await digest(database)).toEqual(before);
  expect((await badLinks(database, { most: 9 })).map(({ reason, failures }) => [reason, failures])).toEqual([
    ['not-found', 3],
    ['web-page', 3],
  ]);
  served.clear();
  await check(36);
  expect(await figures(36)).toEqual({ alive: 2, dead: 0, unsure: 0, all: 2 });
  expect(await findings(36)).not.toContain('quality-picture-dead');
  expect((await audit(database, 'essai', { day: '2026-04-07' })).content).toMatchObject({ 4: 1 });
});

async function findings(count: number): Promise<readonly string[]> {
  const told: Judged[] = [];
  await audit(database, 'essai', {
    day: day(count).toISOString().slice(0, 10),
    each: (judged) => told.push(judged),
  });
  return told.flatMap((one) => one.findings.map(({ code }) => code));
}

test('what nothing leads to any more is forgotten, by a whole survey alone', async () => {
  await write([object('1', { page: '/1' }), object('2', { page: '/2' })]);
  await look(0);
  await check(0);
  await write([object('2', { page: '/new' })]);
  const cut = await surveyLinks({ database, signal, begunAt: day(1), withinMs: -1 });
  expect(cut).toEqual({ records: 0, forgotten: 0, after: '' });
  expect(await surveyLinks({ database, signal: AbortSignal.abort(), begunAt: day(1) })).toMatchObject({ forgotten: 0 });
  expect(await addresses()).toEqual(['/1', '/2']);
  expect(await look(2)).toMatchObject({ forgotten: 1 });
  expect(await addresses()).toEqual(['/1', '/new']);
  expect(await figures(2)).toMatchObject({ alive: 1, all: 2 });
});

test('a host that asks to wait is left alone by later rounds too; others are not', async () => {
  await write([
    object('1', { page: '/busy', pictures: [picture('/1.jpg'), picture('/2.jpg')] }),
    object('2', { pictures: [picture('/3.jpg', other)] }),
  ]);
  for (const path of ['/busy', '/1.jpg', '/2.jpg'])
    served.set(path, { status: '429', 'retry-after': String(2 * 86_400) });
  await look(0);
  expect(await check(0)).toEqual({ asked: 2, alive: 1, dead: 0, unsure: 0, left: 3 });
  expect(await check(1)).toMatchObject({ asked: 0 });
  await write([object('4', { page: '/4' })]);
  await look(1);
  expect(await check(1)).toMatchObject({ asked: 0, left: 1 });
  served.clear();
  expect(await check(4)).toMatchObject({ asked: 4, alive: 4 });
});

test('a host that keeps silent is left alone until tomorrow', async () => {
  const pictures = Array.from({ length: 8 }, (_, at) => picture(`/${at}.jpg`));
  for (let at = 0; at < 8; at += 1) served.set(`/${at}.jpg`, 503);
  await write([object('1', { pictures })]);
  await look(0);
  expect(await check(0)).toEqual({ asked: 3, alive: 0, dead: 0, unsure: 3, left: 5 });
  expect(await check(0)).toMatchObject({ asked: 0 });
  served.clear();
  expect(await check(1)).toMatchObject({ asked: 5, alive: 5 });
});

test('a source may lead into a private network only where its file says so, and one outside its agreement nowhere', async () => {
  await write([object('1', { page: '/1' })]);
  await look(0);
  const ended = sourceThat(async function* () {}, {
    ...{ name: 'essai', allowPrivate: true },
    agreement: { date: '2020-01-01', scope: 'essai', end: '2020-12-31' },
  });
  expect(await check(0, { sources: [] })).toMatchObject({ asked: 0, left: 1 });
  expect(await check(3, { sources: [ended] })).toMatchObject({ asked: 0, left: 1 });
  const plain = sourceThat(async function* () {}, { name: 'essai' });
  expect(await check(6, { sources: [plain] })).toMatchObject({ unsure: 1 });
  expect((await badLinks(database, { most: 9 }))[0]?.reason).toBe('private-address');
  expect(asked).toEqual([]);
});

test('without a network nothing is said to be gone', async () => {
  const away = { media: { name: 'v', url: 'http://nowhere.invalid/1.jpg', mediaType: 'image' as const } };
  await write([object('1', { pictures: [away] })]);
  await look(0);
  for (const count of [0, 3, 9, 21]) await check(count);
  expect(await figures(21)).toMatchObject({ dead: 0, unsure: 1 });
});

test('a limit, and one source alone', async () => {
  await write([
    object('1', { page: '/1', pictures: [picture('/1.jpg'), picture('/2.jpg')] }),
    object('1', { page: '/autre', source: 'autre' }),
  ]);
  await look(0);
  expect(await check(0, { limit: 2, only: 'essai' })).toMatchObject({ asked: 2 });
  expect(await check(0, { only: 'essai' })).toMatchObject({ asked: 1, left: 0 });
  expect((await countLinks(database, day(0), 'autre')).due).toBe(1);
});

test('a record that is forgotten takes its addresses along; one that was emptied is not asked for', async () => {
  await write([object('1', { page: '/jean-exemple' }), object('2', { page: '/2' }), object('3', { page: '/3' })]);
  await look(0);
  await database.write((tx) => forgetLinksOf(tx, 'essai/1'));
  expect(await addresses()).toEqual(['/2', '/3']);
  await database.run("MATCH (c:LinkCheck {id: $id}) SET c.address = 'http://localhost/…'", {
    id: linkId(`${partner.origin}/2`),
  });
  expect(await check(0)).toMatchObject({ asked: 1 });
  expect(asked).toEqual(['/3']);
  expect(await addresses()).toEqual(['/3']);
});

test('one process at a time checks links', async () => {
  const inside = await inTurn(database, 'un', () => inTurn(database, 'deux', async () => 'jamais'));
  expect(inside).toEqual({ done: { heldBy: 'un' } });
  expect(await inTurn(database, 'deux', async () => 'fait')).toEqual({ done: 'fait' });
});
