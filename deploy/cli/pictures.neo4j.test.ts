/** Thumbnails from the partner's server to the reader's browser: made, shown, changed, withdrawn. */

import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { createServer, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { forgetRecords } from '#deploy/personal/forget-person.ts';
import { testConnection } from '#deploy/setup/test-database.ts';
import { type RunningGateway, startGateway } from '#gateway/server.ts';
import { openTestGateway } from '#gateway/testing/gateway.ts';
import { tell, write } from '#gateway/testing/graph.ts';
import type { Database } from '#graph-schema/database.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { MADE_FILE, pictureFolder, picturesIn } from '#graph-schema/pictures/store.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { forgettable } from '#harvesters/forget.ts';
import { keepMade } from '#harvesters/pictures/keep.ts';
import { makePictures, type PictureRound } from '#harvesters/pictures/make.ts';
import { thumbnailsOf } from '#harvesters/pictures/resize.ts';
import { sweepPictures } from '#harvesters/pictures/sweep.ts';
import { sourceThat } from '#harvesters/testing/scripted.ts';

let database: Database;
let gateway: RunningGateway;
let partner: Server;
let base: string;
let home: string;
let root: string;
/** What the partner serves, by path; a number is a status. */
const served = new Map<string, Buffer | number>();
let asked: string[] = [];
/** Of each object's first picture. */
const uids = new Map<string, string>();

const picture = (red: number, width = 600) =>
  sharp({ create: { width, height: 300, channels: 3, background: { r: red, g: 90, b: 30 } } })
    .jpeg()
    .toBuffer();

beforeAll(async () => {
  ({ database } = await openTestGateway());
  partner = createServer((request, response) => {
    const content = served.get(request.url ?? '') ?? 404;
    const etag = typeof content === 'number' ? '' : `"${content.length}-${content.at(-20)}-${content.at(-9)}"`;
    const isKnown = etag !== '' && request.headers['if-none-match'] === etag;
    asked.push(`${request.url} ${isKnown ? 304 : typeof content === 'number' ? content : 200}`);
    if (typeof content === 'number') response.writeHead(content).end();
    else response.writeHead(isKnown ? 304 : 200, { etag, 'content-type': 'image/jpeg' }).end(isKnown ? '' : content);
  });
  await new Promise<void>((done) => partner.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(partner.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  await database.run('MATCH (n) WHERE NOT n:Migration AND NOT n:Sequence AND NOT n:Seal DETACH DELETE n');
  home = await mkdtemp(join(tmpdir(), 'trame-pictures-'));
  root = picturesIn(home);
  await gateway?.stop();
  gateway = await startGateway({ connection: testConnection(), port: 0, pictures: root, log: () => undefined });
  served.clear();
  asked = [];
  uids.clear();
  return () => rm(home, { recursive: true });
});
afterAll(async () => {
  await gateway.stop();
  partner.close();
  await database.close();
});

interface Of {
  readonly rights?: string;
  readonly republishable?: boolean;
  readonly hidden?: boolean;
  readonly until?: string;
  readonly url?: string;
}

/** Writes one object with one picture, `/{id}.jpg` of the partner. */
async function publish(id: string, { rights, republishable = true, hidden = false, until, url }: Of = {}) {
  const media = {
    name: `Vue ${id}`,
    url: url ?? `${base}/${id}.jpg`,
    mediaType: 'image' as const,
    republishable,
    ...(rights === undefined ? {} : { rights }),
  };
  const more = { hidden, relations: { media: [{ media }] }, ...(until === undefined ? {} : { until }) };
  await write(database, [tell('HeritageObject', id, `Objet ${id}`, more)]);
  await learnUid(id);
}

const uidOf = (id: string) => uids.get(id)!;

async function learnUid(id: string): Promise<void> {
  const { records } = await database.run('MATCH (m:Media)<-[r]-() WHERE r.via STARTS WITH $key RETURN m.uid AS uid', {
    key: `Media/media:essai/${id}/`,
  });
  uids.set(id, uids.get(id) ?? (records[0]!.get('uid') as string));
}

const source = sourceThat(async function* () {}, { name: 'essai', allowPrivate: true });

async function make(more: Partial<PictureRound> = {}) {
  const faults: Finding['code'][] = [];
  const { signal } = new AbortController();
  const report = await makePictures({
    ...{ database, root, sources: [source], signal },
    looked: (_, fault) => fault && faults.push(fault.code),
    ...more,
  });
  return { ...report, faults };
}

const inDays = (days: number) => () => new Date(Date.now() + days * 86_400_000);

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** The path goes out as it is written: `fetch` would put it right. */
function ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(gateway.url);
    send({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', fail)
      .end();
  });
}

const statusOf = async (uid: string) => (await ask(`/pictures/${uid}/200.webp`)).status;

async function thumbnails(): Promise<unknown> {
  const query =
    '{ heritageObjects(first: 9) { nodes { media { nodes { uid thumbnails { size url width height } } } } } }';
  const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`);
  const { data } = (await response.json()) as { data: { heritageObjects: { nodes: { media: { nodes: unknown } }[] } } };
  return data.heritageObjects.nodes.flatMap(({ media }) => media.nodes);
}

const folders = async () =>
  (await readdir(root, { recursive: true })).filter((name) => name.endsWith(MADE_FILE)).length;

test('it is made, then shown in three sizes; the graph knows nothing of it', async () => {
  served.set('/1.jpg', await picture(200));
  await publish('1');
  const uid = uidOf('1');
  const before = await digest(database);
  expect(await statusOf(uid)).toBe(404);
  expect(await thumbnails()).toEqual([{ uid, thumbnails: [] }]);

  expect(await make()).toMatchObject({ looked: 1, made: 1, faults: [], next: undefined });
  expect(await thumbnails()).toEqual([
    {
      uid,
      thumbnails: [
        { size: 200, url: `/pictures/${uid}/200.webp`, width: 200, height: 100 },
        { size: 400, url: `/pictures/${uid}/400.webp`, width: 400, height: 200 },
        { size: 800, url: `/pictures/${uid}/800.webp`, width: 600, height: 300 },
      ],
    },
  ]);
  for (const [size, width] of [
    [200, 200],
    [400, 400],
    [800, 600],
  ])
    expect(await sharp((await ask(`/pictures/${uid}/${size}.webp`)).body).metadata()).toMatchObject({
      format: 'webp',
      width,
    });
  expect(await digest(database)).toEqual(before);
});

test('over HTTP: type, ETag, HEAD, 304, and not to be kept for long', async () => {
  served.set('/1.jpg', await picture(200));
  await publish('1');
  await make();
  const path = `/pictures/${uidOf('1')}/200.webp`;
  const { status, headers, body } = await ask(path);
  expect({ status, type: headers['content-type'], length: headers['content-length'] }).toEqual({
    status: 200,
    type: 'image/webp',
    length: String(body.length),
  });
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'access-control-allow-origin': '*' });
  expect(Number(/max-age=(\d+)/.exec(String(headers['cache-control']))?.[1])).toBeLessThanOrEqual(300);
  const etag = String(headers['etag']);
  const head = await ask(path, 'HEAD');
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(body.length), 0]);
  for (const known of [etag, `"other", W/${etag}`, '*']) {
    const again = await ask(path, 'GET', { 'if-none-match': known });
    expect([again.status, again.body.length, again.headers['etag']]).toEqual([304, 0, etag]);
  }
  expect((await ask(path, 'GET', { 'if-none-match': '"other"' })).status).toBe(200);
  expect((await ask(`${path}?x=1`)).status).toBe(200);
});

test.each<[string, Of]>([
  ['the partner takes the permission back', { republishable: false }],
  ['the licence forbids it, whatever else is said', { rights: 'Tous droits réservés' }],
  ['the record is hidden', { hidden: true }],
  ['its last day is over', { until: '2020-01-01' }],
  ['the record has another picture', { url: 'https://images.example/other.jpg' }],
])('withdrawn: 404 at once, off the disk with the next sweep: %s', async (_, change) => {
  served.set('/1.jpg', await picture(200));
  await publish('1');
  const uid = uidOf('1');
  await make();
  expect(await statusOf(uid)).toBe(200);
  await publish('1', change);
  expect(await statusOf(uid)).toBe(404);
  expect(JSON.stringify(await thumbnails())).not.toContain('/pictures/');
  expect(await folders()).toBe(1);
  expect(await sweepPictures(database, root)).toEqual({ dropped: 1, evicted: 0, kept: 0, bytes: 0 });
  expect(await folders()).toBe(0);
});

test('what may not be shown is not even asked for; lying in the cache it stays unseen, as if it were not there', async () => {
  await publish('hidden', { hidden: true });
  await publish('reserved', { rights: 'CC BY-NC-ND 4.0' });
  await publish('unknown', { republishable: false });
  await publish('drawing', { url: `${base}/drawing.SVG?w=9` });
  expect(await make()).toMatchObject({ looked: 0, asked: 0 });
  expect(asked).toEqual([]);
  const made = await thumbnailsOf(await picture(1));
  if ('fault' in made) throw new Error(made.fault);
  const sizes = made.map(({ bytes, ...one }) => ({ ...one, bytes: bytes.length }));
  const nobody = await ask('/pictures/0000000000000000/200.webp');
  for (const id of ['hidden', 'reserved', 'unknown']) {
    const uid = uidOf(id);
    await keepMade(root, uid, { askedAt: new Date().toISOString(), sizes }, made);
    const { status, headers, body } = await ask(`/pictures/${uid}/200.webp`);
    expect({ status, body: body.toString() }).toEqual({ status: 404, body: nobody.body.toString() });
    expect({ ...headers, date: '' }).toEqual({ ...nobody.headers, date: '' });
  }
});

test('a person who is forgotten leaves no picture on the disk', async () => {
  served.set('/1.jpg', await picture(200));
  served.set('/2.jpg', await picture(100));
  await publish('1');
  await publish('2');
  await make();
  const records = await forgettable(database, 'essai/1');
  vi.stubEnv('TRAME_SUPPRESSION_KEY', 'a key of this test alone');
  await forgetRecords(records, [], {
    ...{ home, database, resolver: createResolver(), holder: 'essai', version: '0', deep: false },
    neo4j: { how: 'running', stop: async () => undefined },
    tell: () => undefined,
  }).finally(() => vi.unstubAllEnvs());
  expect([await statusOf(uidOf('1')), await statusOf(uidOf('2')), await folders()]).toEqual([404, 200, 1]);
});

test('hostile addresses get a plain 404', async () => {
  served.set('/1.jpg', await picture(200));
  await publish('1');
  await make();
  const uid = uidOf('1');
  for (const path of [
    ...[
      '',
      '200',
      '200.jpg',
      '0200.webp',
      '201.webp',
      '-200.webp',
      '2e2.webp',
      '200.webp/',
      '200.webp%00',
      '1600.webp',
    ],
    ...['made.json', '../made.json', '..%2fmade.json', '%32%30%30.webp', `..\\${MADE_FILE}`, '999999999999.webp'],
  ])
    expect([path, (await ask(`/pictures/${uid}/${path}`)).status]).toEqual([path, 404]);
  for (const path of [
    ...['', '/', '..', '../..', '%2e%2e/200.webp', '../../../../etc/passwd', `${uid.slice(0, 2)}/${uid}/made.json`],
    ...[
      `${uid.toUpperCase()}/200.webp`,
      `${uid}x/200.webp`,
      `${uid}%20/200.webp`,
      `./${uid}/200.webp`,
      'workshop/200.webp',
    ],
    `${'0'.repeat(5000)}/200.webp`,
  ])
    expect([path, (await ask(`/pictures/${path}`)).status]).toEqual([path, 404]);
  const { status, headers } = await ask(`/pictures/${uid}/200.webp`, 'DELETE');
  expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  expect(await statusOf(uid)).toBe(200);
});

test('a picture is asked about again after a month, and made anew only where it has changed', async () => {
  served.set('/1.jpg', await picture(10));
  await publish('1');
  const path = `/pictures/${uidOf('1')}/200.webp`;
  await make();
  const first = await ask(path);
  expect(await make({ now: inDays(29) })).toMatchObject({ looked: 1, asked: 0 });
  expect(await make({ now: inDays(31) })).toMatchObject({ made: 0, unchanged: 1 });
  expect(await make({ again: true })).toMatchObject({ made: 0, unchanged: 1 });
  served.set('/1.jpg', await picture(250, 601));
  expect(await make({ now: inDays(62) })).toMatchObject({ made: 1, unchanged: 0 });
  expect(asked).toEqual(['/1.jpg 200', '/1.jpg 304', '/1.jpg 304', '/1.jpg 200']);
  const second = await ask(path);
  expect(second.headers['etag']).not.toBe(first.headers['etag']);
  expect((await readdir(pictureFolder(root, uidOf('1')))).length).toBe(4);
});

test('a server that is down takes nothing away; one that says that it is gone does', async () => {
  served.set('/1.jpg', await picture(10));
  await publish('1');
  const uid = uidOf('1');
  await make();
  for (const [status, fault] of [
    [500, 'picture-refused'],
    [503, 'http-server-error'],
  ] as const) {
    served.set('/1.jpg', status);
    expect(await make({ again: true })).toMatchObject({ faults: [fault] });
    expect(await statusOf(uid)).toBe(200);
  }
  served.set('/1.jpg', 410);
  expect(await make({ now: inDays(2) })).toMatchObject({ asked: 0 });
  expect(await make({ now: inDays(4) })).toMatchObject({ faults: ['picture-gone'] });
  expect([await statusOf(uid), await thumbnails()]).toEqual([404, [{ uid, thumbnails: [] }]]);
  served.set('/1.jpg', await picture(10));
  expect(await make({ now: inDays(8) })).toMatchObject({ made: 1 });
  expect(await statusOf(uid)).toBe(200);
});

test('what is wrong with a picture is told, once in three days; its neighbours are made', async () => {
  served.set('/a.jpg', Buffer.from('<!doctype html>'));
  served.set('/b.jpg', (await picture(3)).subarray(0, 900));
  served.set('/c.jpg', 403);
  served.set('/d.jpg', Buffer.alloc(21 * 1024 * 1024));
  served.set('/e.jpg', await picture(3));
  for (const id of ['a', 'b', 'c', 'd', 'e']) await publish(id);
  const { made, faults } = await make();
  expect({ made, faults: faults.toSorted() }).toEqual({
    made: 1,
    faults: ['http-too-large', 'picture-broken', 'picture-refused', 'picture-type-unread'],
  });
  expect(await make()).toMatchObject({ looked: 5, asked: 0, faults: [] });
});

test('an address in our own network is asked only for a source that may; one of a source that nobody here knows waits', async () => {
  served.set('/1.jpg', await picture(10));
  await publish('1');
  const stranger = sourceThat(async function* () {}, { name: 'essai' });
  expect(await make({ sources: [stranger] })).toMatchObject({ made: 0, faults: ['http-address-refused'] });
  expect(await make({ sources: [], now: inDays(4) })).toMatchObject({ asked: 0, left: 1 });
  expect(asked).toEqual([]);
  expect(await make({ now: inDays(4) })).toMatchObject({ made: 1 });
});

test('in rounds of so many, one source alone, and ended in order by the signal', async () => {
  for (const id of ['1', '2', '3', '4', '5']) {
    served.set(`/${id}.jpg`, await picture(Number(id)));
    await publish(id);
  }
  const ended = AbortSignal.abort(new Error('SIGINT'));
  expect(await make({ signal: ended })).toMatchObject({ made: 0, faults: [] });
  expect(await make({ only: 'autre' })).toMatchObject({ looked: 0 });
  const first = await make({ limit: 2 });
  expect(first).toMatchObject({ asked: 2, made: 2, looked: 2, next: expect.any(String) });
  const second = await make({ limit: 2, after: first.next });
  expect(second).toMatchObject({ asked: 2, made: 2, looked: 2, next: expect.any(String) });
  expect(await make({ after: second.next, only: 'essai' })).toMatchObject({ made: 1, next: undefined });
  expect(asked.toSorted()).toEqual(['1', '2', '3', '4', '5'].map((id) => `/${id}.jpg 200`));
});

test('a cache that is too large lets go what was looked at the longest ago, and does not fetch it again at once', async () => {
  for (const id of ['1', '2', '3']) {
    served.set(`/${id}.jpg`, await picture(Number(id) * 50));
    await publish(id);
  }
  await make();
  const all = ['1', '2', '3'].map(uidOf);
  const long = new Date('2020-01-01');
  for (const uid of all) await utimes(join(pictureFolder(root, uid), MADE_FILE), long, long);
  expect(await statusOf(all[1]!)).toBe(200);
  const { bytes } = await sweepPictures(database, root);
  expect(await sweepPictures(database, root, { mostBytes: Math.ceil(bytes / 3) + 500 })).toMatchObject({
    dropped: 0,
    evicted: 2,
    kept: 1,
  });
  expect(await Promise.all(all.map(statusOf))).toEqual([404, 200, 404]);
  expect(await make()).toMatchObject({ asked: 0 });
});

test('where the graph does not answer no picture is shown', async () => {
  const away = await startGateway({
    connection: { ...testConnection(), uri: 'bolt://127.0.0.1:1' },
    ...{ port: 0, pictures: root, log: () => undefined },
  });
  const response = await fetch(`${away.url}/pictures/0000000000000000/200.webp`);
  expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store']);
  await away.stop();
});
