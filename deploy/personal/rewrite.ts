/**
 * The embedded Neo4j's store written anew. Neo4j marks what is deleted as free and keeps the bytes in its store files, indexes and transaction
 * logs; only a store that never had them is sure to hold none. The old store is put away after the new one was proved to be the same graph.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder, openNeo4j } from '#deploy/neo4j/open.ts';
import { restoreBackup } from '#graph-schema/backup/restore.ts';
import { writeBackup } from '#graph-schema/backup/write.ts';
import { Database } from '#graph-schema/database.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';

/** The folder that the new store is made in; it is gone when all went well. */
const WORKSHOP = 'rewriting';

export interface RewriteOptions {
  readonly resolver: Resolver;
  readonly version: string;
  readonly shortLived?: boolean;
  readonly tell?: (line: string) => void;
}

/** The new store would not be the same graph: the old one was left as it was. */
export class RewriteFailed extends Error {
  override readonly name = 'RewriteFailed';
}

/**
 * Backs up the home's graph, ends its Neo4j (`stop`), restores and folds it in a new store, compares the digests, and only then puts the new one in the
 * old one's place: two renames, before which nothing of the old one was touched. What another command writes meanwhile would be lost: then it is left, too.
 * Throws RewriteFailed, or what Neo4j throws.
 */
export async function rewriteStore(
  home: string,
  database: Database,
  stop: () => Promise<void>,
  options: RewriteOptions,
): Promise<void> {
  const workshop = join(home, WORKSHOP);
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop, { recursive: true, mode: 0o700 });
  try {
    const file = join(workshop, 'graph.ndjson.gz');
    const written = await lastWritten(home);
    await writeBackup(database, file, { version: options.version, at: new Date() });
    const before = await digest(database);
    if ((await lastWritten(home)) !== written) throw new RewriteFailed(IN_USE);
    await database.close();
    await stop();
    const opened = await lastOpened(home);
    const library = join(home, 'neo4j-lib');
    if (existsSync(library)) await symlink(library, join(workshop, 'neo4j-lib'));
    const after = await fill(workshop, file, options);
    if (after !== before.digest)
      throw new RewriteFailed(
        'Le nouveau magasin ne donne pas le même graphe : l’ancien est resté en place. Lancez « trame rebuild », puis recommencez. / The new store does not give the same graph: the old one was left in place. Run “trame rebuild”, then try again.',
      );
    if ((await lastOpened(home)) !== opened) throw new RewriteFailed(IN_USE);
    await exchange(home, workshop);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

const IN_USE =
  'Une autre commande s’est servie du graphe pendant la réécriture : l’ancien magasin est resté en place, rien n’est perdu. Recommencez la même commande. / Another command used the graph meanwhile: the old store was left in place, nothing is lost. Give the same command again.';

/** When a transaction was last written to this home's Neo4j: Community does not tell its number. */
export async function lastWritten(home: string): Promise<number> {
  const folder = join(dataFolder(home), 'data', 'transactions', 'neo4j');
  const logs = (await readdir(folder)).filter((name) => name.startsWith('neostore.transaction.db'));
  return Math.max(...(await Promise.all(logs.map(async (name) => (await stat(join(folder, name))).mtimeMs))));
}

/** When this home's Neo4j was last started: its settings are written each time. */
async function lastOpened(home: string): Promise<number> {
  return (await stat(join(dataFolder(home), 'conf', 'neo4j.conf'))).mtimeMs;
}

/**
 * Mends what a process that ended within `exchange` left: between the renames the old store goes back to its place (whoever was to be forgotten must be
 * once more), after them it is removed. Gives what was done, in words; undefined where there was nothing to do. To be called before the store is opened.
 */
export async function recoverStore(home: string): Promise<string | undefined> {
  const aside = asideFolder(home);
  if (!existsSync(aside)) return undefined;
  if (existsSync(dataFolder(home))) {
    await rm(aside, { recursive: true });
    return 'L’ancien magasin d’une réécriture interrompue a été ôté / the old store of a rewrite that was cut short was removed.';
  }
  await rename(aside, dataFolder(home));
  return 'Une réécriture du magasin a été interrompue : l’ancien est de nouveau en place. Recommencez « trame person forget ». / A rewrite of the store was cut short: the old one is back in its place. Run “trame person forget” again.';
}

/** Two renames. Where the process ends between them, `recoverStore` mends it. */
async function exchange(home: string, workshop: string): Promise<void> {
  const aside = asideFolder(home);
  await rename(dataFolder(home), aside);
  try {
    await rename(dataFolder(workshop), dataFolder(home));
  } catch (fault) {
    await rename(aside, dataFolder(home));
    throw fault;
  }
  await rm(aside, { recursive: true });
}

const asideFolder = (home: string) => `${dataFolder(home)}.old`;

async function fill(workshop: string, file: string, { resolver, shortLived, tell }: RewriteOptions): Promise<string> {
  const neo4j = await openNeo4j({
    home: workshop,
    purpose: 'data',
    shortLived: shortLived ?? false,
    ...(tell ? { onProgress: tell } : {}),
  });
  const database = new Database(neo4j.connection);
  try {
    await migrate(database);
    await restoreBackup(database, file);
    await rebuild(database, resolver);
    return (await digest(database)).digest;
  } finally {
    await database.close();
    await neo4j.stop();
  }
}
