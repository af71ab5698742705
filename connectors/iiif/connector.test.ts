import { afterEach, describe, expect, test } from 'vitest';
import { all, contextForTests, describeConnector, idsOf } from '#connectors/conformance.ts';
import { type Context, SourceError } from '../connector.ts';
import { mapManifest } from '../formats/iiif/manifest.ts';
import { type Loopback, serveLoopback } from '../http/loopback.ts';
import { send } from '../partners/answer.ts';
import { ARCHIVES, OTHERS } from '../partners/iiif/documents.ts';
import { type IiifFault, iiifStand } from '../partners/iiif/stand.ts';
import { collectionIn } from './collection.ts';
import { iiifCollection } from './connector.ts';
import { iiifOptions } from './options.ts';
import { LIMITS } from './walk.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

interface Server extends Loopback {
  readonly asked: string[];
  broken: boolean;
  /** Answers of a test's own, by path. */
  readonly own: Record<string, unknown>;
}

/** The address is part of every identifier, and a suite names them beforehand: so the answers are given for one fixed name. */
async function serve(...faults: readonly IiifFault[]): Promise<Server> {
  const asked: string[] = [];
  const own: Record<string, unknown> = {};
  const stand = iiifStand(() => '', new Set(faults));
  const loopback = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand');
    asked.push(url.pathname);
    if (server.broken && asked.length > 6) return void response.destroy();
    const made = own[url.pathname];
    if (made !== undefined) return void response.end(JSON.stringify(made));
    const answer = stand(url);
    if (answer) send(request, response, answer);
    else response.writeHead(404).end();
  });
  const server: Server = { ...loopback, asked, own, broken: false };
  open.push(server);
  return server;
}

const optionsOf = (server: Server, name = 'ampave') =>
  iiifOptions.parse({ url: `${server.origin}/iiif/archives/${name}/collection.json` });
const ROOT = '.';
const rootOptions = (server: Server) => iiifOptions.parse({ url: `${server.origin}/iiif/archives/collection.json` });

async function harvest(faults: readonly IiifFault[], name: string, own: Record<string, unknown> = {}) {
  const server = await serve(...faults);
  Object.assign(server.own, own);
  const { context, told, close } = contextForTests();
  open.push({ stop: close });
  const options = name === ROOT ? rootOptions(server) : optionsOf(server, name);
  return { ...(await all(iiifCollection.read(options, context))), told, server };
}

const manifestAt = (name: string, number: number) => `/iiif/archives/${name}/${number}/manifest.json`;
const TOTAL = ARCHIVES.reduce((sum, { documents }) => sum + documents, 0);

describeConnector('iiif', {
  connector: iiifCollection,
  identifiers: Array.from({ length: 14 }, (_, index) => manifestAt('ampave', index + 1)),
  async start() {
    const server = await serve();
    return {
      options: optionsOf(server),
      breakOff() {
        server.broken = true;
      },
      // A manifest is a page of its own here; the collection is asked for first.
      asked: () => server.asked.filter((path) => path.endsWith('manifest.json')).length,
      stop: () => server.stop(),
    };
  },
  nonsense: [
    { options: {}, path: 'url' },
    { options: { url: 'partenaire.fr/collection' }, path: 'url' },
    { options: { url: 'https://partenaire.fr/collection.json', maxMegabytes: 0 }, path: 'maxMegabytes' },
    { options: { url: 'https://partenaire.fr/collection.json', profondeur: 2 }, path: 'profondeur' },
  ],
});

