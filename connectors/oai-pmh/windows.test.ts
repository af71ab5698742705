import { describe, expect, it } from 'vitest';
import type { Fault, FaultKind } from '#connectors/partners/oai-provider/faults.ts';
import type { OaiRepository } from '#connectors/partners/oai-provider.ts';
import { harvest, repositoryWith as repositoryOf } from './harvest-for-tests.ts';
import { DAYS, type ListState, SECONDS } from './options.ts';
import { listOf } from './reading.ts';
import { recordAt } from './repository-for-tests.ts';
import { firstWindows, halves, mayHold, merged } from './windows.ts';

/** More than are asked for one by one at once. */
const COUNT = 150;
const ALL = Array.from({ length: COUNT }, (_, n) => recordAt(n).identifier);
const repositoryWith = (faults: Fault[] = [], given: Partial<OaiRepository> = {}) => repositoryOf(faults, given, COUNT);
const POISON = 'oai:essai:0016';
const always = (kind: FaultKind, more: Partial<Fault> = {}): Fault => ({ kind, at: 1, times: 99_999, ...more });
const poison = (kind: FaultKind): Fault => always(kind, { record: POISON });

describe('a record that spoils every page it stands on', () => {
  it.each<[FaultKind, string]>([
    ['crossed-tags', 'oai-record-unreadable'],
    ['unclosed-tag', 'oai-record-unreadable'],
    ['server-error', 'oai-record-unreadable'],
    ['breaks-off', 'oai-record-unreadable'],
    ['truncated-xml', 'oai-record-unreadable'],
    ['html', 'oai-record-unreadable'],
    ['empty', 'oai-record-unreadable'],
  ])('%s: is rejected by its id, all others are delivered, and the run is complete', async (kind, code) => {
    const repository = await repositoryWith();
    repository.faults.push(poison(kind), always(kind, { verb: 'GetRecord', record: POISON }));
    const { ids, end, fault, kinds, told, cursor } = await harvest(repository);
    expect([fault, end]).toEqual([undefined, { kind: 'end', coverage: 'snapshot' }]);
    expect([...new Set(ids)].toSorted()).toEqual(ALL);
    expect(kinds('rejected')).toMatchObject([{ id: POISON, finding: { code } }]);
    expect(new Set(kinds('record').map((message) => 'id' in message && message.id)).has(POISON)).toBe(false);
    expect(told).toEqual(['oai-read-by-windows']);
    expect(cursor).toMatchObject({ from: '2024-06-01T11:55:00Z' });
    expect(cursor?.list).toBeUndefined();
  });

  it('and never ends: the answer is left at the limit of a page', async () => {
    const repository = await repositoryWith();
    repository.faults.push(always('server-error', { record: POISON }));
    repository.instead = (query, response) => {
      if (query.get('identifier') !== POISON) return false;
      const timer = setInterval(() => response.write('x'.repeat(20_000)), 1);
      response.on('close', () => clearInterval(timer));
      return true;
    };
    const { ids, end, kinds } = await harvest(repository, { maxPageBytes: 100_000 });
    expect([end?.coverage, new Set(ids)]).toEqual(['snapshot', new Set(ALL)]);
    expect(kinds('rejected')).toMatchObject([
      { id: POISON, finding: { particulars: { detail: 'http-too-large: 100000' } } },
    ]);
  });

  it('on lists only: asked for alone, all records come', async () => {
    const repository = await repositoryWith([always('crossed-tags', { at: 3 })]);
    const { ids, end, kinds } = await harvest(repository);
    expect([end?.coverage, kinds('rejected')]).toEqual(['snapshot', []]);
    expect([...new Set(ids)].toSorted()).toEqual(ALL);
    expect(repository.asked.filter((query) => query.get('verb') === 'GetRecord').length).toBe(111);
  });

  it('among few: these are asked for alone, and no window is needed', async () => {
    const repository = await repositoryOf([poison('crossed-tags')]);
    const { ids, end, kinds } = await harvest(repository);
    expect([end?.coverage, ids.length, kinds('rejected').length]).toEqual(['snapshot', 35, 1]);
    expect(repository.asked.filter((query) => query.has('until'))).toEqual([]);
  });

  it('among a thousand of the same second: only what had not come yet is asked for alone', async () => {
    const repository = await repositoryWith([poison('crossed-tags')]);
    repository.records = Array.from({ length: 200 }, (_, n) => recordAt(n, '2024-03-01T08:00:00Z'));
    const { ids, end } = await harvest(repository);
    expect([end?.coverage, new Set(ids).size]).toEqual(['snapshot', 200]);
    expect(repository.asked.filter((query) => query.get('verb') === 'GetRecord').length).toBeLessThan(200);
  });

  it('and in a repository that knows days only', async () => {
    const repository = await repositoryWith([poison('crossed-tags')], { granularity: DAYS });
    repository.records = Array.from({ length: 200 }, (_, n) =>
      recordAt(n, `2024-03-${String(1 + (n % 28)).padStart(2, '0')}`),
    );
    const { ids, end } = await harvest(repository);
    expect([end?.coverage, new Set(ids).size]).toEqual(['snapshot', 200]);
  });

  it.each<FaultKind>(['no-earliest', 'earliest-in-words', 'earliest-in-the-future', 'datestamp-in-words'])(
    'where %s',
    async (kind) => {
      const repository = await repositoryWith([
        poison('crossed-tags'),
        always(kind, { verb: 'Identify' }),
        always(kind),
      ]);
      repository.records = [
        ...repository.records,
        recordAt(98, '1969-05-01T00:00:00Z'),
        recordAt(99, '2030-05-01T00:00:00Z'),
      ];
      const { ids, end } = await harvest(repository);
      expect(end?.coverage).toBe('snapshot');
      expect(new Set(ids)).toEqual(new Set([...ALL, 'oai:essai:0098', 'oai:essai:0099']));
    },
  );

  it('in a list of changes: the windows begin where it does', async () => {
    const repository = await repositoryWith();
    const { cursor } = await harvest(repository);
    repository.records = [
      recordAt(0),
      ...Array.from({ length: 80 }, (_, n) => recordAt(n + 2, '2024-06-02T00:00:00Z')),
    ];
    repository.faults.push(poison('crossed-tags'));
    const { ids, end } = await harvest(repository, {}, cursor);
    expect([end?.coverage, new Set(ids).size, ids.includes('oai:essai:0000')]).toEqual(['changes', 80, false]);
  });
});

