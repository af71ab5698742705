/**
 * The door of the thumbnails. It fetches nothing and makes nothing (harvesters/pictures does): it serves what lies in the cache, if the graph permits it at
 * this moment. Whatever else is asked for gets the same 404, so that nobody learns what is hidden.
 */
import { readFile, utimes } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  isMissing,
  MADE_FILE,
  type MadeSize,
  PICTURE_TYPE,
  pictureFolder,
  readMade,
} from '#graph-schema/pictures/store.ts';
import type { Ask } from '../ask.ts';
import type { Log } from '../errors.ts';
import { readPictureAddress, sizeOf } from './addresses.ts';
import { permission } from './permission.ts';

/**
 * A browser or a proxy may show its copy for five minutes without asking: so long at most does a picture that was withdrawn live on. After it, asking costs a
 * few bytes: the ETag says that nothing changed.
 */
const FRESH_S = 300;

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; sandbox",
} as const;

type Door = (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers GET and HEAD under `/pictures/`. Never throws: what fails is logged, and answered without a picture. */
export function pictureDoor(root: string | undefined, ask: Ask, log: Log): Door {
  return async (path, request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, { allow: 'GET, HEAD' });
    try {
      const found = root === undefined ? undefined : await find(root, ask, path);
      if (found === undefined) return refuse(response, 404);
      answer(request, response, found.size, await readFile(found.file));
      await noteUse(found.folder);
    } catch (fault) {
      if (isMissing(fault)) return refuse(response, 404);
      log('a picture could not be served', fault);
      refuse(response, 503, { 'retry-after': '30' });
    }
  };
}

interface Found {
  readonly folder: string;
  readonly file: string;
  readonly size: MadeSize;
}

/** The graph is asked first, of a picture that is there and of one that is not: the time that an answer takes tells nothing. */
async function find(root: string, ask: Ask, path: string): Promise<Found | undefined> {
  const wanted = readPictureAddress(path);
  if (wanted === undefined) return undefined;
  const isPermitted = await ask(permission(wanted.uid, 'public'));
  const size = sizeOf(await readMade(root, wanted.uid), wanted.size);
  if (isPermitted !== true || size === undefined) return undefined;
  const folder = pictureFolder(root, wanted.uid);
  return { folder, file: join(folder, size.file), size };
}

function answer(request: IncomingMessage, response: ServerResponse, { file }: MadeSize, bytes: Buffer): void {
  const etag = `"${file.slice(0, file.indexOf('.'))}"`;
  const headers = { ...ALWAYS, etag, 'cache-control': `public, max-age=${FRESH_S}, must-revalidate` };
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': PICTURE_TYPE, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function isKnown(given: string | undefined, etag: string): boolean {
  return given?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*') === true;
}

const WORDS = {
  404: 'Aucune image à cette adresse. / No picture at this address.\n',
  405: 'Cette adresse se lit (GET, HEAD). / This address can only be read (GET, HEAD).\n',
  503: 'Les images ne peuvent pas être servies en ce moment. / Pictures cannot be served at the moment.\n',
} as const;

function refuse(
  response: ServerResponse,
  status: keyof typeof WORDS,
  more: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) return void response.destroy();
  const headers = { ...ALWAYS, ...more, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(WORDS[status]);
}

/** The pictures that nobody asks for are the first to leave a cache that is full. Where this folder may only be read, all are alike. */
async function noteUse(folder: string): Promise<void> {
  const now = new Date();
  await utimes(join(folder, MADE_FILE), now, now).catch(() => undefined);
}
