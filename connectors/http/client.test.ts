import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HttpResponse, SourceError } from '#connectors/connector.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type ClosableHttpClient, createHttpClient, type HttpClientOptions } from './client.ts';
import { type Loopback, serveLoopback } from './loopback.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let loopback: Loopback;
let routes: Record<string, Handler>;
let requests: IncomingMessage[];
let told: Finding[];
const clients: ClosableHttpClient[] = [];

beforeEach(async () => {
  routes = {};
  requests = [];
  told = [];
  loopback = await serveLoopback((request, response) => {
    requests.push(request);
    const route = routes[(request.url ?? '').split('?')[0] ?? ''];
    if (route) route(request, response);
    else response.writeHead(404).end('nothing here');
  });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await loopback.stop();
});

const MS = 300;
function client(options: Partial<HttpClientOptions> = {}): ClosableHttpClient {
  const made = createHttpClient({
    userAgent: 'Trame/test',
    contact: 'métier@example.org',
    allowPrivate: true,
    signal: new AbortController().signal,
    timeouts: { connectMs: MS, headersMs: MS, bodyIdleMs: MS, totalMs: 3 * MS },
    retries: { attempts: 3, baseMs: 5 },
    tell: (finding) => told.push(finding),
    ...options,
  });
  clients.push(made);
  return made;
}

async function text(response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function fault(reading: Promise<unknown>): Promise<SourceError> {
  const thrown = await reading.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SourceError);
  return thrown as SourceError;
}

const get = async (path: string, options: Partial<HttpClientOptions> = {}) =>
  text(await client(options).get(loopback.origin + path));

describe('a request', () => {
  it('says who asks, and gives status, headers and body', async () => {
    routes['/a'] = (_, response) => response.writeHead(200, { 'X-Two': ['a', 'b'] }).end('bonjour');
    const response = await client().get(`${loopback.origin}/a?x=1`, { accept: 'text/xml', headers: { 'X-Mine': 'y' } });
    expect(response).toMatchObject({ status: 200, url: `${loopback.origin}/a?x=1` });
    expect(response.headers['x-two']).toBe('a, b');
    expect(await text(response)).toBe('bonjour');
    expect(requests[0]?.headers).toMatchObject({
      'user-agent': 'Trame/test (+m?tier@example.org)',
      accept: 'text/xml',
      'x-mine': 'y',
    });
  });

  it('gives other errors of the caller back', async () => {
    const response = await client().get(`${loopback.origin}/none`);
    expect([response.status, await text(response)]).toEqual([404, 'nothing here']);
    expect(requests).toHaveLength(1);
  });

  it.each(['ftp://example.org/', 'file:///etc/passwd', 'no address'])('refuses %s', async (url) => {
    expect((await fault(client().get(url))).finding.code).toBe('http-address-invalid');
  });

  it('tells no secrets', async () => {
    await loopback.stop();
    const url = `${loopback.origin.replace('//', '//user:pass@')}/a?key=SECRET&token=SECRET&resumptionToken=t1`;
    const { message } = await fault(client().get(url));
    expect(message).not.toMatch(/SECRET|pass/);
    expect(message).toContain('resumptionToken=t1');
  });

  it('sends user and password of the URL as a header', async () => {
    routes['/a'] = (_, response) => response.end();
    await text(await client().get(`${loopback.origin.replace('//', '//u%40x:p@')}/a`));
    expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u@x:p').toString('base64')}`);
  });
});

