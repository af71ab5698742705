/** Brings a graph to the present declaration: constraints and indexes first, then the numbered migrations that it has not seen. */
import type { Database } from '../database.ts';
import { constraintStatements } from '../derive/constraints.ts';
import { changeSequence } from './0001-change-sequence.ts';
import { dropRecordUidIndex } from './0002-drop-record-uid-index.ts';
import { changeSeal } from './0003-change-seal.ts';

/** A hand-written step. Its number and name never change once it has landed; it must be repeatable. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** In order; a new one goes to the end. */
export const MIGRATIONS: readonly Migration[] = [changeSequence, dropRecordUidIndex, changeSeal];

/** Applies what is missing and waits until all indexes are online. Gives the migrations that were applied now. */
export async function migrate(database: Database): Promise<readonly Migration[]> {
  for (const statement of constraintStatements()) await database.run(statement);
  await database.run('CALL db.awaitIndexes(120)');
  const { records } = await database.run('MATCH (m:Migration) RETURN m.number AS number');
  const done = new Set(records.map((row) => Number(row.get('number'))));
  const missing = MIGRATIONS.filter(({ number }) => !done.has(number));
  for (const { number, name, statements } of missing) {
    // Neo4j takes no schema statement beside others: each runs by itself, and must be repeatable.
    for (const statement of statements) await database.run(statement);
    await database.write(async (tx) => {
      await tx.run('MERGE (m:Migration {number: toInteger($number)}) SET m.name = $name, m.at = datetime()', {
        number,
        name,
      });
    });
  }
  return missing;
}
