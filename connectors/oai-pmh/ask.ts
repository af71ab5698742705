/** One question and its answer. */
import { type HttpClient, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import type { OaiOptions } from './options.ts';
import { type Fetched, fetchPage, type Page, readPage } from './page.ts';
import { requestUrl } from './request.ts';
import type { Tally } from './tally.ts';

/** Asks for an answer to `verb` that is no list. Throws SourceError; the repository's own error is in the page. */
export async function ask(
  http: HttpClient,
  options: OaiOptions,
  verb: string,
  given: Readonly<Record<string, string>>,
  tally: Tally,
): Promise<Page> {
  return readAnswer(await fetchPage(http, requestUrl(options.url, verb, given), options.maxPageBytes), verb, tally);
}

/** The page of an answer. Throws SourceError: config for an HTTP status that says that there is none, else transient. */
export function readAnswer(fetched: Fetched, verb: string, tally: Tally): Page {
  try {
    return readPage(fetched, verb, tally.repairsAt(fetched.url));
  } catch (fault) {
    const { url, status } = fetched;
    const isServers = fault instanceof SourceError && fault.finding.code === 'oai-http-status' && status >= 500;
    throw isServers ? new SourceError('transient', finding('http-server-error', { url, status })) : fault;
  }
}

/** The fault that a repository's own error comes down to, where it is not one that can be lived with. */
export function repositoryError(url: string, { code, message }: { code: string; message: string }): SourceError {
  return new SourceError('config', finding('oai-error', { url, code, message: message.slice(0, 500) }));
}
