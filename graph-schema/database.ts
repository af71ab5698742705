/** The way to Neo4j: one driver, its database always named, every write bounded in time. */
import neo4j, { type Driver, type EagerResult, type ManagedTransaction, Neo4jError, type Session } from 'neo4j-driver';

/** Where a Neo4j is. From NEO4J_URI and its companions, or from the one that was started for this home. */
export interface Neo4jAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Neo4j's own default is no limit, and one hung writer would stop the hub. */
export const WRITE_TIMEOUT_MS = 30_000;

const MOST_ATTEMPTS = 5;

/** Another transaction led something to a node while this one was deleting it, or deleted one that this had looked up: this one must look again. */
function wasOvertaken(fault: unknown): boolean {
  return (
    fault instanceof Neo4jError &&
    /still has relationships|^Unable to load (NODE|RELATIONSHIP)|already exists with label `Entity`/.test(fault.message)
  );
}

/** A fault after which the driver tries the transaction again. */
export function outdated(message: string): Neo4jError {
  return new Neo4jError(message, 'Neo.TransientError.Transaction.Outdated', '50N42', 'the transaction is outdated');
}

export class Database {
  readonly driver: Driver;
  readonly name: string;

  constructor({ uri, user, password, database }: Neo4jAddress) {
    this.name = database;
    this.driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
      disableLosslessIntegers: true,
      maxTransactionRetryTime: WRITE_TIMEOUT_MS,
      userAgent: 'trame',
    });
  }

  /** One transaction, tried again on a transient fault for at most 30 s; `work` must therefore be repeatable. */
  async write<T>(work: (tx: ManagedTransaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#within(
          (session) => session.executeWrite(work, { timeout: WRITE_TIMEOUT_MS }),
          neo4j.session.WRITE,
        );
      } catch (fault) {
        if (!wasOvertaken(fault) || attempt === MOST_ATTEMPTS) throw fault;
      }
    }
  }

  async read<T>(work: (tx: ManagedTransaction) => Promise<T>, timeoutMs = WRITE_TIMEOUT_MS): Promise<T> {
    return this.#within((session) => session.executeRead(work, { timeout: timeoutMs }), neo4j.session.READ);
  }

  /** One query outside a managed transaction: for schema statements. */
  async run(text: string, parameters: Record<string, unknown> = {}): Promise<EagerResult> {
    return this.driver.executeQuery(text, parameters, { database: this.name });
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  async #within<T>(work: (session: Session) => Promise<T>, defaultAccessMode: 'READ' | 'WRITE'): Promise<T> {
    const session = this.driver.session({ database: this.name, defaultAccessMode });
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }
}
