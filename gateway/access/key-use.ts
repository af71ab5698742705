/** How much each key asks, by day: requests, cost, refusals. Counted in memory, written now and then; it says nothing of what was asked. */
import type { ManagedTransaction } from 'neo4j-driver';
import type { Database } from '#graph-schema/database.ts';
import type { Log } from '../errors.ts';

const WRITE_EVERY_MS = 30_000;
const CLOSE_WITHIN_MS = 5_000;
const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;

export interface Use {
  readonly requests: number;
  /** Units (compile/cost.ts). */
  readonly cost: number;
  /** Requests that were refused as a whole. */
  readonly refusals: number;
}

const NONE: Use = { requests: 0, cost: 0, refusals: 0 };

/** Counts, and writes every 30 s. The caller closes it, which writes the rest. */
export class KeyUse {
  readonly #database: Database;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #counted = new Map<string, Use>();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
    this.#timer = setInterval(() => void this.#writeOrLog(), WRITE_EVERY_MS).unref();
  }

  /** Of one request with the key of this id. */
  note(id: string, cost: number, isRefused: boolean): void {
    const known = this.#counted.get(id) ?? NONE;
    this.#counted.set(id, {
      requests: known.requests + 1,
      cost: known.cost + cost,
      refusals: known.refusals + (isRefused ? 1 : 0),
    });
  }

  /** Writes what was counted since. Throws what the driver throws; it is then kept for the next time. */
  async write(now = new Date()): Promise<void> {
    const counted = this.#counted;
    if (counted.size === 0) return;
    this.#counted = new Map();
    const rows = [...counted].map(([id, use]) => ({ id, ...use }));
    try {
      await this.#database.write((tx) => add(tx, rows, now));
    } catch (fault) {
      for (const [id, use] of this.#counted) counted.set(id, sum(counted.get(id) ?? NONE, use));
      this.#counted = counted;
      throw fault;
    }
  }

  /** A gateway that ends waits for this no longer than 5 s, whether Neo4j is there or not. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    let late: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((done) => {
      late = setTimeout(done, CLOSE_WITHIN_MS);
    });
    await Promise.race([this.#writeOrLog(), tooLate]);
    clearTimeout(late);
  }

  async #writeOrLog(): Promise<void> {
    await this.write().catch((fault: unknown) => this.#log('the figures of the keys could not be written', fault));
  }
}

async function add(tx: ManagedTransaction, rows: readonly object[], now: Date): Promise<void> {
  const day = dayOf(now);
  await tx.run(
    `UNWIND $rows AS row MATCH (k:ApiKey {id: row.id})
     SET k.lastUsedAt = datetime()
     MERGE (u:KeyUse {key: row.id + '/' + $day})
     ON CREATE SET u.apiKey = row.id, u.day = $day, u.requests = 0, u.cost = 0, u.refusals = 0
     SET u.requests = u.requests + toInteger(row.requests), u.cost = u.cost + toInteger(row.cost), u.refusals = u.refusals + toInteger(row.refusals)`,
    { rows, day },
  );
  const oldest = dayOf(new Date(now.getTime() - KEPT_DAYS * DAY_MS));
  await tx.run('UNWIND $ids AS id MATCH (u:KeyUse {apiKey: id}) WHERE u.day < $oldest DELETE u', {
    ids: rows.map((row) => (row as { id: string }).id),
    oldest,
  });
}

/** What each key asked on the day and in the month of `now` (UTC), by id; a key that asked nothing is not there. */
export async function readKeyUse(
  database: Database,
  now = new Date(),
): Promise<ReadonlyMap<string, { readonly today: Use; readonly month: Use }>> {
  const day = dayOf(now);
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (k:ApiKey) MATCH (u:KeyUse {apiKey: k.id}) WHERE u.day STARTS WITH $month
       RETURN k.id AS id, collect(u {.day, .requests, .cost, .refusals}) AS days`,
      { month: day.slice(0, 'YYYY-MM'.length) },
    ),
  );
  return new Map(
    records.map((row) => {
      const days = row.get('days') as readonly (Use & { readonly day: string })[];
      const today = days.find((one) => one.day === day) ?? NONE;
      return [row.get('id') as string, { today: sum(today, NONE), month: days.reduce<Use>(sum, NONE) }];
    }),
  );
}

function sum(one: Use, other: Use): Use {
  return {
    requests: one.requests + other.requests,
    cost: one.cost + other.cost,
    refusals: one.refusals + other.refusals,
  };
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 'YYYY-MM-DD'.length);
}
