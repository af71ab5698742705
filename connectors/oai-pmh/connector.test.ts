import { describe, expect, it } from 'vitest';
import type { Fault } from '#connectors/partners/oai-provider/faults.ts';
import type { OaiRow } from '#connectors/xml.ts';
import { textsAt } from '#connectors/xml.ts';
import { ALL, COUNT, check, harvest, repositoryWith } from './harvest-for-tests.ts';
import type { OaiCursor } from './options.ts';
import { recordAt } from './repository-for-tests.ts';

describe('a whole list', () => {
  it('gives rows, tombstones, and the date that the partner gave', async () => {
    const { messages, end, kinds } = await harvest(await repositoryWith());
    const first = messages.find((message) => message.kind === 'record');
    const row = first?.row as unknown as OaiRow;
    expect(row.header).toEqual({
      identifier: 'oai:essai:0000',
      datestamp: '2024-03-01T08:00:00Z',
      sets: ['inventaire', 'online'],
    });
    expect(textsAt(row.metadata, 'title')).toEqual(['Métier nº 0 & navette']);
    expect(first?.modified).toBe('2024-03-01T08:00:00Z');
    expect(kinds('deleted')).toHaveLength(5);
    expect(end).toEqual({ kind: 'end', coverage: 'snapshot', expected: COUNT });
  });

  it('asks Identify once, then page by page with nothing but the token', async () => {
    const repository = await repositoryWith();
    await harvest(repository, { set: 'online', from: '2024-01-02' });
    const [identify, first, second] = repository.asked.map((query) => Object.fromEntries(query));
    expect(identify).toEqual({ verb: 'Identify' });
    expect(first).toEqual({
      verb: 'ListRecords',
      metadataPrefix: 'oai_dc',
      set: 'online',
      from: '2024-01-02T00:00:00Z',
    });
    expect(Object.keys(second ?? {})).toEqual(['verb', 'resumptionToken']);
  });

  it('of one page needs no token', async () => {
    const { ids, end, told } = await harvest(await repositoryWith([], {}, 5));
    expect([ids.length, end?.coverage, told]).toEqual([5, 'snapshot', []]);
  });

  it('that is empty ends, and says that nothing matched', async () => {
    const repository = await repositoryWith();
    repository.records = repository.records.filter(({ sets }) => !sets.includes('online'));
    const { end, told } = await harvest(repository, { set: 'online' });
    expect([end?.coverage, told]).toEqual(['snapshot', ['oai-nothing-matches']]);
  });

  it('that is closed at its end never stands for the whole', async () => {
    const { end } = await harvest(await repositoryWith(), { until: '2024-03-05' });
    expect(end?.coverage).toBe('changes');
  });
});

