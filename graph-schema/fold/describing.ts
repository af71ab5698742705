/** The records that describe one thing, and the order in which they are heard. */
import type { AnyRecord } from '../record.ts';

/** A live record, and where it comes from. `rank` 1 is the best source, 99 the last. */
export interface DescribingRecord {
  readonly source: string;
  readonly id: string;
  readonly rank: number;
  /** Its source no longer names it: the instant (ISO 8601) of the last snapshot that did. */
  readonly notSeenSince?: string | undefined;
  readonly record: AnyRecord;
  /** Keys of other records that a steward said are of the same thing, of a kind whose records each stay a thing of their own. */
  readonly sameAs?: readonly string[] | undefined;
  /** Codes of trades that a steward said the thing of this record has nothing to do with. */
  readonly denied?: readonly string[] | undefined;
}

/** By code unit: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Best first: declared rank, then source name, then id; never the order of arrival. */
export function byPrecedence(a: DescribingRecord, b: DescribingRecord): number {
  return a.rank - b.rank || compare(a.source, b.source) || compare(a.id, b.id);
}

/** The records that may be folded for everyone: the visible ones; if there is none, all, and the entity is not Published. */
export function audible(records: readonly DescribingRecord[]): {
  published: boolean;
  records: readonly DescribingRecord[];
} {
  const visible = records.filter(({ record }) => record.visibility === 'public');
  return visible.length > 0 ? { published: true, records: visible } : { published: false, records };
}
