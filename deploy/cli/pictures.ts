/** The thumbnails of this home: where they lie, how much room they may take, and what a worker does for them between harvests. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { picturesIn } from '#graph-schema/pictures/store.ts';
import { makePictures } from '#harvesters/pictures/make.ts';
import { MOST_CACHE_BYTES, type Swept, sweepPictures } from '#harvesters/pictures/sweep.ts';
import type { Source } from '#harvesters/sources.ts';
import { Complaint } from './complaint.ts';
import { type Hub, home, tell } from './hub.ts';

const MB = 1024 * 1024;
/** A worker makes some at each look, so that what else it looks after is never late for long. */
const LOOK = { limit: 200, withinMs: 60_000 } as const;
/** A worker looks around after each run; the disk need not be walked as often, for the door is closed at once whatever lies there. */
const LOOK_AGAIN_AFTER_MS = 5 * 60_000;

export const picturesFolder = (): string => picturesIn(home());

/** Of the cache, in bytes: TRAME_PICTURES_MB, or some 4 GB. */
export function mostPictureBytes(environment: NodeJS.ProcessEnv = process.env): number {
  const given = environment['TRAME_PICTURES_MB'];
  if (given === undefined || given === '') return MOST_CACHE_BYTES;
  if (/^\d{1,7}$/.test(given)) return Number(given) * MB;
  throw new Complaint(
    `TRAME_PICTURES_MB vaut « ${given} » : écrivez un nombre entier de mégaoctets / write a whole number of megabytes.`,
  );
}

/** Takes from the disk at once what may not be shown any more. */
export function sweep({ database }: Pick<Hub, 'database'>): Promise<Swept> {
  return sweepPictures(database, picturesFolder(), { mostBytes: mostPictureBytes() });
}

/** A worker's look after the pictures: it sweeps, and goes on making where its last look ended. */
export function pictureKeeper(hub: Hub): (sources: readonly Source[]) => Promise<void> {
  let after: string | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  return async (sources) => {
    if (performance.now() - lookedAtMs < LOOK_AGAIN_AFTER_MS) return;
    lookedAtMs = performance.now();
    try {
      const { dropped } = await sweep(hub);
      const { database, signal } = hub;
      const { made, next } = await makePictures({ database, root: picturesFolder(), sources, signal, after, ...LOOK });
      after = next;
      if (made + dropped > 0) tell(`Vignettes : ${made} faites, ${dropped} retirées / thumbnails made, taken away.`);
    } catch (fault) {
      const words = diskFault(fault);
      if (words === undefined) throw fault;
      tell(words);
    }
  };
}

const OF_DISK: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE']);

/** What to tell where the cache's disk is full or closed to us; undefined for anything else. */
export function diskFault(fault: unknown): string | undefined {
  if (!(fault instanceof Error && 'code' in fault && OF_DISK.has(fault.code))) return undefined;
  return `Les vignettes ne peuvent pas être écrites (${fault.message}).\n  → Faites de la place, ou vérifiez les droits de ${picturesFolder()} / thumbnails cannot be written: make room, or check the permissions of that folder.`;
}

/** The same fault many times, told once. */
export class Faults {
  readonly #first = new Map<Finding['code'], { readonly example: Finding; count: number }>();

  add(found: Finding): void {
    const known = this.#first.get(found.code);
    if (known) known.count += 1;
    else this.#first.set(found.code, { example: found, count: 1 });
  }

  /** The most frequent first. */
  list(): readonly { readonly example: Finding; readonly count: number }[] {
    return [...this.#first.values()].sort((a, b) => b.count - a.count);
  }
}