describe('changes', () => {
  it('of a repository that keeps no tombstones say so: ghosts would stay', async () => {
    const repository = await repositoryWith([], { deletedRecord: 'no' });
    const { cursor, told } = await harvest(repository);
    expect(told).not.toContain('oai-no-deletions');
    expect((await harvest(repository, {}, cursor)).told).toContain('oai-no-deletions');
  });

  it('begin at the repository’s clock less an overlap, bring tombstones, and end as changes', async () => {
    const repository = await repositoryWith();
    const { cursor } = await harvest(repository);
    expect(cursor).toMatchObject({ from: '2024-06-01T11:55:00Z' });
    const gone = { ...recordAt(2, '2024-06-01T13:00:00Z'), deleted: true };
    repository.records = [
      ...repository.records.filter(({ identifier }) => identifier !== gone.identifier),
      gone,
      recordAt(99, '2024-06-01T11:56:00Z'),
    ];
    const changes = await harvest(repository, {}, cursor);
    expect(changes.messages.map(({ kind }) => kind)).toEqual(['record', 'deleted', 'checkpoint', 'end']);
    expect(changes.ids).toEqual(['oai:essai:0099', 'oai:essai:0002']);
    expect(changes.end).toEqual({ kind: 'end', coverage: 'changes' });
  });

  it('may be none', async () => {
    const repository = await repositoryWith();
    const { cursor } = await harvest(repository);
    const changes = await harvest(repository, {}, cursor);
    expect(changes.messages.map(({ kind }) => kind)).toEqual(['checkpoint', 'end']);
    expect([changes.end?.coverage, changes.told]).toEqual(['changes', []]);
  });

  it('by days overlap by a day', async () => {
    const repository = await repositoryWith([], { granularity: 'YYYY-MM-DD' });
    repository.records = [recordAt(0, '2024-05-31'), recordAt(1, '2024-05-30')];
    const { cursor } = await harvest(repository);
    expect(cursor?.from).toBe('2024-05-31');
    expect((await harvest(repository, {}, cursor)).ids).toEqual(['oai:essai:0000']);
  });

  it('are asked for by days where seconds are announced and refused', async () => {
    const repository = await repositoryWith([{ kind: 'refuses-seconds', at: 1 }]);
    const { cursor } = await harvest(repository);
    const changes = await harvest(repository, {}, cursor);
    expect(changes.end?.coverage).toBe('changes');
    expect(changes.told).toEqual(['oai-granularity-refused']);
    expect(changes.cursor?.from).toBe('2024-05-31');
  });

  it('are not asked for where the source says so, or is another one now', async () => {
    const repository = await repositoryWith();
    const { cursor } = await harvest(repository);
    expect((await harvest(repository, { incremental: false }, cursor)).end?.coverage).toBe('snapshot');
    const other = await harvest(repository, { set: 'online' }, cursor);
    expect([other.end?.coverage, other.told]).toEqual(['snapshot', ['oai-scope-changed']]);
  });

  it('keep their beginning when they break off', async () => {
    const repository = await repositoryWith();
    const { cursor } = await harvest(repository);
    repository.records = Array.from({ length: 35 }, (_, n) => recordAt(n, '2024-06-02T00:00:00Z'));
    repository.faults.push({ kind: 'html', at: 7, times: 99 });
    repository.faults.push({ kind: 'html', at: 1, times: 99, verb: 'ListIdentifiers' });
    const broken = await harvest(repository, {}, cursor);
    expect(broken.fault?.finding.code).toBe('oai-html');
    expect(broken.cursor).toMatchObject({ from: cursor?.from, list: { coverage: 'changes', pages: 2 } });
    repository.faults.length = 0;
    const rest = await harvest(repository, {}, broken.cursor);
    expect([rest.ids.length, rest.end?.coverage]).toEqual([15, 'changes']);
  });
});

/** Everything that lists fails from its third page on. */
const ill = (kind: Fault['kind']): Fault[] => [
  { kind, at: 3, times: 9999 },
  { kind, at: 1, times: 9999, verb: 'ListIdentifiers' },
];

describe('a list that cannot be read to its end: no `end`, a reason, and nothing lost', () => {
  it.each<[Fault['kind'], 'transient' | 'config', string]>([
    ['breaks-off', 'transient', 'http-broken-off'],
    ['truncated-gzip', 'transient', 'http-broken-off'],
    ['truncated-xml', 'transient', 'oai-page-cut'],
    ['missing-end', 'transient', 'oai-page-cut'],
    ['empty', 'transient', 'oai-empty-body'],
    ['html', 'transient', 'oai-html'],
    ['server-error', 'transient', 'http-server-error'],
    ['busy', 'transient', 'http-busy'],
    ['busy-for-a-day', 'transient', 'http-busy'],
    ['wrong-namespace', 'transient', 'oai-other-document'],
    ['other-verb', 'transient', 'oai-other-document'],
  ])('%s', async (kind, severity, code) => {
    const repository = await repositoryWith(ill(kind));
    if (kind === 'other-verb') repository.faults.pop();
    repository.faults.push({ kind: 'server-error', at: 1, times: 9999, verb: 'ListIdentifiers' });
    const { fault, end, ids, cursor, messages } = await harvest(repository);
    expect([fault?.kind, fault?.finding.code, end]).toEqual([severity, code, undefined]);
    expect(ids).toHaveLength(20);
    expect(messages.at(-1)?.kind).toBe('checkpoint');
    const asked = repository.asked.length;
    repository.faults.length = 0;
    const rest = await harvest(repository, {}, cursor);
    expect(rest.end).toEqual({ kind: 'end', coverage: 'snapshot', expected: COUNT });
    expect(new Set([...ids, ...rest.ids])).toEqual(new Set(ALL));
    expect(rest.ids).toHaveLength(15);
    expect(repository.asked.length - asked).toBe(2);
  });

  it('a day’s wait is kept as "not before"', async () => {
    const { fault } = await harvest(await repositoryWith([{ kind: 'busy-for-a-day', at: 2 }]));
    expect((fault?.notBefore?.getTime() ?? 0) - Date.now()).toBeGreaterThan(86_000_000);
  });

  it('a last page without its empty token is the end, unless records are missing', async () => {
    const honest = await harvest(await repositoryWith([{ kind: 'no-last-token', at: 4 }]));
    expect([honest.end?.coverage, honest.told]).toEqual(['snapshot', ['oai-last-token-missing']]);
    const faults: Fault[] = [2, 3, 4].map((at) => ({ kind: 'wrong-size', at }));
    const refused: Fault = { kind: 'bad-verb', at: 1, times: 99, verb: 'ListIdentifiers' };
    const short = await harvest(await repositoryWith([...faults, refused, { kind: 'no-last-token', at: 4 }]));
    expect([short.end, short.fault?.finding.code]).toEqual([undefined, 'oai-list-short']);
  });

  it.each<Fault['kind']>(['same-page', 'same-page-new-tokens', 'cycle'])('%s is seen as a loop', async (kind) => {
    const repository = await repositoryWith([{ kind, at: 1 }], { pageSize: 5 });
    const { fault, end } = await harvest(repository);
    expect([fault?.finding.code, end]).toEqual(['oai-loop', undefined]);
    expect(repository.asked.length).toBeLessThan(12);
  });
});

