import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type Context, type Message, SourceError } from '../connector.ts';
import type { Format } from '../format.ts';
import { lido } from '../formats/lido/lido.ts';
import { oaiDc } from '../formats/oai-dc.ts';
import { type TableMap, tableMap } from '../formats/table/map.ts';
import { table } from '../formats/table/table.ts';
import { createHttpClient } from '../http/client.ts';
import { type Loopback, serveLoopback } from '../http/loopback.ts';
import { FORMATS } from '../registry.ts';
import { createFilesConnector } from './connector.ts';
import { type FilesCursor, filesOptions } from './options.ts';
import { storedZip } from './stored-zip.ts';

const MAP = (tableMap.safeParse({ kind: 'Trade', id: 'Code', fields: { name: 'Nom' } }) as { data: TableMap }).data;
const connector = createFilesConnector(table as unknown as Format, MAP);

let folder: string;
let told: Finding[];
let stop: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-test-'));
  told = [];
  stop = new AbortController();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

function context(): Context {
  const http = createHttpClient({
    userAgent: 'Trame-test',
    contact: 'https://example.org',
    allowPrivate: true,
    signal: stop.signal,
    retries: { attempts: 1, baseMs: 1 },
  });
  const tell = (found: Finding) => told.push(found);
  return { source: { name: 'essai', contact: '' }, http, signal: stop.signal, now: () => new Date(), tell, folder };
}

interface Reading {
  readonly messages: readonly Message<FilesCursor>[];
  readonly ids: readonly string[];
  readonly rejected: readonly Finding[];
  readonly fault: SourceError | undefined;
  readonly end: Message<FilesCursor> | undefined;
}

async function read(options: unknown, from?: FilesCursor, using = connector): Promise<Reading> {
  const messages: Message<FilesCursor>[] = [];
  let fault: SourceError | undefined;
  try {
    for await (const message of using.read(filesOptions.parse(options), context(), from)) messages.push(message);
  } catch (thrown) {
    if (!(thrown instanceof SourceError)) throw thrown;
    fault = thrown;
  }
  return {
    messages,
    ids: messages.flatMap((message) => (message.kind === 'record' ? [message.id] : [])),
    rejected: messages.flatMap((message) => (message.kind === 'rejected' ? [message.finding] : [])),
    fault,
    end: messages.find(({ kind }) => kind === 'end'),
  };
}

const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code);

