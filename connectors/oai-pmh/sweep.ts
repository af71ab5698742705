/** Where a repository does not announce what it deletes, all its identifiers are compared now and then: what it no longer names is gone. */
import { type Message, SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { IdentifierSet } from '../identifier-set.ts';
import { inGranularity, msOf } from './dates.ts';
import { tombstone } from './failed-windows.ts';
import { getRecord } from './get-record.ts';
import type { Header } from './headers.ts';
import { identityOf } from './identify.ts';
import { listed } from './list.ts';
import type { ListState, OaiCursor } from './options.ts';
import { detailOf, isRefusal, listOf, prefixOf, type Reading, type Step, shown, stepOfMessages } from './reading.ts';

const HOUR_MS = 3600 * 1000;
/** The most records that are asked for by themselves because they came up while the run was under way. */
const MAX_LATE = 1000;

/** Whether a list of changes is to be followed by a sweep; where it is not, and should have been, that is told. */
export async function isSweepDue(reading: Reading, list: ListState, sweptAt: string | undefined): Promise<boolean> {
  const { options, context } = reading;
  if (list.coverage !== 'changes' || options.until !== undefined) return false;
  const policy = (await identityOf(reading))?.deletedRecord ?? '';
  if (policy === 'persistent') return false;
  const ageMs = context.now().getTime() - msOf(sweptAt);
  // A clock that was set back must not put it off for ever.
  if (!(ageMs >= 0 && ageMs < options.sweepHours * HOUR_MS)) return true;
  tellPolicy(reading, policy);
  return false;
}

export function tellPolicy(reading: Reading, policy: string): void {
  if (policy === 'persistent') return;
  const particulars = { url: shown(reading), policy: policy || '?', hours: reading.options.sweepHours };
  reading.tally.tell(finding('oai-no-deletions', particulars));
}

/** The sweep that follows a list of changes: every identifier of the same selection. */
export function sweepAfter({ options }: Reading, { prefix, granularity }: ListState): ListState {
  const from = options.from === undefined ? undefined : inGranularity(options.from, granularity, 'T00:00:00Z');
  return listOf({ coverage: 'snapshot', verb: 'ListIdentifiers', prefix, granularity, from });
}

/**
 * The steps of a sweep: what lives is `seen`, what is marked as deleted is `deleted`. What changed since `since` and was not delivered in this run
 * is asked for, as nobody knows it yet. The last step's coverage is `changes` where the repository cannot be swept. Throws SourceError.
 */
export async function* swept(
  reading: Reading,
  start: ListState,
  since: string | undefined,
): AsyncGenerator<Step, void, undefined> {
  const named = new IdentifierSet();
  const late = { sinceMs: msOf(since), left: MAX_LATE, prefix: prefixOf(reading, start) };
  let state = start;
  try {
    for await (const step of listed(reading, start, named)) {
      state = step.state;
      const messages = [...step.messages];
      for (const header of step.headers) {
        // What this run delivered is named already, and better.
        if (header.deleted || !reading.delivered.has(header.id)) messages.push(await messageFor(reading, header, late));
      }
      yield { ...step, messages };
    }
  } catch (fault) {
    if (!isRefusal(fault) && !isShort(fault)) throw fault;
    reading.tally.tell(finding('oai-sweep-refused', { url: shown(reading), detail: detailOf(fault) }));
    yield stepOfMessages([], { ...state, coverage: 'changes' });
    return;
  }
  if (named.size === 0 && start.pages === 0) yield stepOfMessages([], { ...state, coverage: 'changes' });
}

/** It names fewer than it announces, however often it is asked: what it does not name may well be there. */
function isShort(fault: unknown): fault is SourceError {
  return fault instanceof SourceError && fault.finding.code === 'oai-list-short';
}

interface Late {
  readonly sinceMs: number;
  left: number;
  readonly prefix: string;
}

async function messageFor(reading: Reading, header: Header, late: Late): Promise<Message<OaiCursor>> {
  const { id } = header;
  if (id === '') {
    return { kind: 'rejected', finding: finding('oai-record-without-identifier', { url: shown(reading) }) };
  }
  if (header.deleted) return tombstone(header);
  if (msOf(header.datestamp) >= late.sinceMs && late.left > 0) {
    late.left--;
    const one = await getRecord(reading, id, late.prefix);
    if (one.kind === 'message') return one.message;
  }
  return { kind: 'seen', id };
}
