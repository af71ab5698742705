import { describe, expect, it } from 'vitest';
import type { HttpClient } from '#connectors/connector.ts';
import { SourceError } from '#connectors/connector.ts';
import { createOaiProvider } from '#connectors/partners/oai-provider.ts';
import { textsAt } from '#connectors/xml.ts';
import { parseXml } from '#connectors/xml-stream.ts';
import { type Fetched, fetchPage, type Page, readPage } from './page.ts';
import { messageOf, recordsOf, tokenOf } from './records.ts';

const DC = 'http://purl.org/dc/elements/1.1/';
const URL_ASKED = 'http://127.0.0.1/oai?verb=ListRecords&metadataPrefix=oai_dc';

/** What a repository of ours answers: six records on the page, of twenty. */
function answerOf(metadata: (rank: number) => string): Buffer {
  const provide = createOaiProvider({
    name: 'Essai',
    adminEmail: 'oai@example.org',
    earliestDatestamp: '2024-01-01T00:00:00Z',
    granularity: 'YYYY-MM-DDThh:mm:ssZ',
    deletedRecord: 'persistent',
    pageSize: 6,
    formats: [{ prefix: 'oai_dc', schema: 'http://127.0.0.1/dc.xsd', namespace: 'urn:oai_dc' }],
    sets: [{ spec: 'online', name: 'En ligne' }],
    records: () =>
      Array.from({ length: 20 }, (_, rank) => ({
        identifier: `oai:essai:${String(rank).padStart(2, '0')}`,
        datestamp: '2024-03-01T08:00:00Z',
        sets: ['online'],
        deleted: rank === 3,
        metadata: () => `<oai_dc:dc xmlns:oai_dc="urn:oai_dc" xmlns:dc="${DC}">${metadata(rank)}</oai_dc:dc>`,
      })),
  });
  return Buffer.from(provide(new URL(URL_ASKED), 'GET', '').body);
}

const title = (rank: number) =>
  `<dc:title xml:lang="fr" n='a > "b"'>Métier nº ${rank} — œuvre &amp; navette 🧵</dc:title><!-- un - deux -->\r\n<dc:x><![CDATA[<y> & ]] z]]>&#233;</dc:x>`;
const BYTES = answerOf(title);

function fetched(bytes: Uint8Array, charset?: string): Fetched {
  return { url: URL_ASKED, status: 200, charset, bytes };
}

function read(bytes: Uint8Array, charset?: string): Page & { repairs: string[] } {
  const repairs: string[] = [];
  return { ...readPage(fetched(bytes, charset), 'ListRecords', (kind) => repairs.push(kind)), repairs };
}

/** All that a page gives, raw bytes as text. */
const comparable = ({ items, responseDate, error }: Page) => ({
  items: items.map((item) => ({ ...item, raw: Buffer.from(item.raw).toString() })),
  responseDate,
  error,
});

/** A client whose answer comes in these pieces. */
function pieces(...chunks: readonly Uint8Array[]): HttpClient {
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  return { get: async (url) => ({ status: 200, headers, url, body: asynchronously(chunks) }) };
}

