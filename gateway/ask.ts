/** The one way to the database: a compiled question goes out, its one row comes back and is read. */
import neo4j, { type Driver, type Record as Neo4jRecord } from 'neo4j-driver';
import type { Query } from './compile/cypher.ts';
import type { Compiled } from './compile/roots.ts';

/** Asks; gives what `compiled.read` makes of the row. Throws what the driver throws. */
export type Ask = (compiled: Compiled) => Promise<unknown>;

/** Ends a question that is too much in the database itself. */
export const READ_TIMEOUT_MS = 5_000;
/** A reader waits for an answer: a fault that may pass (a leader elected, a connection lost) is tried again within this time only. */
const RETRY_WITHIN_MS = 2_000;
const RETRY_AFTER_MS = 100;
/** Some hundred bytes each. */
const MOST_TOTALS = 2_000;

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

/**
 * One auto-commit read each: a single round trip, which a managed transaction is not. A total is counted only where it is not remembered, or where the graph
 * has changed since.
 */
export function askThrough(driver: Driver, database: string, totals?: Totals): Ask {
  const run = async (query: Query) => (await retrying(() => runOnce(driver, database, query)))?.toObject();
  return async (compiled) => {
    const row = await run(compiled);
    if (compiled.count === undefined) return compiled.read(row);
    const known = totals?.get(compiled.count, row?.['asOf']);
    if (known !== undefined) return compiled.read(row, known);
    const counted = await run(compiled.count);
    totals?.keep(compiled.count, counted?.['asOf'], counted?.['total']);
    return compiled.read(row, counted?.['total']);
  };
}

/** Totals of lists, each with the change number at which it was counted: it holds while that is the latest. The latest asked are kept. */
export class Totals {
  readonly #known = new Map<string, { readonly asOf: unknown; readonly total: unknown }>();

  /** Undefined where it is not known at this change. */
  get(count: Query, asOf: unknown): unknown {
    const key = keyOf(count);
    const known = this.#known.get(key);
    if (known === undefined || asOf == null || known.asOf !== asOf) return undefined;
    // The latest asked goes to the end: the first is the one to be forgotten.
    this.#known.delete(key);
    this.#known.set(key, known);
    return known.total;
  }

  keep(count: Query, asOf: unknown, total: unknown): void {
    if (asOf == null) return;
    this.#known.delete(keyOf(count));
    this.#known.set(keyOf(count), { asOf, total });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_TOTALS) return;
      this.#known.delete(oldest);
    }
  }
}

/** The day is among the parameters: what may be seen until today is counted anew tomorrow. */
function keyOf({ text, parameters }: Query): string {
  return JSON.stringify([text, parameters]);
}

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + RETRY_WITHIN_MS;
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if (!neo4j.isRetryableError(fault) || Date.now() + RETRY_AFTER_MS > until) throw fault;
      await new Promise((done) => setTimeout(done, RETRY_AFTER_MS));
    }
  }
}

async function runOnce(
  driver: Driver,
  database: string,
  { text, parameters }: Query,
): Promise<Neo4jRecord | undefined> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.READ });
  try {
    const { records } = await session.run(text, { ...parameters }, { timeout: READ_TIMEOUT_MS });
    return records[0];
  } finally {
    await session.close();
  }
}
