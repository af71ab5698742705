/**
 * Decisions about several records at once, each carried out in one transaction, all of it or nothing: they are all of one thing; and the
 * opposite gesture, by which every decision that made a thing of several is taken back.
 */
import type { ManagedTransaction } from 'neo4j-driver';
import { type Database, outdated } from '../database.ts';
import { keepDecision, standingDecisions, undoDecision } from '../decisions.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { compare } from '../fold/describing.ts';
import { isShared } from '../fold/identity.ts';
import { remake } from '../fold/remake.ts';
import { ledgerUids } from '../fold/stands.ts';
import { resettle } from '../fold/write.ts';
import type { KindName } from '../model.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { everyTwo } from './components.ts';
import {
  attach,
  type IdentitySteward,
  lockOwn,
  ownOf,
  Refused,
  readPair,
  refusable,
  refuseContradiction,
  short,
} from './decide.ts';

/** Every two of them are checked against what stands; more records of one thing are joined in several goes. */
const MOST_RECORDS = 20;

export interface JoinedThing {
  /** The ids of the decisions that were taken: one for each record that the first was not yet joined with. */
  readonly decisions: readonly string[];
  /** The thing that they are now; of objects, which stay things of their own, that of the first record. */
  readonly uid: string;
}

/** The records (by key) are all of one thing. A finding where that cannot be, or where other decisions say the opposite: nothing is then changed. */
export async function decideAllSame(
  database: Database,
  resolver: Resolver,
  records: readonly string[],
  steward: IdentitySteward,
): Promise<JoinedThing | { readonly refused: Finding }> {
  const keys = [...new Set(records)].sort(compare);
  const [first, ...others] = keys;
  if (first === undefined || others.length === 0 || keys.length > MOST_RECORDS)
    return { refused: finding('identity-records-count', { count: keys.length, most: MOST_RECORDS }) };
  return refusable(database, async (tx) => {
    const { kind } = await readPair(tx, first, others[0]!);
    for (const other of others) await readPair(tx, first, other);
    await lockOwn(tx, kind, keys);
    for (const [a, b] of everyTwo(keys))
      await refuseContradiction(tx, { kind, owns: [ownOf(kind, a), ownOf(kind, b)] }, 'same', `${a}\n${b}`);
    const decisions: string[] = [];
    let standing: string | undefined;
    for (const other of others) {
      const subject = `${first}\n${other}`;
      const [before] = await standingDecisions(tx, ['same'], subject);
      if (before) {
        standing ??= short(before);
        continue;
      }
      const { by, note, data } = steward;
      const id = await keepDecision(tx, { kind: 'same', subject, by, note, data });
      await attach(tx, id, { kind, owns: [ownOf(kind, first), ownOf(kind, other)] }, [first, other]);
      decisions.push(id);
    }
    if (decisions.length === 0)
      throw new Refused(finding('identity-already-decided', { a: first, b: others.join(', '), decision: standing! }));
    const uids = await carriedOut(tx, resolver, kind, keys);
    return { decisions, uid: uids.get(ownOf(kind, first))! };
  });
}

export interface PartedThing {
  /** The ids of the decisions that hold no more. */
  readonly undone: readonly string[];
  /** The records that they were about, and what each is of now. */
  readonly things: readonly { readonly record: string; readonly uid: string }[];
}

/**
 * Undoes every `same` that holds about the records of this thing (a retired uid means what took over): it is then what codes alone make of it. For objects:
 * it is said to be the same as no other. A finding where no decision holds anything together.
 */
export async function partThing(
  database: Database,
  resolver: Resolver,
  uid: string,
  by: string,
): Promise<PartedThing | { readonly refused: Finding }> {
  return refusable(database, async (tx) => {
    const joining = await joiningIn(tx, uid);
    if (joining.length === 0) throw new Refused(finding('identity-nothing-joined', { id: uid }));
    const kind = joining[0]!.kind;
    const keys = [...new Set(joining.flatMap(({ subject }) => subject.split('\n')))].sort(compare);
    await lockOwn(tx, kind, keys);
    const locked = await joiningIn(tx, uid);
    if (locked.map(({ id }) => id).join() !== joining.map(({ id }) => id).join())
      throw outdated('something was decided about a thing while it was parted');
    for (const { id } of joining) await undoDecision(tx, id, by);
    const uids = await carriedOut(tx, resolver, kind, keys);
    const things = keys.flatMap((record) => {
      const now = uids.get(ownOf(kind, record));
      return now === undefined ? [] : [{ record, uid: now }];
    });
    return { undone: joining.map(({ id }) => id), things };
  });
}

/** The decisions that hold this thing together, in the order of their ids. */
async function joiningIn(
  tx: ManagedTransaction,
  uid: string,
): Promise<readonly { readonly id: string; readonly subject: string; readonly kind: KindName }[]> {
  const { records } = await tx.run(
    `OPTIONAL MATCH (gone:Retired {uid: $uid}) WITH coalesce(gone.by, $uid) AS uid
     CALL (uid) {
       MATCH (i:Identifier {uid: uid})<-[:DECIDES]-(d:Decision) RETURN d, split(i.key, '/')[0] AS kind
       UNION MATCH (:Entity {uid: uid})<-[:DESCRIBES]-(r:SourceRecord)<-[:DECIDES]-(d:Decision) RETURN d, r.kind AS kind
     }
     WITH d, kind WHERE d.kind = 'same' AND d.undoneAt IS NULL
     RETURN DISTINCT d.id AS id, d.subject AS subject, kind ORDER BY id`,
    { uid },
  );
  return records.map((row) => row.toObject() as { id: string; subject: string; kind: KindName });
}

/** Makes the graph what the decisions now say. Gives the uids in force, by own identifier. */
async function carriedOut(
  tx: ManagedTransaction,
  resolver: Resolver,
  kind: KindName,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const owns = keys.map((key) => ownOf(kind, key));
  if (isShared(kind)) await resettle(tx, owns, resolver);
  const uids = await ledgerUids(tx, owns);
  if (!isShared(kind)) await remake(tx, [...new Set(uids.values())], resolver);
  return uids;
}
