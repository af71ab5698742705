/** Faults on our own side: Neo4j goes away, two harvest at once, someone stops it. */
import type { Database } from '#graph-schema/database.ts';
import type { Fault, Harvest, Partner, Stage } from './fault.ts';
import { FailingWay } from './proxy.ts';
import { Repository } from './repository.ts';
import { set } from './rows.ts';

/** More than two batches of the writer. */
const LARGE = { count: 2_300, given: { pageSize: 230 } } as const;
/** The partner may be made to wait here. */
const PATIENT = { connectMs: 5_000, headersMs: 8_000, bodyIdleMs: 8_000, totalMs: 20_000 } as const;
const LATE_PAGE = 9;

/** Longer than anyone waits. */
const FOR_GOOD_MS = 600_000;
/** The harvest waits for Neo4j only so long. */
const PATIENCE = { totalMs: 5_000, stepMs: 500 } as const;

type Work = (way: FailingWay) => void;

export const ENGINE_FAULTS: readonly Fault[] = [
  throughProxy(
    'neo4j-gone-before-the-first-write',
    'Neo4j s’absente 2 s, à la page 3',
    'Neo4j is away for 2 s, at page 3',
    {},
    3,
    (way) => way.goneFor(2_000),
  ),
  throughProxy(
    'neo4j-gone-between-writes',
    'Neo4j s’absente 2 s, entre deux écritures',
    'Neo4j is away for 2 s, between two writes',
    LARGE,
    LATE_PAGE,
    (way) => way.goneFor(2_000),
  ),
  throughProxy('neo4j-held-up', 'Neo4j se tait 2 s', 'Neo4j is silent for 2 s', LARGE, LATE_PAGE, (way) =>
    way.holdFor(2_000),
  ),
  throughProxy(
    'neo4j-cut-at-a-commit',
    'La confirmation d’une écriture se perd',
    'The confirmation of a write is lost',
    {},
    3,
    (way) => way.cutAtNextCommit(),
  ),
  throughProxy(
    'neo4j-cut-at-a-later-commit',
    'La confirmation d’une écriture suivante se perd',
    'The confirmation of a later write is lost',
    LARGE,
    LATE_PAGE,
    (way) => way.cutAtNextCommit(),
  ),
  {
    ...throughProxy('neo4j-gone-for-good', 'Neo4j ne revient pas', 'Neo4j does not come back', {}, 3, (way) =>
      way.goneFor(FOR_GOOD_MS),
    ),
    withinMs: 180_000,
  },
  set(
    'engine',
    'two-at-once',
    ['Deux moissons de la même source à la fois', 'Two harvests of one source at once'],
    (repository) => {
      const around = (harvest: Harvest) => Promise.all([harvest({ holder: 'premier' }), harvest({ holder: 'second' })]);
      return repository.partner({ around, ...checked(around) });
    },
  ),
  set(
    'engine',
    'taken-over-before-the-first-write',
    ['Le bail passe à un autre avant la première écriture', 'The lease goes to another before the first write'],
    (repository, stage) => takenOver(repository, stage, 3),
  ),
  set(
    'engine',
    'taken-over-between-writes',
    ['Le bail passe à un autre entre deux écritures', 'The lease goes to another between two writes'],
    (repository, stage) => takenOver(repository, stage, LATE_PAGE),
    LARGE,
  ),
  set(
    'engine',
    'stopped',
    ['Quelqu’un arrête la moisson à la page 3', 'Someone stops the harvest at page 3'],
    (repository) => stopped(repository, 3),
  ),
  set(
    'engine',
    'stopped-between-writes',
    ['Quelqu’un arrête la moisson entre deux écritures', 'Someone stops the harvest between two writes'],
    (repository) => stopped(repository, LATE_PAGE),
    LARGE,
  ),
  set(
    'engine',
    'a-dead-run',
    ['La moisson d’avant est morte sans un mot', 'The harvest before died without a word'],
    (repository, { database }) => {
      const around = async (harvest: Harvest) => {
        await database.run(
          `MERGE (s:Source {name: $source}) CREATE (:Run {id: randomUUID(), source: $source, outcome: 'running', startedAt: datetime()})-[:OF]->(s)
         MERGE (l:Lease {source: $source}) SET l.token = 7, l.commits = 0, l.holder = 'mort', l.expires = datetime() - duration('PT1S')`,
          { source: 'panne-a-dead-run' },
        );
        return [await harvest()];
      };
      return repository.partner({ around });
    },
  ),
  set(
    'engine',
    'a-checkpoint-of-another-version',
    ['Le point de reprise n’est pas compris', 'The checkpoint is not understood'],
    (repository, { database }) => {
      const around = async (harvest: Harvest) => {
        await database.run('MERGE (s:Source {name: $source}) SET s.cursor = $cursor, s.mapping = null', {
          source: 'panne-a-checkpoint-of-another-version',
          cursor: '{"hier":true}',
        });
        return [await harvest()];
      };
      return repository.partner({ around });
    },
  ),
];

