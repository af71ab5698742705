/** GraphiQL in a real browser, under its own policy: nothing of it comes from elsewhere, nothing of it is held back. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser } from '#deploy/setup/browser.ts';
import { graphiqlDoor } from './graphiql.ts';
import { setAlways } from './headers.ts';
import { type Listening, listen } from './listening.ts';

describe.runIf(chromiumPath() !== undefined)('GraphiQL', () => {
  let browser: Browser;
  let server: Listening;
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    const graphiql = graphiqlDoor('/graphql', (_message, fault) => console.error(fault));
    server = await listen(
      (request, response) => {
        asked.push(`${request.method} ${request.url}`);
        setAlways(response);
        if (request.method === 'GET') return void graphiql(request, response);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"__typename":"Query"}}');
      },
      { port: 0, host: '127.0.0.1', proxies: 0 },
    );
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('opens with the examples, runs one, and breaks no rule of its policy', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    const elsewhere: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|refused to/i.test(message.text())) complaints.push(message.text().slice(0, 300));
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.url)) elsewhere.push(request.url());
    });
    await page.goto(`${server.url}/graphql`);
    await page.locator('.graphiql-execute-button').click();
    await expect
      .poll(() => asked.filter((one) => one.startsWith('POST')).length, { timeout: 15_000 })
      .toBeGreaterThan(0);
    expect(await page.locator('.graphiql-query-editor').innerText()).toContain('UnMetier');
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  });

  test('is sent once, packed, and then only compared', async () => {
    const headers = { accept: 'text/html' };
    const first = await fetch(`${server.url}/graphql`, { headers });
    expect([first.status, first.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    const etag = first.headers.get('etag')!;
    const again = await fetch(`${server.url}/graphql`, { headers: { ...headers, 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});
