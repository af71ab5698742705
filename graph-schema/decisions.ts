/** Decisions: what a steward said, kept with who and when. They survive every harvest, and a backup holds them. */
import { randomUUID } from 'node:crypto';
import type { ManagedTransaction } from 'neo4j-driver';

/** What may be decided so far. `subject` is a held batch's id, or a source's name. */
export type DecisionKind = 'approve-batch' | 'refuse-batch' | 'undo-batch' | 'publish-source' | 'withdraw-source';

export interface Decision {
  readonly kind: DecisionKind;
  readonly subject: string;
  /** Who, as they are known to the hub. */
  readonly by: string;
  readonly note?: string | undefined;
}

/** Keeps a decision, in the transaction that carries it out or begins to. Gives its id. */
export async function keepDecision(tx: ManagedTransaction, { kind, subject, by, note }: Decision): Promise<string> {
  const id = randomUUID();
  await tx.run('CREATE (:Decision {id: $id, kind: $kind, subject: $subject, by: $by, note: $note, at: datetime()})', {
    id,
    kind,
    subject,
    by,
    note: note ?? null,
  });
  return id;
}
