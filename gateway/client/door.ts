/** /client.js: the client, for a page that has no copy of it. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';

/** The client without its types; generate-here.ts writes it. */
export const CLIENT_SCRIPT = new URL('client.generated.js', import.meta.url);
export const CLIENT_PATH = '/client.js';
const FRESH_S = 3_600;

/** Answers with the script; a page of any site may import it. */
export async function showClient(response: ServerResponse): Promise<void> {
  const script = await readFile(CLIENT_SCRIPT);
  response.writeHead(200, {
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': script.length,
    'cache-control': `public, max-age=${FRESH_S}`,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  response.end(script);
}
