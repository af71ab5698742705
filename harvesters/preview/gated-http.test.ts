import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { HttpClient, HttpResponse } from '#connectors/connector.ts';
import { GatedHttp } from './gated-http.ts';

/** A partner that counts what it is asked for. */
function partner(bytes = 10): { http: HttpClient; asked: string[] } {
  const asked: string[] = [];
  const http: HttpClient = {
    async get(url) {
      asked.push(url);
      return { status: 200, headers: { 'content-type': 'text/plain' }, url, body: body(bytes) };
    },
  };
  return { http, asked };
}
async function* body(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= 1024 * 1024) yield new Uint8Array(Math.min(left, 1024 * 1024)).fill(7);
}
async function read({ body }: HttpResponse): Promise<number> {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.byteLength;
  return bytes;
}
const URL_1 = 'https://x.example.org/1?key=secret';
const URL_2 = 'https://x.example.org/2';

test('what was read once is not fetched again', async () => {
  const { http, asked } = partner(3_000_000);
  const gated = new GatedHttp(http, new AbortController().signal);
  const both = await gated.whileWaiting(async () => [
    await read(await gated.get(URL_1)),
    await read(await gated.get(URL_1)),
  ]);
  expect(both).toEqual([3_000_000, 3_000_000]);
  expect(asked).toEqual([URL_1]);
  expect(gated.answered).toMatchObject([{ status: 200, mediaType: 'text/plain' }]);
});

test('what is too large to be kept is fetched again, whole', async () => {
  const { http, asked } = partner(40 * 1024 * 1024);
  const gated = new GatedHttp(http, new AbortController().signal);
  await gated.whileWaiting(async () => {
    expect(await read(await gated.get(URL_1))).toBe(40 * 1024 * 1024);
    expect(await read(await gated.get(URL_1))).toBe(40 * 1024 * 1024);
  });
  expect(asked).toHaveLength(2);
});

test('what is asked for ahead of need is not fetched until it is needed, nor after the look has ended', async () => {
  const { http, asked } = partner();
  const ended = new AbortController();
  const gated = new GatedHttp(http, ended.signal);
  let ahead: Promise<HttpResponse> | undefined;
  await gated.whileWaiting(async () => {
    await read(await gated.get(URL_1));
    ahead = gated.get(URL_2);
  });
  await wait(200);
  expect(asked).toEqual([URL_1]);
  await gated.whileWaiting(() => ahead!);
  expect(asked).toEqual([URL_1, URL_2]);

  const never = gated.get(`${URL_2}?more`);
  ended.abort();
  await expect(never).rejects.toMatchObject({ finding: { code: expect.any(String) } });
  expect(asked).toHaveLength(2);
});
