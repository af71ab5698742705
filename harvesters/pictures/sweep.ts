/** What may not be shown any more leaves the disk, and the cache keeps within its size. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#graph-schema/database.ts';
import { isMissing, isPictureUid, MADE_FILE, pictureFolder, readMade } from '#graph-schema/pictures/store.ts';
import { dropMade, keepMade, namesIn, tidyWorkshop } from './keep.ts';
import { stillPermitted } from './permitted.ts';

/** Room for some 60,000 pictures in three sizes. */
export const MOST_CACHE_BYTES = 4096 * 1024 * 1024;
const BATCH = 1_000;

export interface Swept {
  /** Pictures that may not be shown any more. */
  readonly dropped: number;
  /** Pictures that nobody had asked for the longest, where the cache was too large. */
  readonly evicted: number;
  readonly kept: number;
  /** Of all thumbnails that are kept. */
  readonly bytes: number;
}

interface Kept {
  readonly uid: string;
  readonly bytes: number;
  readonly usedAtMs: number;
}

/**
 * Deletes from the cache at `root` every picture whose Media is gone, not Published or not republishable, then those that were asked for the longest ago
 * until `mostBytes` are left. Throws what Neo4j throws; then nothing more is deleted.
 */
export async function sweepPictures(
  database: Database,
  root: string,
  { mostBytes = MOST_CACHE_BYTES, now = new Date() }: { readonly mostBytes?: number; readonly now?: Date } = {},
): Promise<Swept> {
  await tidyWorkshop(root, now);
  const kept: Kept[] = [];
  let dropped = 0;
  for await (const uids of batchesIn(root)) {
    const permitted = await stillPermitted(database, uids, now);
    for (const uid of uids) {
      if (permitted.has(uid)) kept.push(await weigh(root, uid));
      else {
        await dropMade(root, uid);
        dropped += 1;
      }
    }
  }
  const evicted = await evict(root, kept, mostBytes, now);
  const left = kept.filter((one) => one.bytes > 0 && !evicted.has(one));
  return { dropped, evicted: evicted.size, kept: left.length, bytes: sum(left) };
}

const sum = (all: readonly Kept[]) => all.reduce((bytes, one) => bytes + one.bytes, 0);

async function* batchesIn(root: string): AsyncIterable<readonly string[]> {
  let batch: string[] = [];
  for (const two of await namesIn(root)) {
    if (two.length !== 2) continue;
    for (const uid of await namesIn(join(root, two))) {
      if (isPictureUid(uid) && uid.startsWith(two)) batch.push(uid);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** The door sets the time of `made.json` when it serves a thumbnail. */
async function weigh(root: string, uid: string): Promise<Kept> {
  const made = await readMade(root, uid);
  const bytes = new Map(made?.sizes.map((size) => [size.file, size.bytes]));
  const usedAtMs = await stat(join(pictureFolder(root, uid), MADE_FILE)).then(
    ({ mtimeMs }) => mtimeMs,
    (fault) => {
      if (isMissing(fault)) return 0;
      throw fault;
    },
  );
  return { uid, usedAtMs, bytes: [...bytes.values()].reduce((all, one) => all + one, 0) };
}

/** The word that it was made stays, without files: it is not made again at once, only to go again. */
async function evict(root: string, kept: readonly Kept[], mostBytes: number, now: Date): Promise<ReadonlySet<Kept>> {
  const evicted = new Set<Kept>();
  let bytes = sum(kept);
  for (const one of kept.toSorted((a, b) => a.usedAtMs - b.usedAtMs)) {
    if (bytes <= mostBytes) break;
    if (one.bytes === 0) continue;
    await keepMade(root, one.uid, { askedAt: now.toISOString(), sizes: [] }, []);
    evicted.add(one);
    bytes -= one.bytes;
  }
  return evicted;
}