describe('a folder', () => {
  test('files in the order of their names, a checkpoint after each, and an end', async () => {
    await put({ 'b.csv': 'Code;Nom\n3;c\n', 'a.csv': 'Code;Nom\n1;a\n2;b\n', 'sous/c.csv': 'Code;Nom\n4;d\n' });
    const { messages } = await read({ path: '.' });
    expect(messages.map((message) => (message.kind === 'record' ? message.id : message))).toEqual([
      '1',
      '2',
      { kind: 'checkpoint', cursor: { file: 'a.csv', rows: 2, of: expect.any(Number) } },
      '3',
      { kind: 'checkpoint', cursor: { file: 'b.csv', rows: 3, of: expect.any(Number) } },
      '4',
      { kind: 'checkpoint', cursor: { rows: 4, of: expect.any(Number) }, passEnded: true },
      { kind: 'end', coverage: 'snapshot', expected: 4, fingerprint: expect.any(String) },
    ]);
  });

  test('the same bytes have the same fingerprint, and others another; a file that changes while it is read is no whole', async () => {
    const fingerprint = async () => {
      const { end } = await read({ path: '.' });
      return end?.kind === 'end' ? end.fingerprint : undefined;
    };
    await put({ 'a.csv': 'Code;Nom\n1;a\n2;b\n' });
    const first = await fingerprint();
    expect(await fingerprint()).toBe(first);
    await put({ 'a.csv': 'Code;Nom\n1;a\n2;b\n\n' });
    expect(await fingerprint()).not.toBe(first);
    const messages: string[] = [];
    const changing = async () => {
      for await (const message of connector.read(filesOptions.parse({ path: '.' }), context())) {
        if (messages.length === 0) await put({ 'a.csv': 'Code;Nom\n1;a\n3;c\n' });
        messages.push(message.kind);
      }
    };
    await expect(changing()).rejects.toMatchObject({ kind: 'transient', finding: { code: 'file-changed' } });
    expect(messages).not.toContain('end');
  });

  test('from each checkpoint the rest comes; from the last, all again', async () => {
    await put({ 'a.csv': 'Code;Nom\n1;a\n', 'b.csv': 'Code;Nom\n2;b\n1;encore\n', 'c.csv': 'Code;Nom\n3;c\n' });
    const whole = await read({ path: '.' });
    expect(whole.ids).toEqual(['1', '2', '3']);
    const cursors = whole.messages.flatMap((message) => (message.kind === 'checkpoint' ? [message.cursor] : []));
    expect((await read({ path: '.' }, cursors[0])).ids).toEqual(['2', '3']);
    const rest = await read({ path: '.' }, cursors[1]);
    expect(rest.ids).toEqual(['3']);
    expect(rest.end).toEqual(whole.end);
    expect((await read({ path: '.' }, { rows: 4 })).ids).toEqual(['1', '2', '3']);
  });

  test('what does not match is told, what systems leave behind is passed over', async () => {
    await put({
      'a.csv': 'Code;Nom\n1;a\n',
      'LISEZMOI.md': '# rien',
      'x/y.txt': 'rien',
      '.DS_Store': 'x',
      '__MACOSX/._a.csv': 'x',
    });
    const { ids, end } = await read({ path: '.', match: '**/*.csv' });
    expect(ids).toEqual(['1']);
    expect(end).toBeDefined();
    expect(told).toEqual([
      { code: 'file-outside-match', particulars: { match: '**/*.csv', count: 2, names: 'LISEZMOI.md, x/y.txt' } },
    ]);
  });

  test('a file that is not of the format: its neighbours are read, and the run does not end as complete', async () => {
    await put({ 'a.csv': 'Code;Nom\n1;a\n', 'b.csv': '<html><body>Erreur</body></html>', 'c.csv': 'Code;Nom\n2;b\n' });
    const { ids, rejected, fault, end, messages } = await read({ path: '.' });
    expect(ids).toEqual(['1', '2']);
    expect(codes(rejected)).toEqual(['file-web-page']);
    expect(end).toBeUndefined();
    expect(fault).toMatchObject({ kind: 'config', finding: { code: 'file-web-page' } });
    expect(messages.at(-1)).toEqual({
      kind: 'checkpoint',
      cursor: { rows: 2, of: expect.any(Number) },
      passEnded: true,
    });
  });

  test.each([
    ['nothing there', { path: 'absent' }, 'file-not-found'],
    ['an empty folder', { path: '.' }, 'file-folder-empty'],
  ])('%s is said, with a remedy', async (_, options, code) => {
    const { fault, messages } = await read(options);
    expect(messages).toEqual([]);
    expect(fault).toMatchObject({ kind: 'config', finding: { code } });
    expect(fault?.remedy).toMatch(/options\.path/);
  });

  test('a match that nothing answers names what is there', async () => {
    await put({ 'a.txt': 'x' });
    expect((await read({ path: '.', match: '*.csv' })).fault?.finding).toEqual({
      code: 'file-none-matches',
      particulars: { path: '.', match: '*.csv', count: 1, names: 'a.txt' },
    });
  });
});

describe('a file', () => {
  test('two rows of one identifier: the second is rejected with both lines, without the identifier of the first', async () => {
    await put({ 'a.csv': 'Code;Nom\n1;a\n2;b\n1;autre\n' });
    const { ids, messages } = await read({ path: 'a.csv' });
    expect(ids).toEqual(['1', '2']);
    const rejected = messages.find(({ kind }) => kind === 'rejected');
    expect(rejected).toMatchObject({
      finding: {
        code: 'file-duplicate-id',
        particulars: { id: '1', file: 'a.csv', line: 4, firstFile: 'a.csv', firstLine: 2 },
      },
    });
    expect(rejected).not.toHaveProperty('id');
    expect(rejected).toHaveProperty('raw');
  });

  test('a header and no row is not a success', async () => {
    await put({ 'a.csv': 'Code;Nom\n' });
    const { fault, end } = await read({ path: 'a.csv' });
    expect(end).toBeUndefined();
    expect(fault?.finding).toEqual({ code: 'file-no-rows', particulars: { where: 'a.csv' } });
  });

  test('larger than allowed', async () => {
    await put({ 'a.csv': 'x'.repeat(1_100_000) });
    expect((await read({ path: 'a.csv', maxMegabytes: 1 })).fault?.finding.code).toBe('file-too-large');
  });

  test('the options reach the reading', async () => {
    await put({ 'a.csv': Buffer.from('Code!Nom\n1!\x8et\x8e\n', 'latin1') });
    const { messages } = await read({ path: 'a.csv', encoding: 'macintosh', delimiter: '!' });
    expect(messages[0]).toMatchObject({ row: { Code: '1', Nom: 'été' } });
    expect(told).toEqual([]);
  });

  test('a workbook is no folder', async () => {
    await put({
      'a.xlsx': await writeXlsx({
        sheets: [
          {
            name: 'F',
            rows: [
              ['Code', 'Nom'],
              ['1', 'a'],
            ],
          },
        ],
      }),
    });
    expect((await read({ path: 'a.xlsx' })).ids).toEqual(['1']);
  });

  test('the row comes again from the raw bytes', async () => {
    await put({ 'a.csv': 'Code;Nom\n1;"a;é"\n' });
    const { messages } = await read({ path: 'a.csv' });
    const [first] = messages;
    if (first?.kind !== 'record') throw new Error('no record');
    expect(connector.row(first.raw, filesOptions.parse({ path: 'a.csv' }))).toEqual(first.row);
  });

  test('an XML that breaks off delivers what came before, and does not end as complete', async () => {
    const notice = '<lido xmlns="http://www.lido-schema.org"><lidoRecID>1</lidoRecID></lido>';
    await put({ 'a.xml': `<lidoWrap>${notice}<lido` });
    const { ids, fault, end } = await read({ path: 'a.xml' }, undefined, createFilesConnector(lido, undefined));
    expect(ids).toEqual(['1']);
    expect(end).toBeUndefined();
    expect(fault?.finding.code).toBe('lido-xml-broken');
  });

  test('stops when told to, between two rows', async () => {
    await put({ 'a.csv': `Code;Nom\n${Array.from({ length: 1000 }, (_, index) => `${index};x`).join('\n')}\n` });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const message of connector.read(filesOptions.parse({ path: 'a.csv' }), context())) {
        if (message.kind === 'record') seen.push(message.id);
        if (seen.length === 10) stop.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'transient', finding: { code: 'file-stopped' } });
    expect(seen).toHaveLength(10);
  });
});

