/** A doubtful list is held against ListIdentifiers over the same selection, and what it lacks is asked for. */
import type { Message } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { IdentifierSet } from '../identifier-set.ts';
import { tombstone } from './failed-windows.ts';
import { follow } from './follow.ts';
import { SingleRecords } from './get-record.ts';
import type { Header } from './headers.ts';
import type { ListState, OaiCursor } from './options.ts';
import {
  detailOf,
  identifiersIn,
  isPageFault,
  isRefusal,
  type Reading,
  type Step,
  shown,
  stepOfMessages,
  transient,
} from './reading.ts';

/** The most that are asked for one by one. */
const MAX_LACKING = 1000;
/** A repository that pages unstably gives something else each time: then one walk is not enough. */
const MAX_WALKS = 3;

/**
 * Gives what `state`, a list that was read to its end, did not: `named` holds what it did, `missing` how many more were announced. Throws SourceError
 * where the list lacks what nothing gives.
 */
export async function* verified(
  reading: Reading,
  state: ListState,
  named: IdentifierSet,
  missing: number,
): AsyncGenerator<Step, void, undefined> {
  const url = shown(reading);
  if (named.overflowed) throw transient('oai-list-unverified', { url, count: named.size });
  const expected = named.size + missing;
  const isShort = () => named.size < expected;
  const singles = new SingleRecords(reading, state);
  let { seen } = state;
  for (let walk = 1; walk <= MAX_WALKS; walk++) {
    const lacking = await lackingIn(reading, state, named, isShort());
    if (lacking === 'unknown') {
      if (isShort()) throw transient('oai-list-short', { url, seen: named.size, expected });
      return;
    }
    for (const header of lacking) {
      if (named.has(header.id)) continue;
      const message = await messageFor(header, state, singles, reading);
      named.add(header.id);
      yield stepOfMessages([message], { ...state, seen: ++seen });
    }
    if (lacking.length > 0) reading.tally.tell(finding('oai-list-completed', { url, count: lacking.length }));
    if (!isShort()) return;
    // The same list again is no witness for itself; another one is: then the announced number is wrong.
    if (lacking.length === 0 && state.verb === 'ListRecords') return;
  }
  throw transient('oai-list-short', { url, seen: named.size, expected });
}

async function messageFor(
  header: Header,
  { verb }: ListState,
  singles: SingleRecords,
  reading: Reading,
): Promise<Message<OaiCursor>> {
  if (header.deleted) return tombstone(header);
  if (verb === 'ListIdentifiers') return { kind: 'seen', id: header.id };
  const message = await singles.message(header.id);
  if (message === undefined) throw transient('oai-list-lacks', { url: shown(reading), count: 1 });
  return message;
}

/** The headers of what ListIdentifiers names and the list did not; `unknown` where it does not say. Throws SourceError where they are too many to ask for. */
async function lackingIn(
  reading: Reading,
  state: ListState,
  named: IdentifierSet,
  isShort: boolean,
): Promise<readonly Header[] | 'unknown'> {
  const list = identifiersIn(state, state.whole ?? { from: state.from, until: state.until });
  const walked = new IdentifierSet();
  const lacking = new Map<string, Header>();
  const url = shown(reading);
  try {
    for await (const step of follow(reading, list, walked)) {
      for (const header of step.headers) {
        if (header.id !== '' && !named.has(header.id)) lacking.set(header.id, header);
      }
      if (lacking.size > MAX_LACKING) throw transient('oai-list-lacks', { url, count: lacking.size });
    }
  } catch (fault) {
    // What it named before it failed is lacking for sure; and where neither named anything, nothing says that there is nothing.
    if (!isRefusal(fault) && (!isPageFault(fault) || lacking.size > 0 || named.size === 0)) throw fault;
    if (lacking.size > 0) throw transient('oai-list-lacks', { url, count: lacking.size });
    reading.tally.tell(finding('oai-list-not-verified', { url, detail: detailOf(fault) }));
    return 'unknown';
  }
  // It names less than the list gave: no witness for what the list lacks.
  if (isShort && lacking.size === 0 && walked.size < named.size) return 'unknown';
  return [...lacking.values()];
}
