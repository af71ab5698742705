/**
 * A steward's decisions about who is who. Two records are the `same`, or they are `distinct` for ever; either can be undone. What is decided is kept and carried out in one
 * transaction, by the way that a harvest goes (fold/write.ts). Records of a kind with strong identifiers become one thing or part; objects stay
 * things of their own, and are said to be the same.
 */
import type { ManagedTransaction } from 'neo4j-driver';
import type { Database } from '../database.ts';
import { findDecisions, type KeptDecision, keepDecision, standingDecisions, undoDecision } from '../decisions.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { compare } from '../fold/describing.ts';
import { lockGroup } from '../fold/group.ts';
import { identifierKey, inLedger, isShared } from '../fold/identity.ts';
import { remake } from '../fold/remake.ts';
import { ledgerUids } from '../fold/stands.ts';
import { resettle } from '../fold/write.ts';
import type { KindName } from '../model.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { inTheWay } from './decide-contradictions.ts';

/** Who decides, and what they want remembered with it. */
export interface IdentitySteward {
  readonly by: string;
  readonly note?: string | undefined;
  /** Must survive JSON. */
  readonly data?: unknown;
}

/** What a decision, or its undoing, did. */
export interface IdentityDecided {
  /** Its id. */
  readonly decision: string;
  /** Two things became one: the uid of the younger redirects to the older's. */
  readonly merged?: { readonly from: string; readonly into: string };
  /** One thing became two: the uids of the records' things, in the order of their keys. */
  readonly separated?: { readonly uids: readonly [string, string] };
}

/** Record keys (bookkeeping.ts recordKey). */
export type RecordPair = readonly [string, string];

/** The two records are of one thing. A finding where that cannot be, or where other decisions say the opposite: nothing is then changed. */
export async function decideSame(
  database: Database,
  resolver: Resolver,
  pair: RecordPair,
  steward: IdentitySteward,
): Promise<IdentityDecided | { refused: Finding }> {
  return decide(database, resolver, 'same', pair, steward);
}

/** The two records are never of one thing, whatever codes say. A finding as above. */
export async function decideDistinct(
  database: Database,
  resolver: Resolver,
  pair: RecordPair,
  steward: IdentitySteward,
): Promise<IdentityDecided | { refused: Finding }> {
  return decide(database, resolver, 'distinct', pair, steward);
}

/** Undoes the one identity decision whose id begins so: things are then as if it had never been taken. */
export async function undoIdentity(
  database: Database,
  resolver: Resolver,
  decisionIdStart: string,
  by: string,
): Promise<IdentityDecided | { refused: Finding }> {
  return refusable(database, async (tx) => {
    const found = (await findDecisions(tx, decisionIdStart)).filter(isIdentity);
    const [decision] = found;
    if (decision === undefined || found.length > 1)
      throw new Refused(finding('identity-decision-unknown', { decision: decisionIdStart, count: found.length }));
    const about = await aboutOf(tx, decision.id);
    const { undoneAt, undoneBy } = await lockDecision(tx, decision.id);
    if (undoneAt !== null)
      throw new Refused(
        finding('identity-decision-undone', {
          decision: short(decision),
          at: undoneAt.slice(0, 10),
          by: undoneBy ?? '',
        }),
      );
    return carryOut(tx, resolver, about, decision.id, () => undoDecision(tx, decision.id, by));
  });
}

const isIdentity = ({ kind }: KeptDecision): boolean => kind === 'same' || kind === 'distinct';
export const short = ({ id }: Pick<KeptDecision, 'id'>): string => id.slice(0, 8);

/** Thrown inside a transaction, so that nothing of it stands. */
export class Refused extends Error {
  readonly finding: Finding;

  constructor(found: Finding) {
    super(found.code);
    this.finding = found;
  }
}

/** Runs a transaction; what is refused in it comes back as a finding, and nothing of it stands. */
export async function refusable<T>(
  database: Database,
  work: (tx: ManagedTransaction) => Promise<T>,
): Promise<T | { refused: Finding }> {
  try {
    return await database.write(work);
  } catch (fault) {
    if (fault instanceof Refused) return { refused: fault.finding };
    throw fault;
  }
}

/** What a decision is about, in the ledger's terms. */
export interface About {
  readonly kind: KindName;
  /** The records' own identifiers. */
  readonly owns: readonly [string, string];
}

async function decide(
  database: Database,
  resolver: Resolver,
  kind: 'same' | 'distinct',
  pair: RecordPair,
  steward: IdentitySteward,
): Promise<IdentityDecided | { refused: Finding }> {
  const [a, b] = [...pair].sort(compare) as [string, string];
  if (a === b) return { refused: finding('identity-same-record', { id: a }) };
  return refusable(database, async (tx) => {
    const about = await readPair(tx, a, b);
    await lockOwn(tx, about.kind, [a, b]);
    const subject = `${a}\n${b}`;
    const [standing] = await standingDecisions(tx, [kind], subject);
    if (standing) throw new Refused(finding('identity-already-decided', { a, b, decision: short(standing) }));
    await refuseContradiction(tx, about, kind, subject);
    const { by, note, data } = steward;
    const id = await keepDecision(tx, { kind, subject, by, note, data });
    return carryOut(tx, resolver, about, id, () => attach(tx, id, about, [a, b]));
  });
}

