import { describe, expect, it } from 'vitest';
import { createOaiProvider, type OaiRecord, type OaiRepository } from './oai-provider.ts';

const DC = { prefix: 'oai_dc', schema: 'http://example.org/oai_dc.xsd', namespace: 'http://example.org/oai_dc/' };
const two = (n: number) => String(n).padStart(2, '0');
const records: OaiRecord[] = Array.from({ length: 25 }, (_, i) => ({
  identifier: `oai:x:${two(i)}`,
  datestamp: `2024-01-${two(25 - i)}T08:00:00Z`,
  sets: i % 2 ? ['a:odd'] : ['b'],
  ...(i === 3 ? { deleted: true } : {}),
  metadata: (prefix) => (prefix === 'oai_dc' ? `<d xmlns="${DC.namespace}">${i}</d>` : undefined),
}));
const repository: OaiRepository = {
  name: 'Essai & fils',
  adminEmail: 'oai@example.org',
  earliestDatestamp: '2024-01-01T00:00:00Z',
  granularity: 'YYYY-MM-DDThh:mm:ssZ',
  deletedRecord: 'persistent',
  pageSize: 10,
  formats: [DC],
  sets: [
    { spec: 'a', name: 'A' },
    { spec: 'a:odd', name: 'Impairs' },
    { spec: 'b', name: '<B>' },
  ],
  records: () => records,
  now: () => new Date('2024-06-01T12:00:00Z'),
};
const provide = createOaiProvider(repository);
const ask = (query: string, given: OaiRepository = repository) =>
  (given === repository ? provide : createOaiProvider(given))(new URL(`http://127.0.0.1/oai?${query}`), 'GET', '').body;
const identifiers = (xml: string) => [...xml.matchAll(/<identifier>([^<]+)/g)].map(([, id]) => id);
const errorOf = (xml: string) => xml.match(/<error code="(\w+)"/)?.[1];
const tokenOf = (xml: string) => xml.match(/<resumptionToken[^>]*>([^<]*)</)?.[1];

describe('verbs', () => {
  it('Identify', () => {
    const xml = ask('verb=Identify');
    expect(xml).toContain('<request verb="Identify">http://127.0.0.1/oai</request>');
    expect(xml).toContain('<repositoryName>Essai &amp; fils</repositoryName><baseURL>http://127.0.0.1/oai</baseURL>');
    expect(xml).toContain('<responseDate>2024-06-01T12:00:00Z</responseDate>');
  });

  it('ListSets, ListMetadataFormats, GetRecord', () => {
    expect(ask('verb=ListSets')).toContain('<set><setSpec>b</setSpec><setName>&lt;B&gt;</setName></set>');
    expect(ask('verb=ListMetadataFormats&identifier=oai:x:01')).toContain('<metadataPrefix>oai_dc</metadataPrefix>');
    expect(ask('verb=GetRecord&identifier=oai:x:01&metadataPrefix=oai_dc')).toContain(
      '<metadata><d xmlns="http://example.org/oai_dc/">1</d></metadata>',
    );
    expect(ask('verb=GetRecord&identifier=oai:x:03&metadataPrefix=oai_dc')).toContain('<header status="deleted">');
  });

  it('answers POST, and refuses other methods', () => {
    const url = new URL('http://127.0.0.1/oai');
    expect(provide(url, 'POST', 'verb=Identify').body).toContain('<Identify>');
    expect(provide(url, 'DELETE', '').status).toBe(405);
  });
});

