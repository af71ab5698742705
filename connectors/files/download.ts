/** A remote file is laid down on disk first: its encoding is found out by reading it twice, and a zip is read from its end. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type Context, SourceError } from '../connector.ts';
import { redacted } from '../http/url.ts';

export interface Downloaded {
  readonly path: string;
  readonly name: string;
  readonly mediaType: string | undefined;
  readonly remove: () => Promise<void>;
}

/** Fetches a file, of at most `maxBytes`. Throws SourceError: `transient` where the partner's server fails, `config` where the address is wrong. Remove it after. */
export async function download(url: string, maxBytes: number, context: Context): Promise<Downloaded> {
  const response = await context.http.get(url, { maxBytes });
  if (response.status !== 200) {
    for await (const _ of response.body) break;
    throw new SourceError(...statusFault(url, response.status));
  }
  const folder = await mkdtemp(join(tmpdir(), 'trame-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'download');
  try {
    await pipeline(response.body, createWriteStream(path));
  } catch (fault) {
    await remove();
    throw fault;
  }
  return { path, name: nameOf(response.url, response.headers), mediaType: response.headers['content-type'], remove };
}

/** What an answer other than the file means: the server's trouble, which passes, or a wrong address. */
export function statusFault(url: string, status: number): ['transient' | 'config', Finding] {
  return [status >= 500 ? 'transient' : 'config', finding('file-http-status', { url: redacted(url), status })];
}

function nameOf(url: string, headers: Readonly<Record<string, string>>): string {
  const given = /filename="?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1];
  const last = given ?? decoded(new URL(url).pathname.split('/').findLast((part) => part !== '') ?? 'fichier');
  return last.replace(/[/\\\p{Cc}]/gu, '_').slice(0, 200);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
