/** What a format is: it reads a partner's rows and says them as HeritageRecords. It knows nothing of protocols, nor of the graph. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { KindName } from '#graph-schema/model.ts';
import type { HeritageRecord } from '#graph-schema/record.ts';
import type { Json, Message } from './connector.ts';

/** A HeritageRecord of some kind, its fields checked against that kind. Visibility is added after (visibility.ts), for the source file says how to read it. */
export type MappedRecord = { [K in KindName]: Omit<HeritageRecord<K>, 'visibility'> }[KindName];

/** `record` is the mapped record; `rejected` says why the row cannot be one. `notes` are worth telling and stop nothing (a value that was left out, a date that was not understood). `hides`: the partner itself says that it is not for everyone, so that an earlier version that is published must go too. */
export type Mapping =
  | { readonly record: MappedRecord; readonly notes?: readonly Finding[] }
  | { readonly rejected: Finding; readonly hides?: true };

export interface MappingContext {
  /** The partner's identifier of the row. */
  readonly id: string;
  readonly source: { readonly name: string; readonly title: string; readonly licence: string };
  /** The `map` of the source file (format `table`), or the format's own options; checked by `Format.options` when the file was read. */
  readonly options: unknown;
}

/** One file to be cut into rows. `bytes` streams it; `name` is its name in the folder or zip, with `/`. */
export interface FileContent {
  readonly name: string;
  /** The media type that the partner's server gave, where it gave one. */
  readonly mediaType?: string | undefined;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** What a format found in a file: a row, or a place that could not be read. */
export type Cut = Extract<Message<unknown>, { kind: 'record' | 'rejected' }>;

export interface Format<Options = unknown> {
  readonly name: string;
  /** Raise it whenever `map` gives something else for the same row: stored records are then mapped again at the next harvest. */
  readonly version: number;
  /** A file of it names only the partner's latest (a feed): what it no longer names is not gone. */
  readonly latestOnly?: true;
  /** Checks what the source file says under `map` (format `table`) or `format options`. zod; gives messages with a path. */
  readonly options?: {
    safeParse(
      value: unknown,
    ):
      | { success: true; data: Options }
      | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
  };
  /**
   * Cuts a file into rows, for the protocol `files`. Streams; memory is bounded by one row (a format whose container cannot be
   * streamed says so). `tell` is for what is worth knowing and stops nothing. A file that is not of this format at all: one `rejected` that says so.
   * Absent in a format that has no files of its own (oai-dc).
   */
  readonly cut?: (file: FileContent, options: Options, tell: (finding: Finding) => void) => AsyncIterable<Cut>;
  /** The row again from a cut's raw bytes. Present where `cut` is. */
  readonly row?: (raw: Uint8Array, options: Options) => Json;
  /** A pure function: the same row and options give the same record. Never throws for a bad row: it rejects it. */
  map(row: Json, context: MappingContext & { readonly options: Options }): Mapping;
}
