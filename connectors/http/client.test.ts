import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { client, fault, get, loopback, requests, routes, text, told } from './client-for-tests.ts';
import { serveLoopback } from './loopback.ts';

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

  it('does not repeat what will not change: it is given back, and judged by what stands in it', async () => {
    failing(1, 500);
    const response = await client().get(`${loopback.origin}/a`);
    expect([response.status, await text(response), requests.length]).toEqual([500, 'busy', 1]);
    failing(1, 501);
    expect((await fault(get('/a'))).finding).toMatchObject({ code: 'http-server-error', particulars: { status: 501 } });
  });

  it('opens a new connection at once where the server closed the one that was kept', async () => {
    routes['/a'] = (request, response) => {
      const isFirst = requests.filter(({ socket }) => socket === request.socket).length === 1;
      if (isFirst) response.end('well');
      else request.socket.destroy();
    };
    const slept: number[] = [];
    const one = client({ retries: { attempts: 1, baseMs: 1 }, sleep: async (ms) => void slept.push(ms) });
    for (let n = 0; n < 4; n++) expect(await text(await one.get(`${loopback.origin}/a`))).toBe('well');
    expect([slept, requests.length]).toEqual([[], 7]);
  });

  it.each([403, 413])('keeps the wait that a %i asks for', async (status) => {
    failing(1, status, { 'Retry-After': '3600' });
    expect((await fault(get('/a'))).finding.code).toBe('http-busy');
  });

  it.each<[string, string]>([
    ['seconds', '2'],
    ['a date', 'Sun, 22 Nov 2026 12:00:02 GMT'],
  ])('waits as long as Retry-After asks, in %s', async (_, retryAfter) => {
    failing(1, 503, { 'Retry-After': retryAfter, Date: 'Sun, 22 Nov 2026 12:00:00 GMT' });
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
