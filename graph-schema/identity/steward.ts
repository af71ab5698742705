/** What a steward does with proposals. What is decided, and undone, is decide.ts's; here the questions are closed with it. */
import type { Database } from '../database.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { decideDistinct, decideSame, undoIdentity } from './decide.ts';
import { type PartedThing, partThing } from './decide-group.ts';
import { closeProposal, closeUndone, type Proposal, proposals, settleGone } from './proposals.ts';

export interface Steward {
  /** Who decides, as they are to be remembered. */
  readonly by: string;
  readonly note?: string | undefined;
}

export interface Stores {
  readonly database: Database;
  readonly resolver: Resolver;
}

export type ProposalDecided =
  | { readonly proposal: Proposal; readonly decision: string }
  | { readonly refused: Finding };

/** The two are one: things of a kind with strong identifiers become one thing, objects are said to be the same. */
export async function acceptProposal(stores: Stores, idStart: string, steward: Steward): Promise<ProposalDecided> {
  return decide(stores, idStart, steward, 'accepted');
}

/** The two are never the same: no harvest, code or rule joins them, and nobody is asked again. */
export async function refuseProposal(stores: Stores, idStart: string, steward: Steward): Promise<ProposalDecided> {
  return decide(stores, idStart, steward, 'refused');
}

/** The one proposal whose id begins so. */
export async function onlyProposal(
  database: Database,
  idStart: string,
): Promise<{ readonly proposal: Proposal } | { readonly refused: Finding }> {
  const found = await proposals(database, { id: idStart, limit: 10 });
  const [proposal] = found;
  if (proposal && found.length === 1) return { proposal };
  return { refused: finding('proposal-unknown', { proposal: idStart, count: found.length }) };
}

async function decide(
  { database, resolver }: Stores,
  idStart: string,
  steward: Steward,
  state: 'accepted' | 'refused',
): Promise<ProposalDecided> {
  const found = await onlyProposal(database, idStart);
  if ('refused' in found) return found;
  const { proposal } = found;
  if (proposal.state !== 'waiting')
    return { refused: finding('proposal-closed', { proposal: proposal.id, state: stateInWords(proposal) }) };
  const data = { proposal: proposal.id, score: proposal.score, rule: proposal.rule };
  const carryOut = state === 'accepted' ? decideSame : decideDistinct;
  const done = await carryOut(database, resolver, [proposal.a, proposal.b], { ...steward, data });
  if ('refused' in done) return done;
  await database.write((tx) => closeProposal(tx, proposal.id, { state, by: steward.by, decision: done.decision }));
  await settleGone(database);
  return { proposal, decision: done.decision };
}

/** Undoes a decision about two records; the question that it closed is asked again only where what differs changes. */
export async function undoDecided(
  { database, resolver }: Stores,
  decisionIdStart: string,
  by: string,
): Promise<Awaited<ReturnType<typeof undoIdentity>>> {
  const undone = await undoIdentity(database, resolver, decisionIdStart, by);
  if ('refused' in undone) return undone;
  await database.write((tx) => closeUndone(tx, undone.decision, by));
  await settleGone(database);
  return undone;
}

/** Takes back every decision that made this thing of several (partThing); the questions that they closed are asked again only where what differs changes. */
export async function partDecided(
  { database, resolver }: Stores,
  uid: string,
  by: string,
): Promise<PartedThing | { readonly refused: Finding }> {
  const parted = await partThing(database, resolver, uid, by);
  if ('refused' in parted) return parted;
  await database.write(async (tx) => {
    for (const decision of parted.undone) await closeUndone(tx, decision, by);
  });
  await settleGone(database);
  return parted;
}

const STATES = {
  waiting: 'en attente / waiting',
  accepted: 'acceptée / accepted',
  refused: 'refusée / refused',
  settled: 'réglée / settled',
} as const;

/** French first. */
export function stateInWords({ state, by }: Pick<Proposal, 'state' | 'by'>): string {
  return by === null ? STATES[state] : `${STATES[state]} (${by})`;
}

/** The record that is meant by its key, or by the uid of a thing that it describes (the first by key); a retired uid means the thing that took over. */
export async function recordMeant(
  database: Database,
  text: string,
): Promise<{ readonly key: string } | { readonly refused: Finding }> {
  const { records } = await database.read((tx) =>
    tx.run(
      `OPTIONAL MATCH (named:SourceRecord {key: $text})
       OPTIONAL MATCH (gone:Retired {uid: $text})
       OPTIONAL MATCH (e:Entity {uid: coalesce(gone.by, $text)})<-[:DESCRIBES]-(r:SourceRecord) WHERE r.state IN ['live', 'missing']
       RETURN coalesce(named.key, r.key) AS key ORDER BY key LIMIT 1`,
      { text },
    ),
  );
  const key = records[0]?.get('key') as string | null | undefined;
  return key ? { key } : { refused: finding('identity-record-unknown', { id: text }) };
}
