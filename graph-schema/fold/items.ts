/** What the writer is handed for each thing that a source said, and for each thing that was decided about its records. */
import type { Finding } from '../findings/finding.ts';
import type { AnyRecord, Visibility } from '../record.ts';

/** A record as it is to be stored. `raw` is compressed; `hash` is of the uncompressed bytes. */
export interface RecordItem {
  readonly kind: 'record';
  readonly id: string;
  readonly raw: Uint8Array;
  readonly hash: string;
  /** The version of everything that turns this row into an entity: format, source file, vocabularies, fold. */
  readonly mapping: string;
  readonly modified?: string | undefined;
  readonly record: AnyRecord;
  readonly notes: readonly Finding[];
}

export interface RejectedItem {
  readonly kind: 'rejected';
  readonly id?: string | undefined;
  readonly raw?: Uint8Array | undefined;
  readonly hash: string;
  readonly finding: Finding;
  /** It says of itself that it is not to be seen, whatever was the matter with the rest. */
  readonly hides?: boolean;
}

/**
 * - `same`: the source gave the very bytes that are stored, mapped by the same version; `full` is the record, should that no longer be so.
 * - `seen`: the source names it, and gave nothing else.
 * - `gone`: the source says that it is gone; whether it is deleted is decided at the end of the run.
 * - `missing`: the snapshot of this pass did not name it.
 * - `deleted`: decided.
 * - `held`: an update that waits for a steward under a batch.
 */
export type Item =
  | RecordItem
  | RejectedItem
  | {
      readonly kind: 'same';
      readonly id: string;
      readonly hash: string;
      readonly mapping: string;
      readonly visibility: Visibility;
      readonly full: () => RecordItem | RejectedItem;
    }
  | { readonly kind: 'seen'; readonly id: string }
  | { readonly kind: 'gone'; readonly id: string; readonly modified?: string | undefined }
  | { readonly kind: 'missing'; readonly id: string }
  | { readonly kind: 'deleted'; readonly id: string; readonly by?: string | undefined }
  | { readonly kind: 'held'; readonly id: string; readonly batch: string; readonly update: RecordItem };

/** The source that records are stored under; `rank` is its precedence. */
export interface SourceOfRecords {
  readonly name: string;
  readonly rank: number;
}

/**
 * What a batch is written for. A harvest marks its records as seen in `snapshot` (snapshot.ts); without one, as in a replay, none is marked, and
 * each keeps its state: live, or missing. `run` names the run.
 */
export interface Pass {
  readonly source: SourceOfRecords;
  readonly run: string;
  readonly snapshot: string | undefined;
}
