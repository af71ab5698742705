/** The addresses of thumbnails: `/pictures/{uid}/{size}.webp`, the same for ever, whatever becomes of the partner's own. */
import { isPictureUid, type Made, PICTURE_SIZES, type PictureSize, readMade } from '#graph-schema/pictures/store.ts';

const PREFIX = '/pictures/';
const ADDRESS = /^\/pictures\/([^/]+)\/([1-9]\d{2})\.webp$/;

/** One thumbnail that is there. */
export interface Thumbnail {
  readonly size: PictureSize;
  /** From the root of this server: behind a proxy it cannot know by which name it is called. */
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Gives the thumbnails of a Media that may be shown, smallest first; none where none was made. */
export type Thumbnails = (uid: string) => Promise<readonly Thumbnail[]>;

export const NO_THUMBNAILS: Thumbnails = async () => [];

/** Those that lie in this folder. */
export function thumbnailsIn(root: string): Thumbnails {
  return async (uid) => {
    const made = await readMade(root, uid);
    return (made?.sizes ?? []).map(({ size, width, height }) => ({
      size,
      url: `${PREFIX}${uid}/${size}.webp`,
      width,
      height,
    }));
  };
}

/** Whether an address is one of the door's, be it right or wrong. */
export function isPictureAddress(path: string | undefined): path is string {
  return path?.startsWith(PREFIX) === true;
}

/** What a path asks for; undefined where it can be no thumbnail's. Nothing is decoded: the only right spelling is ours. */
export function readPictureAddress(path: string): { readonly uid: string; readonly size: PictureSize } | undefined {
  const [, uid = '', digits] = ADDRESS.exec(path) ?? [];
  const size = PICTURE_SIZES.find((one) => one === Number(digits));
  return isPictureUid(uid) && size !== undefined ? { uid, size } : undefined;
}

/** The file of a size among what was made. */
export function sizeOf(made: Made | undefined, size: PictureSize): Made['sizes'][number] | undefined {
  return made?.sizes.find((one) => one.size === size);
}
