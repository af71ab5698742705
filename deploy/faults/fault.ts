/** What a fault of the matrix is: a partner that goes wrong, is mended, and knows what would have been right. */
import type { Timeouts } from '#connectors/http/client.ts';
import type { Database, Neo4jAddress } from '#graph-schema/database.ts';
import type { RunReport } from '#harvesters/report.ts';
import type { Patience } from '#harvesters/writer.ts';
import type { Clock } from './clock.ts';
import type { Truth } from './truth.ts';

export const FAMILIES = ['protocol', 'tokens', 'http', 'body', 'xml', 'records', 'changes', 'files', 'engine'] as const;
export type Family = (typeof FAMILIES)[number];

/** Where in a list a fault begins, and how often it shows. */
export interface Place {
  /** Counted from 1. */
  readonly at: number;
  readonly times: number;
}

/** What a fault is played on. */
export interface Stage {
  readonly clock: Clock;
  readonly database: Database;
  readonly address: Neo4jAddress;
}

export interface Fault {
  /** Lower case and hyphens: the source that is harvested is named after it. */
  readonly name: string;
  readonly family: Family;
  readonly fr: string;
  readonly en: string;
  /** It can show anywhere in a list: `--full` plays it at several places. */
  readonly placed?: boolean;
  /** Longer than others, in ms; only `--full` plays those. */
  readonly withinMs?: number;
  start(stage: Stage, place?: Place): Promise<Partner>;
}

/** How the play harvests, where a fault must step in. */
export interface HarvestOptions {
  readonly holder?: string;
  readonly signal?: AbortSignal;
  readonly database?: Database;
  /** With Neo4j, where it is away. */
  readonly patience?: Patience;
}
export type Harvest = (options?: HarvestOptions) => Promise<RunReport>;

/** A partner that misbehaves. */
export interface Partner {
  /** What the source file says. */
  readonly source: {
    readonly protocol: string;
    readonly format: string;
    readonly map?: unknown;
    readonly allowPrivate?: boolean;
    readonly options: Readonly<Record<string, unknown>>;
  };
  /** What there is to be had now. */
  truth(): Truth;
  /** Where present, a harvest of the healthy partner comes first; then this is called. */
  breaks?(): void | Promise<void>;
  /** Plays the harvest under the fault; plainly, where absent. Gives every report there was. */
  around?(harvest: Harvest): Promise<readonly RunReport[]>;
  /** What else went wrong, in words, once it was harvested under the fault. */
  also?(reports: readonly RunReport[]): readonly string[];
  /** The partner is mended; `spoilt` are the records that could not be read, which it writes anew. */
  heal(spoilt: readonly string[]): void | Promise<void>;
  /** The steward overrides what the partner asked for (`--full`). */
  readonly overridden?: boolean;
  readonly timeouts?: Partial<Timeouts>;
  stop(): Promise<void>;
}