describe('iiif', () => {
  test('collections within collections, of both versions, on pages: every manifest once, and each is a record', async () => {
    const { messages, told } = await harvest([], ROOT);
    expect(new Set(idsOf(messages)).size).toBe(TOTAL);
    expect(idsOf(messages)).toHaveLength(TOTAL);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot', expected: TOTAL });
    expect(told).toEqual([]);
    for (const message of messages) {
      if (message.kind !== 'record') continue;
      const mapped = mapManifest(message.row, {
        id: message.id,
        source: { name: 's', title: 'S', licence: '' },
        options: undefined,
      });
      expect(mapped).toMatchObject({ record: { fields: { name: expect.stringContaining('démonstration') } } });
      expect(JSON.stringify(mapped)).not.toContain('archives@example.org');
    }
  });

  test('goes on within a nested collection', async () => {
    const server = await serve();
    const { context, close } = contextForTests();
    open.push({ stop: close });
    const options = optionsOf(server, OTHERS);
    const { messages } = await all(iiifCollection.read(options, context));
    const checkpoints = messages.flatMap((message) => (message.kind === 'checkpoint' ? [message.cursor] : []));
    const total = checkpoints.length - 1;
    for (const at of [5, 6, 40]) {
      const { messages: rest } = await all(iiifCollection.read(options, context, checkpoints[at]));
      expect(idsOf(rest)).toHaveLength(total - at - 1);
      expect(rest.at(-1)).toMatchObject({ kind: 'end', expected: total });
    }
  });

  test('a broken manifest is named, and its neighbours go on', async () => {
    const { messages } = await harvest(['broken-manifests'], 'ampave');
    const rejected = messages.filter((message) => message.kind === 'rejected');
    expect(rejected.map(({ id }) => id)).toEqual([3, 5, 7].map((number) => manifestAt('ampave', number)));
    expect(rejected.map(({ finding }) => finding.code)).toEqual(Array(3).fill('iiif-manifest-unread'));
    expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: 14 });
  });

  test('a manifest beyond the limit is one record alone; a place in another collection is none in this one', async () => {
    const server = await serve();
    const { context, close } = contextForTests();
    open.push({ stop: close });
    const options = optionsOf(server, 'ampave');
    const heavy = manifestAt('ampave', 3);
    const get = context.http.get.bind(context.http);
    const limited: Context = {
      ...context,
      http: { get: (url, request) => get(url, url.endsWith(heavy) ? { ...request, maxBytes: 10 } : request) },
    };
    const { messages } = await all(iiifCollection.read(options, limited));
    expect(messages.filter(({ kind }) => kind === 'rejected')).toMatchObject([{ id: heavy }]);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: 14 });
    const place = messages.find((message) => message.kind === 'checkpoint');
    const other = { ...options, url: optionsOf(server, 'musee-gadzarts').url };
    const elsewhere = await all(
      iiifCollection.read(other, context, place?.kind === 'checkpoint' ? place.cursor : undefined),
    );
    expect(idsOf(elsewhere.messages).some((id) => id.includes('ampave'))).toBe(false);
    expect(idsOf(elsewhere.messages).length).toBeGreaterThan(14);
  });

  test('a collection that is missing, and one that is its own ancestor: the others are read, and nothing is held to be gone', async () => {
    const { messages, fault, told } = await harvest(['collection-missing', 'circle'], ROOT);
    expect(idsOf(messages)).toHaveLength(TOTAL);
    expect(told.map(({ code }) => code)).toEqual(['api-refused', 'iiif-collection-again']);
    expect(fault).toMatchObject({ kind: 'transient', finding: { code: 'iiif-collections-unread' } });
    expect(messages.some(({ kind }) => kind === 'end')).toBe(false);
  });

  test('a circle ends, complete', async () => {
    const path = '/iiif/archives/ampave/collection.json';
    const items = [
      { type: 'Collection', id: path },
      { type: 'Manifest', id: manifestAt('ampave', 1) },
    ];
    const { messages, told } = await harvest([], 'ampave', { [path]: { type: 'Collection', items } });
    expect(told.map(({ code }) => code)).toEqual(['iiif-collection-again']);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: 1 });
  });

  test.each(['total-too-high', 'empty-page'] as const)('%s: no end', async (name) => {
    const { fault, told } = await harvest([name], 'musee-gadzarts');
    expect(told.map(({ code }) => code)).toContain('api-count-short');
    expect(fault).toMatchObject({ finding: { code: 'iiif-collections-unread' } });
  });

  test('a root that is none, or empty, is a finding and never a success', async () => {
    expect((await harvest(['type-changed'], 'ampave')).fault).toMatchObject({
      finding: { code: 'iiif-not-collection' },
    });
    const path = '/iiif/archives/ampave/collection.json';
    const empty = await harvest([], 'ampave', { [path]: { type: 'Collection', id: 'x', items: [] } });
    expect(empty.fault).toMatchObject({ kind: 'config', finding: { code: 'api-nothing' } });
    const manifest = await harvest([], 'ampave', { [path]: { type: 'Manifest', id: 'x', label: 'x' } });
    expect(manifest.fault).toMatchObject({
      finding: { code: 'iiif-not-collection', particulars: { found: 'Manifest' } },
    });
  });

  test('a server that has lost all its manifests is not read to its end', async () => {
    const items = Array.from({ length: 40 }, (_, n) => ({ type: 'Manifest', id: `/none/${n}` }));
    const path = '/iiif/archives/ampave/collection.json';
    const { fault, server } = await harvest([], 'ampave', { [path]: { type: 'Collection', items } });
    expect(fault).toMatchObject({ kind: 'transient', finding: { code: 'iiif-many-unread' } });
    expect(server.asked).toHaveLength(LIMITS.brokenInARow + 1);
  });

  test('references without an address, and collections without end', async () => {
    const path = '/iiif/archives/ampave/collection.json';
    const items = [
      { type: 'Manifest' },
      { type: 'Manifest', id: manifestAt('ampave', 1) },
      { type: 'Canvas', id: 'x' },
    ];
    const nameless = await harvest([], 'ampave', { [path]: { type: 'Collection', items } });
    expect(nameless.messages.map(({ kind }) => kind)).toEqual([
      'rejected',
      'record',
      'checkpoint',
      'checkpoint',
      'end',
    ]);
    const deep = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [
        n === 0 ? path : `/deep/${n}`,
        { '@type': 'sc:Collection', collections: [{ '@id': `/deep/${n + 1}` }] },
      ]),
    );
    expect((await harvest([], 'ampave', deep)).fault).toMatchObject({ finding: { code: 'iiif-too-deep' } });
  });

  test('one manifest by its identifier; one that is not there is gone', async () => {
    const server = await serve();
    const { context, close } = contextForTests();
    open.push({ stop: close });
    const id = manifestAt('ampave', 2);
    expect(await iiifCollection.one?.(optionsOf(server), context, id)).toMatchObject({ kind: 'record', id });
    const gone = manifestAt('ampave', 900);
    expect(await iiifCollection.one?.(optionsOf(server), context, gone)).toEqual({ kind: 'deleted', id: gone });
    server.broken = true;
    server.asked.push('', '', '', '', '', '');
    await expect(iiifCollection.one?.(optionsOf(server), context, id)).rejects.toBeInstanceOf(SourceError);
  });
});

test('a collection of either version, whatever is odd in it', () => {
  expect(
    collectionIn({
      '@type': 'sc:Collection',
      manifests: 'http://x.example/1',
      members: [{ '@type': 'sc:Range', '@id': 'r' }],
    }),
  ).toEqual({
    members: [{ kind: 'manifest', id: 'http://x.example/1' }],
    next: undefined,
    total: undefined,
  });
  for (const odd of [null, 0, '', 'x', [], {}, { type: 'Manifest' }, { type: 3 }])
    expect(collectionIn(odd)).toBeUndefined();
  expect(collectionIn({ type: 'Collection', items: [null, 4, [], {}], total: 'x' })?.members).toHaveLength(4);
});