async function* asynchronously(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

describe('a page', () => {
  it('is the same wherever it was cut on its way', async () => {
    expect(BYTES.length).toBeLessThan(20_000);
    expect(read(BYTES).items).toHaveLength(7);
    const given = (page: Page) => JSON.stringify(comparable(page));
    const whole = given(read(BYTES));
    const readIn = async (...chunks: Uint8Array[]) =>
      given(readPage(await fetchPage(pieces(...chunks), URL_ASKED, 1_000_000), 'ListRecords', () => undefined));
    for (let at = 0; at <= BYTES.length; at++) {
      expect(await readIn(BYTES.subarray(0, at), BYTES.subarray(at))).toBe(whole);
    }
    expect(await readIn(...Array.from(BYTES, (byte) => Uint8Array.of(byte)))).toBe(whole);
  }, 30_000);

  it('is the same the quick way and the strict one', () => {
    const strict = Buffer.from(BYTES.toString().replace('<OAI-PMH', '<!DOCTYPE OAI-PMH><OAI-PMH'));
    expect(comparable(read(strict))).toEqual(comparable(read(BYTES)));
  });

  it('gives records whose bytes stand alone', () => {
    const page = read(BYTES);
    expect(tokenOf(page)).toMatchObject({ completeListSize: 20 });
    for (const item of recordsOf(page)) expect(parseXml(item.raw)).toEqual(item.element);
    const [first] = recordsOf(page);
    expect(textsAt(first!.element, 'metadata', 'dc', 'title')).toEqual(['Métier nº 0 — œuvre & navette 🧵']);
    expect(textsAt(first!.element, 'metadata', 'dc', 'x')).toEqual(['<y> & ]] zé']);
    expect(recordsOf(page).map((item) => messageOf(item, page.url).kind)).toEqual([
      ...['record', 'record', 'record', 'deleted', 'record', 'record'],
    ]);
  });

  it.each<[string, Buffer, string | undefined, string[]]>([
    ['with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), BYTES]), undefined, []],
    ['named utf-8', BYTES, 'UTF8', []],
    ['named latin-1 though it is UTF-8', BYTES, 'iso-8859-1', ['charset']],
    ['declared latin-1 though it is UTF-8', replaced('UTF-8', 'ISO-8859-1'), undefined, ['charset']],
    ['with something printed before', Buffer.concat([Buffer.from('\n Warning: x\n'), BYTES]), undefined, ['leading']],
    ['with a bare ampersand', replaced('&amp; navette', '& navette'), undefined, ['ampersands']],
    ['with a forbidden character', replaced('online', 'onli\u0001ne'), undefined, ['characters']],
  ])('is read %s, and what was mended is told', (_, bytes, charset, repairs) => {
    const page = read(bytes, charset);
    expect([recordsOf(page).length, page.repairs]).toEqual([6, repairs]);
  });

  it.each<[string, Buffer, string]>([
    ['that breaks off', BYTES.subarray(0, -20), 'oai-page-cut'],
    ['that is not well-formed', replaced('</header>', '</heading>'), 'oai-page-malformed'],
    ['that is another document', Buffer.from('<rss xmlns="urn:rss"/>'), 'oai-other-document'],
    ['in another namespace', replaced('http://www.openarchives.org/OAI/2.0/"', 'urn:other"'), 'oai-other-document'],
    ['that answers another verb', replaced('ListRecords', 'ListIdentifiers'), 'oai-other-document'],
    ['of the web', Buffer.from('<html><head><title>Entretien</title></head></html>'), 'oai-html'],
    ['of nothing', Buffer.alloc(0), 'oai-empty-body'],
  ])('%s is a fault', (_, bytes, code) => {
    const thrown = faultOf(bytes);
    expect([thrown.kind, thrown.finding.code]).toEqual(['transient', code]);
  });
});

describe('a hostile page', () => {
  const heavy = (metadata: string) => answerOf((rank) => (rank === 1 ? metadata : title(rank)));

  it.each<[string, string, string]>([
    ['megabytes in one text', `<dc:title>${'x'.repeat(9_000_000)}</dc:title>`, 'text-too-large'],
    [
      'too many attributes',
      `<dc:title${Array.from({ length: 1000 }, (_, n) => ` a${n}=""`).join('')}/>`,
      'too-many-attributes',
    ],
    ['a thousand elements deep', '<a>'.repeat(900) + '</a>'.repeat(900), 'too-deep'],
    ['an element of many parts', `<a>${'x'.repeat(1000)}</a>`.repeat(17_000), 'record-too-large'],
  ])('loses the one record with %s, and no other', (_, metadata, limit) => {
    const page = read(heavy(metadata));
    expect(recordsOf(page).map(({ capped }) => capped)).toEqual([undefined, limit, ...Array(4).fill(undefined)]);
    expect(messageOf(recordsOf(page)[1]!, page.url)).toMatchObject({ kind: 'rejected', id: 'oai:essai:01' });
  });

  it('that would fill the memory is refused as a whole', () => {
    const bomb = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>';
    expect(faultOf(Buffer.from(BYTES.toString().replace('<OAI-PMH', `${bomb}<OAI-PMH`))).finding.code).toBe(
      'oai-page-malformed',
    );
    const attributes = Array.from({ length: 1_000_000 }, (_, n) => ` a${n}=""`).join('');
    expect(faultOf(heavy(`<dc:title${attributes}/>`)).finding.code).toBe('oai-page-malformed');
    expect(faultOf(heavy('<a>'.repeat(100_000) + '</a>'.repeat(100_000))).finding.code).toBe('oai-page-malformed');
  });
});

function replaced(what: string, by: string): Buffer {
  const text = BYTES.toString();
  expect(text).toContain(what);
  return Buffer.from(text.replaceAll(what, by));
}

function faultOf(bytes: Buffer): SourceError {
  try {
    read(bytes);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SourceError);
    return thrown as SourceError;
  }
  throw new Error('it was read');
}
