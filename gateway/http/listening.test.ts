/** The server against clients that send slowly, open too much, or are being answered when it ends. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../limits.ts';
import { type Listening, listen } from './listening.ts';

const PLACE = { port: 0, host: '127.0.0.1', proxies: 0 };
const QUICK = { ...LIMITS, requestMs: 300, connectionsCheckedEveryMs: 50, connectionsOfAddress: 5, stopMs: 300 };

let server: Listening | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.stop();
  server = undefined;
});

async function open(url: string, sent = ''): Promise<{ readonly socket: Socket; readonly ended: Promise<string> }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString();
  });
  socket.on('error', () => undefined);
  const ended = new Promise<string>((done) => socket.once('close', () => done(text)));
  await once(socket, 'connect');
  socket.write(sent);
  return { socket, ended };
}

describe('a client', () => {
  test.each([
    ['says nothing', ''],
    ['never ends its headers', 'GET / HTTP/1.1\r\nhost: a\r\n'],
    ['never ends its body', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{'],
  ])('that %s is cut off', async (_what, sent) => {
    server = await listen((request, response) => request.resume().on('end', () => response.end('ok')), PLACE, QUICK);
    const { ended } = await open(server.url, sent);
    expect(await ended).toMatch(/^(HTTP\/1\.1 408 .*)?/);
    expect(await (await fetch(server.url)).text()).toBe('ok');
  });

  test('that opens too many connections does not get more, until it closes some', async () => {
    server = await listen((_request, response) => response.end('ok'), PLACE, { ...QUICK, requestMs: 10_000 });
    const opened = await Promise.all(Array.from({ length: 5 }, () => open(server!.url)));
    const sixth = await open(server.url, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    expect(await sixth.ended).toBe('');
    opened[0]!.socket.destroy();
    await opened[0]!.ended;
    await expect
      .poll(() =>
        fetch(server!.url).then(
          (response) => response.text(),
          () => 'refused',
        ),
      )
      .toBe('ok');
  });
});

describe('a server that ends', () => {
  test('finishes what it answers, and takes no more', async () => {
    const going = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { url, stop } = await listen(
      async (_request, response) => {
        begun.resolve();
        await going.promise;
        response.end('whole');
      },
      PLACE,
      { ...QUICK, stopMs: 10_000 },
    );
    const answer = fetch(url).then((response) => response.text());
    await begun.promise;
    const stopped = stop();
    await expect(fetch(url)).rejects.toThrow();
    going.resolve();
    expect(await answer).toBe('whole');
    await stopped;
  });

  test('does not wait for ever', async () => {
    const { url, stop } = await listen(() => undefined, PLACE, QUICK);
    const answer = fetch(url).then(
      () => 'answered',
      () => 'cut off',
    );
    await open(url, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    await stop();
    expect(await answer).toBe('cut off');
  });
});
