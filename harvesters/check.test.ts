import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words } from '#graph-schema/findings/finding.ts';
import { withDecided } from '#graph-schema/reconcile/decided.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { type CheckReport, checkSource } from './check.ts';
import { lookAt } from './preview/one-page.ts';
import { readSource } from './sources.ts';

/** A partner of two pages, and every address that it was asked for. */
const asked: string[] = [];
let partner: Server;
let base: string;
let folder: string;

const page = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-22T12:00:00Z</responseDate><request>${base}/oai</request>${body}</OAI-PMH>`;
/** The third has nothing that could be its name. */
const record = (id: number) =>
  `<record><header><identifier>oai:x:${id}</identifier><datestamp>2026-01-01</datestamp>${id % 2 === 0 ? '<setSpec>online</setSpec>' : ''}</header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${id === 3 ? '' : `<dc:title>Objet ${id}</dc:title><dc:subject>tisserand</dc:subject>`}</oai_dc:dc></metadata></record>`;
const IDENTIFY =
  '<Identify><repositoryName>Essai</repositoryName><baseURL>http://x</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail><earliestDatestamp>2020-01-01</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>';

function answer(url: URL): string | undefined {
  if (url.pathname !== '/oai') return undefined;
  const verb = url.searchParams.get('verb');
  if (verb === 'Identify') return page(IDENTIFY);
  if (verb === 'ListSets')
    return page('<ListSets><set><setSpec>online</setSpec><setName>En ligne</setName></set></ListSets>');
  if (verb === 'ListMetadataFormats')
    return page(
      '<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>s</schema><metadataNamespace>n</metadataNamespace></metadataFormat></ListMetadataFormats>',
    );
  const records = [1, 2, 3, 4].map((id) => record(id)).join('');
  return page(`<ListRecords>${records}<resumptionToken>next</resumptionToken></ListRecords>`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-check-'));
  partner = createServer((request, response) => {
    asked.push(request.url ?? '');
    const body = answer(new URL(request.url ?? '/', 'http://x'));
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/xml' }).end(body ?? 'Not found');
  });
  await new Promise<void>((done) => partner.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(partner.address() as AddressInfo).port}`;
});
afterAll(async () => {
  partner.closeAllConnections();
  await new Promise((done) => partner.close(done));
  await rm(folder, { recursive: true, force: true });
});

const signal = new AbortController().signal;
async function write(name: string, lines: readonly string[]): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, lines.join('\n'));
  return file;
}
async function check(name: string, lines: readonly string[]): Promise<CheckReport> {
  return checkSource(await write(name, lines), folder, { environment: {}, signal });
}
const codes = ({ findings }: CheckReport) => findings.map(({ code }) => code);
const good = (path = '/oai') => [
  'name: essai',
  'title: Essai',
  'licence: CC0 1.0',
  'contact: https://example.org/',
  'protocol: oai-pmh',
  `options: { url: "${base}${path}", metadataPrefix: oai_dc }`,
  'format: oai-dc',
  'allowPrivate: true',
  'visibility: { set: online }',
];

describe('the check of a source', () => {
  test('tells what the first page becomes, and fetches no second one', async () => {
    asked.length = 0;
    const report = await check('essai', good());
    expect(report.page).toMatchObject({ read: 4, mapped: 3, rejected: 1, visible: 2, kinds: { HeritageObject: 3 } });
    expect(report.page?.filled).toContainEqual(expect.objectContaining({ name: 'name', records: 3 }));
    expect(report.causes).toMatchObject([{ count: 1 }]);
    expect(report.ready).toBe(true);
    const lists = asked.filter((url) => url.includes('ListRecords'));
    expect(lists).toHaveLength(1);
    expect(report.answered.at(-1)).toMatchObject({ status: 200, mediaType: 'text/xml' });
  });

  test('tells every problem of the file at once, and still looks at the address', async () => {
    const lines = good().filter((line) => !line.startsWith('licence'));
    const report = await check('broken', [...lines, 'shedule: "0 3 * * *"', 'rank: 200']);
    expect(report.ready).toBe(false);
    const where = report.findings.filter(({ code }) => code === 'source-invalid').map((one) => one.particulars['path']);
    expect(where.sort()).toEqual(['licence', 'rank', 'shedule']);
    expect(report.page).toMatchObject({ read: 4, mapped: 3 });
  });

  test('tells what is wrong with the options beside a missing title', async () => {
    const lines = good().filter((line) => !line.startsWith('title') && !line.startsWith('options'));
    const report = await check('options', [...lines, 'options: { url: nowhere }']);
    const where = report.findings.map((one) => one.particulars['path']);
    expect(where.sort()).toEqual(['options.url', 'title']);
    expect(report.page).toBeUndefined();
  });

  test('tells an unknown format and protocol together', async () => {
    const lines = good().filter((line) => !/^(format|protocol):/.test(line));
    const report = await check('unknown', [...lines, 'format: marc', 'protocol: z3950']);
    expect(report.findings.map((one) => one.particulars['path']).sort()).toEqual(['format', 'protocol']);
  });

  test('tells an address that does not answer as a repository, and nothing else', async () => {
    const report = await check('lost', good('/nowhere'));
    expect(report.ready).toBe(false);
    expect(report.page).toMatchObject({ read: 0 });
    expect(codes(report)).not.toContain('run-empty');
    expect(report.findings.filter((found) => words(found).severity === 'error').length).toBe(1);
  });

  test('hears what stewards decided about words', async () => {
    await writeFile(join(folder, 'objets.csv'), 'Code;Nom;Metiers\n1;Objet d’exemple;zinzolinier\n');
    const file = await write('table', [
      ...good().filter((line) => !/^(options|format|protocol|visibility|allowPrivate|name):/.test(line)),
      'name: table',
      'protocol: files',
      'options: { path: objets.csv }',
      'visibility: everything',
      'map: { kind: HeritageObject, id: Code, fields: { name: Nom }, relations: { trades: Metiers } }',
    ]);
    const means = [{ identifier: { scheme: 'trame', value: 'teinturier' }, label: 'teinturier' }];
    const hears = withDecided(createResolver(), [{ what: 'trades', words: 'zinzolinier', means }]);
    const [plain, heard] = [
      await checkSource(file, folder, { environment: {}, signal }),
      await checkSource(file, folder, { environment: {}, signal, resolver: async () => hears }),
    ];
    expect(plain.page?.unknownWords).toMatchObject([{ relation: 'trades', text: 'zinzolinier' }]);
    expect(heard.page?.unknownWords).toEqual([]);
  });

  test('warns where nothing would be visible', async () => {
    const lines = good().filter((line) => !line.startsWith('visibility'));
    const report = await check('hidden', lines);
    expect(codes(report)).toContain('nothing-visible');
    expect(report.ready).toBe(true);
  });

  test('a file that is not there, and one that is not YAML', async () => {
    expect(codes(await checkSource('absent', folder, { environment: {}, signal }))).toEqual(['source-not-found']);
    expect(codes(await check('not-yaml', ['name: "']))).toEqual(['source-not-yaml']);
  });
});

test('a look at a few records reads one page', async () => {
  const read = await readSource(await write('essai', good()), {});
  if (!('source' in read)) throw new Error('the file is good');
  asked.length = 0;
  const looking = lookAt(read.source, signal);
  const { messages, whole, findings } = await looking.page(2);
  await looking.close();
  expect(messages).toHaveLength(2);
  expect(whole).toBe(false);
  expect(findings).toEqual([]);
  expect(asked.filter((url) => url.includes('ListRecords'))).toHaveLength(1);
});
