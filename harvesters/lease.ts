/** The lease: who may harvest a source now. A number that only grows (the fencing token) refuses a slower writer. */
import type { ManagedTransaction } from 'neo4j-driver';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';

/** A writer that does not commit for so long is taken for gone. By the database's clock. */
export const LEASE_SECONDS = 30;

export interface Lease {
  readonly source: string;
  readonly token: number;
  /** How long it lasts from each sign of life. */
  readonly seconds: number;
  /** How many batches were committed under it. */
  commits: number;
}

/** Takes the lease, or says who holds it and until when. */
export async function takeLease(
  database: Database,
  source: string,
  holder: string,
  seconds = LEASE_SECONDS,
): Promise<{ lease: Lease } | { held: Finding }> {
  const row = await database.write(async (tx) => {
    const { records } = await tx.run(
      `MERGE (l:Lease {source: $source}) ON CREATE SET l.token = 0, l.expires = datetime({epochSeconds: 0})
       SET l.touched = true
       WITH l, l.expires > datetime() AS held
       FOREACH (_ IN CASE WHEN held THEN [] ELSE [1] END |
         SET l.token = l.token + 1, l.commits = 0, l.holder = $holder, l.since = datetime(), l.expires = datetime() + duration({seconds: $seconds}))
       RETURN held, l.token AS token, l.holder AS holder, toString(l.expires) AS expires`,
      { source, holder, seconds },
    );
    return records[0]!;
  });
  if (row.get('held'))
    return {
      held: finding('lease-held', { source, holder: String(row.get('holder')), expires: String(row.get('expires')) }),
    };
  return { lease: { source, token: Number(row.get('token')), commits: 0, seconds } };
}

/** Another writer took the lease meanwhile: nothing more may be written under this one. */
export class LeaseLost extends Error {
  readonly finding: Finding;
  constructor(source: string) {
    super(`the lease of ${source} was taken over`);
    this.name = 'LeaseLost';
    this.finding = finding('lease-lost', { source });
  }
}

/**
 * First thing in every write: touches the lease's node (so that two writers queue), then compares token and commit number.
 * `done`: this batch was committed already, and only its confirmation was lost. Throws LeaseLost.
 */
export async function fence(tx: ManagedTransaction, lease: Lease): Promise<'go on' | 'done'> {
  const { records } = await tx.run(
    `MATCH (l:Lease {source: $source}) SET l.touched = true
     WITH l, l.token = $token AS mine, l.commits AS commits
     FOREACH (_ IN CASE WHEN mine AND commits = $commits THEN [1] ELSE [] END |
       SET l.commits = commits + 1, l.expires = datetime() + duration({seconds: $seconds}))
     RETURN mine, commits`,
    { ...lease },
  );
  if (!records[0]?.get('mine')) throw new LeaseLost(lease.source);
  return Number(records[0].get('commits')) === lease.commits ? 'go on' : 'done';
}

/** Keeps a lease alive while a slow source says nothing. */
export async function renewLease(database: Database, lease: Lease): Promise<void> {
  await database.write((tx) =>
    tx.run(
      'MATCH (l:Lease {source: $source}) SET l.touched = true WITH l WHERE l.token = $token SET l.expires = datetime() + duration({seconds: $seconds})',
      {
        source: lease.source,
        token: lease.token,
        seconds: lease.seconds,
      },
    ),
  );
}

/** Renews the lease while the work goes on, so that a slow source does not lose it. */
export async function keptAlive<T>(database: Database, lease: Lease, work: () => Promise<T>): Promise<T> {
  const renew = () => void renewLease(database, lease).catch(() => {});
  const heartbeat = setInterval(renew, (lease.seconds / 3) * 1000);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
  }
}

/** Keeps a lease while the work goes on, and gives it back, whatever happens. */
export async function withLease<T>(database: Database, lease: Lease, work: (lease: Lease) => Promise<T>): Promise<T> {
  try {
    return await keptAlive(database, lease, () => work(lease));
  } finally {
    await database.write((tx) => releaseLease(tx, lease));
  }
}

/** Whether it is still ours. */
export async function holdsLease(tx: ManagedTransaction, { source, token }: Lease): Promise<boolean> {
  const { records } = await tx.run(
    'MATCH (l:Lease {source: $source}) SET l.touched = true RETURN l.token = $token AS mine',
    {
      source,
      token,
    },
  );
  return records[0]?.get('mine') === true;
}

export async function releaseLease(tx: ManagedTransaction, lease: Lease): Promise<void> {
  await tx.run(
    'MATCH (l:Lease {source: $source}) SET l.touched = true WITH l WHERE l.token = $token SET l.expires = datetime(), l.holder = null',
    {
      source: lease.source,
      token: lease.token,
    },
  );
}
