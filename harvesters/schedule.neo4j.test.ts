import { setTimeout as wait } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { contextFor } from './context.ts';
import { releaseLease, takeLease } from './lease.ts';
import { run } from './run.ts';
import { aboutSource } from './runs.ts';
import { requestRun, standingsOf } from './schedule/standings.ts';
import { atItsHost } from './schedule/turn.ts';
import { type News, type WorkerLimits, type WorkerParts, work } from './schedule.ts';
import { readSources, type Source, sourcesFolder } from './sources.ts';

/** The first plans of Neo4j take their time on a busy machine. */
const SLOWLY = 90_000;

/** Two workers in one process and two hosts, harvesting real sources from the partners' stand-ins. */
let database: Database;
const partners: RunningPartners[] = [];
const sources: Source[] = [];
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  for (const name of ['reseau-structures', 'reseau-ressources']) {
    const partner = await startPartners({ port: 0 });
    partners.push(partner);
    const read = await readSources(sourcesFolder({}), { TRAME_PARTNERS: partner.url });
    const source = read.sources.find((one) => one.name === name)!;
    sources.push({ ...source, about: { ...source.about, schedule: '0 3 * * *', after: [] } });
  }
});
afterAll(async () => {
  await Promise.all(partners.map((partner) => partner.close()));
  await database.close();
});
beforeEach(() => database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n'));

const resolver = createResolver();
const LIMITS = { tickMs: 50, jitter: false, jobs: 2 };

/** Of the test under way: none may go on into the next. */
const working: Watched[] = [];
afterEach(async () => {
  await Promise.allSettled(working.splice(0).map((one) => one.stop()));
});

interface Watched {
  readonly news: News[];
  /** Ends the worker and waits for it. */
  stop(): Promise<unknown>;
}

function worker(holder: string, more: Partial<WorkerParts> = {}, limits: Partial<WorkerLimits> = {}): Watched {
  const news: News[] = [];
  const ended = new AbortController();
  const parts: WorkerParts = {
    database,
    read: async () => ({ sources, findings: [] }),
    harvest: (source, signal) =>
      run(source, database, (one, tell) => contextFor(one, signal, tell), { resolver, holder }),
    holder,
    now: () => new Date(),
    tell: (one) => void news.push(one),
    ...more,
  };
  const end = work(parts, { ...LIMITS, ...limits }, ended.signal);
  // Its fault is thrown where it is stopped.
  end.catch(() => undefined);
  const watched = {
    news,
    stop: () => {
      ended.abort();
      return end;
    },
  };
  working.push(watched);
  return watched;
}

async function until(condition: () => Promise<boolean> | boolean, withinMs = 60_000): Promise<void> {
  for (const end = performance.now() + withinMs; !(await condition()); await wait(30)) {
    if (performance.now() > end) throw new Error('it did not come about in time');
  }
}
const number = async (query: string) => Number((await database.run(query)).records[0]?.get('n'));
const runs = () => number('MATCH (r:Run) RETURN count(r) AS n');
const complete = () => number("MATCH (r:Run {outcome: 'complete'}) RETURN count(r) AS n");
const outcomes = (news: readonly News[]) =>
  news.flatMap((one) => (one.kind === 'ended' ? [`${one.report.source} ${one.report.outcome}`] : []));

describe('two workers', { timeout: SLOWLY }, () => {
  test('share two sources: each is harvested once, nothing is lost or doubled, and no lease is told of', async () => {
    const [one, two] = [worker('one'), worker('two')];
    await until(async () => (await complete()) === 2);
    await wait(300);
    await Promise.all([one.stop(), two.stop()]);
    expect(await runs()).toBe(2);
    expect([...outcomes(one.news), ...outcomes(two.news)].sort()).toEqual([
      'reseau-ressources complete',
      'reseau-structures complete',
    ]);
    expect([...one.news, ...two.news].filter(({ kind }) => kind !== 'begun' && kind !== 'ended')).toEqual([]);
    const seen = await number('MATCH (r:Run) RETURN sum(r.seen) AS n');
    expect(await number("MATCH (r:SourceRecord) WHERE r.state <> 'deleted' RETURN count(r) AS n")).toBeGreaterThan(0);
    expect(await number('MATCH (r:SourceRecord) RETURN count(r) AS n')).toBe(seen);
  });

  test('of which one comes late with what it saw as due: what the other has harvested meanwhile is not harvested again', async () => {
    const read = async () => ({ sources: sources.slice(0, 1), findings: [] });
    let looked = 0;
    const slow = database.write.bind(database);
    const slowed = {
      read: async (...args: Parameters<Database['read']>) => {
        const seen = await database.read(...args);
        looked += 1;
        return seen;
      },
      // It takes its turn only when the other has ended.
      write: async (...args: Parameters<Database['write']>) => {
        await until(async () => (await complete()) === 1);
        return slow(...args);
      },
    } as unknown as Database;
    const late = worker('late', { read, database: slowed });
    await until(() => looked === 1);
    const other = worker('other', { read });
    await until(async () => (await complete()) === 1);
    await until(() => looked >= 3);
    await Promise.all([late.stop(), other.stop()]);
    expect(await runs()).toBe(1);
    expect([late.news, other.news.map(({ kind }) => kind)]).toEqual([[], ['begun', 'ended']]);
  });

  test('take a source of a host that one of them reads only when it has ended', async () => {
    const [source] = sources;
    let inside = 0;
    const turn = () =>
      atItsHost(database, source!, 'test', async () => {
        inside += 1;
        await wait(100);
        inside -= 1;
        return inside;
      });
    const turns = await Promise.all([turn(), turn()]);
    expect(turns.filter((one) => one === 'taken')).toHaveLength(1);
    expect(turns.find((one) => one !== 'taken')).toEqual({ done: 0 });
    expect(await turn()).toEqual({ done: 0 });
  });
});

describe('a worker', { timeout: SLOWLY }, () => {
  test('leaves alone what is being harvested by hand, without a word', async () => {
    for (const { name } of sources) await takeLease(database, name, 'by hand');
    let ticks = 0;
    const read = async () => {
      ticks += 1;
      return { sources, findings: [] };
    };
    const one = worker('one', { read });
    await until(() => ticks > 3);
    await one.stop();
    expect(one.news).toEqual([]);
    expect(await runs()).toBe(0);
  });

  test('lets a source wait for the one that it comes after, wherever that is harvested', async () => {
    const [first, second] = sources;
    const later = { ...second!, about: { ...second!.about, after: [first!.name] } };
    const taken = await takeLease(database, first!.name, 'by hand');
    let ticks = 0;
    const read = async () => {
      ticks += 1;
      return { sources: [later, first!], findings: [] };
    };
    const one = worker('one', { read });
    await until(() => ticks > 3);
    expect(one.news).toEqual([]);
    if ('lease' in taken) await database.write((tx) => releaseLease(tx, taken.lease));
    await until(async () => (await complete()) === 2);
    await one.stop();
    expect(one.news.map((news) => ('source' in news ? news.source.name : news.kind))).toEqual([
      first!.name,
      'ended',
      later.name,
      'ended',
    ]);
  });

  test('that has never been able to read the folder says so once, and touches nothing', async () => {
    let watched = 0;
    let reads = 0;
    const one = worker('one', {
      read: () => {
        reads += 1;
        return Promise.reject(Object.assign(new Error('no such folder'), { code: 'ENOENT' }));
      },
      watch: async () => {
        watched += 1;
      },
    });
    await until(() => reads > 3);
    await one.stop();
    expect([one.news, watched]).toEqual([[{ kind: 'folder-unreadable', detail: 'no such folder' }], 0]);
  });

  test('harvests what a steward asks for, once for each request, and watches after it', async () => {
    let watched = 0;
    const started = new Date();
    const unscheduled = sources.map((source) => ({ ...source, about: { ...source.about, schedule: undefined } }));
    const one = worker('one', {
      read: async () => ({ sources: unscheduled as unknown as Source[], findings: [] }),
      watch: async () => {
        watched += 1;
      },
    });
    await wait(200);
    expect(await runs()).toBe(0);
    await requestRun(database, sources[0]!.name, aboutSource(sources[0]!));
    await until(async () => (await complete()) === 1);
    await wait(300);
    await one.stop();
    expect(await runs()).toBe(1);
    expect(one.news[0]).toMatchObject({ kind: 'begun', due: { why: 'requested' } });
    expect(watched).toBeGreaterThanOrEqual(2);
    const standing = (await standingsOf(database, [sources[0]!.name])).get(sources[0]!.name);
    expect(standing).toMatchObject({ requestedAt: undefined, running: false, died: false });
    expect(standing!.started!.getTime()).toBeGreaterThanOrEqual(started.getTime() - 1000);
  });

  test('is not held up by slow sources, and goes on with what a dead process left', async () => {
    const [source] = sources;
    // Without an address they share no host.
    const named = (name: string, schedule: string | undefined) =>
      ({ ...source!, name, options: {}, about: { ...source!.about, name, schedule } }) as unknown as Source;
    const all = [named('slow-one', '0 3 * * *'), named('slow-two', '0 3 * * *'), named('left', undefined)];
    await database.run(
      "CREATE (:Source {name: 'left'})<-[:OF]-(:Run {id: 'x', source: 'left', outcome: 'running', startedAt: datetime() - duration('PT10M')})",
    );
    const begun: string[] = [];
    const one = worker(
      'one',
      {
        read: async () => ({ sources: all, findings: [] }),
        harvest: async (own, signal) => {
          begun.push(own.name);
          await wait(60_000, undefined, { signal }).catch(() => undefined);
          return run(own, database, (it, tell) => contextFor(it, signal, tell), { resolver, holder: 'one' });
        },
      },
      { slowAfterMs: 1_500 },
    );
    await until(() => begun.length === 2);
    expect(begun.toSorted()).toEqual(['slow-one', 'slow-two']);
    await until(() => begun.length === 3);
    expect(one.news.at(-1)).toMatchObject({ kind: 'begun', due: { why: 'resumed' } });
    await one.stop();
  });

  test('that is stopped begins nothing new, and comes back when what runs has ended', async () => {
    const begun: string[] = [];
    let ended = 0;
    const one = worker('one', {
      harvest: async (source, signal) => {
        begun.push(source.name);
        // As a run does: it ends once it is told to, and takes a moment for it.
        await wait(20_000, undefined, { signal }).catch(() => undefined);
        await wait(100);
        ended += 1;
        return run(source, database, (own, tell) => contextFor(own, signal, tell), { resolver, holder: 'one' });
      },
    });
    await until(() => begun.length === 2);
    await one.stop();
    expect(ended).toBe(2);
    expect(begun).toHaveLength(2);
    expect(outcomes(one.news)).toHaveLength(2);
    expect(await complete()).toBe(0);
  });

  test('that loses Neo4j says so once, goes on trying, and says that it is back', async () => {
    let gone = false;
    const flaky = new Proxy(database, {
      get(target, name) {
        if (name === 'read' && gone) return () => Promise.reject(neo4jGone());
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const one = worker('one', { database: flaky, read: async () => ({ sources: [], findings: [] }) });
    await wait(100);
    gone = true;
    await until(() => one.news.length === 1);
    await wait(200);
    gone = false;
    await until(() => one.news.length === 2);
    await one.stop();
    expect(one.news.map(({ kind }) => kind)).toEqual(['graph-lost', 'graph-back']);
  });

  test('gives Neo4j up after a while, so that it can be opened anew', async () => {
    const away = { read: () => Promise.reject(neo4jGone()) } as unknown as Database;
    const parts = {
      database: away,
      read: async () => ({ sources: [], findings: [] }),
      harvest: () => Promise.reject(new Error('there is nothing to harvest')),
      holder: 'one',
      now: () => new Date(),
      tell: () => {},
    };
    const endless = new AbortController().signal;
    expect(await work(parts, { ...LIMITS, lostAfterMs: 200 }, endless)).toBe('graph-lost');
    expect(await work(parts, LIMITS, AbortSignal.timeout(100))).toBe('stopped');
  });

  test('ends with a bug, loudly', async () => {
    const one = worker('one', { harvest: () => Promise.reject(new TypeError('a bug')) });
    await until(() => one.news.length > 0);
    await expect(one.stop()).rejects.toThrow('a bug');
  });
});

function neo4jGone(): Error {
  const { Neo4jError } = neo4j;
  return new Neo4jError('no connection', 'ServiceUnavailable', '', '', undefined as never);
}
