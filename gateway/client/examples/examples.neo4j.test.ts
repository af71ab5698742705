/** The two examples against a real gateway: in Node, and in Chromium where the machine has one. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, chromiumPath, openBrowser } from '#deploy/setup/browser.ts';
import { testConnection } from '#deploy/setup/test-database.ts';
import { type RunningGateway, startGateway } from '../../server.ts';
import { openTestGateway } from '../../testing/gateway.ts';
import { VISIBLE, write } from '../../testing/graph.ts';
import { createClient } from '../client.ts';
import { collection } from './node.ts';
import { CollectionDocument } from './operations.generated.ts';

const HERE = new URL('./', import.meta.url);

let gateway: RunningGateway;
let url: string;

beforeAll(async () => {
  const { database } = await openTestGateway();
  await write(database, VISIBLE);
  await database.close();
  const operations = join(import.meta.dirname, 'operations.generated.json');
  gateway = await startGateway({ connection: testConnection(), port: 0, access: { operations } });
  url = `${gateway.url}/graphql`;
  await searchable();
});
afterAll(() => gateway?.stop());

/** The catalogue is read beside. */
async function searchable(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await fetch(`${gateway.url}/readyz`)).ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

describe('in Node', () => {
  test('a museum’s collection, page after page', async () => {
    const lines: string[] = [];
    for await (const line of collection(url, 'museofile:M9901')) lines.push(line);
    expect(lines[0]).toBe('Écomusée du Lin : 8 objets / objects');
    expect(lines).toHaveLength(9);
    expect(new Set(lines).size).toBeGreaterThan(1);
  });

  test('no museum', async () => {
    const lines: string[] = [];
    for await (const line of collection(url, 'museofile:M0000')) lines.push(line);
    expect(lines).toEqual(['Aucune structure n’a le code museofile:M0000 / no structure has the code museofile:M0000']);
  });

  test('the same by id alone, and what has not changed is not sent again', async () => {
    const statuses: number[] = [];
    const client = createClient({
      url,
      persisted: true,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        statuses.push(response.status);
        return response;
      },
    });
    const ask = () => client.query(CollectionDocument, { museum: 'museofile:M9901' });
    expect(await ask()).toEqual(await ask());
    expect(statuses).toEqual([200, 304]);
  });

  test('a refusal is told with its code, in both languages', async () => {
    const asked = createClient({ url }).query(CollectionDocument, { museum: 'museofile:M9901', first: 1_000 });
    await expect(asked).rejects.toMatchObject({
      code: 'FIRST_TOO_LARGE',
      message: expect.stringContaining('demandez la suite'),
      en: expect.stringContaining('ask for what follows'),
    });
  });

  test('the gateway gives the client to pages of any site', async () => {
    const response = await fetch(`${gateway.url}/client.js`);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.text()).toBe(await readFile(new URL('../client.generated.js', HERE), 'utf8'));
  });
});

describe.runIf(chromiumPath() !== undefined)('in a page of another site', () => {
  let site: Server;
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    const files: Record<string, [type: string, text: string]> = {
      '/': [
        'text/html',
        (await readFile(new URL('page.html', HERE), 'utf8')).replace('http://127.0.0.1:4000/graphql', url),
      ],
      '/client.js': ['text/javascript', await readFile(new URL('../client.generated.js', HERE), 'utf8')],
      '/operations.generated.js': ['text/javascript', await readFile(new URL('operations.generated.js', HERE), 'utf8')],
    };
    site = createServer((request, response) => {
      const [type, text] = files[request.url ?? ''] ?? ['text/plain', ''];
      response.writeHead(text === '' ? 204 : 200, { 'content-type': `${type}; charset=utf-8` }).end(text);
    });
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    browser = await openBrowser();
    page = await browser.newPage();
    page.on('pageerror', (fault) => wrong.push(String(fault)));
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    site?.closeAllConnections();
    await new Promise((done) => site.close(done));
  });

  const told = (text: string | RegExp) =>
    page.getByRole('status').filter({ hasText: text }).waitFor({ timeout: 10_000 });

  test('by the keyboard alone: words, a facet, and the facet keeps the keyboard', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.type('navette');
    await page.keyboard.press('Enter');
    await told(/\d+ réponses|Une réponse/);
    const before = await page.getByRole('status').textContent();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelectorAll('input:checked').length === 1);
    await told(/réponse/);
    const label = await page.evaluate(() => document.activeElement?.parentElement?.textContent ?? '');
    const [, count] = /\((\d+)\)/.exec(label) ?? [];
    await told(count === '1' ? 'Une réponse' : `${count} réponses`);
    expect(before).not.toBe('');
    expect(wrong).toEqual([]);
  });

  test('what is found is shown as text, and axe finds nothing wrong', async () => {
    expect(await page.getByRole('listitem').count()).toBeGreaterThan(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a hub that is gone is told in words', async () => {
    await page.route('**/graphql*', (route) => route.abort());
    await page.getByRole('searchbox').fill('lin');
    await page.keyboard.press('Enter');
    await told('ne répond pas');
    expect(wrong).toEqual([]);
  }, 20_000);
});
