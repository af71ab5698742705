/** A steward settles words: once, for all that is stored, and for all that comes. */
import type { Database } from '../database.ts';
import { findDecisions, type KeptDecision, keepDecision, standingDecisions, undoDecision } from '../decisions.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { remake } from '../fold/remake.ts';
import type { DecidedWords } from '../reconcile/decided.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { canBeFound, concernedBy } from './concerned.ts';
import { decidedIn, type HubResolver, hubResolver, standingWords, wordsSubject } from './decided.ts';

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

export interface SettleOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with how many entities were folded again. */
  readonly onProgress?: (done: number) => void;
}

interface Stores {
  readonly database: Database;
  /** That of the packaged tables, which hears no decisions yet. */
  readonly base: Resolver;
}

/** Most entities that one transaction folds. */
const BATCH = 500;

/**
 * Keeps what words mean (nothing: they stay words, and are not asked about again) and folds again what says them. Refused where they are settled
 * already, or hold nothing by which they could be found. Stopped in the middle: the decision stands, and `applyMissed` does the rest.
 */
export async function settleWords(
  { database, base }: Stores,
  { what, words, means }: DecidedWords,
  steward: Steward,
  options: SettleOptions = {},
): Promise<Settled | { readonly refused: Finding }> {
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
  const done = await foldAgain(database, base, [{ what, words }], options);
  await markApplied(database, [kept.id!]);
  return { decision: kept.id!, ...done };
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
  options: SettleOptions = {},
): Promise<Settled | { readonly refused: Finding }> {
  const found = await database.read((tx) => findDecisions(tx, idStart));
  const mine = found.filter(({ kind, undoneAt }) => kind === 'word' && undoneAt === null);
  const [decision, ...others] = mine;
  if (!decision || others.length > 0)
    return { refused: finding('words-decision-unknown', { id: idStart, count: mine.length }) };
  await database.write((tx) => undoDecision(tx, decision.id, by));
  const done = await foldAgain(database, base, [decidedIn(decision)], options);
  await markApplied(database, [decision.id]);
  return { decision: decision.id, ...done };
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

/**
 * What was decided or undone while a run wrote with what it knew before, and what a settling that was cut short left undone: folded again with what is
 * known now. Cheap where there is nothing. Gives how many entities changed.
 */
export async function applyMissed(database: Database, base: Resolver, known: HubResolver): Promise<number> {
  const now = await standingWords(database);
  const unapplied = await notApplied(database);
  const ids = (some: readonly KeptDecision[]) => new Set(some.map(({ id }) => id));
  const differing = [
    ...now.filter(({ id }) => !ids(known.decisions).has(id)),
    ...known.decisions.filter(({ id }) => !ids(now).has(id)),
    ...unapplied,
  ];
  if (differing.length === 0) return 0;
  const { changed } = await foldAgain(database, base, differing.map(decidedIn), {});
  await markApplied(database, [...ids(unapplied)]);
  return changed;
}

/** Decisions that were kept or undone, and not yet seen through to the last record. */
async function notApplied(database: Database): Promise<readonly KeptDecision[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      "MATCH (d:Decision) WHERE d.kind = 'word' AND coalesce(d.applied, '') <> CASE WHEN d.undoneAt IS NULL THEN 'standing' ELSE 'undone' END RETURN d.id AS id",
    ),
  );
  const found = await Promise.all(
    records.map((row) => database.read((tx) => findDecisions(tx, row.get('id') as string))),
  );
  return found.flat();
}

async function markApplied(database: Database, ids: readonly string[]): Promise<void> {
  await database.write((tx) =>
    tx.run(
      "UNWIND $ids AS id MATCH (d:Decision {id: id}) SET d.applied = CASE WHEN d.undoneAt IS NULL THEN 'standing' ELSE 'undone' END",
      { ids },
    ),
  );
}

async function foldAgain(
  database: Database,
  base: Resolver,
  decided: readonly Pick<DecidedWords, 'what' | 'words'>[],
  { signal, onProgress }: SettleOptions,
): Promise<{ concerned: number; changed: number }> {
  const { resolver } = await hubResolver(database, base);
  let [concerned, changed] = [0, 0];
  for await (const uids of concernedBy(database, decided, { signal })) {
    for (let at = 0; at < uids.length; at += BATCH) {
      const some = uids.slice(at, at + BATCH);
      const { numbered } = await database.write((tx) => remake(tx, some, resolver));
      concerned += some.length;
      changed += numbered.length;
      onProgress?.(concerned);
    }
  }
  return { concerned, changed };
}
