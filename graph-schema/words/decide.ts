/** A steward settles words: once, for all that is stored, and for all that comes. */
import type { Database } from '../database.ts';
import { findDecisions, type KeptDecision, keepDecision, standingDecisions, undoDecision } from '../decisions.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { DecidedWords } from '../reconcile/decided.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { type ApplyOptions, applyDecisions } from './apply.ts';
import { canBeFound, concernedBy, MOST_CHARACTERS } from './concerned.ts';
import { decidedIn, wordsSubject } from './decided.ts';

export interface Steward {
  readonly by: string;
  readonly note?: string | undefined;
}

/** What was done: how many entities have these words somewhere, and how many changed by it. */
export interface Settled {
  readonly decision: string;
  readonly concerned: number;
  readonly changed: number;
}

interface Stores {
  readonly database: Database;
  /** That of the packaged tables, which hears no decisions yet. */
  readonly base: Resolver;
}

/**
 * Keeps what words mean (nothing: they stay words, and are not asked about again) and folds again what says them. Refused where they are settled
 * already, or hold nothing by which they could be found. Stopped in the middle: the decision stands, and `applyMissed` (apply.ts) does the rest.
 */
export async function settleWords(
  { database, base }: Stores,
  { what, words, means }: DecidedWords,
  steward: Steward,
  options: ApplyOptions = {},
): Promise<Settled | { readonly refused: Finding }> {
  if (words.length > MOST_CHARACTERS)
    return { refused: finding('words-too-long', { start: words.slice(0, 60), limit: MOST_CHARACTERS }) };
  if (!canBeFound(words)) return { refused: finding('words-too-short', { words }) };
  const subject = wordsSubject(what, words);
  const kept = await database.write(async (tx) => {
    // Two stewards at once settle the same words once: whoever is second waits here, and is refused.
    await tx.run("MERGE (s:Sequence {name: 'decided words'}) SET s.lock = 1");
    const [before] = await standingDecisions(tx, ['word'], subject);
    if (before) return { before };
    return { id: await keepDecision(tx, { kind: 'word', subject, ...steward, data: { means } }) };
  });
  if ('before' in kept && kept.before) return { refused: alreadySettled(words, kept.before) };
  return { decision: kept.id!, ...(await applyDecisions(database, base, [{ id: kept.id!, what, words }], options)) };
}

function alreadySettled(words: string, { id, by, at, ...decision }: KeptDecision): Finding {
  const labels = decidedIn({ id, by, at, ...decision }).means.map(({ label }) => label);
  return finding('words-settled', {
    words,
    by,
    day: at.slice(0, 10),
    means: labels.join(', ') || '–',
    id: id.slice(0, 8),
  });
}

/** Undoes a decision about words, by the beginning of its id, and folds again what says them. */
export async function undoWords(
  { database, base }: Stores,
  idStart: string,
  by: string,
  options: ApplyOptions = {},
): Promise<Settled | { readonly refused: Finding }> {
  const found = await database.read((tx) => findDecisions(tx, idStart));
  const mine = found.filter(({ kind, undoneAt }) => kind === 'word' && undoneAt === null);
  const [decision, ...others] = mine;
  if (!decision || others.length > 0)
    return { refused: finding('words-decision-unknown', { id: idStart, count: mine.length }) };
  await database.write((tx) => undoDecision(tx, decision.id, by));
  const { id } = decision;
  return { decision: id, ...(await applyDecisions(database, base, [{ id, ...decidedIn(decision) }], options)) };
}

/** How many entities say these words, by kind. Nothing is stored. */
export async function previewWords(
  database: Database,
  decided: Pick<DecidedWords, 'what' | 'words'>,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const kinds: Record<string, number> = {};
  for await (const uids of concernedBy(database, [decided], { signal, onlySaid: true })) {
    const { records } = await database.read((tx) =>
      tx.run(
        'UNWIND $uids AS uid MATCH (:Entity {uid: uid})<-[:DESCRIBES]-(r:SourceRecord) RETURN r.kind AS kind, count(DISTINCT uid) AS n',
        { uids },
      ),
    );
    for (const row of records) kinds[row.get('kind')] = (kinds[row.get('kind')] ?? 0) + Number(row.get('n'));
  }
  return kinds;
}
