/**
 * What a connector is: the piece that speaks one partner protocol and hands over records, one at a time.
 * Read this file first. A connector knows nothing of the graph; a format (format.ts) turns its rows into HeritageRecords.
 */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { words } from '#graph-schema/findings/finding.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * What a connector says, in order. `for await` over the messages is the back-pressure: nothing is read ahead of what was
 * asked for, beyond one page.
 * - `record`: `id` is the partner's identifier, `row` the parsed record, `raw` its bytes: self-contained, so that
 *   `Connector.row(raw)` gives the same row again. `modified` is the partner's own date, as given.
 * - `deleted`: the partner says that this record is gone (a tombstone).
 * - `seen`: the partner still names this record, and was not asked for it again. Whoever does not know it must read the whole source once more.
 * - `rejected`: something stood there that could not be read; its neighbours go on. `repeats` is the id of a record that was given before and
 *   stands: nothing unnamed hides behind such a rejection, as it may behind one that has neither `id` nor `repeats`.
 * - `checkpoint`: vouches for every message before it; a later run can go on from `cursor`. `passEnded`: what is read from there on is a new pass over the source.
 * - `end`: last, once. Its absence means that the run was cut short. `snapshot`: what was not named is missing;
 *   `changes`: only tombstones delete. `expected` is the partner's own count, where it gives one. `fingerprint` is of all bytes of the pass: the same one
 *   means that the partner has given nothing new.
 */
export type Message<Cursor> =
  | {
      readonly kind: 'record';
      readonly id: string;
      readonly row: Json;
      readonly raw: Uint8Array;
      readonly modified?: string;
    }
  | { readonly kind: 'deleted'; readonly id: string; readonly modified?: string }
  | { readonly kind: 'seen'; readonly id: string }
  | {
      readonly kind: 'rejected';
      readonly id?: string;
      readonly repeats?: string;
      readonly finding: Finding;
      readonly raw?: Uint8Array;
      /** It is not to be seen any more: what is stored of it is hidden. */
      readonly hides?: true;
    }
  | { readonly kind: 'checkpoint'; readonly cursor: Cursor; readonly passEnded?: boolean }
  | {
      readonly kind: 'end';
      readonly coverage: 'snapshot' | 'changes';
      readonly expected?: number;
      readonly fingerprint?: string;
    };

/** What a connector is given to work with. Time, network and limits come from here, so that a test can set them. */
export interface Context {
  readonly source: { readonly name: string; readonly contact: string };
  readonly http: HttpClient;
  readonly signal: AbortSignal;
  /** The clock, UTC. */
  readonly now: () => Date;
  /** Tells something worth knowing that stops nothing (a repair, a doubtful count). It is kept with the run. */
  readonly tell: (finding: Finding) => void;
  /** The folder against which relative paths in a source file are read. */
  readonly folder: string;
}

export interface HttpRequest {
  /** Default: GET. */
  readonly method?: 'GET' | 'HEAD';
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A body larger than this, once decompressed, is a SourceError `http-too-large`. Bytes. */
  readonly maxBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** After redirects. */
  readonly url: string;
  /** Decompressed. Ends early with a SourceError when the transfer breaks off, is too slow or too large. Must be read to its end or left by `break`/`return`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The polite client: rate, retries, Retry-After, deadlines, size caps, address guard (connectors/http). Throws only SourceError. */
export interface HttpClient {
  get(url: string, request?: HttpRequest): Promise<HttpResponse>;
}

/** `check` and `read` never retry by themselves what `http` already retried. Options and cursor are checked by zod (Standard Schema). */
export interface Connector<Options = unknown, Cursor = unknown> {
  readonly name: string;
  readonly options: StandardSchema<Options>;
  readonly cursor: StandardSchema<Cursor>;
  /** The steward's test: looks at one page at most and stores nothing. An empty list means that nothing is wrong. */
  check(options: Options, context: Context): Promise<readonly Finding[]>;
  /** All messages from `from` on, or from the beginning. Pull-based. A fault throws one SourceError; anything else is a bug. */
  read(options: Options, context: Context, from?: Cursor): AsyncIterable<Message<Cursor>>;
  /** The row again from its stored raw bytes (for a replay of a mapping). */
  row(raw: Uint8Array, options: Options): Json;
  /** One record by its id, as the partner gives it now; `deleted` where the partner says that it is gone or unknown. Absent where the protocol cannot. A fault throws one SourceError. */
  one?(options: Options, context: Context, id: string): Promise<Message<Cursor>>;
}

/** The part of Standard Schema v1 (https://standardschema.dev) that the harvesters use; zod schemas have it. */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Output; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] }
      | Promise<
          | { readonly value: Output; readonly issues?: undefined }
          | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] }
        >;
  };
}

/**
 * The one fault that a connector may throw: `transient` waits and resumes, `config` stops and tells.
 * The message and the remedy are the finding's own words, in French for the steward. `notBefore`: the partner asked us
 * to stay away until then (Retry-After).
 */
export class SourceError extends Error {
  readonly kind: 'transient' | 'config';
  readonly finding: Finding;
  readonly notBefore: Date | undefined;

  constructor(kind: 'transient' | 'config', found: Finding, more: { cause?: unknown; notBefore?: Date } = {}) {
    super(words(found).text, more.cause === undefined ? {} : { cause: more.cause });
    this.name = 'SourceError';
    this.kind = kind;
    this.finding = found;
    this.notBefore = more.notBefore;
  }

  get remedy(): string {
    return words(this.finding).remedy;
  }
}
