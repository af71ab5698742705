/** The one way to the database: a compiled question goes out, its one row comes back and is read. */
import neo4j, { type Driver, type Record as Neo4jRecord } from 'neo4j-driver';
import type { Compiled } from './compile/roots.ts';

/** Asks; gives what `compiled.read` makes of the row. Throws what the driver throws. */
export type Ask = (compiled: Compiled) => Promise<unknown>;

/** Ends a question that is too much in the database itself. */
export const READ_TIMEOUT_MS = 5_000;
/** A reader waits for an answer: a fault that may pass (a leader elected, a connection lost) is tried again within this time only. */
const RETRY_WITHIN_MS = 2_000;
const RETRY_AFTER_MS = 100;

/** The driver as a reader wants it. The caller closes it. */
export function readingDriver({ uri, user, password }: { uri: string; user: string; password: string }): Driver {
  return neo4j.driver(uri, neo4j.auth.basic(user, password), {
    disableLosslessIntegers: true,
    connectionTimeout: RETRY_WITHIN_MS,
    connectionAcquisitionTimeout: READ_TIMEOUT_MS,
    maxTransactionRetryTime: RETRY_WITHIN_MS,
    userAgent: 'trame-gateway',
  });
}

/** One auto-commit read each: a single round trip, which a managed transaction is not. */
export function askThrough(driver: Driver, database: string): Ask {
  return async (compiled) => {
    const until = Date.now() + RETRY_WITHIN_MS;
    for (;;) {
      try {
        const row = await runOnce(driver, database, compiled);
        return compiled.read(row?.toObject());
      } catch (fault) {
        if (!neo4j.isRetryableError(fault) || Date.now() + RETRY_AFTER_MS > until) throw fault;
        await new Promise((done) => setTimeout(done, RETRY_AFTER_MS));
      }
    }
  };
}

async function runOnce(
  driver: Driver,
  database: string,
  { text, parameters }: Compiled,
): Promise<Neo4jRecord | undefined> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.READ });
  try {
    const { records } = await session.run(text, { ...parameters }, { timeout: READ_TIMEOUT_MS });
    return records[0];
  } finally {
    await session.close();
  }
}
