import { describe, expect, it } from 'vitest';
import type { OaiRepository } from '#connectors/partners/oai-provider.ts';
import { ALL, COUNT, harvest, repositoryWith } from './harvest-for-tests.ts';
import { recordAt } from './repository-for-tests.ts';

const at = (iso: string) => () => new Date(iso);
const FIRST = at('2024-06-01T12:00:30Z');
const NEXT_DAY = at('2024-06-02T12:00:00Z');
const LIVE = ALL.filter((_, n) => n % 7 !== 3);

/** A repository that forgets what it deletes, harvested once whole. */
async function harvested(given: Partial<OaiRepository> = {}) {
  const repository = await repositoryWith([], { deletedRecord: 'transient', ...given });
  const { cursor } = await harvest(repository, {}, undefined, FIRST);
  return { repository, cursor };
}

describe('where deletions are not announced for good', () => {
  it.each(['no', 'transient', ''] as const)(
    '(%s) changes are followed by a sweep, and stand for the whole',
    async (policy) => {
      const { repository, cursor } = await harvested({ deletedRecord: policy as 'no' });
      repository.records = repository.records
        .slice(1)
        .map((record) => (record.identifier === 'oai:essai:0005' ? recordAt(5, '2024-06-01T20:00:00Z') : record));
      const { end, ids, kinds, messages, cursor: next } = await harvest(repository, {}, cursor, NEXT_DAY);
      expect(end).toEqual({ kind: 'end', coverage: 'snapshot', expected: COUNT - 1 });
      expect(kinds('record')).toMatchObject([{ id: 'oai:essai:0005' }]);
      expect(
        kinds('seen')
          .map((message) => 'id' in message && message.id)
          .toSorted(),
      ).toEqual(LIVE.slice(1).filter((id) => id !== 'oai:essai:0005'));
      expect(kinds('deleted')).toHaveLength(5);
      expect(new Set(ids)).toEqual(new Set(ALL.slice(1)));
      expect(messages.at(-2)).toMatchObject({ kind: 'checkpoint', passEnded: true });
      expect(next).toMatchObject({ from: '2024-06-01T11:55:00Z', sweptAt: '2024-06-02T12:00:00.000Z' });
    },
  );

  it('not more often than the source wants', async () => {
    const { repository, cursor } = await harvested();
    const soon = await harvest(repository, {}, cursor, at('2024-06-02T07:59:00Z'));
    expect([soon.end, soon.told, soon.kinds('seen')]).toEqual([
      { kind: 'end', coverage: 'changes' },
      ['oai-no-deletions'],
      [],
    ]);
    const later = await harvest(repository, {}, soon.cursor, at('2024-06-02T08:01:00Z'));
    expect(later.end?.coverage).toBe('snapshot');
    const often = await harvest(repository, { sweepHours: 0 }, cursor, FIRST);
    expect(often.end?.coverage).toBe('snapshot');
  });

  it('a persistent repository is not swept', async () => {
    const { repository, cursor } = await harvested({ deletedRecord: 'persistent' });
    expect((await harvest(repository, {}, cursor, NEXT_DAY)).end).toEqual({ kind: 'end', coverage: 'changes' });
    expect(repository.asked.some((query) => query.get('verb') === 'ListIdentifiers' && !query.has('from'))).toBe(false);
  });

  it('a sweep that breaks off goes on in the sweep', async () => {
    const { repository, cursor } = await harvested();
    let lists = 0;
    repository.instead = (query, response) => {
      if (query.get('verb') !== 'ListIdentifiers' || query.has('from') || ++lists < 3) return false;
      response.destroy();
      return true;
    };
    const broken = await harvest(repository, {}, cursor, NEXT_DAY);
    expect([broken.end, broken.fault?.finding.code]).toEqual([undefined, 'http-unreachable']);
    expect(broken.cursor).toMatchObject({ list: { verb: 'ListIdentifiers', coverage: 'snapshot', pages: 2 } });
    repository.instead = () => false;
    const before = repository.asked.length;
    const rest = await harvest(repository, {}, broken.cursor, NEXT_DAY);
    expect([rest.end?.coverage, new Set([...broken.ids, ...rest.ids])]).toEqual(['snapshot', new Set(ALL)]);
    expect(repository.asked.slice(before).map((query) => query.get('verb'))).toEqual([
      'ListIdentifiers',
      'ListIdentifiers',
    ]);
  });

  it('a record that came up after the list of changes is asked for: nobody knows it', async () => {
    const { repository, cursor } = await harvested();
    repository.instead = (query) => {
      if (query.get('verb') === 'ListIdentifiers' && !query.has('from'))
        repository.records = [...repository.records.slice(0, COUNT), recordAt(99, '2024-06-01T12:00:20Z')];
      return false;
    };
    const { end, kinds } = await harvest(repository, {}, cursor, NEXT_DAY);
    expect([end?.coverage, kinds('record')]).toMatchObject(['snapshot', [{ id: 'oai:essai:0099' }]]);
    expect(kinds('seen')).toHaveLength(LIVE.length);
  });

  it('a sweep that names fewer than it announces is walked again, and what it left out is seen', async () => {
    const { repository, cursor } = await harvested();
    let lists = 0;
    repository.instead = (query, response) => {
      if (query.get('verb') !== 'ListIdentifiers' || ++lists > 1) return false;
      const headers = ALL.slice(0, 30).map(
        (id) => `<header><identifier>${id}</identifier><datestamp>2024-03-01</datestamp></header>`,
      );
      response.end(
        `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListIdentifiers>${headers.join('')}<resumptionToken completeListSize="35"/></ListIdentifiers></OAI-PMH>`,
      );
      return true;
    };
    const { end, ids } = await harvest(repository, {}, cursor, NEXT_DAY);
    expect([end?.coverage, new Set(ids)]).toEqual(['snapshot', new Set(ALL)]);
  });

  it('a sweep that is short however often it is walked proves nothing', async () => {
    const { repository, cursor } = await harvested();
    repository.faults.push({ kind: 'wrong-size', at: 1, times: 99, verb: 'ListIdentifiers' });
    const { end, told, cursor: next } = await harvest(repository, {}, cursor, NEXT_DAY);
    expect([end?.coverage, told, next?.sweptAt]).toEqual(['changes', ['oai-sweep-refused'], cursor?.sweptAt]);
  });

  it('an empty sweep is no proof that all is gone', async () => {
    const { repository, cursor } = await harvested();
    repository.records = [];
    const { end, told } = await harvest(repository, {}, cursor, NEXT_DAY);
    expect([end?.coverage, told]).toEqual(['changes', ['oai-nothing-matches']]);
  });

  it('a repository that refuses to be swept: its changes are taken, and that is told', async () => {
    const { repository, cursor } = await harvested();
    repository.faults.push({ kind: 'bad-verb', at: 1, times: 99, verb: 'ListIdentifiers' });
    const refused = await harvest(repository, {}, cursor, NEXT_DAY);
    expect([refused.end, refused.told]).toEqual([{ kind: 'end', coverage: 'changes' }, ['oai-sweep-refused']]);
    expect(refused.cursor?.sweptAt).toBe(cursor?.sweptAt);
  });

  it('a page of identifiers that stays unreadable is gone round by windows', async () => {
    const { repository, cursor } = await harvested();
    repository.faults.push({ kind: 'html', at: 3, times: 2, verb: 'ListIdentifiers' });
    const { end, ids, told } = await harvest(repository, {}, cursor, NEXT_DAY);
    expect([end?.coverage, new Set(ids), told]).toEqual(['snapshot', new Set(ALL), ['oai-read-by-windows']]);
  });
});
