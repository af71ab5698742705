/** What a repository says of itself. */
import { type HttpClient, SourceError } from '#connectors/connector.ts';
import { textOf, textsAt } from '#connectors/xml.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { DAYS, type Granularity, type OaiOptions, SECONDS } from './options.ts';
import { fetchPage, type Page, readPage } from './page.ts';
import { requestUrl } from './request.ts';
import type { Tally } from './tally.ts';

export interface Identity {
  readonly url: string;
  readonly granularity: Granularity;
  /** `no`, `transient` or `persistent`; '' where not said. */
  readonly deletedRecord: string;
}

/** Asks who the repository is. Throws SourceError, config where it is no OAI-PMH 2.0. */
export async function identify(http: HttpClient, options: OaiOptions, tally: Tally): Promise<Identity> {
  const page = await ask(http, options, 'Identify', {}, tally);
  if (page.error !== undefined) throw repositoryError(page.url, page.error);
  const said = (name: string) =>
    page.items.filter(({ element }) => element.name === name).map(({ element }) => textOf(element))[0] ?? '';
  const version = said('protocolVersion');
  if (version !== '' && version !== '2.0')
    throw new SourceError('config', finding('oai-version', { url: page.url, version }));
  const granularity = said('granularity').toLowerCase() === SECONDS.toLowerCase() ? SECONDS : DAYS;
  return { url: page.url, granularity, deletedRecord: said('deletedRecord') };
}

/** The prefixes that the repository offers. Throws SourceError. */
export async function offeredPrefixes(http: HttpClient, options: OaiOptions, tally: Tally): Promise<readonly string[]> {
  const page = await ask(http, options, 'ListMetadataFormats', {}, tally);
  return page.items.flatMap(({ element }) => textsAt(element, 'metadataPrefix'));
}

/** The fault that a repository's own error comes down to, where it is not one that the list can live with. */
export function repositoryError(url: string, { code, message }: { code: string; message: string }): SourceError {
  return new SourceError('config', finding('oai-error', { url, code, message: message.slice(0, 500) }));
}

async function ask(
  http: HttpClient,
  options: OaiOptions,
  verb: string,
  given: Record<string, string>,
  tally: Tally,
): Promise<Page> {
  const fetched = await fetchPage(http, requestUrl(options.url, verb, given), options.maxPageBytes);
  return readPage(fetched, verb, tally.repairsAt(fetched.url));
}
