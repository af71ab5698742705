/** One picture is asked of the server that its partner named: politely, only where it has changed, and never more of it than is allowed. */
import { type HttpClient, type HttpResponse, SourceError } from '#connectors/connector.ts';
import { redacted } from '#connectors/http/url.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Made } from '#graph-schema/pictures/store.ts';

/** Of one file, as it comes. Scans of museums are mostly smaller. */
export const MOST_BYTES = 20 * 1024 * 1024;

export type Fetched =
  | {
      readonly kind: 'picture';
      readonly bytes: Uint8Array;
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'fault';
      readonly finding: Finding;
      /** Another day may bring it: what was made of it before stays meanwhile. */
      readonly mayPass: boolean;
    };

/** Asks for a picture, or only whether it is still the one that was `made`. Throws nothing but bugs. */
export async function fetchPicture(http: HttpClient, url: string, made: Made | undefined): Promise<Fetched> {
  const headers = onlyIfChanged(made);
  const accept = 'image/webp,image/jpeg,image/png,image/*;q=0.8';
  try {
    const response = await http.get(url, { accept, headers, maxBytes: MOST_BYTES });
    return await read(response, Object.keys(headers).length > 0);
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    return { kind: 'fault', finding: fault.finding, mayPass: fault.kind === 'transient' };
  }
}

function onlyIfChanged(made: Made | undefined): Record<string, string> {
  if (made === undefined || made.sizes.length === 0) return {};
  return {
    ...(made.etag === undefined ? {} : { 'if-none-match': made.etag }),
    ...(made.lastModified === undefined ? {} : { 'if-modified-since': made.lastModified }),
  };
}

async function read({ status, headers, url, body }: HttpResponse, conditional: boolean): Promise<Fetched> {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (status === 200 && mayBePicture(type)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const { etag, 'last-modified': lastModified } = headers;
    return { kind: 'picture', bytes: Buffer.concat(chunks), etag: short(etag), lastModified: short(lastModified) };
  }
  for await (const _ of body) break;
  if (status === 304 && conditional) return { kind: 'unchanged' };
  return { kind: 'fault', finding: refused(url, status, type), mayPass: status >= 500 };
}

function refused(address: string, status: number, type: string | undefined): Finding {
  const url = redacted(address);
  if (status === 200) return finding('picture-type-unread', { url, type: type ?? '?' });
  return finding(status === 404 || status === 410 ? 'picture-gone' : 'picture-refused', { url, status });
}

/** A film or a page is not even read. Servers that do not know what they hold say octet-stream, or nothing. */
function mayBePicture(type: string | undefined): boolean {
  return type === undefined || type === '' || type.startsWith('image/') || /octet-stream$/.test(type);
}

/** A server may send what it likes; it is kept, and sent back. */
function short(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= 200 ? value : undefined;
}
