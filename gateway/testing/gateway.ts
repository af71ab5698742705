/** A graph that a test fills, and a way to ask it as a resolver does, without HTTP. */
import { graphql } from 'graphql';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { anonymous, type Caller, type Role } from '../access/caller.ts';
import { type Ask, askThrough } from '../ask.ts';
import { NO_CATALOGUE } from '../catalogue/absent.ts';
import type { Catalogue } from '../catalogue/question.ts';
import type { Query } from '../compile/cypher.ts';
import type { Compiled } from '../compile/roots.ts';
import { type Log, present } from '../errors.ts';
import { NO_THUMBNAILS } from '../pictures/addresses.ts';
import type { GatewayContext } from '../schema/builder.ts';
import { schema } from '../schema/schema.ts';
import { sealingOf } from '../seal.ts';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by their path in the tests
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly code: unknown }[];
}

export interface TestGateway {
  readonly database: Database;
  /** The texts that this question becomes, each once; they are not sent. */
  textsOf(query: string, variables?: Readonly<Record<string, unknown>>, asked?: Asked): Promise<readonly Compiled[]>;
  /** The texts that this question becomes when it is asked, in order: what is found decides what is read. */
  textsSent(query: string, variables?: Readonly<Record<string, unknown>>, asked?: Asked): Promise<readonly Query[]>;
  query(query: string, variables?: Readonly<Record<string, unknown>>, asked?: Asked): Promise<Answer>;
}

/** Who asks, and with what; without it, everyone, and without a catalogue. */
export interface Asked {
  readonly caller?: Caller;
  readonly catalogue?: Catalogue;
}

/** A caller with these roles. */
export function callerWith(...roles: readonly Role[]): Caller {
  return { id: 'key:test', name: 'Essai', roles: new Set(roles) };
}

/** An empty graph with its constraints and indexes, opened for this test file. The caller closes the database. */
export async function openTestGateway(): Promise<TestGateway> {
  const database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  const ask = askThrough(database.driver, database.name);
  return {
    database,
    query: (source, variables = {}, asked = {}) => answer(source, variables, contextOf(database, ask, asked)),
    async textsSent(source, variables = {}, asked = {}) {
      const sent: Query[] = [];
      const noted = async (compiled: Compiled) => {
        sent.push(compiled, ...(compiled.count ? [compiled.count] : []));
        return ask(compiled);
      };
      const { errors } = await answer(source, variables, contextOf(database, noted, asked));
      if (errors.length > 0) throw new Error(`${source}: ${JSON.stringify(errors)}`);
      return sent;
    },
    async textsOf(source, variables = {}, asked = {}) {
      const texts = new Map<string, Compiled>();
      const unasked = async (compiled: Compiled) => {
        texts.set(compiled.text, compiled);
        if (compiled.count) texts.set(compiled.count.text, { ...compiled.count, read: () => null });
        return null;
      };
      const { errors } = await answer(source, variables, contextOf(database, unasked, asked), () => undefined);
      if (texts.size === 0 && errors.length > 0) throw new Error(`${source}: ${JSON.stringify(errors)}`);
      return [...texts.values()];
    },
  };
}

function contextOf(database: Database, ask: Ask, { caller, catalogue }: Asked): GatewayContext {
  return {
    audience: 'public',
    ask,
    caller: caller ?? anonymous('test'),
    budget: () => ({ limit: 1_000, remaining: 1_000, resetSeconds: 0 }),
    catalogue: catalogue ?? NO_CATALOGUE,
    database,
    seal: sealingOf(database.driver, database.name),
    thumbnails: NO_THUMBNAILS,
  };
}

async function answer(
  source: string,
  variables: Readonly<Record<string, unknown>>,
  contextValue: GatewayContext,
  log: Log = (_, fault) => console.error(fault),
): Promise<Answer> {
  const { data, errors = [] } = await graphql({
    schema,
    source,
    variableValues: { ...variables },
    contextValue,
  });
  const told = errors.map((error) => present(error, log));
  return { data, errors: told.map(({ message, extensions }) => ({ message, code: extensions['code'] })) };
}

/** Empties the graph but for its declarations. */
export async function empty(database: Database): Promise<void> {
  await database.run('MATCH (n) WHERE NOT n:Migration AND NOT n:Sequence AND NOT n:Seal DETACH DELETE n');
}
