/**
 * Proposals: two records that may speak of one thing, kept until a steward has decided or the question is gone. A proposal names
 * records and never quotes them, so that nothing personal lies in it.
 */
import { createHash } from 'node:crypto';
import type { ManagedTransaction } from 'neo4j-driver';
import type { Database } from '../database.ts';
import { compare } from '../fold/describing.ts';
import type { ProposedKind } from './propose-sorts.ts';

/**
 * `waiting` for a steward; `accepted`: the two are one; `refused`: never the same; `settled`: the question is gone (a record is,
 * the two are one already, they no longer look alike, or what was decided was undone).
 */
export const PROPOSAL_STATES = ['waiting', 'accepted', 'refused', 'settled'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export interface Proposal {
  /** Made from the two keys: the same question has the same id. */
  readonly id: string;
  readonly kind: ProposedKind;
  /** Keys of the two records, in order. */
  readonly a: string;
  readonly b: string;
  /** The things that they described when it was last looked at. */
  readonly uidA: string;
  readonly uidB: string;
  readonly score: number;
  /** What the comparison said: `longer-name`, `number-and-words` … */
  readonly rule: string;
  readonly agrees: readonly string[];
  readonly differs: readonly string[];
  readonly state: ProposalState;
  /** ISO 8601: since when it waits, or waited. */
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly by: string | null;
  /** The decision that closed it. */
  readonly decision: string | null;
}

/** A pair as it is asked about. `compared`: a fingerprint of what differs; a pair that was decided is asked about again only when it is another. */
export interface Question
  extends Pick<Proposal, 'kind' | 'a' | 'b' | 'uidA' | 'uidB' | 'score' | 'rule' | 'agrees' | 'differs'> {
  readonly compared: string;
}

/** How a question was closed at once, where a rule was sure. */
export interface Closed {
  readonly state: 'accepted' | 'refused';
  readonly by: string;
  readonly decision: string;
}

export function proposalId(a: string, b: string): string {
  const keys = [a, b].sort(compare).join('\n');
  return createHash('sha256').update(keys).digest('hex').slice(0, 16);
}

/**
 * Puts questions before the stewards; gives how many wait that did not before. One that was decided waits again only where what
 * differs is other than it was then. `run` marks those that were found, so that the others can be settled.
 */
export async function ask(tx: ManagedTransaction, questions: readonly Question[], run: string): Promise<number> {
  if (questions.length === 0) return 0;
  const rows = questions.map((question) => ({ ...question, id: proposalId(question.a, question.b) }));
  const { records } = await tx.run(
    `UNWIND $rows AS row
     MERGE (p:Proposal {id: row.id})
     WITH p, row, p.state IS NULL OR (p.state <> 'waiting' AND (p.compared IS NULL OR p.compared <> row.compared)) AS opens
     SET p += row, p.seenIn = $run
     FOREACH (_ IN CASE WHEN opens THEN [1] ELSE [] END |
       SET p.state = 'waiting', p.openedAt = datetime(), p.closedAt = null, p.by = null, p.decision = null)
     RETURN sum(CASE WHEN opens THEN 1 ELSE 0 END) AS opened`,
    { rows, run },
  );
  return Number(records[0]?.get('opened'));
}

/** Keeps a question with the decision that a rule has taken, so that it is found, and undone, as any other. */
export async function keepClosed(
  tx: ManagedTransaction,
  question: Question,
  run: string,
  closed: Closed,
): Promise<void> {
  await tx.run(
    `MERGE (p:Proposal {id: $id})
     SET p += $question, p += $closed, p.seenIn = $run, p.openedAt = coalesce(p.openedAt, datetime()), p.closedAt = datetime()`,
    { id: proposalId(question.a, question.b), question, closed: { ...closed }, run },
  );
}

/** A steward has decided. */
export async function closeProposal(
  tx: ManagedTransaction,
  id: string,
  { state, by, decision }: Closed,
): Promise<void> {
  await tx.run(
    'MATCH (p:Proposal {id: $id}) SET p.state = $state, p.by = $by, p.decision = $decision, p.closedAt = datetime()',
    { id, state, by, decision },
  );
}

/** What a decision had closed is a question no more, once it is undone: it is asked again only where what differs changes. */
export async function closeUndone(tx: ManagedTransaction, decision: string, by: string): Promise<void> {
  await tx.run(
    "MATCH (p:Proposal {decision: $decision}) SET p.state = 'settled', p.by = $by, p.closedAt = datetime()",
    { decision, by },
  );
}

/** Most proposals that one transaction settles. */
const PAGE = 2_000;

/**
 * Settles the waiting questions that are gone: a record describes nothing any more, or the two are one thing. After a run also
 * those of its kind that it looked at (all, or where one side has changed since) and did not find again. Gives how many.
 */
export async function settleGone(
  database: Database,
  after?: { readonly kind: ProposedKind; readonly run: string; readonly since: number },
): Promise<number> {
  let settled = 0;
  for (;;) {
    const now = await database.write(async (tx) => {
      const { records } = await tx.run(
        `MATCH (p:Proposal {state: 'waiting'}) WHERE $kind IS NULL OR (p.kind = $kind AND p.seenIn <> $run)
         OPTIONAL MATCH (ra:SourceRecord {key: p.a})-[:DESCRIBES]->(a:Entity) WHERE ra.state IN ['live', 'missing']
         OPTIONAL MATCH (rb:SourceRecord {key: p.b})-[:DESCRIBES]->(b:Entity) WHERE rb.state IN ['live', 'missing']
         WITH p, a, b WHERE a IS NULL OR b IS NULL OR a = b OR ($kind IS NOT NULL AND (a.changed > $since OR b.changed > $since))
         WITH p LIMIT ${PAGE}
         SET p.state = 'settled', p.by = 'trame', p.closedAt = datetime(), p.compared = null
         RETURN count(p) AS settled`,
        { kind: after?.kind ?? null, run: after?.run ?? null, since: after?.since ?? 0 },
      );
      return Number(records[0]?.get('settled'));
    });
    settled += now;
    if (now < PAGE) return settled;
  }
}

export interface ProposalsWanted {
  readonly kind?: ProposedKind | undefined;
  readonly states?: readonly ProposalState[];
  /** The beginning of an id. */
  readonly id?: string | undefined;
  /** Default 1000. */
  readonly limit?: number;
}

const COLUMNS =
  'p {.id, .kind, .a, .b, .uidA, .uidB, .score, .rule, .agrees, .differs, .state, .by, .decision, openedAt: toString(p.openedAt), closedAt: toString(p.closedAt)} AS proposal';

/** The surest first. Default: those that wait. */
export async function proposals(
  database: Database,
  { kind, id, states = id === undefined ? ['waiting'] : PROPOSAL_STATES, limit = 1_000 }: ProposalsWanted = {},
): Promise<readonly Proposal[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (p:Proposal) WHERE p.state IN $states AND ($kind IS NULL OR p.kind = $kind) AND ($id IS NULL OR p.id STARTS WITH $id)
       RETURN ${COLUMNS} ORDER BY p.score DESC, p.id LIMIT toInteger($limit)`,
      { states, kind: kind ?? null, id: id ?? null, limit },
    ),
  );
  return records.map((row) => row.get('proposal') as Proposal);
}

/** How many wait, by kind. */
export async function waitingProposals(database: Database): Promise<Readonly<Record<string, number>>> {
  const { records } = await database.read((tx) =>
    tx.run("MATCH (p:Proposal {state: 'waiting'}) RETURN p.kind AS kind, count(p) AS n ORDER BY kind"),
  );
  return Object.fromEntries(records.map((row) => [row.get('kind') as string, Number(row.get('n'))]));
}
