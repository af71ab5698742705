/**
 * The embedded Neo4j's store written anew. Neo4j marks what is deleted as free and keeps the bytes in its store files, indexes and transaction
 * logs; only a store that never had them is sure to hold none. The old store is put away after the new one was proved to be the same graph.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
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

/** The new store does not give the same graph: the old one was left as it was. */
export class RewriteFailed extends Error {
  override readonly name = 'RewriteFailed';
}

/**
 * Backs up the home's graph, ends its Neo4j (`stop`), restores and folds it in a new store, compares the digests, and only then puts the new one in the
 * old one's place: two renames, before which nothing of the old one was touched. Throws RewriteFailed, or what Neo4j throws.
 */
export async function rewriteStore(
  home: string,
  database: Database,
  stop: () => Promise<void>,
  options: RewriteOptions,
): Promise<void> {
  const workshop = join(home, WORKSHOP);
  if (existsSync(asideFolder(home)))
    throw new RewriteFailed(
      `${asideFolder(home)} est resté d’une réécriture interrompue : voyez lequel des deux dossiers a vos données, puis ôtez l’autre. / was left by a rewrite that was cut short: see which of the two folders has your data, then remove the other.`,
    );
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop, { recursive: true, mode: 0o700 });
  try {
    const file = join(workshop, 'graph.ndjson.gz');
    await writeBackup(database, file, { version: options.version, at: new Date() });
    const before = await digest(database);
    await database.close();
    await stop();
    const library = join(home, 'neo4j-lib');
    if (existsSync(library)) await symlink(library, join(workshop, 'neo4j-lib'));
    const after = await fill(workshop, file, options);
    if (after !== before.digest)
      throw new RewriteFailed(
        'Le nouveau magasin ne donne pas le même graphe : l’ancien est resté en place. Lancez « trame rebuild », puis recommencez. / The new store does not give the same graph: the old one was left in place. Run “trame rebuild”, then try again.',
      );
    await exchange(home, workshop);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Two renames. Where the process ends between them, the old store lies beside, and the next call says so. */
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
