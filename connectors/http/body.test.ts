import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SourceError } from '#connectors/connector.ts';
import { client, fault, get, loopback, MS, routes, text } from './client-for-tests.ts';

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
    ['gzip, twice as the header says', 'gzip, gzip', gzipSync(gzipSync(content))],
    ['one more time than the header says', 'gzip', gzipSync(gzipSync(content))],
    ['without a word', undefined, gzipSync(content)],
    ['in name only', 'gzip', Buffer.from(content)],
    ['gzip within deflate', 'gzip, deflate', deflateSync(gzipSync(content))],
  ])('reads XML that is compressed %s', async (_, encoding, bytes) => {
    routes['/a'] = (__, response) =>
      response.writeHead(200, encoding === undefined ? {} : { 'content-encoding': encoding }).end(bytes);
    expect(await text(await client().get(`${loopback.origin}/a`, { accept: 'text/xml' }))).toBe(content);
  });

  it('leaves an archive as it is where no XML was asked for', async () => {
    routes['/a'] = (_, response) => response.end(gzipSync('x'));
    const response = await client().get(`${loopback.origin}/a`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(gzipSync('x'));
  });

  it('reads a gzip of a byte at a time', async () => {
    routes['/a'] = async (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      for (const byte of gzipSync('métier')) {
        response.write(Uint8Array.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    };
    expect(await text(await client().get(`${loopback.origin}/a`, { accept: 'text/xml' }))).toBe('métier');
  });

  it.each([
    ['a truncated gzip', 'http-broken-off', gzipSync(content).subarray(0, 200), 'gzip'],
    ['text called gzip', 'http-broken-off', Buffer.from('<html>'), 'gzip'],
    [
      'a gzip with garbage after it',
      'http-broken-off',
      Buffer.concat([gzipSync(content), Buffer.from('<!-- -->')]),
      'gzip',
    ],
    ['a gzip that was damaged', 'http-broken-off', gzipSync(content).fill(0, 40, 60), 'gzip'],
    ['an unknown encoding', 'http-encoding-unknown', Buffer.from('x'), 'zstd'],
    ['four compressions', 'http-encoding-unknown', Buffer.from('x'), 'gzip, gzip, gzip, gzip'],
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

  it('that brings a byte now and then is too slow, however long it may last', async () => {
    routes['/a'] = (_, response) => {
      response.write('x'.repeat(900));
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    };
    const timeouts = { bodyIdleMs: 10_000, totalMs: 60_000, slowMs: MS };
    const since = performance.now();
    expect((await fault(get('/a', { timeouts }))).finding).toMatchObject({
      code: 'http-timeout',
      particulars: { phase: 'rate', ms: MS },
    });
    expect(performance.now() - since).toBeLessThan(4 * MS);
  });

  it('that is slow and steady is read', async () => {
    routes['/a'] = (_, response) => {
      let sent = 0;
      const timer = setInterval(() => {
        if (sent++ < 20) response.write('x'.repeat(100));
        else response.end();
      }, 20);
      response.on('close', () => clearInterval(timer));
    };
    const timeouts = { bodyIdleMs: 10_000, totalMs: 60_000, slowMs: MS };
    expect(await get('/a', { timeouts })).toHaveLength(2000);
  });

  it.each([
    ['longer', 20],
    ['shorter', 2],
  ])('of a length that lies (%s) is never taken for whole, or harms the next one', async (_, length) => {
    routes['/a'] = (request) =>
      void request.socket.write(
        `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\nconnection: keep-alive\r\n\r\n0123456789`,
      );
    routes['/b'] = (__, response) => response.end('well');
    const one = client();
    const read = await text(await one.get(`${loopback.origin}/a`)).catch((thrown: SourceError) => thrown.finding.code);
    expect(['01', 'http-timeout', 'http-broken-off', 'http-unreachable']).toContain(read);
    expect(await text(await one.get(`${loopback.origin}/b`))).toBe('well');
  });

  it.each([204, 206, 304])('of a %i is given as it is', async (status) => {
    routes['/a'] = (_, response) => response.writeHead(status).end();
    const response = await client().get(`${loopback.origin}/a`);
    expect([response.status, await text(response)]).toEqual([status, '']);
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
