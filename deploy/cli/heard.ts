/** What stewards decided, for commands that store nothing. */
import { existsSync } from 'node:fs';
import { Neo4jUnavailable } from '#deploy/neo4j/connection.ts';
import { dataFolder, givenConnection } from '#deploy/neo4j/open.ts';
import { createResolver, type Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { resolverFor } from '#graph-schema/words/decided.ts';
import { home, tell, withHub } from './hub.ts';

/**
 * A resolver with what was decided about words in this home's graph. Where there is no graph yet nothing was decided, and none is made: a source can be tried without.
 * One that cannot be opened is told of, and not waited for.
 */
export async function resolverNow(): Promise<Resolver> {
  if (givenConnection('data') === undefined && !existsSync(dataFolder(home()))) return createResolver();
  try {
    return await withHub(({ database }) => resolverFor(database), true);
  } catch (fault) {
    if (!(fault instanceof Neo4jUnavailable)) throw fault;
    tell(
      `Sans les décisions des responsables sur les mots : Neo4j ne répond pas / without what stewards decided about words: no Neo4j answers.\n  ${fault.message}`,
    );
    return createResolver();
  }
}
