/** A partner's JSON over the polite client: fetched, bounded, read; whatever is not the JSON that was asked for is said in words. */
import { type Context, type Json, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { redacted } from '../http/url.ts';

/** Of one answer, decompressed. */
const MAX_BYTES = 64 * 1_048_576;
const QUOTED = 300;

/** An answer as it came: `json` is undefined where there is no body. `headers` are in lower case. */
export interface JsonAnswer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Json | undefined;
}

/**
 * Gets a JSON document. Throws SourceError: `transient` for 5xx (after the retries of the client) and for a body that is cut off or no JSON,
 * `config` for any other status from 400 on, with the partner's own message where it gives one.
 */
export async function getJson(
  context: Pick<Context, 'http'>,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<JsonAnswer> {
  const response = await context.http.get(url, {
    accept: 'application/json, application/ld+json;q=0.9',
    headers,
    maxBytes: MAX_BYTES,
  });
  const parts: Uint8Array[] = [];
  for await (const part of response.body) parts.push(part);
  const text = new TextDecoder().decode(Buffer.concat(parts)).trim();
  const where = redacted(response.url);
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
    return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, QUOTED);
  }
  return undefined;
}
