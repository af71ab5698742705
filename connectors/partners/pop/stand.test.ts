import { expect, test } from 'vitest';
import { joconde } from '../../formats/joconde/joconde.ts';
import { museofile } from '../../formats/museofile/museofile.ts';
import { memoire } from '../../formats/pop/memoire.ts';
import { merimee } from '../../formats/pop/merimee.ts';
import { palissy } from '../../formats/pop/palissy.ts';
import { fileOf, recordsOf } from '../../formats/reading/testing.ts';
import { BASES, type BaseName, noticesOf } from './notices.ts';
import { popStand } from './stand.ts';

const GET = { method: 'GET', headers: {}, body: '' };
const ask = (path: string, stand = popStand(() => '')) => stand(new URL(`http://127.0.0.1${path}`), GET);
const bodyOf = (path: string, stand?: ReturnType<typeof popStand>) =>
  Buffer.from(ask(path, stand)?.body ?? '').toString('utf8');
const identifiers = (xml: string) => [...xml.matchAll(/<identifier>([^<]+)<\/identifier>/g)].map(([, id = '']) => id);

const FORMATS = { joconde, merimee, palissy, memoire, museofile };
const WAYS = ['.json', '-search.json', '.csv'];
test.each(BASES.flatMap((base) => WAYS.map((way) => [base, way] as const)))(
  '%s%s is read whole by its format',
  async (base, way) => {
    const format = FORMATS[base];
    const { records, rejected, notes } = await recordsOf(
      format,
      fileOf(bodyOf(`/pop/${base}${way}`), 'x', undefined, 65_536),
    );
    expect(records.size).toBe(noticesOf(base).length);
    expect(rejected).toEqual([]);
    expect(notes.filter(({ code }) => code === 'pop-code-unknown')).toEqual([]);
  },
);

test('no demonstration notice bears a reference or a code that could be real', () => {
  const references = BASES.flatMap((base: BaseName) => noticesOf(base).map((notice) => String(notice['REF'])));
  expect(new Set(references).size).toBe(references.length);
  expect(references.filter((one) => /^M\d{4,}$|^[A-Z0-9_]+$/.test(one) && !/^MD\d{3}$/.test(one))).toEqual([]);
});

test('OAI-PMH as POP has it: 50 a page, an order that changes, a set in two cases, dropped values', () => {
  const stand = popStand(() => '');
  const list = '/pop/oai?verb=ListIdentifiers&metadataPrefix=oai_dc';
  const [first, again] = [identifiers(bodyOf(list, stand)), identifiers(bodyOf(list, stand))];
  expect(first).toHaveLength(50);
  expect(first[0]).toMatch(/^oai:joconde:DEMO-JOC-\d{4}$/);
  expect(again).not.toEqual(first);
  const record = bodyOf('/pop/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:joconde:DEMO-JOC-0002', stand);
  expect(record).toContain('<dc:language>français</dc:language>');
  expect(record).toContain('<dc:identifier>www.example.org/notice</dc:identifier>');
  expect(record).toContain('<setSpec>JOCONDE</setSpec>');
  const tidy = bodyOf(
    '/pop/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:joconde:DEMO-JOC-0002',
    popStand(() => '', { faults: new Set() }),
  );
  expect(tidy.match(/<dc:/g)?.length).toBeGreaterThan(record.match(/<dc:/g)?.length ?? 0);
});

test('a whole list, once its order is made, names every notice once', () => {
  const stand = popStand(() => '');
  const all: string[] = [];
  let path = '/pop/oai?verb=ListRecords&metadataPrefix=oai_dc';
  for (let pages = 0; pages < 10; pages += 1) {
    const xml = bodyOf(path, stand);
    all.push(...[...xml.matchAll(/<header><identifier>([^<]+)/g)].map(([, id = '']) => id));
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(xml)?.[1];
    if (token === undefined) break;
    path = `/pop/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`;
  }
  expect(new Set(all).size).toBe(noticesOf('joconde').length);
  expect(all).toHaveLength(noticesOf('joconde').length);
});

test('other addresses are not its affair', () => {
  expect(ask('/webmuseo/x')).toBeUndefined();
  expect(ask('/pop/autre.csv')?.status).toBe(404);
  expect(ask('/pop/joconde-search.csv')?.status).toBe(404);
});