describe('lists', () => {
  it.each(['ListRecords', 'ListIdentifiers'])(
    '%s goes from page to page, each record once, by datestamp, and ends with an empty token',
    (verb) => {
      const seen: (string | undefined)[] = [];
      const tokens: (string | undefined)[] = [];
      let query = `verb=${verb}&metadataPrefix=oai_dc`;
      do {
        const xml = ask(query);
        seen.push(...identifiers(xml));
        tokens.push(tokenOf(xml));
        expect(xml).toContain(`completeListSize="25" cursor="${seen.length - identifiers(xml).length}"`);
        query = `verb=${verb}&resumptionToken=${tokens.at(-1)}`;
      } while (tokens.at(-1));
      expect(seen).toEqual(records.map(({ identifier }) => identifier).toReversed());
      expect(tokens).toHaveLength(3);
      expect(tokens[2]).toBe('');
    },
  );

  it('select by set (those below too) and by window, both ends included', () => {
    expect(
      identifiers(ask('verb=ListIdentifiers&metadataPrefix=oai_dc&set=a')).every((id) => Number(id?.slice(-1)) % 2),
    ).toBe(true);
    expect(identifiers(ask('verb=ListIdentifiers&metadataPrefix=oai_dc&from=2024-01-03&until=2024-01-04'))).toEqual([
      'oai:x:22',
      'oai:x:21',
    ]);
    expect(identifiers(ask('verb=ListIdentifiers&metadataPrefix=oai_dc&from=2024-01-25T08:00:00Z'))).toEqual([
      'oai:x:00',
    ]);
    expect(ask('verb=ListIdentifiers&metadataPrefix=oai_dc&until=2024-01-02')).not.toContain('resumptionToken');
  });

  it('see a repository that has changed', () => {
    let current = records.slice(0, 1);
    const changing = createOaiProvider({ ...repository, records: () => current });
    const list = () =>
      identifiers(changing(new URL('http://x/?verb=ListRecords&metadataPrefix=oai_dc'), 'GET', '').body);
    expect(list()).toHaveLength(1);
    current = records.slice(0, 2);
    expect(list()).toHaveLength(2);
  });

  it('are quick: 5,000 records in 50 pages', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...records[0]!, identifier: `oai:x:${i}` }));
    const quick = createOaiProvider({ ...repository, pageSize: 100, records: () => many });
    const since = performance.now();
    let query = 'verb=ListRecords&metadataPrefix=oai_dc';
    let pages = 0;
    for (let token: string | undefined = '?'; token; pages++) {
      token = tokenOf(quick(new URL(`http://x/?${query}`), 'GET', '').body);
      query = `verb=ListRecords&resumptionToken=${token}`;
    }
    expect(pages).toBe(50);
    expect(performance.now() - since).toBeLessThan(1000);
  });
});

describe('errors', () => {
  it.each([
    ['badVerb', ''],
    ['badVerb', 'verb=Nonsense'],
    ['badVerb', 'verb=Identify&verb=Identify'],
    ['badVerb', 'verb=toString'],
    ['badArgument', 'verb=Identify&x=1'],
    ['badArgument', 'verb=ListRecords'],
    ['badArgument', 'verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc'],
    ['badArgument', 'verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x'],
    ['badArgument', 'verb=ListRecords&metadataPrefix=oai_dc&from=yesterday'],
    ['badArgument', 'verb=ListRecords&metadataPrefix=oai_dc&from=2024-13-01'],
    ['badArgument', 'verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-01'],
    ['badArgument', 'verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-01-02T00:00:00Z'],
    ['badArgument', 'verb=GetRecord&identifier=oai:x:01'],
    ['badResumptionToken', 'verb=ListRecords&resumptionToken=x'],
    ['badResumptionToken', 'verb=ListSets&resumptionToken=x'],
    ['cannotDisseminateFormat', 'verb=ListRecords&metadataPrefix=marc'],
    ['cannotDisseminateFormat', 'verb=GetRecord&identifier=oai:x:01&metadataPrefix=marc'],
    ['idDoesNotExist', 'verb=GetRecord&identifier=oai:y&metadataPrefix=oai_dc'],
    ['idDoesNotExist', 'verb=ListMetadataFormats&identifier=oai:y'],
    ['noRecordsMatch', 'verb=ListRecords&metadataPrefix=oai_dc&set=none'],
    ['noRecordsMatch', 'verb=ListRecords&metadataPrefix=oai_dc&from=2025-01-01'],
  ])('%s for %s', (code, query) => {
    const xml = ask(query);
    expect(errorOf(xml)).toBe(code);
    if (code === 'badVerb' || code === 'badArgument') expect(xml).toContain('<request>');
  });

  it('noSetHierarchy, and seconds refused where days are kept', () => {
    expect(errorOf(ask('verb=ListSets', { ...repository, sets: [] }))).toBe('noSetHierarchy');
    expect(errorOf(ask('verb=ListRecords&metadataPrefix=oai_dc&set=a', { ...repository, sets: [] }))).toBe(
      'noSetHierarchy',
    );
    const days: OaiRepository = { ...repository, granularity: 'YYYY-MM-DD' };
    expect(errorOf(ask('verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00Z', days))).toBe('badArgument');
  });

  it('a token belongs to its verb', () => {
    const token = tokenOf(ask('verb=ListRecords&metadataPrefix=oai_dc'));
    expect(errorOf(ask(`verb=ListIdentifiers&resumptionToken=${token}`))).toBe('badResumptionToken');
  });
});
