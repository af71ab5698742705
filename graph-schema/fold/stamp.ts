/**
 * Stamps: what a restored entity was when it was backed up, so that a rebuild that gives the same again leaves its change number
 * as it was, and partners' cursors stay valid. A stamp goes when the entity is written.
 */
import { createHash } from 'node:crypto';
import type { ManagedTransaction } from 'neo4j-driver';

/** The stamp of a placeholder or mention; a described entity's is the digest of its fold. `said` is what it says, as it is stored. */
export function mentionStamp(published: boolean, said: string | null): string {
  return `${published ? 'published' : 'hidden'}:${hashOf(said)}`;
}

export function isMentionStamp(stamp: string): boolean {
  return stamp.includes(':');
}

function hashOf(said: string | null): string {
  return createHash('sha256')
    .update(said ?? '')
    .digest('base64url')
    .slice(0, 22);
}

/**
 * Those of the stamped mentions that now say what they said when they were stamped. One that is not Published yet may still become
 * so: whether it did is judged when the rebuild is through (sweep.ts).
 */
export async function asStamped(tx: ManagedTransaction, stamps: ReadonlyMap<string, string>): Promise<Set<string>> {
  if (stamps.size === 0) return new Set();
  const { records } = await tx.run(
    'UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) RETURN uid, e:Published AS published, e.said AS said',
    { uids: [...stamps.keys()] },
  );
  const same = records.filter((row) => {
    const stamp = stamps.get(row.get('uid') as string);
    const now = mentionStamp(row.get('published') as boolean, row.get('said') as string | null);
    return now === stamp || (!row.get('published') && now.split(':')[1] === stamp?.split(':')[1]);
  });
  return new Set(same.map((row) => row.get('uid') as string));
}

/** Entities keep the change numbers that they had: writing them took these away. */
export async function keepNumbers(
  tx: ManagedTransaction,
  rows: readonly { uid: string; changed: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run('UNWIND $rows AS row MATCH (e:Entity {uid: row.uid}) SET e.changed = toInteger(row.changed)', { rows });
}
