/** What a repository says of itself. */
import { type HttpClient, SourceError } from '#connectors/connector.ts';
import { textOf, textsAt } from '#connectors/xml.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { ask, repositoryError } from './ask.ts';
import { DAYS, type Granularity, OAI_DC, type OaiOptions, SECONDS } from './options.ts';
import { detailOf, isPageFault, isRefusal, type Reading, shown } from './reading.ts';
import type { Tally } from './tally.ts';

export interface Identity {
  readonly granularity: Granularity;
  /** `no`, `transient` or `persistent`; '' where not said. */
  readonly deletedRecord: string;
  /** As given, '' where not said; often wrong. */
  readonly earliestDatestamp: string;
  /** When it said so, by its own clock. */
  readonly responseDate: string;
}

/** Asks who the repository is. Throws SourceError, config where it is no OAI-PMH 2.0. */
export async function identify({ context, options, tally }: Reading): Promise<Identity> {
  const page = await ask(context.http, options, 'Identify', {}, tally);
  if (page.error !== undefined) throw repositoryError(page.url, page.error);
  const said = (name: string) =>
    page.items.filter(({ element }) => element.name === name).map(({ element }) => textOf(element))[0] ?? '';
  const version = said('protocolVersion');
  if (version !== '' && version !== '2.0')
    throw new SourceError('config', finding('oai-version', { url: page.url, version }));
  const granularity = said('granularity').toLowerCase() === SECONDS.toLowerCase() ? SECONDS : DAYS;
  return {
    granularity,
    deletedRecord: said('deletedRecord'),
    earliestDatestamp: said('earliestDatestamp'),
    responseDate: page.responseDate,
  };
}

/** The same, or null where the repository does not say who it is: it may list all the same, so that is told. Throws SourceError where nothing answers. */
export async function identifyIfItCan(reading: Reading): Promise<Identity | null> {
  try {
    return await identify(reading);
  } catch (fault) {
    if (!isPageFault(fault) && !isRefusal(fault)) throw fault;
    reading.tally.tell(finding('oai-identify-unreadable', { url: shown(reading), detail: detailOf(fault) }));
    return null;
  }
}

/** What the repository says of itself, asked once a run. */
export async function identityOf(reading: Reading): Promise<Identity | null> {
  if (reading.identity === undefined) reading.identity = await identifyIfItCan(reading);
  return reading.identity;
}

export interface OfferedFormat {
  readonly prefix: string;
  readonly namespace: string;
}

/** The formats that the repository offers. Throws SourceError. */
export async function offeredFormats(
  http: HttpClient,
  options: OaiOptions,
  tally: Tally,
): Promise<readonly OfferedFormat[]> {
  const page = await ask(http, options, 'ListMetadataFormats', {}, tally);
  return page.items.map(({ element }) => ({
    prefix: textsAt(element, 'metadataPrefix')[0] ?? '',
    namespace: textsAt(element, 'metadataNamespace')[0] ?? '',
  }));
}

const OAI_DC_NS = 'http://www.openarchives.org/OAI/2.0/oai_dc/';

/** The prefix by which Dublin Core goes here, if it is offered. */
export function dublinCoreIn(offered: readonly OfferedFormat[]): string | undefined {
  return offered.find(
    ({ prefix, namespace }) => prefix !== '' && (namespace === OAI_DC_NS || prefix.toLowerCase() === OAI_DC),
  )?.prefix;
}
