/** GraphiQL, all of it from here: one page, made when it is first asked for, then kept as it is sent. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Log } from '../errors.ts';
import { EXAMPLES } from '../examples.ts';
import { isKnown } from './headers.ts';

/** The page is large, and changes with the program only. */
const FRESH_S = 3_600;

interface Page {
  readonly plain: Buffer;
  readonly packed: Buffer;
  readonly etag: string;
  readonly policy: string;
}

/** Whether a browser asks for a page, and no program for an answer. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.accept?.includes('text/html') === true;
}

/** The door of GraphiQL. What fails is logged. */
export function graphiqlDoor(
  endpoint: string,
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let page: Promise<Page> | undefined;
  return async (request, response) => {
    page ??= makePage(endpoint);
    try {
      sendPage(await page, request, response);
    } catch (fault) {
      page = undefined;
      log('GraphiQL could not be shown', fault);
      response.writeHead(500).end();
    }
  };
}

function sendPage({ plain, packed, etag, policy }: Page, request: IncomingMessage, response: ServerResponse): void {
  const headers = {
    etag,
    vary: 'Accept, Accept-Encoding',
    'cache-control': `public, max-age=${FRESH_S}`,
    'content-security-policy': policy,
  };
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = isPacked ? packed : plain;
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function makePage(endpoint: string): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Trame – GraphiQL',
    endpoint,
    defaultTabs: EXAMPLES.map(({ query, variables }) => ({
      query,
      variables: variables ? JSON.stringify(variables, null, 2) : null,
    })),
  });
  const plain = Buffer.from(html);
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, packed: await promisify(gzip)(plain), etag, policy: policyOf(html) };
}

/** Only the page's own scripts run, each known by its hash; it talks to nobody but this gateway. */
function policyOf(html: string): string {
  const hashes = scriptsOf(html).map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob: data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const [OPENED, CLOSED] = ['<script>', '</script>'];

/** As a browser cuts them: a script ends where its end tag first stands, and `<script>` inside one is part of it. */
function scriptsOf(html: string): readonly string[] {
  const scripts: string[] = [];
  for (let at = html.indexOf(OPENED); at !== -1; at = html.indexOf(OPENED, at)) {
    const end = html.indexOf(CLOSED, at);
    if (end === -1) break;
    scripts.push(html.slice(at + OPENED.length, end));
    at = end;
  }
  return scripts;
}
