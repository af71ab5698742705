/** Headers of every answer, and those by which the answers of GraphQL may be kept, compared and shared. */
import type { ServerResponse } from 'node:http';

/** Until the door that answers says otherwise: nothing is kept, framed, sniffed or run. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

export function setAlways(response: ServerResponse): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
}

/** Anyone may read from any page. There are no cookies, and a page is sent no credentials of ours. */
export const CORS = {
  origin: '*',
  credentials: false,
  methods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
  allowedHeaders: ['content-type', 'authorization', 'if-none-match'],
  exposedHeaders: ['etag', 'ratelimit', 'ratelimit-policy', 'retry-after', 'www-authenticate'],
  maxAge: 86_400,
};

/** So long may a proxy give its copy of a public answer without asking: so long at most does what was withdrawn live on in it. */
export const PUBLIC_FRESH_S = 10;

/** Whether `If-None-Match` names this tag. Weak comparison, as RFC 9110 has it. */
export function isKnown(given: string | null | undefined, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return given?.split(',').some((one) => bare(one) === bare(etag) || one.trim() === '*') === true;
}