describe('windows that cannot be read either', () => {
  it('leave a partial run that names them, and a checkpoint that holds nothing else', async () => {
    const repository = await repositoryWith();
    const poisoned = ALL.filter((_, n) => recordAt(n).datestamp === '2024-03-17T08:00:00Z');
    const isPoisoned = (query: URLSearchParams) => {
      const at = '2024-03-17T08:00:00Z';
      return (query.get('from') ?? '') <= at && at <= (query.get('until') ?? '9');
    };
    repository.instead = (query, response) => {
      const verb = query.get('verb') ?? '';
      if (!verb.startsWith('List') || query.has('resumptionToken') || !isPoisoned(query)) return false;
      response.writeHead(500).end();
      return true;
    };
    const { ids, end, fault, cursor } = await harvest(repository);
    expect([end, fault?.finding.code, fault?.kind]).toEqual([undefined, 'oai-window-unreadable', 'transient']);
    expect(fault?.message).toContain('2024-03-17T');
    expect(new Set(ids).size).toBe(COUNT - poisoned.length);
    repository.instead = () => false;
    const asked = repository.asked.length;
    const rest = await harvest(repository, {}, cursor);
    expect([rest.end?.coverage, new Set([...ids, ...rest.ids])]).toEqual(['snapshot', new Set(ALL)]);
    expect(new Set(rest.ids)).toEqual(new Set(poisoned));
    expect(repository.asked.length - asked).toBeLessThan(6);
    expect(rest.cursor).toMatchObject({ from: '2024-06-01T11:55:00Z' });
  });

  it('as the repository ignores from and until: partial, and that is said', async () => {
    const repository = await repositoryWith([
      always('server-error', { at: 3 }),
      always('server-error', { verb: 'GetRecord' }),
    ]);
    repository.records = repository.records.map((record, n) => ({
      ...record,
      datestamp: `20${10 + (n % 14)}-03-01T08:00:00Z`,
    }));
    repository.faults.length = 0;
    let pages = 0;
    repository.instead = (query, response) => {
      if (query.get('verb') !== 'ListRecords') return false;
      if (query.has('resumptionToken')) {
        response.writeHead(500).end();
        return true;
      }
      if (query.has('from') || query.has('until')) {
        response.writeHead(302, { location: '/oai?verb=ListRecords&metadataPrefix=oai_dc' }).end();
        return true;
      }
      pages++;
      return false;
    };
    const { end, fault, ids } = await harvest(repository);
    expect([end, fault?.finding.code, fault?.kind]).toEqual([undefined, 'oai-windows-refused', 'transient']);
    expect([new Set(ids).size >= 10, pages < 5]).toEqual([true, true]);
  });

  it('as the repository refuses from and until', async () => {
    const repository = await repositoryWith([always('crossed-tags', { at: 2 })]);
    repository.instead = (query, response) => {
      if (!query.has('from') && !query.has('until')) return false;
      response.end(
        `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badArgument">No dates.</error></OAI-PMH>`,
      );
      return true;
    };
    const { end, fault, ids, cursor } = await harvest(repository);
    expect([end, fault?.finding.code, ids.length]).toEqual([undefined, 'oai-windows-refused', 10]);
    repository.faults.length = 0;
    const rest = await harvest(repository, {}, cursor);
    expect(rest.fault).toBeUndefined();
    expect([rest.end?.coverage, new Set([...ids, ...rest.ids])]).toEqual(['snapshot', new Set(ALL)]);
  });

  it('are not tried where the repository is busy or away', async () => {
    const repository = await repositoryWith([always('busy-for-a-day', { at: 2 })]);
    const { fault } = await harvest(repository);
    expect([fault?.finding.code, repository.asked.length]).toEqual(['http-busy', 3]);
  });

  it('are gone on with from the window where a run was stopped', async () => {
    const repository = await repositoryWith([poison('crossed-tags')]);
    let lists = 0;
    repository.instead = (query, response) => {
      if (query.get('verb') !== 'ListRecords' || !query.has('from') || ++lists < 4) return false;
      response.destroy();
      return true;
    };
    const first = await harvest(repository);
    expect([first.fault?.finding.code, first.cursor?.list?.windows === undefined]).toEqual(['http-unreachable', false]);
    repository.instead = () => false;
    const rest = await harvest(repository, {}, first.cursor);
    expect([rest.end?.coverage, new Set([...first.ids, ...rest.ids])]).toEqual(['snapshot', new Set(ALL)]);
  });
});

