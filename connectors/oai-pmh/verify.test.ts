import { describe, expect, it } from 'vitest';
import type { Fault, FaultKind } from '#connectors/partners/oai-provider/faults.ts';
import { ALL, COUNT, harvest, repositoryWith } from './harvest-for-tests.ts';
import type { OaiCursor } from './options.ts';
import { recordAt } from './repository-for-tests.ts';

const identifiers = (kind: FaultKind): Fault => ({ kind, at: 1, times: 999, verb: 'ListIdentifiers' });
const asked = (repository: { asked: URLSearchParams[] }, verb: string) =>
  repository.asked.filter((query) => query.get('verb') === verb).length;

describe('a doubtful list is held against ListIdentifiers', () => {
  it.each<FaultKind>(['skips-a-record', 'repeats-a-record'])('%s: what it left out is asked for', async (kind) => {
    const repository = await repositoryWith([{ kind, at: 2, times: 2 }]);
    const { ids, end, told } = await harvest(repository);
    expect(end).toEqual({ kind: 'end', coverage: 'snapshot', expected: COUNT });
    expect(new Set(ids)).toEqual(new Set(ALL));
    expect(told).toContain('oai-list-completed');
    expect([asked(repository, 'GetRecord'), asked(repository, 'ListIdentifiers')]).toEqual([2, 4]);
  });

  it('and a tombstone that it left out needs no question', async () => {
    const repository = await repositoryWith([{ kind: 'skips-a-record', at: 1 }]);
    repository.records = [
      { ...recordAt(1, '2024-01-02T00:00:00Z'), deleted: true },
      ...repository.records.filter((_, n) => n !== 1),
    ];
    const { kinds, ids } = await harvest(repository);
    expect(kinds('deleted')).toContainEqual({
      kind: 'deleted',
      id: 'oai:essai:0001',
      modified: '2024-01-02T00:00:00Z',
    });
    expect([new Set(ids), asked(repository, 'GetRecord')]).toEqual([new Set(ALL), 0]);
  });

  it('one that is sound is not', async () => {
    const repository = await repositoryWith();
    await harvest(repository);
    expect(repository.asked.map((query) => query.get('verb'))).toEqual(['Identify', ...Array(4).fill('ListRecords')]);
  });

  it('a record that is named and denied is rejected, and nothing is deleted', async () => {
    const repository = await repositoryWith([{ kind: 'skips-a-record', at: 2 }]);
    repository.instead = (query, response) => {
      if (query.get('verb') !== 'GetRecord' || query.get('identifier') === 'oai:essai:0000') return false;
      response.end('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="idDoesNotExist"/></OAI-PMH>');
      return true;
    };
    const { kinds, end, ids } = await harvest(repository);
    expect([end?.coverage, new Set(ids)]).toEqual(['snapshot', new Set(ALL)]);
    expect(kinds('rejected')).toMatchObject([{ finding: { code: 'oai-record-denied' } }]);
  });

  it('without GetRecord the run is partial, and says so', async () => {
    const repository = await repositoryWith([
      { kind: 'skips-a-record', at: 2 },
      { kind: 'bad-verb', at: 1, times: 99, verb: 'GetRecord' },
    ]);
    const { end, fault, cursor, ids } = await harvest(repository);
    expect([end, fault?.kind, fault?.finding.code]).toEqual([undefined, 'transient', 'oai-list-lacks']);
    repository.faults.length = 0;
    const rest = await harvest(repository, {}, cursor);
    expect([rest.end?.coverage, new Set([...ids, ...rest.ids])]).toEqual(['snapshot', new Set(ALL)]);
  });

  it('without ListIdentifiers: partial where fewer came than announced, else told', async () => {
    const short = await harvest(await repositoryWith([{ kind: 'skips-a-record', at: 2 }, identifiers('bad-verb')]));
    expect([short.end, short.fault?.kind, short.fault?.finding.code]).toEqual([
      undefined,
      'transient',
      'oai-list-short',
    ]);
    const other = await harvest(await repositoryWith([{ kind: 'no-last-token', at: 4 }, identifiers('server-error')]));
    expect([other.end?.coverage, other.told]).toEqual([
      'snapshot',
      ['oai-last-token-missing', 'oai-list-not-verified'],
    ]);
  });

  it('that names less than the list gave is no witness', async () => {
    const repository = await repositoryWith([
      { kind: 'skips-a-record', at: 2 },
      identifiers('last-page-without-records'),
    ]);
    expect((await harvest(repository)).fault?.finding.code).toBe('oai-list-short');
  });

  it('one that an earlier run began is first read again from its beginning', async () => {
    const repository = await repositoryWith([{ kind: 'skips-a-record', at: 1 }]);
    const first = await harvest(repository, {}, undefined);
    const checkpoints = first.messages.filter((message) => message.kind === 'checkpoint');
    repository.faults.push({ kind: 'skips-a-record', at: 5 });
    const rest = await harvest(repository, {}, checkpoints[0]?.cursor);
    expect([rest.end?.coverage, rest.told]).toEqual(['snapshot', ['oai-list-read-again']]);
    expect(new Set(rest.ids)).toEqual(new Set(ALL));
  });

  it('and not a third time in one run; in the next it is, and comes through where the repository was mended', async () => {
    const repository = await repositoryWith([{ kind: 'wrong-size', at: 1, times: 999 }, identifiers('bad-verb')]);
    const cut = async (from?: OaiCursor) => {
      let lists = 0;
      repository.instead = (query, response) => {
        if (query.get('verb') !== 'ListRecords' || ++lists < 6) return false;
        response.destroy();
        return true;
      };
      return harvest(repository, {}, from);
    };
    const first = await harvest(repository);
    expect(first.fault?.finding.code).toBe('oai-list-short');
    const again = await cut(first.cursor);
    expect([again.told, again.fault?.finding.code, again.cursor?.list?.again]).toEqual([
      ['oai-list-read-again', 'oai-list-not-verified'],
      'oai-list-short',
      true,
    ]);
    repository.instead = () => false;
    const rest = await harvest(repository, {}, again.cursor);
    expect([rest.told, rest.fault?.finding.code]).toEqual([
      ['oai-list-read-again', 'oai-list-not-verified'],
      'oai-list-short',
    ]);
    repository.faults.length = 0;
    const mended = await harvest(repository, {}, rest.cursor);
    expect([mended.told, mended.end?.coverage]).toEqual([['oai-list-read-again'], 'snapshot']);
    expect(new Set(mended.ids)).toEqual(new Set(ALL));
  });

  it('more than a thousand are not asked for one by one', async () => {
    const repository = await repositoryWith([], { pageSize: 3000 }, 1200);
    repository.instead = (query, response) => {
      if (query.get('verb') !== 'ListRecords') return false;
      response.end(
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><resumptionToken completeListSize="1200"/></ListRecords></OAI-PMH>',
      );
      return true;
    };
    const { fault } = await harvest(repository);
    expect([fault?.kind, fault?.finding]).toMatchObject([
      'transient',
      { code: 'oai-list-lacks', particulars: { count: 1200 } },
    ]);
    expect(asked(repository, 'GetRecord')).toBe(0);
  });

  it('a list that shrinks while it is read, as a record was taken out of a page that was read', async () => {
    const repository = await repositoryWith([], { deletedRecord: 'no' });
    let lists = 0;
    repository.instead = (query) => {
      if (query.get('verb') === 'ListRecords' && ++lists === 3) repository.records = repository.records.slice(1);
      return false;
    };
    const { ids, end } = await harvest(repository);
    expect(end?.coverage).toBe('snapshot');
    expect(new Set(ids)).toEqual(new Set(ALL));
  });

  it('a record that is changed while the list is read, and moves to its end', async () => {
    const repository = await repositoryWith();
    let lists = 0;
    repository.instead = (query) => {
      if (query.get('verb') === 'ListRecords' && ++lists === 3)
        repository.records = repository.records.map((record, n) =>
          n === 0 ? { ...record, datestamp: '2024-06-01T12:00:00Z' } : record,
        );
      return false;
    };
    const { ids, end } = await harvest(repository);
    expect([end?.coverage, new Set(ids)]).toEqual(['snapshot', new Set(ALL)]);
  });
});
