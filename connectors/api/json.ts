/** A partner's JSON over the polite client: fetched, bounded, read; whatever is not the JSON that was asked for is said in words. */

import { isUtf8 } from 'node:buffer';
import { type Context, type HttpResponse, type Json, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { redacted } from '../http/url.ts';
import { isWithinDepth } from '../json-depth.ts';

const MEGABYTE = 1_048_576;
/** Of one answer, decompressed. */
const MAX_BYTES = 64 * MEGABYTE;
const QUOTED = 300;
/** Of what is in a record. No partner comes near; JSON of tens of thousands of brackets is read without a fault, and then overflows the stack of whoever walks it. */
export const MOST_DEPTH = 64;

/** Whatever is not UTF-8, and what is mended of it, is told where there is somebody to tell. */
export type JsonContext = Pick<Context, 'http'> & Partial<Pick<Context, 'tell'>>;

/** An answer as it came: `json` is undefined where there is no body. `headers` are in lower case. */
export interface JsonAnswer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Json | undefined;
}

/**
 * Gets a JSON document. Throws SourceError: `transient` for 5xx (after the retries of the client) and for a body that is cut off or no JSON,
 * `config` for any other status from 400 on, with the partner's own message where it gives one, and for a body of more than `maxBytes` (64 MB unless told).
 */
export async function getJson(
  context: JsonContext,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  maxBytes = MAX_BYTES,
): Promise<JsonAnswer> {
  const response = await context.http.get(url, {
    accept: 'application/json, application/ld+json;q=0.9',
    headers,
    maxBytes,
  });
  const where = redacted(response.url);
  const text = decoded(await bytesOf(response, where, maxBytes), response, where, context).trim();
  const json = parsed(text);
  if (response.status >= 400) {
    const message = messageIn(json.value) ?? text.slice(0, QUOTED);
    const kind = response.status >= 500 ? 'transient' : 'config';
    const code = response.status === 401 || response.status === 403 ? 'api-key-refused' : 'api-refused';
    throw new SourceError(kind, finding(code, { url: where, status: response.status, message }));
  }
  if (!json.isJson && text !== '')
    throw new SourceError('transient', finding('api-not-json', { url: where, begin: text.slice(0, 80) }));
  return { url: response.url, status: response.status, headers: response.headers, json: json.value };
}

async function bytesOf({ body }: HttpResponse, url: string, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of body) parts.push(part);
  } catch (fault) {
    if (!(fault instanceof SourceError) || fault.finding.code !== 'http-too-large') throw fault;
    const particulars = { url, limit: maxBytes / MEGABYTE };
    throw new SourceError('config', finding('api-page-too-large', particulars), { cause: fault });
  }
  return Buffer.concat(parts);
}

/** JSON is UTF-8 (RFC 8259, 8.1), whatever is said. What is not valid as that is read as the partner says, or as windows-1252. */
function decoded(bytes: Uint8Array, { headers }: HttpResponse, url: string, { tell }: JsonContext): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const [, named = ''] = /charset="?([\w-]+)/i.exec(headers['content-type'] ?? '') ?? [];
  const isOther = named !== '' && !/^utf-?8$/i.test(named);
  for (const encoding of isOther ? [named, 'windows-1252'] : ['windows-1252']) {
    try {
      const text = new TextDecoder(encoding).decode(bytes);
      tell?.(finding('api-not-utf8', { url, encoding }));
      return text;
    } catch {
      // A name that nobody knows.
    }
  }
  return new TextDecoder().decode(bytes);
}

function parsed(text: string): { isJson: boolean; value: Json | undefined } {
  try {
    return { isJson: true, value: JSON.parse(text) as Json };
  } catch {
    return { isJson: false, value: undefined };
  }
}

/** What the partner says is wrong, in the ways APIs have of saying it. Undefined where it says nothing of the kind. */
export function messageIn(json: Json | undefined): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const said = json as { readonly [key: string]: Json };
  for (const key of ['errors', 'error', 'erreur', 'message', 'detail', 'title', 'error_code']) {
    const value = said[key];
    if (value === undefined || value === null) continue;
    if (typeof value === 'string') return value.slice(0, QUOTED);
    return isTooDeep(value) ? '…' : JSON.stringify(value).slice(0, QUOTED);
  }
  return undefined;
}

/** Whether lists and objects stand in one another more than MOST_DEPTH deep. */
export function isTooDeep(json: Json): boolean {
  return !isWithinDepth(json, MOST_DEPTH);
}