describe('compression', () => {
  const content = 'métier à tisser '.repeat(10_000);
  it.each([
    ['gzip', gzipSync(content)],
    ['x-gzip', gzipSync(content)],
    ['deflate', deflateSync(content)],
    ['deflate', deflateRawSync(content)],
    ['br', brotliCompressSync(content)],
    ['identity', Buffer.from(content)],
  ])('reads %s', async (encoding, bytes) => {
    routes['/a'] = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    expect(await get('/a')).toBe(content);
  });

  it.each([
    ['a truncated gzip', 'http-broken-off', gzipSync(content).subarray(0, 200), 'gzip'],
    ['text called gzip', 'http-broken-off', Buffer.from('<html>'), 'gzip'],
    ['an unknown encoding', 'http-encoding-unknown', Buffer.from('x'), 'zstd'],
    ['a bomb', 'http-too-large', gzipSync(Buffer.alloc(5_000_000)), 'gzip'],
  ])('%s is a fault: %s', async (_, code, bytes, encoding) => {
    routes['/a'] = (__, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    expect((await fault(get('/a', { maxBytes: 1_000_000 }))).finding.code).toBe(code);
  });
});

describe('a body', () => {
  it('that breaks off is a fault, after what came', async () => {
    routes['/a'] = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('first');
      setTimeout(() => response.destroy(), 20);
    };
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of (await client().get(`${loopback.origin}/a`)).body)
        seen.push(Buffer.from(chunk).toString());
    })();
    expect((await fault(reading)).finding).toMatchObject({ code: 'http-broken-off', particulars: { bytes: 5 } });
    expect(seen).toEqual(['first']);
  });

  it('that breaks off in chunked transfer is a fault, too', async () => {
    routes['/a'] = (_, response) => {
      response.write('first');
      setTimeout(() => response.destroy(), 20);
    };
    expect((await fault(get('/a'))).finding.code).toBe('http-broken-off');
  });

  it.each<[string, number, number]>([
    ['idle', 10, 10_000],
    ['total', 10_000, 40],
  ])('that comes too slowly ends by the %s deadline', async (phase, count, everyMs) => {
    routes['/a'] = (_, response) => {
      response.writeHead(200);
      let sent = 0;
      const timer = setInterval(() => (sent++ < count ? response.write('x') : undefined), everyMs);
      response.write('x');
      response.on('close', () => clearInterval(timer));
    };
    const since = performance.now();
    expect((await fault(get('/a'))).finding).toMatchObject({ code: 'http-timeout', particulars: { phase } });
    expect(performance.now() - since).toBeLessThan(6 * MS);
  });

  it('does not count the time of its reader', async () => {
    routes['/a'] = (_, response) => {
      response.write('x');
      setTimeout(() => response.end('y'), 50);
    };
    const response = await client({ timeouts: { bodyIdleMs: 200, totalMs: 200 } }).get(`${loopback.origin}/a`);
    let read = '';
    for await (const chunk of response.body) {
      read += Buffer.from(chunk).toString();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(read).toBe('xy');
  });

  it('larger than asked for is a fault', async () => {
    routes['/a'] = (_, response) => response.end('x'.repeat(2000));
    const response = await client().get(`${loopback.origin}/a`, { maxBytes: 1000 });
    expect((await fault(text(response))).finding).toMatchObject({
      code: 'http-too-large',
      particulars: { limit: 1000 },
    });
  });
});

describe('trying again', () => {
  const failing = (times: number, status: number, headers = {}) => {
    let asked = 0;
    routes['/a'] = (_, response) => {
      if (asked++ < times) response.writeHead(status, headers).end('busy');
      else response.end('well');
    };
  };

  it.each([408, 429, 502, 503, 504])('cures a passing %i', async (status) => {
    failing(2, status);
    expect(await get('/a')).toBe('well');
    expect(requests).toHaveLength(3);
  });

  it('cures a connection that is cut before the head', async () => {
    let asked = 0;
    routes['/a'] = (request, response) => (asked++ < 2 ? request.socket.destroy() : response.end('well'));
    expect(await get('/a')).toBe('well');
  });

  it('ends, and says what the matter was', async () => {
    failing(9, 503);
    expect((await fault(get('/a'))).finding).toMatchObject({ code: 'http-server-error', particulars: { status: 503 } });
    expect(requests).toHaveLength(3);
  });

  it('does not repeat what will not change', async () => {
    failing(1, 500);
    expect((await fault(get('/a'))).kind).toBe('transient');
    expect(requests).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['seconds', '2'],
    ['a date', 'Sun, 22 Nov 2026 12:00:02 GMT'],
  ])('waits as long as Retry-After asks, in %s', async (_, retryAfter) => {
    failing(1, 503, { 'Retry-After': retryAfter });
    const slept: number[] = [];
    const sleep = async (ms: number) => void slept.push(ms);
    expect(await get('/a', { sleep, now: () => new Date('2026-11-22T12:00:00Z') })).toBe('well');
    expect(slept).toEqual([2000]);
  });

  it('keeps a long Retry-After as "not before"', async () => {
    failing(1, 429, { 'Retry-After': '86400' });
    const thrown = await fault(get('/a', { now: () => new Date('2026-11-22T12:00:00Z') }));
    expect(thrown.finding.code).toBe('http-busy');
    expect(thrown.notBefore?.toISOString()).toBe('2026-11-23T12:00:00.000Z');
    expect(requests).toHaveLength(1);
  });

  it('gives up on a head that does not come', async () => {
    routes['/a'] = () => undefined;
    const thrown = await fault(
      get('/a', { retries: { attempts: 1, baseMs: 1 }, timeouts: { connectMs: 50, headersMs: 50 } }),
    );
    expect(thrown.finding).toMatchObject({ code: 'http-timeout', particulars: { phase: 'headers' } });
  });

  it('tells a partner that is down', async () => {
    await loopback.stop();
    const thrown = await fault(get('/a'));
    expect([thrown.kind, thrown.finding.code]).toEqual(['transient', 'http-unreachable']);
    expect(thrown.message).toContain('ECONNREFUSED');
  });
});

