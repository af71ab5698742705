/** Decisions about words reach what is stored: all that says them is folded again, also what was written meanwhile by somebody who did not know of them. */
import type { Database } from '../database.ts';
import { findDecisions, type KeptDecision } from '../decisions.ts';
import { remake } from '../fold/remake.ts';
import type { DecidedWords } from '../reconcile/decided.ts';
import { createResolver, type Resolver } from '../vocabularies/resolver.ts';
import { concernedBy } from './concerned.ts';
import { decidedIn, type HubResolver, hubResolver, standingWords } from './decided.ts';

export interface ApplyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with how many entities were folded again. */
  readonly onProgress?: (done: number) => void;
}

/** Most entities that one transaction folds. */
const BATCH = 500;

/**
 * Does what folds, with a resolver that hears all that was decided until now; then folds again what was decided meanwhile. Whatever writes to the graph
 * goes through here. `base`: of the packaged tables. Where the work throws, its fault is the one that is told.
 */
export async function hearing<T>(
  database: Database,
  work: (resolver: Resolver) => Promise<T>,
  base: Resolver = createResolver(),
): Promise<T> {
  const known = await hubResolver(database, base);
  let done: T;
  try {
    done = await work(known.resolver);
  } catch (fault) {
    await applyMissed(database, base, known).catch(() => undefined);
    throw fault;
  }
  await applyMissed(database, base, known);
  return done;
}

/**
 * What was decided or undone while a run wrote with what it knew before, and what a settling or a run that was cut short left undone: folded again with
 * what is known now. Cheap where there is nothing. Gives how many entities changed.
 */
export async function applyMissed(database: Database, base: Resolver, known: HubResolver): Promise<number> {
  const now = await standingWords(database);
  const unapplied = await notApplied(database);
  const said = ({ id, subject, data }: KeptDecision) => JSON.stringify([id, subject, data]);
  const [before, after] = [new Set(known.decisions.map(said)), new Set(now.map(said))];
  const differing = [
    ...now.filter((one) => !before.has(said(one))),
    ...known.decisions.filter((one) => !after.has(said(one))),
    ...unapplied,
  ];
  if (differing.length === 0) return 0;
  const decided = differing.map((decision) => ({ id: decision.id, ...decidedIn(decision) }));
  return (await applyDecisions(database, base, decided, {})).changed;
}

/** Folds again what says these words, and remembers where that was the last of it. Gives how many entities say them, and how many changed. */
export async function applyDecisions(
  database: Database,
  base: Resolver,
  decided: readonly (Pick<DecidedWords, 'what' | 'words'> & { readonly id: string })[],
  { signal, onProgress }: ApplyOptions,
): Promise<{ readonly concerned: number; readonly changed: number }> {
  const last = await heardByAll(
    database,
    decided.map(({ id }) => id),
  );
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
  await markApplied(database, last);
  return { concerned, changed };
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

/**
 * Those of these decisions of which no writer is left that may not know of them. One that began before still writes as it knows, and puts that right when it ends,
 * unless it is killed: until its lease is over the decision counts as not applied, and the next run looks once more. The minute is for what it does between
 * hearing and taking its lease.
 */
async function heardByAll(database: Database, ids: readonly string[]): Promise<readonly string[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `UNWIND $ids AS id MATCH (d:Decision {id: id})
       WHERE NOT EXISTS { MATCH (l:Lease) WHERE l.expires > datetime()
         AND coalesce(l.since < coalesce(d.undoneAt, d.at) + duration({minutes: 1}), true) }
       RETURN DISTINCT id`,
      { ids },
    ),
  );
  return records.map((row) => row.get('id') as string);
}

async function markApplied(database: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await database.write((tx) =>
    tx.run(
      "UNWIND $ids AS id MATCH (d:Decision {id: id}) SET d.applied = CASE WHEN d.undoneAt IS NULL THEN 'standing' ELSE 'undone' END",
      { ids },
    ),
  );
}
