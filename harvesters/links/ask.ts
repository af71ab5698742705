/** One address is asked for: by HEAD, and by GET for its first bytes where HEAD does not say that all is well. */
import { type HttpClient, type HttpResponse, SourceError } from '#connectors/connector.ts';
import { redacted } from '#connectors/http/url.ts';
import type { Expected } from '#graph-schema/links/addresses.ts';
import type { Answer, LinkReason } from '#graph-schema/links/standing.ts';

/** A server that ignores the range is left after its first bytes. */
const MOST_BYTES = 4 * 1024 * 1024;
const FIRST_BYTES = 'bytes=0-1023';
/** What a host that is busy and does not say for how long is given, and the least that any is given. */
const REST_MS = 24 * 60 * 60_000;
const LEAST_REST_MS = 60 * 60_000;

export interface Asked {
  readonly address: string;
  readonly expected: Expected;
}

/** Undefined where we were stopped meanwhile. Throws nothing but bugs. */
export async function askFor(http: HttpClient, asked: Asked, now: Date): Promise<Answer | undefined> {
  const head = await ask(http, asked, 'HEAD', now);
  return head !== undefined && isForGet(head) ? ask(http, asked, 'GET', now) : head;
}

/** Many servers refuse HEAD, or answer it with something else than GET: only GET is believed where something is wrong. */
function isForGet(answer: Answer): boolean {
  if (answer.kind === 'gone') return answer.status !== undefined;
  return answer.kind === 'unsure' && answer.status !== undefined && !OVERLOADED.has(answer.status);
}

/** Another request would make it worse. */
const OVERLOADED: ReadonlySet<number> = new Set([408, 502, 503, 504]);

async function ask(
  http: HttpClient,
  { address, expected }: Asked,
  method: 'HEAD' | 'GET',
  now: Date,
): Promise<Answer | undefined> {
  const accept = expected === 'picture' ? 'image/*,*/*;q=0.5' : 'text/html,*/*;q=0.8';
  const headers = method === 'GET' ? { range: FIRST_BYTES } : {};
  try {
    const response = await http.get(address, { method, accept, headers, maxBytes: MOST_BYTES });
    for await (const _ of response.body) break;
    return answerOf(response, address, expected);
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    return faultOf(fault, now);
  }
}

function answerOf({ status, headers, url }: HttpResponse, address: string, expected: Expected): Answer {
  if (status === 404) return { kind: 'gone', reason: 'not-found', status };
  if (status === 410) return { kind: 'gone', reason: 'gone', status };
  if (status === 401 || status === 403) return { kind: 'unsure', reason: 'refused', status };
  // 416: it is there, and has fewer bytes than were asked for.
  if ((status < 200 || status > 299) && status !== 416)
    return { kind: 'unsure', reason: status >= 500 ? 'server-fault' : 'status', status };
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (expected === 'picture' && WEB_PAGE.has(type)) return { kind: 'gone', reason: 'web-page', status };
  return { kind: 'well', status, movedTo: isElsewhere(url, address) ? redacted(url) : undefined };
}

const WEB_PAGE: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

function isElsewhere(url: string, address: string): boolean {
  const asked = new URL(address);
  asked.username = asked.password = '';
  return new URL(url).href !== asked.href;
}

const REASONS: Readonly<Partial<Record<string, LinkReason>>> = {
  'http-timeout': 'timeout',
  'http-redirect-endless': 'redirect-endless',
  'http-certificate': 'certificate',
  'http-address-refused': 'private-address',
  'http-server-error': 'server-fault',
};

function faultOf(fault: SourceError, now: Date): Answer | undefined {
  const { code, particulars } = fault.finding;
  const status = typeof particulars['status'] === 'number' ? particulars['status'] : undefined;
  if (code === 'http-stopped') return undefined;
  if (fault.notBefore !== undefined || status === 429) {
    const untilMs = Math.max(fault.notBefore?.getTime() ?? now.getTime() + REST_MS, now.getTime() + LEAST_REST_MS);
    const until = new Date(untilMs);
    return { kind: 'wait', reason: 'busy', asked: true, status, until };
  }
  if (code === 'http-host-unknown') return { kind: 'gone', reason: 'host-unknown' };
  if (code === 'http-address-invalid') return { kind: 'gone', reason: 'address-invalid' };
  return { kind: 'unsure', reason: REASONS[code] ?? 'unreachable', status };
}
