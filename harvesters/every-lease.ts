/** All leases at once: for what needs every source to hold still, as a backup does. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { holdsLease, type Lease, releaseLease, renewLease, takeLease } from './lease.ts';

export interface Stillness {
  /** Why it was not still after all: a harvest began meanwhile. Undefined where none did. */
  broken(): Promise<Finding | undefined>;
  /** Gives all leases back. */
  release(): Promise<void>;
}

export interface StillnessOptions {
  /** Who wants it, in words: shown to whoever is refused a lease. */
  readonly holder: string;
  /** How long to wait for sources that are being harvested. */
  readonly waitMs: number;
  /** Between two tries. Default: one second. */
  readonly stepMs?: number;
  readonly signal?: AbortSignal;
  /** Told once, of the sources that are waited for. */
  readonly onWait?: (sources: readonly string[]) => void;
}

/** Takes the lease of every source that was ever harvested here, and of these others; or says which are busy, and takes none. */
export async function holdStill(
  database: Database,
  others: readonly string[],
  options: StillnessOptions,
): Promise<{ still: Stillness } | { busy: Finding }> {
  const { records } = await database.read((tx) => tx.run('MATCH (s:Source) RETURN s.name AS name'));
  let wanted = [...new Set([...records.map((row) => row.get('name') as string), ...others])].sort();
  const leases: Lease[] = [];
  const until = performance.now() + options.waitMs;
  const heart = setInterval(() => {
    for (const lease of leases) void renewLease(database, lease).catch(() => undefined);
  }, 10_000);
  const release = async () => {
    clearInterval(heart);
    for (const lease of leases.splice(0)) await database.write((tx) => releaseLease(tx, lease));
  };
  try {
    for (let told = false; ; told = true) {
      wanted = await takeAll(database, wanted, options.holder, leases);
      if (wanted.length === 0) break;
      if (options.signal?.aborted || performance.now() + (options.stepMs ?? 1_000) > until) {
        await release();
        return { busy: finding('backup-sources-busy', { sources: wanted.join(', ') }) };
      }
      if (!told) options.onWait?.(wanted);
      await pause(options.stepMs ?? 1_000);
    }
  } catch (fault) {
    clearInterval(heart);
    throw fault;
  }
  const taken = await leasesTaken(database);
  return { still: { release, broken: () => whatBroke(database, leases, taken) } };
}

/** Gives those that are held by others. */
async function takeAll(database: Database, names: readonly string[], holder: string, into: Lease[]): Promise<string[]> {
  const busy: string[] = [];
  for (const name of names) {
    const taken = await takeLease(database, name, holder);
    if ('held' in taken) busy.push(name);
    else into.push(taken.lease);
  }
  return busy;
}

/** How often a lease was taken, of any source: a token only grows. */
async function leasesTaken(database: Database): Promise<number> {
  const { records } = await database.read((tx) => tx.run('MATCH (l:Lease) RETURN sum(l.token) AS n'));
  return Number(records[0]?.get('n'));
}

async function whatBroke(database: Database, leases: readonly Lease[], taken: number): Promise<Finding | undefined> {
  for (const lease of leases) {
    if (!(await database.write((tx) => holdsLease(tx, lease))))
      return finding('backup-lease-lost', { source: lease.source });
  }
  if ((await leasesTaken(database)) === taken) return undefined;
  return finding('backup-lease-lost', { source: '?' });
}