function throughProxy(
  name: string,
  fr: string,
  en: string,
  options: typeof LARGE | object,
  page: number,
  work: Work,
): Fault {
  const start = async ({ clock, address }: Stage): Promise<Partner> => {
    const repository = await Repository.start(clock, options);
    const way = await FailingWay.start(address);
    repository.before(page, () => work(way));
    const around = async (harvest: Harvest) => [await harvest({ database: way.database, patience: PATIENCE })];
    const stop = async () => {
      await way.stop();
      await repository.stop();
    };
    return repository.partner({ around, stop, timeouts: PATIENT });
  };
  return { name, family: 'engine', fr, en, start };
}

/** The page waits until another has harvested everything; then the slow one goes on, and must be refused. */
function takenOver(repository: Repository, { database }: Stage, page: number): Partner {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const wrong: string[] = [];
  repository.before(page, () => {
    reached.resolve();
    return released.promise;
  });
  const around = async (harvest: Harvest) => {
    const slow = harvest({ holder: 'lent' });
    await Promise.race([reached.promise, slow]);
    await expireLeases(database);
    const fast = await harvest({ holder: 'rapide' });
    released.resolve();
    const refused = await slow;
    if (refused.reason?.code !== 'lease-lost')
      wrong.push(`the slow one was not refused: ${refused.outcome} ${refused.reason?.code}`);
    if (fast.outcome !== 'complete') wrong.push(`the fast one was ${fast.outcome}`);
    return [refused, fast];
  };
  return repository.partner({ around, also: () => wrong, timeouts: PATIENT });
}

async function expireLeases(database: Database): Promise<void> {
  await database.run("MATCH (l:Lease) WHERE l.holder = 'lent' SET l.expires = datetime() - duration('PT1S')");
}

function stopped(repository: Repository, page: number): Partner {
  const stop = new AbortController();
  const wrong: string[] = [];
  repository.before(page, () => stop.abort());
  const around = async (harvest: Harvest) => {
    const report = await harvest({ signal: stop.signal });
    if (report.reason?.code !== 'run-stopped')
      wrong.push(`it was not stopped: ${report.outcome} ${report.reason?.code}`);
    return [report];
  };
  return repository.partner({ around, also: () => wrong, timeouts: PATIENT });
}

/** One is complete, the other is refused in words. */
function checked(around: (harvest: Harvest) => Promise<readonly Awaited<ReturnType<Harvest>>[]>): Partial<Partner> {
  const wrong: string[] = [];
  return {
    also: () => wrong,
    around: async (harvest) => {
      const reports = await around(harvest);
      const ends = reports.map(({ outcome, reason }) => reason?.code ?? outcome).sort();
      if (ends.join() !== 'complete,lease-held') wrong.push(`they ended ${ends.join(' and ')}`);
      return reports;
    },
  };
}
