/** A run from where the last one left off: the list of records, a sweep where one is due, and the end. */
import type { Message } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { listed } from './list.ts';
import type { ListState, OaiCursor } from './options.ts';
import { type Reading, type Step, shown } from './reading.ts';
import { newList, nextFrom, resumed } from './start.ts';
import { isSweepDue, sweepAfter, swept } from './sweep.ts';

type Messages = Iterable<Message<OaiCursor>>;

/**
 * The messages of a run, a piece of a list at a time. `known` is the cursor that the last run left, of the same `scope`. A list that was broken
 * off goes on where it was; its coverage is that of the whole list, also where an earlier run read the beginning.
 */
export async function* harvested(
  reading: Reading,
  scope: string,
  known: OaiCursor | undefined,
): AsyncGenerator<Messages, void, undefined> {
  let cursor: OaiCursor = { scope, from: known?.from, sweptAt: known?.sweptAt };
  let state = known?.list === undefined ? await newList(reading, known?.from) : resumed(reading, known.list);
  if (state.verb === 'ListRecords') {
    for await (const step of listed(reading, state, reading.delivered)) {
      state = step.state;
      yield* partsOf(step, cursor);
    }
    tellCount(reading, state);
    // `from` stays what it was until the list has ended.
    cursor = { ...cursor, from: nextFrom(reading, state) };
    if (!(await isSweepDue(reading, state, cursor.sweptAt))) {
      yield ending(reading, cursor, state);
      return;
    }
    state = sweepAfter(reading, state);
    yield [{ kind: 'checkpoint', cursor: { ...cursor, list: state } }];
  }
  for await (const step of swept(reading, state, cursor.from)) {
    state = step.state;
    yield* partsOf(step, cursor);
  }
  yield ending(reading, cursor, state);
}

function* partsOf({ messages, resumable, state }: Step, cursor: OaiCursor): Generator<Messages> {
  yield messages;
  if (resumable) yield [{ kind: 'checkpoint', cursor: { ...cursor, list: state } }];
}

function ending(
  { context, options }: Reading,
  cursor: OaiCursor,
  { coverage, expected, verb }: ListState,
): readonly Message<OaiCursor>[] {
  const isWhole = coverage === 'snapshot' && options.until === undefined;
  const last = isWhole ? { ...cursor, sweptAt: context.now().toISOString() } : cursor;
  const announced = expected === undefined || (verb === 'ListIdentifiers' && !isWhole) ? {} : { expected };
  return [
    { kind: 'checkpoint', cursor: last, passEnded: true },
    { kind: 'end', coverage, ...announced },
  ];
}

function tellCount(reading: Reading, { expected, seen }: ListState): void {
  if (expected === undefined || expected === seen) return;
  reading.tally.tell(finding('oai-count-differs', { url: shown(reading), expected, seen }));
}
