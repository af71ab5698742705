/** Where a list begins, and where the next one does. */
import { finding } from '#graph-schema/findings/finding.ts';
import { datestampOf, inGranularity, msOf } from './dates.ts';
import { identityOf } from './identify.ts';
import { DAYS, type ListState, SECONDS } from './options.ts';
import { fromBeginning, listOf, type Reading, shown } from './reading.ts';

/** So much before the repository's own clock the next list begins: what was being written then is not lost. */
const OVERLAP_MS = { [DAYS]: 24 * 3600 * 1000, [SECONDS]: 5 * 60 * 1000 } as const;
/** So much before it expires a token is no longer worth trying. */
const EXPIRY_MARGIN_MS = 2000;

/** The list of all records, or of those that changed since the one that ended with `since`. */
export async function newList(reading: Reading, since: string | undefined): Promise<ListState> {
  const { options } = reading;
  const granularity = options.granularity ?? (await identityOf(reading))?.granularity ?? DAYS;
  const changes = since !== undefined && options.incremental && options.until === undefined;
  const dated = (date: string | undefined, time: string) =>
    date === undefined ? undefined : inGranularity(date, granularity, time);
  // A window that is closed at its end leaves out what was changed after: it can never stand for the whole.
  const coverage = changes || options.until !== undefined ? 'changes' : 'snapshot';
  const from = dated(changes ? since : options.from, 'T00:00:00Z');
  const until = dated(options.until, 'T23:59:59Z');
  return listOf({ coverage, from, until, granularity });
}

/**
 * A list that goes on where it was; from its beginning where its token has expired meanwhile. It may be read again once more: what was short
 * in two readings of one run may be whole in the next.
 */
export function resumed(reading: Reading, list: ListState): ListState {
  const expiresMs = msOf(list.tokenExpires);
  const hasExpired = expiresMs - EXPIRY_MARGIN_MS <= reading.context.now().getTime();
  if (list.token === undefined || !hasExpired) return { ...list, restarts: 0, again: false };
  const particulars = { url: shown(reading), pages: list.pages, message: `${list.tokenExpires}` };
  reading.tally.tell(finding('oai-list-restarted', particulars));
  const { windows, whole, began } = list;
  return { ...fromBeginning(list), restarts: 1, ...(windows === undefined ? {} : { windows, whole, began }) };
}

/** Where the next list begins: when this one did, less an overlap. */
export function nextFrom({ context }: Reading, { began, granularity }: ListState): string {
  const beganMs = msOf(began);
  return datestampOf(
    (Number.isNaN(beganMs) ? context.now().getTime() : beganMs) - OVERLAP_MS[granularity],
    granularity,
  );
}