describe('a list that is read to its end all the same', () => {
  it.each<[Fault['kind'], readonly string[]]>([
    ['constant-token', []],
    ['prefixed', []],
    ['lying-charset', ['xml-repaired-charset']],
    ['forbidden-character', ['xml-repaired-characters']],
    ['bare-ampersand', ['xml-repaired-ampersands']],
    ['bad-utf8', ['xml-repaired-bytes']],
    ['blank-lines-first', ['xml-repaired-leading']],
    ['warning-first', ['xml-repaired-leading']],
    ['warning-last', ['xml-repaired-trailing']],
    ['errors-with-status', []],
    ['no-response-date', ['oai-no-response-date']],
  ])('%s', async (kind, told) => {
    const faults: Fault[] = [{ kind, at: 1, times: 2 }];
    const result = await harvest(await repositoryWith(faults));
    expect(result.fault).toBeUndefined();
    expect(result.ids.toSorted()).toEqual(ALL);
    expect(result.end).toMatchObject({ coverage: 'snapshot' });
    expect(result.told).toEqual(told);
    const row = result.messages.find((message) => message.kind === 'record')?.row as unknown as OaiRow;
    expect(textsAt(row.metadata, 'title')[0]).toMatch(/Métier nº 0 & navette$/);
  });

  it('a passing 503 is waited out', async () => {
    expect((await harvest(await repositoryWith([{ kind: 'busy', at: 2 }]))).ids).toHaveLength(COUNT);
  });

  it('a wrong completeListSize is told', async () => {
    const { end, told } = await harvest(await repositoryWith([{ kind: 'wrong-size', at: 4 }]));
    expect([end?.expected, told]).toEqual([99999, ['oai-count-differs']]);
  });

  it('a last page that matches no record is not, where records are missing', async () => {
    const sizeless: Fault = { kind: 'no-size', at: 1, times: 99 };
    const sizeLess = await harvest(await repositoryWith([sizeless, { kind: 'last-page-without-records', at: 4 }]));
    expect([sizeLess.end, sizeLess.told]).toEqual([
      { kind: 'end', coverage: 'snapshot' },
      ['oai-last-page-empty', 'oai-list-completed'],
    ]);
    expect(sizeLess.ids.toSorted()).toEqual(ALL);
    const short = await harvest(await repositoryWith([{ kind: 'last-page-without-records', at: 3 }]));
    expect([short.end?.coverage, short.told]).toEqual(['snapshot', ['oai-list-restarted']]);
    expect(new Set(short.ids)).toEqual(new Set(ALL));
  });

  it('duplicates across pages are delivered, and counted', async () => {
    const repository = await repositoryWith([], {}, 20);
    repository.records = [
      ...repository.records,
      recordAt(3, '2024-04-01T00:00:00Z'),
      recordAt(4, '2024-04-01T00:00:00Z'),
    ];
    const { ids, told } = await harvest(repository);
    expect([ids.length, told]).toEqual([22, ['oai-duplicates']]);
  });

  it('a record without identifier or without metadata is rejected, its neighbours are not', async () => {
    const repository = await repositoryWith([
      { kind: 'no-identifier', at: 1 },
      { kind: 'no-metadata', at: 2 },
    ]);
    const { kinds, end } = await harvest(repository);
    expect(kinds('rejected')).toMatchObject([
      { finding: { code: 'oai-record-without-identifier' } },
      { id: expect.stringMatching(/^oai:/), finding: { code: 'oai-record-without-metadata' } },
    ]);
    expect(kinds('record').length + kinds('deleted').length).toBe(COUNT - 2);
    expect(end?.coverage).toBe('snapshot');
  });

  it('a record that is too large is rejected, its neighbours are not', async () => {
    const repository = await repositoryWith();
    const big = { ...recordAt(0), metadata: () => `<d xmlns="urn:d">${'x'.repeat(9_000_000)}</d>` };
    repository.records = [big, ...repository.records.slice(1)];
    const { kinds, ids } = await harvest(repository);
    expect(kinds('rejected')).toMatchObject([{ id: big.identifier, finding: { code: 'oai-record-capped' } }]);
    expect(ids).toHaveLength(COUNT);
  });
});

