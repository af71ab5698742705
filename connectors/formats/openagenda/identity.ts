/** Which event a row is. */
import type { Json } from '../../connector.ts';
import { objectIn, textIn } from '../shared/json-ld.ts';

/** The event's number, the same in every agenda, and when it was changed; undefined where the row is no event. `deleted`: the agenda says that it was removed. */
export function identityOf(
  row: Json,
): { readonly id: string; readonly modified?: string | undefined; readonly deleted?: boolean | undefined } | undefined {
  const event = objectIn(row);
  const id = textIn(event?.['uid']);
  if (event === undefined || id === undefined || !/^\d{1,15}$/.test(id)) return undefined;
  const removed = event['removed'];
  return { id, modified: textIn(event['updatedAt']), ...(removed === true || removed === 1 ? { deleted: true } : {}) };
}

/** An event has a title and dates; an agenda and a place, which have a number too, have not both. */
export function isEvent(row: Json): boolean {
  const event = objectIn(row);
  return (
    identityOf(row) !== undefined &&
    event?.['title'] !== undefined &&
    ['timings', 'firstTiming', 'nextTiming', 'lastTiming', 'dateRange'].some((key) => event[key] !== undefined)
  );
}
