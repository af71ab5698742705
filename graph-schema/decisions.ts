/** Decisions: what a steward said, kept with who and when. They survive every harvest, and a backup holds them. */
import { randomUUID } from 'node:crypto';
import type { ManagedTransaction } from 'neo4j-driver';

/**
 * What may be decided, and what `subject` then is:
 * - about a held batch (its id): `approve-batch`, `refuse-batch`, `undo-batch`;
 * - about a source (its name): `publish-source`, `withdraw-source`;
 * - about two records (their keys, sorted, joined by a line break): `same`, `distinct`;
 * - about words (`trades` or `places`, a line break, the words as they are compared): `word`;
 * - about a trade that a thing has nothing to do with (a record's key, a line break, the trade's code): `not-trade`;
 * - about a proposed correction (its key): `refuse-correction`;
 * - about a record's key: `takedown`; about a person's record: `consent`.
 */
export type DecisionKind =
  | 'approve-batch'
  | 'refuse-batch'
  | 'undo-batch'
  | 'publish-source'
  | 'withdraw-source'
  | 'same'
  | 'distinct'
  | 'word'
  | 'not-trade'
  | 'refuse-correction'
  | 'takedown'
  | 'consent';

export interface Decision {
  readonly kind: DecisionKind;
  readonly subject: string;
  /** Who, as they are known to the hub; `trame` and the rule where nobody but a rule decided. */
  readonly by: string;
  readonly note?: string | undefined;
  /** What was decided, where the kind and the subject do not say it all. Must survive JSON. */
  readonly data?: unknown;
}

/** A decision as it is kept. */
export interface KeptDecision extends Decision {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** Undone: it is remembered, and no longer holds. */
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
}

/** Keeps a decision, in the transaction that carries it out or begins to. Gives its id. */
export async function keepDecision(
  tx: ManagedTransaction,
  { kind, subject, by, note, data }: Decision,
): Promise<string> {
  const id = randomUUID();
  await tx.run(
    'CREATE (:Decision {id: $id, kind: $kind, subject: $subject, by: $by, note: $note, data: $data, at: datetime()})',
    { id, kind, subject, by, note: note ?? null, data: data === undefined ? null : JSON.stringify(data) },
  );
  return id;
}

const COLUMNS =
  'd {.id, .kind, .subject, .by, .note, .data, .undoneBy, at: toString(d.at), undoneAt: toString(d.undoneAt)} AS decision';

/** The decisions of these kinds that hold, oldest first; about one subject where it is given. */
export async function standingDecisions(
  tx: ManagedTransaction,
  kinds: readonly DecisionKind[],
  subject?: string,
): Promise<readonly KeptDecision[]> {
  const { records } = await tx.run(
    `MATCH (d:Decision) WHERE d.kind IN $kinds AND d.undoneAt IS NULL AND ($subject IS NULL OR d.subject = $subject)
     RETURN ${COLUMNS} ORDER BY d.at, d.id`,
    { kinds, subject: subject ?? null },
  );
  return records.map((row) => keptFrom(row.get('decision')));
}

/** The decisions whose id begins so; undone ones too. */
export async function findDecisions(tx: ManagedTransaction, idStart: string): Promise<readonly KeptDecision[]> {
  const { records } = await tx.run(
    `MATCH (d:Decision) WHERE d.id STARTS WITH $idStart RETURN ${COLUMNS} ORDER BY d.at, d.id LIMIT 10`,
    { idStart },
  );
  return records.map((row) => keptFrom(row.get('decision')));
}

/** Undoes a decision, in the transaction that carries the undoing out or begins to. It stays kept. */
export async function undoDecision(tx: ManagedTransaction, id: string, by: string): Promise<void> {
  await tx.run('MATCH (d:Decision {id: $id}) WHERE d.undoneAt IS NULL SET d.undoneAt = datetime(), d.undoneBy = $by', {
    id,
    by,
  });
}

function keptFrom(row: Omit<KeptDecision, 'data'> & { readonly data: string | null }): KeptDecision {
  const { data, note, ...rest } = row;
  return {
    ...rest,
    ...(note === null || note === undefined ? {} : { note }),
    ...(data === null ? {} : { data: JSON.parse(data) as unknown }),
  };
}
