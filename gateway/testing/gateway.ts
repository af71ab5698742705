/** A graph that a test fills, and a way to ask it as a resolver does, without HTTP. */
import { graphql } from 'graphql';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { type Ask, askThrough } from '../ask.ts';
import type { Compiled } from '../compile/roots.ts';
import { present } from '../errors.ts';
import { schema } from '../schema/schema.ts';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by their path in the tests
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly code: unknown }[];
}

export interface TestGateway {
  readonly database: Database;
  /** Every text that was sent, with its parameters. */
  readonly sent: Compiled[];
  readonly ask: Ask;
  query(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** An empty graph with its constraints and indexes, opened for this test file. The caller closes the database. */
export async function openTestGateway(): Promise<TestGateway> {
  const database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  const sent: Compiled[] = [];
  const through = askThrough(database.driver, database.name);
  const ask: Ask = (compiled) => {
    sent.push(compiled);
    return through(compiled);
  };
  return {
    database,
    sent,
    ask,
    async query(source, variableValues = {}) {
      const { data, errors = [] } = await graphql({
        schema,
        source,
        variableValues: { ...variableValues },
        contextValue: { audience: 'public', ask },
      });
      const told = errors.map((error) => present(error, (_, fault) => console.error(fault)));
      return {
        data,
        errors: told.map(({ message, extensions }) => ({ message, code: extensions['code'] })),
      };
    },
  };
}

/** Empties the graph but for its declarations. */
export async function empty(database: Database): Promise<void> {
  await database.run('MATCH (n) WHERE NOT n:Migration AND NOT n:Sequence DETACH DELETE n');
}
