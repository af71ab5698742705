import { expect, test } from 'vitest';
import { client, loopback, requests, routes } from '#connectors/http/client-for-tests.ts';
import type { Expected } from '#graph-schema/links/addresses.ts';
import type { Answer } from '#graph-schema/links/standing.ts';
import { askFor } from './ask.ts';

const NOW = new Date('2026-03-01T10:00:00Z');
const HOUR_MS = 3_600_000;
const impatient = () => client({ retries: { attempts: 1, baseMs: 1 }, maxRetryAfterMs: 0, now: () => NOW });

async function ask(path: string, expected: Expected = 'page', http = impatient()): Promise<Answer | undefined> {
  return askFor(http, { address: `${loopback.origin}${path}`, expected }, NOW);
}
const asked = () => requests.map(({ method, url, headers }) => `${method} ${url} ${headers.range ?? ''}`.trim());
const answers = (status: number, headers: Record<string, string> = {}) => {
  routes['/a'] = (_, response) => response.writeHead(status, headers).end();
};

test('what answers HEAD is asked for no more, and says who asks', async () => {
  answers(200, { 'content-type': 'image/jpeg', 'content-length': '123456', 'content-encoding': 'gzip' });
  expect(await ask('/a', 'picture')).toEqual({ kind: 'well', status: 200, movedTo: undefined });
  expect(asked()).toEqual(['HEAD /a']);
  expect(requests[0]?.headers['user-agent']).toMatch(/^Trame\//);
});

test.each([400, 403, 404, 405, 410, 500, 501])('where HEAD says %i, the first bytes are believed', async (status) => {
  routes['/a'] = ({ method }, response) => response.writeHead(method === 'HEAD' ? status : 206).end('x');
  expect(await ask('/a')).toMatchObject({ kind: 'well', status: 206 });
  expect(asked()).toEqual(['HEAD /a', 'GET /a bytes=0-1023']);
});

test.each<[number, Partial<Answer>]>([
  [404, { kind: 'gone', reason: 'not-found', status: 404 }],
  [410, { kind: 'gone', reason: 'gone', status: 410 }],
  [401, { kind: 'unsure', reason: 'refused', status: 401 }],
  [403, { kind: 'unsure', reason: 'refused', status: 403 }],
  [418, { kind: 'unsure', reason: 'status', status: 418 }],
  [416, { kind: 'well', status: 416 }],
  [500, { kind: 'unsure', reason: 'server-fault', status: 500 }],
])('%i', async (status, answer) => {
  answers(status);
  expect(await ask('/a')).toMatchObject(answer);
});

test.each([502, 503, 504])('%i: a server in trouble is asked once', async (status) => {
  answers(status);
  expect(await ask('/a')).toMatchObject({ kind: 'unsure', reason: 'server-fault', status });
  expect(asked()).toEqual(['HEAD /a']);
});

test('whoever asks to wait is given the time that they ask for, an hour at least, and a day where they name none', async () => {
  const waits = async (headers: Record<string, string>) => {
    answers(429, headers);
    const answer = await ask('/a');
    expect(answer).toMatchObject({ kind: 'wait', asked: true, status: 429 });
    return answer?.kind === 'wait' ? (answer.until.getTime() - NOW.getTime()) / HOUR_MS : undefined;
  };
  expect(await waits({ 'retry-after': '7200', date: NOW.toUTCString() })).toBe(2);
  expect(await waits({ 'retry-after': '0' })).toBe(1);
  expect(await waits({})).toBe(24);
  expect(asked()).toEqual(['HEAD /a', 'HEAD /a', 'HEAD /a']);
});

test('a web page in place of a picture is no picture; of a page, it is what is wanted', async () => {
  answers(200, { 'content-type': 'text/html; charset=utf-8' });
  expect(await ask('/a', 'picture')).toEqual({ kind: 'gone', reason: 'web-page', status: 200 });
  expect(asked()).toEqual(['HEAD /a', 'GET /a bytes=0-1023']);
  expect(await ask('/a', 'page')).toMatchObject({ kind: 'well' });
});

test('where it sends on to is noted, without what is secret', async () => {
  routes['/old'] = (_, response) => response.writeHead(302, { location: '/a?token=SECRET' }).end();
  answers(200);
  expect(await ask('/old')).toEqual({ kind: 'well', status: 200, movedTo: `${loopback.origin}/a?token=***` });
});

test('redirects without end, a server that hangs or cuts off: nobody is sure', async () => {
  routes['/round'] = (_, response) => response.writeHead(302, { location: '/about' }).end();
  routes['/about'] = (_, response) => response.writeHead(302, { location: '/round' }).end();
  expect(await ask('/round')).toMatchObject({ kind: 'unsure', reason: 'redirect-endless' });
  routes['/hang'] = () => undefined;
  expect(await ask('/hang')).toMatchObject({ kind: 'unsure', reason: 'timeout' });
  routes['/cut'] = (request) => request.socket.destroy();
  expect(await ask('/cut')).toMatchObject({ kind: 'unsure', reason: 'unreachable' });
});

test('a private address is not asked for where its source may not', async () => {
  answers(200);
  expect(await ask('/a', 'page', client({ allowPrivate: false }))).toMatchObject({ reason: 'private-address' });
  expect(requests).toEqual([]);
});

test('a large body is left after its first bytes', async () => {
  let sent = 0;
  routes['/a'] = ({ method }, response) => {
    if (method === 'HEAD') return void response.writeHead(405).end();
    response.writeHead(200, { 'content-type': 'image/jpeg' });
    const more = () => {
      sent += 1;
      return sent < 1000 && !response.destroyed && response.write(Buffer.alloc(65_536), () => void more());
    };
    more();
  };
  expect(await ask('/a', 'picture')).toMatchObject({ kind: 'well' });
  await new Promise((done) => setTimeout(done, 50));
  expect(sent).toBeLessThan(1000);
});

test('stopped meanwhile, nothing is said of it', async () => {
  const stopped = client({ signal: AbortSignal.abort() });
  expect(await ask('/a', 'page', stopped)).toBeUndefined();
});