describe('the windows of a list', () => {
  const list = (more: Partial<ListState> = {}) => listOf({ coverage: 'snapshot', granularity: SECONDS, ...more });

  it('cover all of it, what lies before and after its dates too', () => {
    const windows = firstWindows(list({ expected: 5000 }), '2010-01-01T00:00:00Z', '2024-06-01T12:00:00Z');
    expect(windows[0]).toEqual({ until: '2010-01-01T00:00:00Z' });
    expect(windows.at(-1)).toEqual({ from: '2024-06-01T12:00:00Z' });
    expect(windows).toHaveLength(5);
    for (let n = 1; n < windows.length; n++) expect(windows[n]?.from).toBe(windows[n - 1]?.until);
  });

  it('stay within what was asked for', () => {
    const windows = firstWindows(
      list({ from: '2024-01-01', until: '2024-02-01', granularity: DAYS }),
      '2010-01-01',
      '2024-06-01',
    );
    expect([windows[0]?.from, windows.at(-1)?.until]).toEqual(['2024-01-01', '2024-02-01']);
  });

  it('are halved down to the unit, and share their edges', () => {
    expect(halves({ from: '2024-01-01', until: '2024-01-04' }, DAYS)).toEqual([
      { from: '2024-01-01', until: '2024-01-02' },
      { from: '2024-01-02', until: '2024-01-04' },
    ]);
    expect(halves({ from: '2024-01-01', until: '2024-01-02' }, DAYS)).toBeUndefined();
    expect(halves({ from: '2024-01-01T00:00:00Z', until: '2024-01-01T00:00:01Z' }, SECONDS)).toBeUndefined();
    expect(halves({ from: '2024-01-01' }, DAYS)).toBeUndefined();
    expect(halves({ until: '2024-01-01' }, DAYS)).toEqual([
      { until: '1970-01-01' },
      { from: '1970-01-01', until: '2024-01-01' },
    ]);
  });

  it('are made fewer without leaving a gap', () => {
    const day = (n: number) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
    const many = Array.from({ length: 450 }, (_, n) => ({ from: day(n), until: day(n + 1) }));
    const few = merged([...many.slice(200), { until: day(0) }, ...many.slice(0, 200), { from: day(450) }]);
    expect(few.length).toBeLessThanOrEqual(200);
    expect([few[0]?.from, few.at(-1)?.until]).toEqual([undefined, undefined]);
    for (let n = 1; n < few.length; n++) expect(few[n]?.from).toBe(few[n - 1]?.until);
  });

  it('may hold a record a day off, not one of another year', () => {
    const window = { from: '2024-01-01', until: '2024-01-31' };
    expect(['2023-12-31T23:00:00Z', 'hier', '2024-02-01'].map((date) => mayHold(window, date))).toEqual([
      true,
      true,
      true,
    ]);
    expect(mayHold(window, '2023-01-01')).toBe(false);
    expect(mayHold({ until: '2024-01-31' }, '2025-01-01')).toBe(false);
  });
});
