/** What one reading of a repository works with, and what it remembers of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, type Message, SourceError } from '#connectors/connector.ts';
import { stopped } from '#connectors/http/faults.ts';
import { redacted } from '#connectors/http/url.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { IdentifierSet } from '../identifier-set.ts';
import type { Header } from './headers.ts';
import type { Identity } from './identify.ts';
import { type ListState, OAI_DC, type OaiCursor, type OaiOptions, type Window } from './options.ts';
import type { Tally } from './tally.ts';

export interface Reading {
  readonly options: OaiOptions;
  readonly context: Context;
  readonly tally: Tally;
  /** Whether the next page is fetched while the reader works on one. */
  readonly ahead: boolean;
  /** What the list of records has named in this run. */
  readonly delivered: IdentifierSet;
  /** A record that a list gave: whether single ones are given is tried with it. */
  sample?: string;
  /** What the repository says of itself; null where it was asked and cannot say. */
  identity?: Identity | null;
}

/** A piece of a list, mostly a page, and where the list stands after it. */
export interface Step {
  readonly messages: Iterable<Message<OaiCursor>>;
  /** Of the records in it. */
  readonly identifiers: readonly string[];
  /** Of a page of ListIdentifiers. */
  readonly headers: readonly Header[];
  readonly state: ListState;
  /** Whether a later run may go on from `state`. */
  readonly resumable: boolean;
}

export function newReading(options: OaiOptions, context: Context, tally: Tally, ahead: boolean): Reading {
  return { options, context, tally, ahead, delivered: new IdentifierSet() };
}

/** A step of messages alone: they come from single requests, between two places where a list can be resumed. */
export function stepOfMessages(messages: readonly Message<OaiCursor>[], state: ListState): Step {
  return { messages, identifiers: [], headers: [], state, resumable: false };
}

/** A place to go on from, without a message of its own. */
export function stepTo(state: ListState): Step {
  return { messages: [], identifiers: [], headers: [], state, resumable: true };
}

/** The base URL as it may be shown. */
export function shown({ options }: Reading): string {
  return redacted(options.url);
}

export function prefixOf({ options }: Reading, { prefix }: Pick<ListState, 'prefix'>): string {
  return prefix ?? options.metadataPrefix ?? OAI_DC;
}

/** Waits before something is asked for once more. Throws SourceError when the run is stopped meanwhile. */
export async function pause({ options, context }: Reading): Promise<void> {
  try {
    await sleep(options.pauseMs, undefined, { signal: context.signal });
  } catch {
    throw stopped(new URL(options.url));
  }
}

/** A list before its first page. */
export function listOf(given: Pick<ListState, 'coverage' | 'granularity'> & Partial<ListState>): ListState {
  return { verb: 'ListRecords', pages: 0, seen: 0, restarts: 0, recent: [], doubtful: false, again: false, ...given };
}

/** The same list from its beginning. */
export function fromBeginning(state: ListState): ListState {
  const { coverage, verb, prefix, from, until, granularity, restarts, again } = state;
  return listOf({ coverage, verb, prefix, from, until, granularity, restarts, again });
}

/** A walk through the identifiers of a window of the same list. */
export function identifiersIn({ prefix, granularity }: ListState, window: Window): ListState {
  return listOf({ coverage: 'changes', verb: 'ListIdentifiers', prefix, granularity, ...window });
}

const PAGE_FAULTS: ReadonlySet<string> = new Set([
  'oai-page-malformed',
  'oai-page-cut',
  'oai-html',
  'oai-other-document',
  'oai-empty-body',
  'oai-token-refused',
  'http-server-error',
  'http-timeout',
  'http-too-large',
  'http-broken-off',
  'http-encoding-unknown',
]);
/** Statuses that speak of this page or request, and not of the address as a whole. */
const PAGE_STATUSES: ReadonlySet<unknown> = new Set([304, 413, 414, 431]);

/** Whether what failed is this one answer: asked otherwise, the repository may well give the rest. A repository that is busy or away is not. */
export function isPageFault(fault: unknown): fault is SourceError {
  if (!(fault instanceof SourceError) || fault.notBefore !== undefined) return false;
  const { code, particulars } = fault.finding;
  if (code === 'http-timeout') return particulars['phase'] !== 'connect';
  if (code === 'oai-http-status') return PAGE_STATUSES.has(particulars['status']);
  return PAGE_FAULTS.has(code);
}

/** Whether the repository answered, and did not want to. */
export function isRefusal(fault: unknown): fault is SourceError {
  return (
    fault instanceof SourceError && (fault.finding.code === 'oai-error' || fault.finding.code === 'oai-http-status')
  );
}

/** What was found, of any language, to stand within the words of another finding. */
export function detailOf({ finding: { code, particulars } }: SourceError): string {
  const { detail, title, status, phase, limit } = particulars;
  const what = detail ?? title ?? status ?? phase ?? limit;
  return what === undefined ? code : `${code}: ${what}`.slice(0, 300);
}

export function transient(...given: Parameters<typeof finding>): SourceError {
  return new SourceError('transient', finding(...given));
}