describe('a zip', () => {
  test('its files, in order; names that lead outside are told and not read', async () => {
    await put({
      'a.zip': storedZip([
        { name: 'b/2.csv', content: 'Code;Nom\n2;é\n' },
        { name: '1.csv', content: 'Code;Nom\n1;a\n' },
        { name: '../mal.csv', content: 'Code;Nom\n9;x\n' },
        { name: '/etc/mal.csv', content: 'Code;Nom\n8;x\n' },
        { name: 'note.txt', content: 'rien' },
      ]),
    });
    const { ids, end } = await read({ path: 'a.zip', match: '**/*.csv' });
    expect(ids).toEqual(['1', '2']);
    expect(end).toBeDefined();
    expect(told).toMatchObject([
      { code: 'file-zip-unsafe', particulars: { count: 2, names: '../mal.csv, /etc/mal.csv' } },
      { code: 'file-outside-match', particulars: { count: 1, names: 'note.txt' } },
    ]);
  });

  test.each([
    ['claims to be enormous', [{ name: 'a.csv', content: 'x', claimedSize: 3_000_000_000 }], 'file-too-large'],
    ['is under a password', [{ name: 'a.csv', content: 'x', encrypted: true }], 'file-zip-broken'],
  ])('one that %s is refused before it is unpacked', async (_, files, code) => {
    await put({ 'a.zip': storedZip(files) });
    expect((await read({ path: 'a.zip' })).fault?.finding.code).toBe(code);
  });

  test('one that holds more than it says stops there', async () => {
    const content = deflateRawSync(Buffer.from(`Code;Nom\n${'1;a\n'.repeat(100_000)}`));
    await put({ 'a.zip': storedZip([{ name: 'a.csv', content, claimedSize: 100 }]) });
    expect((await read({ path: 'a.zip' })).fault?.finding.code).toBe('file-zip-broken');
  });

  test('one that is cut off', async () => {
    const whole = storedZip([{ name: 'a.csv', content: 'Code;Nom\n1;a\n' }]);
    await put({ 'a.zip': whole.subarray(0, whole.length - 30) });
    expect((await read({ path: 'a.zip' })).fault?.finding.code).toBe('file-zip-broken');
  });
});

describe('an address', () => {
  let server: Loopback;
  afterEach(() => server.stop());

  test('a file by its address, named as it is there, and nothing left behind', async () => {
    server = await serveLoopback((_, response) => {
      response.setHeader('content-type', 'text/csv; charset=iso-8859-15');
      response.end(Buffer.from('Code;Nom\n1;\xbduvre\n1;encore\n', 'latin1'));
    });
    vi.stubEnv('TMPDIR', folder);
    const { messages, rejected } = await read({ url: `${server.origin}/export/structures.csv?key=secret` });
    expect(messages[0]).toMatchObject({ row: { Nom: 'œuvre' } });
    expect(rejected[0]?.particulars).toMatchObject({ file: 'structures.csv' });
    expect(await readdir(folder)).toEqual([]);
    vi.unstubAllEnvs();
  });

  test('a zip by its address', async () => {
    server = await serveLoopback((_, response) =>
      response.end(storedZip([{ name: 'a.csv', content: 'Code;Nom\n1;a\n' }])),
    );
    expect((await read({ url: `${server.origin}/tout` })).ids).toEqual(['1']);
  });

  test('a partner who does not have it, or answers a page, is told in words without the key', async () => {
    server = await serveLoopback((request, response) => {
      response.statusCode = request.url?.startsWith('/absent') ? 404 : 200;
      response.end('<!doctype html><title>Connexion</title>');
    });
    const absent = await read({ url: `${server.origin}/absent.csv?key=secret` });
    expect(absent.fault).toMatchObject({
      kind: 'config',
      finding: { code: 'file-http-status', particulars: { status: 404 } },
    });
    expect(absent.fault?.message).not.toContain('secret');
    const page = await read({ url: `${server.origin}/page.csv` });
    expect(page.fault?.finding.code).toBe('file-web-page');
    expect(page.end).toBeUndefined();
  });
});

