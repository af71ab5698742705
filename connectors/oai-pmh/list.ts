/** A list, read until nothing of it is lacking: by its tokens, by windows where these fail, and verified where it is doubtful. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { IdentifierSet } from '../identifier-set.ts';
import { byWindows, windowed } from './by-windows.ts';
import { follow } from './follow.ts';
import type { ListState } from './options.ts';
import { fromBeginning, isPageFault, type Reading, type Step, shown, transient } from './reading.ts';
import { verified } from './verify.ts';

/**
 * The steps of a list from `start` on; `named` gathers the identifiers that it names. Throws SourceError where something is lacking; what could
 * be read is handed over first.
 */
export async function* listed(
  reading: Reading,
  start: ListState,
  named: IdentifierSet,
): AsyncGenerator<Step, void, undefined> {
  let state = start;
  /** Whether `named` holds all that the list has named: not where an earlier run read its beginning. */
  let knowsAll = isAtBeginning(start);
  let announced = 0;
  try {
    if (start.windows === undefined) {
      for await (const step of follow(reading, state, named)) {
        state = step.state;
        knowsAll ||= isAtBeginning(state);
        yield sampled(reading, step);
      }
    }
  } catch (fault) {
    if (!isPageFault(fault)) throw fault;
    announced = state.expected ?? 0;
    state = await windowed(reading, state, fault);
    // Unless all that has not come is asked for one by one, the windows give everything again.
    knowsAll = true;
  }
  if (state.windows !== undefined) {
    for await (const step of byWindows(reading, state, named, start.windows !== undefined)) {
      state = step.state;
      yield sampled(reading, step);
    }
    if (knowsAll) yield* verified(reading, state, named, Math.max(0, announced - named.size));
    return;
  }
  const { expected } = state;
  const came = knowsAll ? state.seen - named.repeats : state.seen;
  if (named.repeats > 0) {
    reading.tally.tell(finding('oai-duplicates', { url: shown(reading), count: named.repeats }));
  }
  const missing = Math.max(0, (expected ?? 0) - came);
  if (!state.doubtful && missing === 0) return;
  if (knowsAll) yield* verified(reading, state, named, missing);
  else if (!state.again) {
    reading.tally.tell(finding('oai-list-read-again', { url: shown(reading) }));
    named.clear();
    yield* listed(reading, { ...fromBeginning(state), again: true }, named);
  } else if (missing > 0)
    throw transient('oai-list-short', { url: shown(reading), seen: came, expected: expected ?? 0 });
  else reading.tally.tell(finding('oai-list-not-verified', { url: shown(reading), detail: 'oai-list-read-again' }));
}

function sampled(reading: Reading, step: Step): Step {
  const [first] = step.identifiers;
  // A copy: a slice would keep its page.
  if (reading.sample === undefined && first) reading.sample = Buffer.from(first).toString();
  return step;
}

function isAtBeginning({ token, pages, windows }: ListState): boolean {
  return token === undefined && pages === 0 && windows === undefined;
}
