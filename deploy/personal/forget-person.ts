/** `trame person forget`, from the first look to the last search: the graph, the store's files, the backups in the home. */
import type { RunningNeo4j } from '#deploy/neo4j/open.ts';
import type { Database } from '#graph-schema/database.ts';
import { ensureSuppressionKey } from '#graph-schema/suppression/key.ts';
import { keyFor, keyOfList } from '#graph-schema/suppression/list.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { type ForgetPlan, type Forgettable, forget, forgettable, planForgetting } from '#harvesters/forget.ts';
import { takeLease } from '#harvesters/lease.ts';
import { renewBackups } from './backups.ts';
import { keepListFile, readListFile } from './list-file.ts';
import { rewriteStore } from './rewrite.ts';
import { searchFiles } from './search.ts';

/** Folders of the home that hold programs, not data. */
const PROGRAMS = ['neo4j-lib'];

export interface Forgetter {
  readonly home: string;
  readonly neo4j: Pick<RunningNeo4j, 'how' | 'stop'>;
  readonly database: Database;
  readonly resolver: Resolver;
  readonly holder: string;
  /** Of this Trame; goes into backups. */
  readonly version: string;
  /** Whether Neo4j's store is written anew. Only an embedded one that was started for this can be. */
  readonly deep: boolean;
  readonly shortLived?: boolean;
  readonly tell: (line: string) => void;
}

/** What would be emptied, record by record. `words` are more names of the person. Changes nothing. */
export async function looked(
  database: Database,
  targets: readonly string[],
  words: readonly string[],
): Promise<readonly ForgetPlan[]> {
  const plans = new Map<string, ForgetPlan>();
  for (const target of targets) {
    for (const record of await forgettable(database, target))
      plans.set(`${record.source}/${record.id}`, await planForgetting(database, record, words));
  }
  return [...plans.values()];
}

export interface Forgotten {
  readonly records: number;
  /** The store was written anew. */
  readonly rewritten: boolean;
  readonly backups: readonly string[];
  /** Files of the home that still hold one of the names. */
  readonly left: readonly string[];
}

/** Another harvests a source of which a record is to be forgotten. Nothing of that record was forgotten. */
export class ForgetRefused extends Error {
  override readonly name = 'ForgetRefused';
}

/**
 * Forgets these records. After it the database is closed where the store was written anew. Repeatable: what was forgotten is skipped, and a second call
 * finishes what a first one began. Throws ForgetRefused, SuppressionRefused, RewriteFailed, or what Neo4j throws.
 */
export async function forgetRecords(
  records: readonly Forgettable[],
  words: readonly string[],
  forgetter: Forgetter,
): Promise<Forgotten> {
  const { home, database, resolver, holder } = forgetter;
  const key = (await database.read((tx) => keyOfList(tx))) ?? ensureSuppressionKey();
  const listed = await readListFile(home);
  if (listed) keyFor(listed.key.fingerprint);
  for (const record of records) {
    const taken = await takeLease(database, record.source, holder);
    if ('held' in taken)
      throw new ForgetRefused(
        `La source « ${record.source} » est en cours de moisson : recommencez dans un moment. / The source “${record.source}” is being harvested: try again in a while.`,
      );
    await forget(database, record, { lease: taken.lease, key, resolver, words });
  }
  await keepListFile(database, home);
  const names = [...new Set([...records.flatMap((record) => record.names), ...words])];
  if (forgetter.deep) await rewrite(forgetter);
  const suppression = await readListFile(home);
  const backups = suppression ? await renewBackups(home, suppression, [...PROGRAMS, 'neo4j']) : [];
  const left = await searchFiles(home, names, { skip: PROGRAMS });
  return { records: records.length, rewritten: forgetter.deep, backups, left };
}

async function rewrite({ home, database, neo4j, resolver, version, shortLived, tell }: Forgetter): Promise<void> {
  tell('Le magasin de Neo4j est refait à neuf… / Neo4j’s store is being written anew…');
  await rewriteStore(home, database, () => neo4j.stop(), {
    resolver,
    version,
    ...(shortLived === undefined ? {} : { shortLived }),
  });
}
