/** Thumbnails come to the disk and go from it. A reader finds the old ones or the new ones, never half of either. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, MADE_FILE, type Made, pictureFolder, readMade } from '#graph-schema/pictures/store.ts';

/** Where files are written before they get their names; not two letters, so no Media is looked for in it. */
const WORKSHOP = 'workshop';
const LEFT_OVER_AFTER_MS = 60 * 60_000;

export interface PictureFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * Keeps what was made of one Media, in place of what was kept before. Its word `made.json` comes last: what it does not name is not served. Its time says when a
 * thumbnail was last asked for (the door sets it), so a mere note leaves it as it is.
 */
export async function keepMade(root: string, uid: string, made: Made, files: readonly PictureFile[]): Promise<void> {
  const folder = pictureFolder(root, uid);
  await mkdir(folder, { recursive: true });
  await mkdir(join(root, WORKSHOP), { recursive: true });
  const before = await readMade(root, uid);
  const usedAt = before && files.length === 0 ? (await stat(join(folder, MADE_FILE))).mtime : undefined;
  for (const { file, bytes } of files) await writeWhole(root, join(folder, file), bytes);
  await writeWhole(root, join(folder, MADE_FILE), JSON.stringify(made));
  if (usedAt) await utimes(join(folder, MADE_FILE), usedAt, usedAt);
  const named = new Set(made.sizes.map(({ file }) => file));
  for (const { file } of before?.sizes ?? []) if (!named.has(file)) await rm(join(folder, file), { force: true });
}

async function writeWhole(root: string, path: string, content: string | Uint8Array): Promise<void> {
  const fresh = join(root, WORKSHOP, randomUUID());
  try {
    await writeFile(fresh, content);
    await rename(fresh, path);
  } catch (fault) {
    await rm(fresh, { force: true });
    throw fault;
  }
}

/** Nothing of this Media is left on the disk. */
export async function dropMade(root: string, uid: string): Promise<void> {
  await rm(pictureFolder(root, uid), { recursive: true, force: true });
}

/** Takes away what a process that was killed left in the workshop. */
export async function tidyWorkshop(root: string, now: Date): Promise<void> {
  const folder = join(root, WORKSHOP);
  for (const name of await namesIn(folder)) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: now.getTime() }));
    if (now.getTime() - mtimeMs > LEFT_OVER_AFTER_MS) await rm(join(folder, name), { force: true });
  }
}

/** What a folder holds; one that is not there holds nothing. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (fault) {
    if (isMissing(fault)) return [];
    throw fault;
  }
}
