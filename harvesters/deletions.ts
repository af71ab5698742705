/**
 * What becomes of records that their source no longer names, or says are gone. Only a complete run decides: it marks what its snapshot did
 * not name as missing; what was absent from two complete snapshots, or has a tombstone, is deleted while it stays under the source's limit, and else
 * waits for a steward. Missing records stay published, marked "not seen since".
 */
import neo4j from 'neo4j-driver';
import { recordKey } from '#graph-schema/bookkeeping.ts';
import type { Database } from '#graph-schema/database.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import { snapshotStart } from '#graph-schema/fold/snapshot.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import { countWaiting, openBatch, startWaiting } from './held.ts';
import { deletionLimit, MOST_REMEMBERED } from './limit.ts';
import type { RunReport } from './report.ts';
import type { Source } from './sources.ts';
import type { Writer } from './writer.ts';

/** A run that has seen its end. */
export interface Ended {
  readonly source: Source;
  readonly database: Database;
  readonly writer: Writer;
  readonly report: RunReport;
  /** The pass over the whole source that this run ended; absent where it read only what changed. */
  readonly snapshot: string | undefined;
  /** Something in the snapshot had no id: it may be any record. */
  readonly blind: boolean;
  /** Of the bytes of the pass, where the connector gives one. */
  readonly fingerprint: string | undefined;
  /** Between two scheduled runs, seconds; 0 where there is no schedule. */
  readonly intervalSeconds: number;
}

/** Marks, deletes or holds; the figures go to the report. Repeatable: a run that was cut short here does it again. */
export async function decideDeletions(ended: Ended): Promise<void> {
  const { source, database, writer, report, snapshot, blind } = ended;
  const standing = await sourceStanding(database, source.name, report.startedAt);
  const limit = deletionLimit(
    standing.live,
    standing.past.map(({ count }) => count),
    source.about.deletions,
  );
  if (blind) {
    report.tell(finding('snapshot-blind', { source: source.name }));
    await writer.commit([], undefined, (tx) => countWaiting(tx, source.name));
    return;
  }
  const isNew = ended.fingerprint === undefined || ended.fingerprint !== standing.fingerprint;
  if (snapshot !== undefined) {
    const missed = await sweep(ended, snapshot);
    report.missing = missed;
    tellIdentifiersChanged(ended, missed, standing.live);
  }
  const due = await candidates(ended);
  const allowed = Math.max(0, limit - standing.today);
  // The same bytes once more are no second snapshot: what they do not name is shown to a steward, and not deleted.
  const isSure = due.length <= allowed && (isNew || due.every(({ hasTombstone }) => hasTombstone));
  const ids = due.map(({ id }) => id);
  if (isSure) {
    await inBatches(ids, (some) =>
      writer.commit(some.map((id): Item => ({ kind: 'deleted', id }))).then(({ counts }) => report.deleted(counts)),
    );
  } else await hold(ended, ids, allowed, standing.live);
  await writer.commit([], undefined, async (tx) => {
    if (!isSure) await startWaiting(tx, source.name, 'deletions');
    await countWaiting(tx, source.name);
    if (snapshot === undefined && due.length === 0) return;
    const past = [...standing.past, { at: report.startedAt.toISOString(), count: isSure ? due.length : 0 }];
    await tx.run(
      `MATCH (s:Source {name: $name})
       SET s.deletions = $counts, s.deletionsAt = $instants, s.fingerprint = coalesce($fingerprint, s.fingerprint)`,
      {
        name: source.name,
        counts: past.slice(-MOST_REMEMBERED).map(({ count }) => neo4j.int(count)),
        instants: past.slice(-MOST_REMEMBERED).map(({ at }) => at),
        fingerprint: ended.fingerprint ?? null,
      },
    );
  });
}

/** Tells where more records were made invisible at once than may be deleted at once; also of a run that was cut short. */
export async function tellWithdrawn(database: Database, source: Source, report: RunReport): Promise<void> {
  if (report.withdrawn === 0) return;
  const { live, past } = await sourceStanding(database, source.name, report.startedAt);
  const limit = deletionLimit(
    live,
    past.map(({ count }) => count),
    source.about.deletions,
  );
  if (report.withdrawn > limit)
    report.tell(finding('mass-withdrawn', { source: source.name, count: report.withdrawn, limit }));
}

interface Standing {
  readonly live: number;
  /** What went without a steward in the latest runs, and when. */
  readonly past: readonly { readonly at: string; readonly count: number }[];
  /** How many of these in the last twenty-four hours: many small runs are one large one. */
  readonly today: number;
  readonly fingerprint: string | null;
}

const DAY_MS = 24 * 3_600_000;

