/** What stands beside a sheet: in its folder, in its archive, or under its address; never elsewhere. */
import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { type Context, SourceError } from '../connector.ts';
import type { ReadableFile } from '../formats/reading/file.ts';
import { type Beside, nameBeside } from './attachments.ts';
import { statusFault } from './download.ts';

/** Below a folder. A link that leads out of it is outside too. */
export function besideInFolder(folder: string, open: (path: string, name: string) => ReadableFile): Beside {
  return async (sheet, name) => {
    const relative = nameBeside(sheet.name, name);
    if (relative === undefined || relative === '') return 'outside';
    const path = resolve(folder, relative);
    const real = await realpath(path).catch(() => undefined);
    const found = real === undefined ? undefined : await stat(real).catch(() => undefined);
    if (real === undefined || !found?.isFile()) return 'missing';
    return real.startsWith(`${await realpath(folder)}${sep}`) ? open(path, relative) : 'outside';
  };
}

/** In an archive: `files` are all that are in it. */
export function besideInArchive(files: readonly ReadableFile[]): Beside {
  const byName = new Map(files.map((file) => [file.name, file]));
  return async (sheet, name) => {
    const relative = nameBeside(sheet.name, name);
    return relative === undefined ? 'outside' : (byName.get(relative) ?? 'missing');
  };
}

/** At an address: relative to the sheet's own, and of the same site. What is not there (404, 410) is missing; any other refusal throws SourceError. */
export function besideAddress(sheetUrl: string, maxBytes: number, context: Context): Beside {
  return async (_, name) => {
    const address = URL.canParse(name, sheetUrl) ? new URL(name, sheetUrl) : undefined;
    if (address?.origin !== new URL(sheetUrl).origin) return 'outside';
    const url = address.href;
    // The body is awaited in pieces by whoever reads it, once: nothing is laid down.
    const response = await context.http.get(url, { maxBytes });
    if (response.status === 200) {
      return { name, mediaType: response.headers['content-type'], bytes: () => response.body };
    }
    for await (const _ of response.body) break;
    if (response.status === 404 || response.status === 410) return 'missing';
    throw new SourceError(...statusFault(url, response.status));
  };
}
