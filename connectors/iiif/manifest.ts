/** One manifest, fetched: a record, or the reason why it is none. */
import { finding } from '#graph-schema/findings/finding.ts';
import { getJson } from '../api/json.ts';
import { type Context, type Json, type Message, SourceError } from '../connector.ts';
import { isManifest, storedManifest } from '../formats/iiif/manifest.ts';
import { typeIn } from '../formats/shared/json-ld.ts';
import { redacted } from '../http/url.ts';
import type { IiifCursor, IiifOptions } from './options.ts';

/** One manifest. Throws SourceError where it cannot be fetched or is no manifest. */
export async function readManifest(
  id: string,
  url: string,
  context: Context,
  { maxMegabytes }: IiifOptions,
): Promise<Message<IiifCursor>> {
  const { json } = await getJson(context, url, {}, maxMegabytes * 1_048_576);
  if (json === undefined || !isManifest(json)) {
    const found = (json === undefined ? undefined : typeIn(json)) ?? 'JSON';
    const particulars = { url: redacted(url), path: 'type', message: `${found.slice(0, 100)} ≠ Manifest` };
    throw new SourceError('config', finding('api-answer-unexpected', particulars));
  }
  const { row } = storedManifest(json, new Uint8Array());
  return { kind: 'record', id, row, raw: bytesOf(row, url) };
}

/** The row as JSON. One that is nested without end cannot be written, and is none. */
function bytesOf(row: Json, url: string): Uint8Array {
  try {
    return new TextEncoder().encode(JSON.stringify(row));
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    const particulars = { url: redacted(url), path: '.', message: fault.message };
    throw new SourceError('config', finding('api-answer-unexpected', particulars), { cause: fault });
  }
}

/** The row again from its stored bytes. */
export function manifestFromRaw(raw: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(raw)) as Json;
}
