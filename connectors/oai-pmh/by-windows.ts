/** Reads a list by windows: one that fails is halved, down to the smallest, in which each record is asked for by itself. */
import type { SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { IdentifierSet } from '../identifier-set.ts';
import { msOf } from './dates.ts';
import { FailedWindows } from './failed-windows.ts';
import { follow } from './follow.ts';
import { identifyIfItCan } from './identify.ts';
import type { ListState, Window } from './options.ts';
import {
  detailOf,
  fromBeginning,
  isPageFault,
  isRefusal,
  type Reading,
  type Step,
  shown,
  stepOfMessages,
  stepTo,
  transient,
} from './reading.ts';
import { firstWindows, inUnits, mayHold } from './windows.ts';

/** The list as windows, none of them read. `fault` is why: thrown again where the repository does not even say who it is. */
export async function windowed(reading: Reading, state: ListState, fault: SourceError): Promise<ListState> {
  const identity = await identifyIfItCan(reading);
  if (identity === null) throw fault;
  const nowMs = reading.context.now().getTime();
  const saidMs = msOf(identity.responseDate);
  // Where not even the first page came, the list begins here: by the earlier of both clocks.
  const began = state.began ?? new Date(saidMs > 0 ? Math.min(saidMs, nowMs) : nowMs).toISOString();
  const [first, ...rest] = firstWindows(state, identity.earliestDatestamp, began);
  reading.tally.tell(finding('oai-read-by-windows', { url: shown(reading), detail: detailOf(fault) }));
  const whole = { from: state.from, until: state.until };
  return { ...fromBeginning(state), ...first, began, windows: rest, whole };
}

/**
 * Reads what is left of a windowed list; `named` gathers the identifiers; `proven`: windows were a way on in an earlier run. Throws SourceError
 * once all that can be read has been; what the last resumable step holds is left.
 */
export async function* byWindows(
  reading: Reading,
  start: ListState,
  named: IdentifierSet,
  proven: boolean,
): AsyncGenerator<Step, void, undefined> {
  const failed = new FailedWindows(reading, start, named, proven);
  let state = start;
  if (!proven && (yield* failed.cureWhole(start, start.whole ?? {}))) {
    yield stepOfMessages([], { ...state, windows: [] });
    return;
  }
  for (;;) {
    const window = { from: state.from, until: state.until };
    let queue: readonly Window[] = state.windows ?? [];
    try {
      for await (const step of follow(reading, state, new IdentifierSet())) {
        checkInside(reading, window, step);
        for (const identifier of step.identifiers) named.add(identifier);
        state = step.state;
        failed.passed(step);
        yield { ...step, state: failed.kept(state), resumable: step.resumable && failed.proven };
      }
    } catch (fault) {
      if (isPageFault(fault)) queue = yield* failed.cure(state, window, queue, fault);
      else if (!isNothing(window, fault)) throw asRefusal(reading, fault);
    }
    const [next, ...rest] = queue;
    if (next === undefined) break;
    state = windowOf(state, next, rest);
    if (failed.proven) yield stepTo(failed.kept(state));
  }
  yield* failed.rest(state);
  // The windows' own counts are not those of the list.
  yield stepOfMessages([], { ...state, seen: 0, expected: undefined });
}

function windowOf(state: ListState, next: Window, rest: readonly Window[]): ListState {
  const { began, whole, granularity } = state;
  return { ...fromBeginning(state), restarts: 0, ...inUnits(next, granularity), began, whole, windows: [...rest] };
}

/** A repository that gives what was not asked for would give its whole list for every window. */
function checkInside(reading: Reading, window: Window, { messages, headers }: Step): void {
  const dates = headers.map(({ datestamp }) => datestamp);
  for (const message of messages) if ('modified' in message && message.modified) dates.push(message.modified);
  if (!dates.every((date) => mayHold(window, date))) throw transient('oai-windows-refused', { url: shown(reading) });
}

/** A window before the first record or after the last: some repositories call that a wrong argument. */
function isNothing({ from, until }: Window, fault: unknown): boolean {
  return (from === undefined || until === undefined) && isBadArgument(fault);
}

function isBadArgument(fault: unknown): boolean {
  return isRefusal(fault) && fault.finding.particulars['code'] === 'badArgument';
}

function asRefusal(reading: Reading, fault: unknown): unknown {
  return isBadArgument(fault) ? transient('oai-windows-refused', { url: shown(reading) }) : fault;
}
