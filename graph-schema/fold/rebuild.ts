/**
 * The rebuild: every entity folded again from the stored records, in place, while readers are served and harvests run. What stands is
 * compared with the fold (not a stored digest), so a graph that was damaged is mended, and only what differs is written
 * and numbered. It can be stopped at any moment and started again: it is through when nothing differs.
 */
import { byWeight } from '../by-weight.ts';
import type { Database } from '../database.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { attachRecords } from './attach.ts';
import { judge } from './judge.ts';
import { type Remade, remake } from './remake.ts';
import { isClean, lookForDust, sweep } from './sweep.ts';

export interface RebuildOptions {
  readonly signal?: AbortSignal;
  /** Only looks: `changed` is then how many entities would change. */
  readonly dryRun?: boolean;
  /** Called after each batch with how many entities changed: comes back when the next may. */
  readonly pace?: (changed: number) => Promise<void>;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

export interface RebuildProgress {
  readonly stage: 'fold' | 'sweep';
  readonly looked: number;
  readonly of: number;
  readonly changed: number;
}

export interface Rebuilt {
  /** Entities looked at. */
  looked: number;
  /** Entities that got a new change number, or would: so many changes partners are sent. */
  changed: number;
  /** Entities written; more than changed after a restore, where what is as it was keeps its number. */
  written: number;
  /** Placeholders and mentions that nothing led to, taken out. */
  removed: number;
  /** Records whose entity had gone. */
  attached: number;
  /** Stopped before its end: what was done stays done. */
  stopped: boolean;
}

/** Most entities that one transaction folds. */
const PAGE = 500;
/** Most characters of records that one transaction reads, unless one entity alone has more. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** Rebuilds the graph. Throws what the driver throws; what was committed until then stands. */
export async function rebuild(database: Database, resolver: Resolver, options: RebuildOptions = {}): Promise<Rebuilt> {
  const done: Rebuilt = { looked: 0, changed: 0, written: 0, removed: 0, attached: 0, stopped: false };
  done.attached = await attachRecords(database, { dryRun: options.dryRun ?? false, signal: options.signal });
  const { records } = await database.read((tx) => tx.run('MATCH (e:Entity) RETURN count(e) AS n'));
  const of = Number(records[0]?.get('n'));
  const foldPage = options.dryRun ? lookAt : foldAgain();
  for (const [stage, work] of [
    ['fold', foldPage],
    ['sweep', options.dryRun ? lookForSweeping : sweepPage],
  ] as const) {
    let looked = 0;
    for await (const uids of pages(database)) {
      if (options.signal?.aborted) {
        done.stopped = true;
        return done;
      }
      const before = done.changed;
      await work(database, uids, resolver, done);
      looked += uids.length;
      options.onProgress?.({ stage, looked, of, changed: done.changed });
      if (!options.dryRun) await options.pace?.(done.changed - before);
    }
    if (stage === 'fold') done.looked = looked;
  }
  return done;
}

type PageWork = (database: Database, uids: readonly string[], resolver: Resolver, done: Rebuilt) => Promise<void>;

/** Looks first without locks: in a sound graph nothing is then locked at all. Where most of the last page differed, looking first would be work done twice. */
function foldAgain(): PageWork {
  let looksFirst = true;
  return async (database, uids, resolver, done) => {
    const suspects = looksFirst ? await suspectsOf(database, uids, resolver) : uids;
    if (suspects.length === 0) return;
    const { numbered, written }: Remade = await database.write((tx) => remake(tx, suspects, resolver));
    looksFirst = written < uids.length / 2;
    done.changed += numbered.length;
    done.written += written;
  };
}

async function suspectsOf(database: Database, uids: readonly string[], resolver: Resolver): Promise<readonly string[]> {
  const { differing, empty, speakers } = await database.read((tx) => judge(tx, uids, resolver));
  return [...new Set([...differing.map(({ uid }) => uid), ...empty, ...speakers])];
}

const lookAt: PageWork = async (database, uids, resolver, done) => {
  const { differing, empty, wrong } = await database.read((tx) => judge(tx, uids, resolver));
  done.changed += differing.length + empty.length + wrong.length;
};

const sweepPage: PageWork = async (database, uids, _resolver, done) => {
  if (isClean(await database.read((tx) => lookForDust(tx, uids)))) return;
  const { numbered, removed } = await database.write((tx) => sweep(tx, uids));
  done.changed += numbered.length;
  done.removed += removed;
};

const lookForSweeping: PageWork = async (database, uids, _resolver, done) => {
  const { flipped, exposed, speaking, withdrawn, orphans } = await database.read((tx) => lookForDust(tx, uids));
  done.changed += new Set([...flipped, ...exposed, ...speaking, ...withdrawn]).size;
  done.removed += orphans.length;
};

/** Every entity's uid, in order, in pages bounded in number and in what their records say. */
async function* pages(database: Database): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (e:Entity) WHERE e.uid > $after WITH e ORDER BY e.uid LIMIT ${PAGE}
         RETURN e.uid AS uid,
                reduce(sum = 0, one IN COLLECT { MATCH (e)<-[:DESCRIBES]-(r:SourceRecord) RETURN size(r.record) } | sum + coalesce(one, 0)) AS characters
         ORDER BY uid`,
        { after },
      ),
    );
    if (records.length === 0) return;
    const rows = records.map((row) => ({ uid: row.get('uid') as string, characters: Number(row.get('characters')) }));
    for (const group of byWeight(rows, ({ characters }) => characters, MOST_CHARACTERS))
      yield group.map(({ uid }) => uid);
    after = records.at(-1)!.get('uid') as string;
  }
}
