/** How a list whose pages are asked for by rank is gone on with: where it has moved since the checkpoint, it is read again from its beginning. */
import type { ApiCursor, ApiPage, PagedApi, Position } from '../api/paged.ts';
import { fits, readPages } from '../api/pages.ts';
import { type Context, type Message, SourceError } from '../connector.ts';

export interface Opening {
  readonly page: ApiPage;
  /** Undefined where the reading begins anew. */
  readonly from: ApiCursor | undefined;
}

/** The page at the checkpoint, or the first. `ask` throws `open-data-moved` where a page no longer follows the one before. */
export async function openingPage(
  ask: (at: Position | undefined) => Promise<ApiPage>,
  from: ApiCursor | undefined,
): Promise<Opening> {
  const at = from?.at as Position | undefined;
  try {
    return { page: await ask(at), from: at === undefined ? undefined : from };
  } catch (fault) {
    if (at === undefined || !(fault instanceof SourceError) || fault.finding.code !== 'open-data-moved') throw fault;
    return { page: await ask(undefined), from: undefined };
  }
}

/** All messages from an opening page on, which is not asked for again. */
export async function* readOn<Options>(
  api: PagedApi<Options>,
  options: Options,
  context: Context,
  opening: Opening,
): AsyncGenerator<Message<ApiCursor>> {
  // A page of other options is no beginning: everything is asked for anew.
  if (opening.from && !fits(opening.from, options)) return yield* readPages(api, options, context, undefined);
  let first: ApiPage | undefined = opening.page;
  const page: PagedApi<Options>['page'] = (given, within, asked) => {
    const known = first;
    first = undefined;
    return known ? Promise.resolve(known) : api.page(given, within, asked);
  };
  yield* readPages({ ...api, page }, options, context, opening.from);
}
