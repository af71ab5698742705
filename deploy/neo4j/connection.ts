import { setTimeout as wait } from 'node:timers/promises';
import neo4j, { type Driver } from 'neo4j-driver';
import type { Neo4jAddress } from '#graph-schema/database.ts';

/** Where a Neo4j answers and as whom to speak to it: what graph-schema's Database takes. */
export type Neo4jConnection = Neo4jAddress;

/** Neo4j cannot be had: the message says what happened, to which folder or address, and what to do now. */
export class Neo4jUnavailable extends Error {
  override readonly name = 'Neo4jUnavailable';
}

const POLL_EVERY_MS = 100;
/** No more polling after these: the password will not become right by waiting. */
const REFUSED = new Set(['Neo.ClientError.Security.Unauthorized', 'Neo.ClientError.Security.AuthenticationRateLimit']);

/** A driver on this connection. The caller closes it. */
export function driverFor({ uri, user, password }: Neo4jConnection): Driver {
  return neo4j.driver(uri, neo4j.auth.basic(user, password), {
    connectionTimeout: 5_000,
    maxTransactionRetryTime: 2_000,
  });
}

/**
 * Waits until Neo4j answers on this connection, asking every 100 ms.
 * `verifyConnectivity` is the probe because a query as a probe backs off by itself, to 16 s.
 * @param deadlineMs how long to wait in all, in milliseconds; 0 asks once
 * @param signal ends the wait early (its reason is thrown), for instance because the server died
 * @throws Neo4jUnavailable when the deadline passes or the password is refused
 */
export async function untilReady(connection: Neo4jConnection, deadlineMs: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + deadlineMs;
  const driver = driverFor(connection);
  try {
    for (;;) {
      signal?.throwIfAborted();
      try {
        await driver.verifyConnectivity({ database: connection.database });
        return;
      } catch (fault) {
        if (REFUSED.has(codeOf(fault))) throw refused(connection, fault);
        if (performance.now() >= end) throw silent(connection, deadlineMs, fault);
      }
      await wait(POLL_EVERY_MS);
    }
  } finally {
    await driver.close();
  }
}

/** True when the database holds no node at all. */
export async function isEmpty(connection: Neo4jConnection): Promise<boolean> {
  const driver = driverFor(connection);
  try {
    const found = await driver.executeQuery(
      'MATCH (n) RETURN 1 LIMIT 1',
      {},
      { database: connection.database, routing: neo4j.routing.READ },
    );
    return found.records.length === 0;
  } finally {
    await driver.close();
  }
}

function codeOf(fault: unknown): string {
  return fault instanceof Error && 'code' in fault ? String(fault.code) : '';
}

function refused({ uri, user }: Neo4jConnection, cause: unknown): Neo4jUnavailable {
  return new Neo4jUnavailable(
    `Neo4j at ${uri} refuses the password of "${user}": check NEO4J_USER and NEO4J_PASSWORD, or, for Trame's own database, the file "password" in its folder.`,
    { cause },
  );
}

function silent({ uri, database }: Neo4jConnection, deadlineMs: number, cause: unknown): Neo4jUnavailable {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  const waited = deadlineMs > 0 ? ` within ${Math.round(deadlineMs / 1000)} s` : '';
  return new Neo4jUnavailable(
    `Neo4j at ${uri} (database "${database}") does not answer${waited}: ${reason} Check that it runs and that the address is right.`,
    { cause },
  );
}
