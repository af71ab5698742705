/** How the bench asks: GraphQL over one kept connection, or Cypher by the bare driver. */
import neo4j from 'neo4j-driver';
import { Client } from 'undici';
import type { Database } from '#graph-schema/database.ts';

export interface GraphqlClient {
  /** The data of the answer. Throws where there are errors, or none. */
  ask<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
  close(): Promise<void>;
}

/** `origin`: `http://host:port`. */
export function graphqlClient(origin: string): GraphqlClient {
  const client = new Client(origin);
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return {
    async ask<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
      const text = JSON.stringify({ query, variables });
      const { statusCode, body } = await client.request({ method: 'POST', path: '/graphql', headers, body: text });
      const { data, errors } = (await body.json()) as { data?: Data; errors?: unknown };
      if (statusCode === 200 && data != null && errors === undefined) return data;
      throw new Error(`${origin} answered ${statusCode}: ${JSON.stringify(errors)}`);
    },
    close: () => client.close(),
  };
}

/** One auto-commit read, the quickest way that the driver has: its one row. */
export async function askDriver<Row>(
  { driver, name }: Database,
  text: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Row> {
  const session = driver.session({ database: name, defaultAccessMode: neo4j.session.READ });
  try {
    const { records } = await session.run(text, { ...parameters });
    if (records.length !== 1) throw new Error(`${records.length} rows for one question`);
    return records[0]!.toObject() as Row;
  } finally {
    await session.close();
  }
}