describe('a token that is refused', () => {
  it.each<Fault['kind']>(['refused-token', 'bad-request', 'not-found'])(
    '%s: the list is started anew, once, and that is told',
    async (kind) => {
      const { ids, end, told, fault } = await harvest(await repositoryWith([{ kind, at: 3 }]));
      expect(fault).toBeUndefined();
      expect(new Set(ids)).toEqual(new Set(ALL));
      expect([end?.coverage, told]).toEqual(['snapshot', ['oai-list-restarted']]);
    },
  );

  it('refused again: the list is read by windows, or the run ends and says so', async () => {
    const { fault, told } = await harvest(await repositoryWith([{ kind: 'refused-token', at: 2, times: 99 }]));
    expect([fault?.finding.code, told]).toEqual(['oai-error', ['oai-list-restarted']]);
    const later = await harvest(
      await repositoryWith([
        { kind: 'refused-token', at: 2 },
        { kind: 'refused-token', at: 4 },
      ]),
    );
    expect([later.end?.coverage, later.told]).toEqual(['snapshot', ['oai-list-restarted', 'oai-read-by-windows']]);
    expect(new Set(later.ids)).toEqual(new Set(ALL));
  });

  it('that has expired meanwhile is not even tried', async () => {
    const repository = await repositoryWith(ill('html'));
    const { cursor } = await harvest(repository);
    repository.faults.length = 0;
    const expired: OaiCursor = { ...cursor!, list: { ...cursor!.list!, tokenExpires: '2024-06-01T12:30:00Z' } };
    const asked = repository.asked.length;
    const { ids, told } = await harvest(repository, {}, expired, () => new Date('2024-06-01T13:00:00Z'));
    expect(new Set(ids)).toEqual(new Set(ALL));
    expect(told).toEqual(['oai-list-restarted']);
    expect(repository.asked[asked]?.has('resumptionToken')).toBe(false);
  });
});

describe('a source file that is wrong', () => {
  it.each<[string, object, object, string, RegExp]>([
    ['an unknown format', { metadataPrefix: 'lido' }, {}, 'oai-format-unknown', /oai_dc/],
    ['an unknown set', { set: 'INVENTAIRES' }, {}, 'oai-set-unknown', /INVENTAIRES.* : inventaire\./],
    ['a set where there are none', { set: 'online' }, { sets: [] }, 'oai-no-sets', /online/],
    ['an impossible window', { from: '2024-02-01', until: '2024-01-01' }, {}, 'oai-error', /badArgument/],
  ])('%s is told as one to correct', async (_, options, given, code, text) => {
    const repository = await repositoryWith([], given);
    const { fault } = await harvest(repository, options);
    expect([fault?.kind, fault?.finding.code]).toEqual(['config', code]);
    expect(fault?.message).toMatch(text);
    expect((await check(repository, options)).map((finding) => finding.code)).toContain(code);
  });

  it('an address that is not there, or leads elsewhere', async () => {
    const repository = await repositoryWith([{ kind: 'not-found', at: 1 }]);
    const { fault } = await harvest(repository);
    expect([fault?.kind, fault?.finding]).toMatchObject([
      'config',
      { code: 'oai-http-status', particulars: { status: 404 } },
    ]);
  });
});

describe('check', () => {
  it('says what the steward should know', async () => {
    const repository = await repositoryWith([{ kind: 'no-metadata', at: 1 }], { deletedRecord: 'no' });
    expect((await check(repository)).map(({ code }) => code)).toEqual([
      'oai-no-deletions',
      'oai-record-without-metadata',
    ]);
    expect(await check(await repositoryWith())).toEqual([]);
  });
});