/** Two records that something may be decided about; refused where that cannot be. */
export async function readPair(tx: ManagedTransaction, a: string, b: string): Promise<About> {
  const { records } = await tx.run(
    "UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) WHERE r.state IN ['live', 'missing'] RETURN key, r.kind AS kind",
    { keys: [a, b] },
  );
  const kinds = new Map(records.map((row) => [row.get('key') as string, row.get('kind') as KindName]));
  for (const id of [a, b]) if (!kinds.has(id)) throw new Refused(finding('identity-record-gone', { id }));
  const [kind, other] = [kinds.get(a)!, kinds.get(b)!];
  if (kind !== other) throw new Refused(finding('identity-kinds-differ', { a, b, kindA: kind, kindB: other }));
  if (!inLedger(kind)) throw new Refused(finding('identity-kind-alone', { kind }));
  return { kind, owns: [ownOf(kind, a), ownOf(kind, b)] };
}

/** A record's own identifier. */
export function ownOf(kind: KindName, record: string): string {
  return identifierKey(kind, { scheme: 'record', value: record });
}

/** Two who decide about one record at once do so one after the other. Objects enter the ledger when something is decided about them. */
export async function lockOwn(tx: ManagedTransaction, kind: KindName, keys: readonly string[]): Promise<void> {
  const rows = keys.map((key) => ({ own: ownOf(kind, key), key })).sort((one, other) => compare(one.own, other.own));
  await tx.run(
    `UNWIND $rows AS row MATCH (r:SourceRecord {key: row.key})
     MERGE (i:Identifier {key: row.own}) SET i.lock = 1, i.uid = coalesce(i.uid, r.uid)`,
    { rows },
  );
}

/** Refused where other decisions say the opposite; the refusal names them. */
export async function refuseContradiction(
  tx: ManagedTransaction,
  { kind: kindOfThing, owns }: About,
  kind: 'same' | 'distinct',
  subject: string,
): Promise<void> {
  const [a, b] = subject.split('\n') as [string, string];
  const against = isShared(kindOfThing)
    ? inTheWay(await lockGroup(tx, await basesOf(tx, owns)), kind, owns)
    : (await standingDecisions(tx, [kind === 'same' ? 'distinct' : 'same'], subject)).map(({ id }) => id);
  if (against.length === 0) return;
  const { records } = await tx.run(
    'UNWIND $ids AS id MATCH (d:Decision {id: id}) RETURN d.id AS id, d.kind AS kind, d.subject AS subject',
    { ids: against.slice(0, 10) },
  );
  const decisions = records
    .map((row) => {
      const [x, y] = (row.get('subject') as string).split('\n');
      return `${short({ id: row.get('id') as string })} (${x} ${row.get('kind') === 'same' ? '=' : '≠'} ${y})`;
    })
    .join(', ');
  throw new Refused(finding('identity-decided-otherwise', { a, b, decisions }));
}

async function basesOf(tx: ManagedTransaction, keys: readonly string[]): Promise<string[]> {
  const { records } = await tx.run(
    'UNWIND $keys AS key MATCH (i:Identifier {key: key}) RETURN DISTINCT coalesce(i.base, i.uid) AS base',
    { keys },
  );
  return records.map((row) => row.get('base') as string);
}

/** From here on the ledger, and the fold of objects, know of the decision. */
export async function attach(
  tx: ManagedTransaction,
  id: string,
  { kind, owns }: About,
  records: RecordPair,
): Promise<void> {
  const [label, key] = isShared(kind) ? ['Identifier', owns] : ['SourceRecord', records];
  await tx.run(
    `MATCH (d:Decision {id: $id}) UNWIND $keys AS key MATCH (n:${label} {key: key}) CREATE (d)-[:DECIDES]->(n)`,
    { id, keys: key },
  );
}

/** The records that a kept decision is about. */
async function aboutOf(tx: ManagedTransaction, id: string): Promise<About> {
  const { records } = await tx.run(
    `MATCH (d:Decision {id: $id})-[:DECIDES]->(n)
     RETURN n.key AS key, n:Identifier AS shared, n.kind AS kind ORDER BY key`,
    { id },
  );
  const owns = records.map((row) => {
    const key = row.get('key') as string;
    return row.get('shared') ? key : ownOf('HeritageObject', key);
  });
  // One of the two was forgotten with its person: nothing is left to be undone.
  if (owns.length !== 2)
    throw new Refused(finding('identity-decision-unknown', { decision: id.slice(0, 8), count: 0 }));
  return { kind: owns[0]!.slice(0, owns[0]!.indexOf('/')) as KindName, owns: owns as [string, string] };
}

/** Locked, and only then read. */
async function lockDecision(
  tx: ManagedTransaction,
  id: string,
): Promise<{ undoneAt: string | null; undoneBy: string | null }> {
  const { records } = await tx.run(
    'MATCH (d:Decision {id: $id}) SET d.lock = 1 RETURN toString(d.undoneAt) AS undoneAt, d.undoneBy AS undoneBy',
    { id },
  );
  return records[0]!.toObject() as { undoneAt: string | null; undoneBy: string | null };
}

async function carryOut(
  tx: ManagedTransaction,
  resolver: Resolver,
  { kind, owns }: About,
  decision: string,
  keep: () => Promise<void>,
): Promise<IdentityDecided> {
  const before = await ledgerUids(tx, owns);
  const [a, b] = owns.map((own) => before.get(own)) as [string, string];
  await keep();
  if (!isShared(kind)) {
    await remake(tx, [a, b], resolver);
    return { decision };
  }
  await resettle(tx, owns, resolver);
  const after = await ledgerUids(tx, owns);
  const [nowA, nowB] = owns.map((own) => after.get(own)) as [string, string];
  if (a !== b && nowA === nowB) return { decision, merged: { from: nowA === a ? b : a, into: nowA } };
  if (a === b && nowA !== nowB) return { decision, separated: { uids: [nowA, nowB] } };
  return { decision };
}
