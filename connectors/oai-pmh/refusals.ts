/** What a repository's refusal means for a list: it has ended, it goes on from another state, or it cannot go on. */
import { SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { repositoryError } from './ask.ts';
import { dublinCoreIn, offeredFormats } from './identify.ts';
import { DAYS, type ListState, SECONDS } from './options.ts';
import type { Page } from './page.ts';
import { fromBeginning, prefixOf, type Reading, shown, transient } from './reading.ts';
import { unknownSet } from './sets.ts';

/** Once a list is started anew, a token refused again is a fault. */
const MAX_RESTARTS = 1;

/** Where the list goes on after a repository's error; `ended` where it has come to its end. Throws SourceError where it cannot go on. */
export async function afterError(
  reading: Reading,
  state: ListState,
  page: Page,
  error: NonNullable<Page['error']>,
): Promise<ListState | 'ended'> {
  const { options, tally } = reading;
  const url = shown(reading);
  if (error.code === 'noRecordsMatch') {
    if (state.token === undefined) return noneMatches(reading, state);
    if (state.expected === undefined || state.seen >= state.expected) {
      tally.tell(finding('oai-last-page-empty', { url }));
      return 'ended';
    }
  }
  if (state.token !== undefined) return restarted(reading, state, error.message || error.code);
  if (error.code === 'badArgument' && state.granularity === SECONDS && (state.from ?? state.until) !== undefined) {
    tally.tell(finding('oai-granularity-refused', { url }));
    return { ...state, granularity: DAYS, from: state.from?.slice(0, 10), until: state.until?.slice(0, 10) };
  }
  if (error.code === 'cannotDisseminateFormat') return otherFormat(reading, state);
  if (error.code === 'noSetHierarchy')
    throw new SourceError('config', finding('oai-no-sets', { url, set: options.set ?? '' }));
  throw (await unknownSet(reading)) ?? repositoryError(page.url, error);
}

async function noneMatches(reading: Reading, state: ListState): Promise<'ended'> {
  const { options, tally } = reading;
  if (state.coverage === 'snapshot' && state.windows === undefined) {
    const unknown = await unknownSet(reading);
    if (unknown !== undefined) throw unknown;
    const particulars = { url: shown(reading), prefix: prefixOf(reading, state), set: options.set ?? '' };
    tally.tell(finding('oai-nothing-matches', particulars));
  }
  return 'ended';
}

/** Where the source file names no format, Dublin Core by whatever name it goes here. */
async function otherFormat(reading: Reading, state: ListState): Promise<ListState> {
  const { options, context, tally } = reading;
  const offered = await offeredFormats(context.http, options, tally);
  const found = options.metadataPrefix ?? state.prefix;
  const dublinCore = found === undefined ? dublinCoreIn(offered) : undefined;
  if (dublinCore !== undefined) return { ...state, prefix: dublinCore };
  const particulars = { url: shown(reading), prefix: prefixOf(reading, state) };
  const names = offered.map(({ prefix }) => prefix).join(', ');
  throw new SourceError('config', finding('oai-format-unknown', { ...particulars, offered: names || '–' }));
}

/** The list from its beginning, once: a token that expired while nobody harvested is no reason to give up. */
export function restarted(reading: Reading, state: ListState, message: string): ListState {
  const url = shown(reading);
  const { pages, restarts } = state;
  if (restarts >= MAX_RESTARTS) throw transient('oai-token-refused', { url, pages, message });
  reading.tally.tell(finding('oai-list-restarted', { url, pages, message }));
  const again = { ...fromBeginning(state), restarts: restarts + 1, doubtful: pages > 0 };
  const { windows, whole, began } = state;
  return windows === undefined ? again : { ...again, windows, whole, began };
}