async function sourceStanding(database: Database, name: string, now: Date): Promise<Standing> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (s:Source {name: $name})
       RETURN COUNT { (r:SourceRecord) WHERE r.source = $name AND r.state IN ['live', 'missing'] } AS live,
              coalesce(s.deletions, []) AS counts, coalesce(s.deletionsAt, []) AS instants, s.fingerprint AS fingerprint`,
      { name },
    ),
  );
  const { counts, instants, live, fingerprint } = records[0]!.toObject() as unknown as Omit<
    Standing,
    'past' | 'today'
  > & {
    readonly counts: readonly number[];
    readonly instants: readonly string[];
  };
  const past = counts.map((count, index) => ({ at: instants[index] ?? '', count }));
  const since = new Date(now.getTime() - DAY_MS + SLACK_MS).toISOString();
  const today = past.filter(({ at }) => at > since).reduce((sum, { count }) => sum + count, 0);
  return { live, past, today, fingerprint };
}

/** A nightly run that begins some minutes earlier than yesterday's is a day later all the same. */
const SLACK_MS = 3_600_000;

/** Marks what the snapshot did not name; forgets unreadable records that are no longer there. Gives how many are newly missing. */
async function sweep({ source, database, writer }: Ended, snapshot: string): Promise<number> {
  let missed = 0;
  for await (const rows of unnamed(database, source.name, snapshot)) {
    const items = rows.flatMap(({ id, state }): Item[] => (state === 'live' ? [{ kind: 'missing', id: id! }] : []));
    missed += items.length;
    const unreadable = rows.filter(({ state }) => state === 'rejected').map(({ key }) => key);
    await writer.commit(items, undefined, async (tx) => {
      await tx.run('UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) WHERE r.uid IS NULL DETACH DELETE r', {
        keys: unreadable,
      });
    });
  }
  return missed;
}

interface Unnamed {
  readonly key: string;
  readonly id: string | null;
  readonly state: string;
}

/** By key, page by page: each is read before the one before it is worked on no more. */
async function* unnamed(database: Database, source: string, snapshot: string): AsyncGenerator<readonly Unnamed[]> {
  let after = `${source}/`;
  for (;;) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.key > $after AND r.key STARTS WITH $prefix AND r.state IN ['live', 'rejected']
           AND (r.seenIn IS NULL OR r.seenIn < $snapshot)
         RETURN r.key AS key, r.id AS id, r.state AS state ORDER BY r.key LIMIT ${MOST_ITEMS}`,
        { after, prefix: `${source}/`, snapshot },
      ),
    );
    const rows = records.map((row) => row.toObject() as unknown as Unnamed);
    if (rows.length > 0) yield rows;
    if (rows.length < MOST_ITEMS) return;
    after = rows.at(-1)!.key;
  }
}

/** A daily run that begins some seconds earlier than yesterday's is a day later all the same. */
const SLACK = 0.95;

interface Candidate {
  readonly id: string;
  readonly hasTombstone: boolean;
}

/** The records that may now be deleted: with a tombstone; or absent from this snapshot and from an earlier one that began at least an interval before. A steward's refusal stands until they are seen again. */
async function candidates({ source, database, snapshot, intervalSeconds }: Ended): Promise<Candidate[]> {
  const start = snapshot === undefined ? undefined : snapshotStart(snapshot);
  const latest = start === undefined ? '' : new Date(Date.parse(start) - intervalSeconds * SLACK * 1000).toISOString();
  const { records } = await database.read((tx) =>
    tx.run(
      `CALL () {
         MATCH (r:SourceRecord) WHERE r.source = $source AND r.goneIn IS NOT NULL AND r.state IN ['live', 'missing'] RETURN r
         UNION
         MATCH (r:SourceRecord) WHERE r.source = $source AND r.state = 'missing' AND $absent
           AND r.missingIn <> $snapshot AND left(r.missingIn, 24) <= $latest RETURN r
       }
       WITH r WHERE r.keptBy IS NULL
       RETURN r.id AS id, r.goneIn IS NOT NULL AS hasTombstone ORDER BY id`,
      { source: source.name, absent: snapshot !== undefined, snapshot: snapshot ?? '', latest },
    ),
  );
  return records.map((row) => row.toObject() as unknown as Candidate);
}

async function hold({ source, writer, report }: Ended, due: readonly string[], limit: number, live: number) {
  const { name, about } = source;
  const opening = {
    source: name,
    kind: 'deletions',
    run: report.id,
    limit,
    live,
    expireDays: about.deletions.expireDays,
  } as const;
  let batch = '';
  await inBatches(due, (ids) =>
    writer.commit([], undefined, async (tx) => {
      batch = await openBatch(tx, opening);
      await tx.run('UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) SET r.held = $batch', {
        keys: ids.map((id) => recordKey(name, id)),
        batch,
      });
    }),
  );
  report.figures.held += due.length;
  report.tell(finding('deletions-held', { source: name, count: due.length, limit, live, batch: batch.slice(0, 8) }));
}

async function inBatches(ids: readonly string[], work: (ids: readonly string[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < ids.length; at += MOST_ITEMS) await work(ids.slice(at, at + MOST_ITEMS));
}

/** Most of the old ids gone, as many new ones come: the partner has most likely renumbered its records. */
function tellIdentifiersChanged({ source, report }: Ended, missed: number, live: number): void {
  const { created } = report.figures;
  const before = live - created;
  if (missed < 5 || missed < before / 2 || created < missed / 2) return;
  report.tell(finding('identifiers-changed', { source: source.name, missing: missed, created }));
}
