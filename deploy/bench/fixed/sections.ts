/** The sections that are measured on the fixed graph, in the order in which they run. */
import type { Database } from '#graph-schema/database.ts';
import type { Told } from '../measures.ts';
import type { GraphqlClient } from './ask.ts';
import { lists } from './lists.ts';
import { load } from './load.ts';
import { page } from './page.ts';
import { search } from './search.ts';
import { type StartedGateway, start } from './start.ts';

/** What a section is given: the graph, and who answers about it. */
export interface FixedBench {
  readonly objects: number;
  readonly database: Database;
  readonly gateway: StartedGateway;
  /** @neo4j/graphql on the same graph. */
  readonly rival: GraphqlClient;
  /** Progress, for a person. */
  readonly tell: (line: string) => void;
}

export interface Result {
  readonly told: readonly Told[];
  /** Milliseconds, to be compared with those of a graph of another size. */
  readonly figures: Readonly<Record<string, number>>;
}

export type FixedSection = (bench: FixedBench) => Promise<Result>;

export const FIXED_SECTIONS: Readonly<Record<string, FixedSection>> = { page, lists, search, load, start };
