/** A partner's picture becomes thumbnails: upright, in sRGB, without a word of what its file said beside it (place, camera, names). */
import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { PICTURE_SIZES, type PictureSize } from '#graph-schema/pictures/store.ts';

/** Some 8,000 × 8,000. A file of a few kilobytes can claim far more, and would take the memory of the whole machine. */
export const MOST_MEGAPIXELS = 64;
const WITHIN_S = 20;
/** WebP: a good quarter smaller than JPEG at the same look, keeps transparency, and every browser since 2020 shows it. */
const WEBP = { quality: 78, effort: 3 } as const;

export interface Thumbnail {
  readonly size: PictureSize;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  readonly file: string;
}

/** Why there is none. */
export type Unmade =
  | { readonly fault: 'picture-type-unread' }
  | { readonly fault: 'picture-too-large' }
  | { readonly fault: 'picture-broken'; readonly detail: string };

/** The types that are read, by how their files begin (`?` for any byte). What is not among them never reaches the decoders: no SVG, no PDF. */
const BEGINS: readonly (readonly [string, string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['webp', 'RIFF????WEBP'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
];

/** By its first bytes, whatever its address or its server calls it; undefined for anything else. */
export function pictureTypeOf(bytes: Uint8Array): string | undefined {
  const begin = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return BEGINS.find(([, mark]) => [...mark].every((byte, at) => byte === '?' || byte === begin[at]))?.[0];
}

// One at a time, and nothing kept between two: the memory is that of one picture.
sharp.cache(false);
sharp.concurrency(1);
let last: Promise<unknown> = Promise.resolve();

/** One thumbnail a size; of an animation, its first picture. Where the picture is smaller than a size, that one shows it as it is. */
export function thumbnailsOf(bytes: Uint8Array): Promise<readonly Thumbnail[] | Unmade> {
  const next = last.then(() => made(bytes));
  last = next.catch(() => undefined);
  return next;
}

async function made(bytes: Uint8Array): Promise<readonly Thumbnail[] | Unmade> {
  const type = pictureTypeOf(bytes);
  if (type === undefined) return { fault: 'picture-type-unread' };
  try {
    const { format, width, height } = await open(bytes).metadata();
    if (format !== type) return { fault: 'picture-type-unread' };
    if (width * height > MOST_MEGAPIXELS * 1_000_000) return { fault: 'picture-too-large' };
    return await thumbnails(bytes);
  } catch (fault) {
    const [detail = ''] = (fault as Error).message.split('\n');
    return /pixel limit/i.test(detail) ? { fault: 'picture-too-large' } : { fault: 'picture-broken', detail };
  }
}

/** The largest is made of the picture, the others of the largest: the picture is decoded once. */
async function thumbnails(bytes: Uint8Array): Promise<readonly Thumbnail[]> {
  const largest = PICTURE_SIZES.at(-1)!;
  const { data, info } = await inside(open(bytes).autoOrient(), largest)
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const all: Thumbnail[] = [];
  for (const size of PICTURE_SIZES) {
    const webp = await inside(sharp(data, { raw }), size).webp(WEBP).toBuffer({ resolveWithObject: true });
    const file = `${createHash('sha256').update(webp.data).digest('hex').slice(0, 32)}.webp`;
    all.push({ size, width: webp.info.width, height: webp.info.height, bytes: webp.data, file });
  }
  return all;
}

/** A picture that is cut short is refused, one that only breaks a rule of its format is not. */
function open(bytes: Uint8Array) {
  return sharp(bytes, { limitInputPixels: MOST_MEGAPIXELS * 1_000_000, failOn: 'error', pages: 1 }).timeout({
    seconds: WITHIN_S,
  });
}

function inside(picture: Sharp, size: PictureSize): Sharp {
  return picture.resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true });
}
