/**
 * Where thumbnails lie on disk, as those who make them and the door that serves them both know it: one folder a Media, by its uid, and in it `made.json`
 * beside the files that it names. A cache and no part of the graph: it may be deleted whole, and is made again.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The longest side at most, in pixels. A smaller picture keeps its own size. */
export const PICTURE_SIZES = [200, 400, 800] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

export const PICTURE_TYPE = 'image/webp';
export const MADE_FILE = 'made.json';

/** Where they lie in a hub's home. */
export function picturesIn(home: string): string {
  return join(home, 'pictures');
}

const UID = /^[0-9a-hjkmnp-tv-z]{16}$/;

const madeSchema = z.strictObject({
  /** When the partner was last asked. */
  askedAt: z.iso.datetime(),
  /** SHA-256 of what the partner sent, and what it said of it, to ask only for a change. */
  content: z.string().optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** Code of the finding, where nothing could be made of it. */
  fault: z.string().optional(),
  sizes: z.array(
    z.strictObject({
      size: z.literal(PICTURE_SIZES),
      width: z.int().positive(),
      height: z.int().positive(),
      bytes: z.int().positive(),
      /** Named by its content: what the name stands for never changes. */
      file: z.string().regex(/^[0-9a-f]{32}\.webp$/),
    }),
  ),
});

/** What is known of the thumbnails of one Media. */
export type Made = z.infer<typeof madeSchema>;
export type MadeSize = Made['sizes'][number];

/** Whether this is a uid as ours are: then it is safe in a path. */
export function isPictureUid(text: string): boolean {
  return UID.test(text);
}

/** The folder of one Media. Two letters first, so that no folder holds a hundred thousand. */
export function pictureFolder(root: string, uid: string): string {
  if (!isPictureUid(uid)) throw new Error(`not a uid: ${uid}`);
  return join(root, uid.slice(0, 2), uid);
}

/** What was made for this Media; undefined where nothing was, or where what is written there cannot be read (it is then made again). */
export async function readMade(root: string, uid: string): Promise<Made | undefined> {
  let text: string;
  try {
    text = await readFile(join(pictureFolder(root, uid), MADE_FILE), 'utf8');
  } catch (fault) {
    if (isMissing(fault)) return undefined;
    throw fault;
  }
  try {
    return madeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether a file or folder is not there. */
export function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && (fault.code === 'ENOENT' || fault.code === 'ENOTDIR');
}
