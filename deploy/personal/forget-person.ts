/** `trame person forget`, from the first look to the last search: the graph, the store's files, the backups in the home. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningNeo4j } from '#deploy/neo4j/open.ts';
import type { Database } from '#graph-schema/database.ts';
import { picturesIn } from '#graph-schema/pictures/store.ts';
import { ensureSuppressionKey } from '#graph-schema/suppression/key.ts';
import { keyFor, keyOfList, suppressedAmong } from '#graph-schema/suppression/list.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { type ForgetPlan, type Forgettable, forget, forgettable, planForgetting } from '#harvesters/forget.ts';
import { takeLease } from '#harvesters/lease.ts';
import { sweepPictures } from '#harvesters/pictures/sweep.ts';
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

/** Those of these `SOURCE/ID` that were forgotten before: what is left to do for them is the files. Throws SuppressionRefused. */
export async function forgottenBefore(database: Database, targets: readonly string[]): Promise<readonly string[]> {
  return database.read(async (tx) => {
    const key = await keyOfList(tx);
    if (key === undefined) return [];
    const found: string[] = [];
    for (const target of targets) {
      const slash = target.indexOf('/');
      if (slash < 0) continue;
      const [source, id] = [target.slice(0, slash), target.slice(slash + 1)];
      if ((await suppressedAmong(tx, key, source, [id])).size > 0) found.push(target);
    }
    return found;
  });
}

export interface Forgotten {
  readonly records: number;
  /** The store was written anew. */
  readonly rewritten: boolean;
  readonly backups: readonly string[];
  /** Files of the home that still hold one of the names. */
  readonly left: readonly string[];
}

/** Another harvests a source of which a record is to be forgotten: that record, and those after it, stay as they were, and no file was made anew. */
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
  let done = 0;
  let busy: string | undefined;
  for (const record of records) {
    const taken = await takeLease(database, record.source, holder);
    if ('held' in taken) {
      busy = record.source;
      break;
    }
    await forget(database, record, { lease: taken.lease, key, resolver, words });
    done += 1;
  }
  await keepListFile(database, home);
  await sweepPictures(database, picturesIn(home));
  // Reports quote records, also those of other sources that tell of the same thing; `trame report` makes them anew.
  await rm(join(home, 'rapports'), { recursive: true, force: true });
  if (busy !== undefined)
    throw new ForgetRefused(
      `La source « ${busy} » est en cours de moisson ; ${done} notice(s) sur ${records.length} oubliée(s), les fichiers pas encore refaits : recommencez la même commande dans un moment. / The source “${busy}” is being harvested; ${done} of ${records.length} record(s) forgotten, no file made anew yet: give the same command again in a while.`,
    );
  const names = [...new Set([...records.flatMap((record) => record.names), ...words])];
  if (forgetter.deep) await rewrite(forgetter);
  const suppression = await readListFile(home);
  const backups = suppression ? await renewBackups(home, suppression, names, [...PROGRAMS, 'neo4j']) : [];
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