describe('redirects', () => {
  const redirect = (from: string, status: number, to: string) => {
    routes[from] = (_, response) => response.writeHead(status, { location: to }).end();
  };

  it('are followed, and told where they are for good', async () => {
    redirect('/a', 301, '/b');
    redirect('/b', 302, '/c');
    routes['/c'] = (_, response) => response.end('there');
    const response = await client().get(`${loopback.origin}/a`);
    expect([response.url, await text(response)]).toEqual([`${loopback.origin}/c`, 'there']);
    expect(told).toEqual([
      { code: 'http-redirected', particulars: { url: `${loopback.origin}/a`, to: `${loopback.origin}/b` } },
    ]);
  });

  it('in a circle, or endless, are a fault', async () => {
    redirect('/a', 302, '/b');
    redirect('/b', 302, '/a');
    for (let i = 0; i < 10; i++) redirect(`/${i}`, 302, `/${i + 1}`);
    expect((await fault(get('/a'))).finding.code).toBe('http-redirect-endless');
    expect((await fault(get('/0'))).finding.code).toBe('http-redirect-endless');
    expect(requests.length).toBeLessThan(10);
  });

  it('to another host do not take the secrets of the first along', async () => {
    let seen: IncomingMessage | undefined;
    const other = await serveLoopback((request, response) => {
      seen = request;
      response.end('other');
    });
    redirect('/a', 302, `${other.origin}/b`);
    await text(await client().get(`${loopback.origin}/a`, { headers: { 'X-Api-Key': 'SECRET' } }));
    expect(seen?.headers['x-api-key']).toBeUndefined();
    await other.stop();
  });

  it('to something that is not the web are refused', async () => {
    redirect('/a', 302, 'file:///etc/passwd');
    expect((await fault(get('/a'))).finding.code).toBe('http-address-invalid');
  });
});

describe('private addresses', () => {
  it('are refused unless allowed, by number and by name', async () => {
    const { port } = new URL(loopback.origin);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433']) {
      const thrown = await fault(client({ allowPrivate: false }).get(`http://${host}:${port}/a`));
      expect([thrown.kind, thrown.finding.code]).toEqual(['config', 'http-address-refused']);
    }
    expect(requests).toHaveLength(0);
  });
});

describe('one host', () => {
  it('gets one request at a time, and a pause between two', async () => {
    let open = 0;
    let most = 0;
    const begun: number[] = [];
    routes['/a'] = (_, response) => {
      begun.push(performance.now());
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end('x');
      }, 20);
    };
    const one = client({ minGapMs: 60 });
    await Promise.all([1, 2, 3].map(async () => text(await one.get(`${loopback.origin}/a`))));
    expect(most).toBe(1);
    expect(begun[1]! - begun[0]!).toBeGreaterThan(50);
    expect(begun[2]! - begun[1]!).toBeGreaterThan(50);
  });

  it('keeps its connection', async () => {
    routes['/a'] = (_, response) => response.end('x');
    const one = client();
    for (let i = 0; i < 5; i++) await text(await one.get(`${loopback.origin}/a`));
    expect(new Set(requests.map(({ socket }) => socket)).size).toBe(1);
  });

  it('is not blocked by a body that is left, or never read', async () => {
    routes['/a'] = (_, response) => void response.write('x'.repeat(100_000));
    routes['/b'] = (_, response) => response.end('well');
    const one = client();
    for await (const _ of (await one.get(`${loopback.origin}/a`)).body) break;
    expect(await text(await one.get(`${loopback.origin}/b`))).toBe('well');
    await one.get(`${loopback.origin}/a`);
    expect(await text(await one.get(`${loopback.origin}/b`))).toBe('well');
  });
});

describe('stopping', () => {
  it('ends a wait, a request and a body at once', async () => {
    routes['/silent'] = () => undefined;
    routes['/busy'] = (_, response) => response.writeHead(503, { 'Retry-After': '50' }).end();
    routes['/endless'] = (_, response) => void response.write('x');
    const since = performance.now();
    for (const path of ['/silent', '/busy', '/endless']) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30);
      const reading = get(path, { signal: controller.signal, timeouts: { headersMs: 9000, bodyIdleMs: 9000 } });
      expect((await fault(reading)).finding.code).toBe('http-stopped');
    }
    expect(performance.now() - since).toBeLessThan(2000);
  });
});
