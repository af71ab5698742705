/** The change sequence: one node, its number taken last in a transaction, so that the order of numbers is the order of commits. */
import type { ManagedTransaction } from 'neo4j-driver';
import { compare } from './describing.ts';

/** Numbers every changed entity or tombstone, in uid order. From here on the transaction holds the sequence: nothing slow may follow. */
export async function numberChanges(tx: ManagedTransaction, uids: Iterable<string>): Promise<void> {
  const changed = [...new Set(uids)].sort(compare);
  if (changed.length === 0) return;
  await tx.run(
    `MERGE (s:Sequence {name: 'change'})
     SET s.value = coalesce(s.value, 0) + size($changed)
     WITH s.value - size($changed) AS base
     UNWIND range(0, size($changed) - 1) AS i
     MATCH (e:Entity {uid: $changed[i]})
     SET e.changed = base + i + 1, e.created = coalesce(e.created, base + i + 1)`,
    { changed },
  );
}