test('a saved page of a longer list ends as changes: nothing is gone for not standing on it; all its pages are the list', async () => {
  const events = createFilesConnector(FORMATS['openagenda']!, undefined);
  const page = (total: number, ...uids: number[]) =>
    JSON.stringify({ total, events: uids.map((uid) => ({ uid, title: { fr: 'Essai' } })) });
  const ending = async (path: string) => {
    const messages = [];
    for await (const message of events.read(filesOptions.parse({ path }), context())) messages.push(message);
    return messages.at(-1);
  };
  await put({
    'une.json': page(3, 1, 2),
    'deux/a.json': page(3, 1, 2),
    'deux/b.json': page(3, 3),
    'tout.json': page(1, 1),
  });
  expect(await ending('une.json')).toMatchObject({ kind: 'end', coverage: 'changes' });
  expect(codes(told)).toEqual(['file-one-page']);
  expect(await ending('deux')).toMatchObject({ kind: 'end', coverage: 'snapshot' });
  expect(await ending('tout.json')).toMatchObject({ kind: 'end', coverage: 'snapshot' });
});

test('a file compressed by gzip is read as what it holds, alone or in a folder; one that holds too much or breaks off is refused', async () => {
  const whole = gzipSync('Code;Nom\n1;a\n2;b\n');
  await put({ 'a.csv.gz': whole, 'sous/b.csv.gz': whole, 'court.csv.gz': whole.subarray(0, 20) });
  expect((await read({ path: 'a.csv.gz' })).ids).toEqual(['1', '2']);
  expect((await read({ path: 'sous' })).ids).toEqual(['1', '2']);
  expect((await read({ path: 'court.csv.gz' })).fault).toMatchObject({ finding: { code: 'file-zip-broken' } });
  await put({ 'bombe.csv.gz': gzipSync(Buffer.alloc(8 * 1_048_576, 'Code;Nom\n')) });
  expect((await read({ path: 'bombe.csv.gz', maxMegabytes: 1 })).fault).toMatchObject({
    kind: 'config',
    finding: { code: 'file-too-large' },
  });
});

test('a place in another folder is none in this one', async () => {
  await put({ 'un/b.csv': 'Code;Nom\n1;a\n', 'un/c.csv': 'Code;Nom\n2;b\n', 'deux/a.csv': 'Code;Nom\n3;c\n' });
  const [place] = (await read({ path: 'un' })).messages.flatMap((one) =>
    one.kind === 'checkpoint' ? [one.cursor] : [],
  );
  expect((await read({ path: 'deux' }, place)).ids).toEqual(['3']);
});

describe('check', () => {
  const check = (options: unknown) => connector.check(filesOptions.parse(options), context());

  test('nothing to say of a good file; what is wrong with the others', async () => {
    await put({ 'bon.csv': 'Code;Nom\n1;a\n', 'mal.csv': 'Nom\na\n', 'vide.csv': 'Code;Nom\n' });
    expect(await check({ path: 'bon.csv' })).toEqual([]);
    expect(codes(await check({ path: 'mal.csv' }))).toEqual(['table-columns-missing']);
    expect(codes(await check({ path: 'vide.csv' }))).toEqual(['file-no-rows']);
    expect(codes(await check({ path: 'absent.csv' }))).toEqual(['file-not-found']);
  });

  test('a first file without a record does not stand for the others', async () => {
    await put({ 'flux/a-index.csv': 'Code;Nom\n', 'flux/b.csv': 'Code;Nom\n1;a\n' });
    expect(await check({ path: 'flux' })).toEqual([]);
  });
});

describe('options', () => {
  test.each([
    [{}, 'path'],
    [{ path: 'a', url: 'https://example.org' }, 'path'],
    [{ url: 'ftp://example.org' }, 'url'],
    [{ path: 'a', encoding: 'klingon' }, 'encoding'],
    [{ path: 'a', sheet: 0 }, 'sheet'],
  ])('%j is refused at %s', (options, path) => {
    expect(filesOptions.safeParse(options).error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  test('a format that has no files says which have', () => {
    const { cut: _cut, row: _row, ...without } = oaiDc;
    expect(() => createFilesConnector(without, undefined)).toThrow(/oai-dc/);
  });
});
