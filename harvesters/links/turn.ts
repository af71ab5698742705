/** Links are checked by one process at a time, on whatever machine, so that no host is met at twice the pace. */
import type { Database } from '#graph-schema/database.ts';
import { takeLease, withLease } from '../lease.ts';

/** A name that no source can have: they hold no slash. */
const LEASE = 'links/check';

/** Does the work where it is our turn; says who has it where it is not. */
export async function inTurn<T>(
  database: Database,
  holder: string,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly heldBy: string }> {
  const taken = await takeLease(database, LEASE, holder);
  if ('held' in taken) return { heldBy: String(taken.held.particulars['holder']) };
  return { done: await withLease(database, taken.lease, work) };
}
