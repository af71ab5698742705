/** The URLs of OAI-PMH requests. */
import type { ListState, OaiOptions } from './options.ts';

type Arguments = Readonly<Record<string, string | undefined>>;

/** A request; what the base URL has in its query stays. */
export function requestUrl(baseUrl: string, verb: string, given: Arguments = {}): string {
  const url = new URL(baseUrl);
  url.hash = '';
  const query = Object.entries({ verb, ...given })
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
  url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url.href;
}

/** The next request of a list. A token goes alone (OAI-PMH 2.0, 3.5). */
export function listUrl(
  { url, set }: OaiOptions,
  { verb, token, from, until }: ListState,
  metadataPrefix: string,
): string {
  if (token !== undefined) return requestUrl(url, verb, { resumptionToken: token });
  return requestUrl(url, verb, { metadataPrefix, set, from, until });
}
