/** The windows of a list that cannot be read as they are, and what becomes of them. */
import type { Message, SourceError } from '#connectors/connector.ts';
import { IdentifierSet } from '../identifier-set.ts';
import { follow } from './follow.ts';
import { SingleRecords } from './get-record.ts';
import type { Header } from './headers.ts';
import type { ListState, OaiCursor, Window } from './options.ts';
import {
  detailOf,
  identifiersIn,
  isPageFault,
  isRefusal,
  type Reading,
  type Step,
  shown,
  stepOfMessages,
  stepTo,
  transient,
} from './reading.ts';
import { halves, merged } from './windows.ts';

/** So few records are asked for one by one at once, in however large a window. */
const FEW_RECORDS = 50;
/** The most that are asked for one by one in a window that cannot be halved. */
const MAX_SINGLE_RECORDS = 20_000;
/** So many windows that fail in a row, with their identifiers too, are no accident of a record. Before any window was read, and after. */
const MAX_FAILED_IN_A_ROW = { unproven: 16, proven: 100 } as const;
/** Nor for so long without one that could be read: where a server hangs, each takes minutes. ms */
const MAX_FAILING_MS = 20 * 60 * 1000;
/** In one run. */
const MAX_FAILED_WINDOWS = 5000;
/** Beyond it the halves of a window are read next, not last. */
const LONG_QUEUE = 100;

/** So many pages of headers are read to see how many records are lacking. */
const MAX_HEADER_PAGES = 200;

/** What ListIdentifiers says of a window: how many it names, and which of them have not come yet; that these are too many; or nothing that can be read. */
type Named = { readonly count: number; readonly lacking: readonly Header[] } | 'many' | 'unreadable';

export class FailedWindows {
  readonly #reading: Reading;
  readonly #named: IdentifierSet;
  readonly #singles: SingleRecords;
  readonly #hopeless: { readonly window: Window; readonly fault: SourceError }[] = [];
  #failed = 0;
  #inARow = 0;
  #wellMs = performance.now();
  /** ListIdentifiers has named something: then it is believed where it names nothing. */
  #isWitness = false;
  /** Windows are a way on: before that is seen, the checkpoint of the list itself stays. */
  proven: boolean;

  constructor(reading: Reading, start: ListState, named: IdentifierSet, proven: boolean) {
    this.#reading = reading;
    this.#named = named;
    this.#singles = new SingleRecords(reading, start);
    this.proven = proven;
  }

  /** A page of a window was read. An empty one proves nothing: a repository may fail wherever it has something to give. */
  passed({ identifiers }: Step): void {
    if (identifiers.length === 0) return;
    this.proven = true;
    this.#well();
  }

  #well(): void {
    this.#inARow = 0;
    this.#wellMs = performance.now();
  }

  /** A state with all windows in it that are still to be read. */
  kept(state: ListState): ListState {
    if (state.windows === undefined) return state;
    return { ...state, windows: [...merged([...state.windows, ...this.#hopeless.map(({ window }) => window)])] };
  }

  /** Where few records of the whole list have not come yet, they are asked for one by one, and no window is needed. False where they are not few. */
  async *cureWhole(state: ListState, whole: Window): AsyncGenerator<Step, boolean, undefined> {
    const known = this.#named.size;
    const said = await this.#namesIn(state, whole, FEW_RECORDS);
    // It names less than has come: no witness for what has not.
    if (typeof said === 'string' || said.count === 0 || said.count < known) return false;
    return yield* this.#oneByOne(state, said.lacking);
  }

  /** A way on where `window` fails: its records one by one, or its halves. Gives the windows that are to be read then. Throws SourceError where all fails. */
  async *cure(
    state: ListState,
    window: Window,
    queue: readonly Window[],
    fault: SourceError,
  ): AsyncGenerator<Step, readonly Window[], undefined> {
    const parts = halves(window, state.granularity);
    const said = await this.#namesIn(state, window, parts === undefined ? MAX_SINGLE_RECORDS : FEW_RECORDS);
    this.#isWitness ||= said === 'many' || (typeof said !== 'string' && said.count > 0);
    const isFew = typeof said !== 'string' && (this.#isWitness || parts === undefined);
    if (isFew || said === 'many') this.#well();
    else this.#inARow++;
    const limit = MAX_FAILED_IN_A_ROW[this.proven ? 'proven' : 'unproven'];
    const isHanging = performance.now() - this.#wellMs > MAX_FAILING_MS;
    if (isHanging || this.#inARow > limit || ++this.#failed > MAX_FAILED_WINDOWS) throw fault;
    if (isFew && (yield* this.#oneByOne(state, said.lacking))) {
      this.proven = true;
      return queue;
    }
    if (parts !== undefined) return queue.length > LONG_QUEUE ? [...parts, ...queue] : [...queue, ...parts];
    this.#hopeless.push({ window, fault });
    return queue;
  }

  /** False where the repository gives no single records. */
  async *#oneByOne(state: ListState, headers: readonly Header[]): AsyncGenerator<Step, boolean, undefined> {
    for (const header of headers) {
      if (this.#named.has(header.id)) continue;
      const message = header.deleted ? tombstone(header) : await this.#singles.message(header.id);
      if (message === undefined) return false;
      this.#named.add(header.id);
      yield stepOfMessages([message], state);
    }
    return true;
  }

  /** Where windows were left that no way leads into: the place to go on from, and why. Throws SourceError. */
  async *rest(state: ListState): AsyncGenerator<Step, void, undefined> {
    const [first, ...others] = this.#hopeless;
    if (first === undefined) return;
    const windows = others.map(({ window }) => window);
    yield stepTo({ ...state, ...first.window, token: undefined, windows: [...merged(windows)] });
    const { from = '…', until = '…' } = first.window;
    const particulars = { url: shown(this.#reading), from, until, count: this.#hopeless.length };
    throw transient('oai-window-unreadable', { ...particulars, detail: detailOf(first.fault) });
  }

  async #namesIn(state: ListState, window: Window, most: number): Promise<Named> {
    if (state.verb === 'ListIdentifiers') return 'unreadable';
    const lacking: Header[] = [];
    let [count, pages] = [0, 0];
    try {
      for await (const step of follow(
        { ...this.#reading, ahead: false },
        identifiersIn(state, window),
        new IdentifierSet(),
      )) {
        count += step.headers.length;
        for (const header of step.headers) if (header.id !== '' && !this.#named.has(header.id)) lacking.push(header);
        if (lacking.length > most || (++pages > MAX_HEADER_PAGES && most === FEW_RECORDS)) return 'many';
      }
    } catch (fault) {
      if (isPageFault(fault) || isRefusal(fault)) return 'unreadable';
      throw fault;
    }
    return { count, lacking };
  }
}

/** A header that says that its record is gone. */
export function tombstone({ id, datestamp }: Header): Message<OaiCursor> {
  return { kind: 'deleted', id, ...(datestamp === '' ? {} : { modified: datestamp }) };
}
