import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from './server.ts';
import { objectsOf } from './webmuseo/objects.ts';
import { WORKSPACES } from './webmuseo/workspaces.ts';

let partners: RunningPartners;

beforeAll(async () => {
  partners = await startPartners();
});
afterAll(() => partners.close());

const get = (path: string, init: RequestInit = {}) =>
  fetch(`${partners.url}${path}`, { ...init, signal: AbortSignal.timeout(10_000) });
const lewarde = WORKSPACES.find(({ name }) => name === 'lewarde')!;

test('a sheet comes with its charset and an ETag, and 304 to who has it', async () => {
  const first = await get('/proscitec/structures.csv');
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(await first.text()).toMatch(/^Identifiant;Nom;/);
  const etag = first.headers.get('etag') ?? '';
  expect((await get('/proscitec/structures.csv', { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await get('/proscitec/structures.csv', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  const since = first.headers.get('last-modified') ?? '';
  expect((await get('/proscitec/structures.csv', { headers: { 'if-modified-since': since } })).status).toBe(304);
});

test('what is not there is 404, and nothing leads out of the folder', async () => {
  for (const path of [
    '/proscitec/none.csv',
    '/proscitec/..%2fserver.ts',
    '/webmuseo/none/oai',
    '/webmuseo/lewarde/export/joconde.txt',
    '/webmuseo/bethune/oai',
    '/ws/lewarde/app/collection/record/999999',
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
  expect((await get('/proscitec/structures.csv', { method: 'POST', body: 'x' })).status).toBe(405);
});

test('the ISO 8859-1 export says so', async () => {
  const answer = await get('/webmuseo/bethune/export/joconde.txt');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=iso-8859-1');
  const text = new TextDecoder('latin1').decode(await answer.arrayBuffer());
  expect(text).toContain('démonstration');
});

test('visible records have a page and, where they say so, a picture; hidden ones have neither', async () => {
  const objects = [...objectsOf(lewarde)];
  const pictured = objects.find((object) => object.pictured)!;
  const hidden = objects.find((object) => !object.visible)!;
  const page = await get(`/ws/lewarde/app/collection/record/${pictured.id}`);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain('cet objet n’existe pas');
  const image = await get(`/webmuseo/lewarde/images/${pictured.id}.svg`);
  expect(image.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(await image.text()).toContain('démonstration');
  expect((await get(`/ws/lewarde/app/collection/record/${hidden.id}`)).status).toBe(404);
  expect((await get(`/webmuseo/lewarde/images/${hidden.id}.svg`)).status).toBe(404);
});

/** Every header of a list, followed by its tokens. */
async function listed(workspace: string, query: string): Promise<number> {
  let count = 0;
  let next = `verb=ListIdentifiers&${query}`;
  for (let page = 0; page < 40; page++) {
    const text = await (await get(`/webmuseo/${workspace}/oai?${next}`)).text();
    count += text.match(/<header/g)?.length ?? 0;
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(text)?.[1];
    if (token === undefined) return count;
    next = `verb=ListIdentifiers&resumptionToken=${encodeURIComponent(token.replaceAll('&amp;', '&'))}`;
  }
  throw new Error(`the list of ${workspace} does not end`);
}

test('OAI-PMH lists the inventory, and the visible ones in their set', async () => {
  expect(await listed('lewarde', 'metadataPrefix=lido&set=inventaire')).toBe(lewarde.objects);
  expect(await listed('lewarde', 'metadataPrefix=lido&set=online')).toBe(lewarde.visible);
  const identify = await (await get('/webmuseo/ecole-musee/oai?verb=Identify')).text();
  expect(identify).toContain('<granularity>YYYY-MM-DD</granularity>');
});

test('a port that is taken is refused, and a closed server answers no more', async () => {
  const port = Number(new URL(partners.url).port);
  await expect(startPartners({ port })).rejects.toThrow(/EADDRINUSE/);
  const other = await startPartners();
  await other.close();
  await expect(fetch(other.url, { signal: AbortSignal.timeout(2_000) })).rejects.toThrow();
});
