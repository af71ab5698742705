/** What is asked of the network of structures, and what it answers: plain values, so that they pass between threads. */
import type { STRUCTURE_TYPES } from '#graph-schema/model.ts';

/** What makes a trade a structure's: it concerns the structure itself, the structure holds objects of it, or either. */
export const THROUGH = ['own', 'holdings', 'either'] as const;
export type Through = (typeof THROUGH)[number];

export interface NetworkQuestion {
  readonly through: Through;
  /** uids; without them all. A trade stands for what is narrower too. */
  readonly trades?: readonly string[];
  /** uids of places: structures that stand in one of them. */
  readonly places?: readonly string[];
  readonly structureTypes?: readonly (typeof STRUCTURE_TYPES)[number][];
  /** Trades that two structures share at least to be linked. */
  readonly minimumWeight: number;
  /** Only what is so many links at most from this structure (uid). Figures stay those of the whole. */
  readonly about?: { readonly uid: string; readonly depth: number };
  /** YYYY-MM-DD. */
  readonly today: string;
}

export interface NetworkNode {
  readonly uid: string;
  readonly name: string;
  readonly type: string | undefined;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  /** How many trades it has, of those asked for. */
  readonly trades: number;
  readonly degree: number;
  /** Sum of the strengths of its links. */
  readonly weightedDegree: number;
  /** Of the whole network they sum to 1. */
  readonly pageRank: number;
  /** Numbered from 1, the largest first. */
  readonly community: number;
  readonly component: number;
}

export interface NetworkEdge {
  /** The uids of both ends, the lesser first. */
  readonly source: string;
  readonly target: string;
  /** How many trades they share. */
  readonly weight: number;
  /** The same, rare trades counting more. */
  readonly strength: number;
  /** uids, the rarest first. */
  readonly trades: readonly string[];
}

export interface NetworkCommunity {
  readonly number: number;
  readonly size: number;
  /** uids of the trades that most of its structures have. */
  readonly topTrades: readonly string[];
}

export interface NetworkAnswer {
  readonly asOf: number;
  /** By PageRank, then uid. */
  readonly nodes: readonly NetworkNode[];
  /** By strength, then the uids of the ends. */
  readonly edges: readonly NetworkEdge[];
  readonly communities: readonly NetworkCommunity[];
  /** uids of trades that so many structures have that they link none to another. */
  readonly tooCommon: readonly string[];
  /** Links beyond the strongest were left out. */
  readonly isCut: boolean;
}

/** Why a cell is empty. */
export const ZEROS = ['none-known', 'not-harvested', 'not-applicable'] as const;
export type Zero = (typeof ZEROS)[number];

export interface CoverageQuestion {
  /** What makes a trade a structure's. */
  readonly through: Exclude<Through, 'either'>;
  /** uids; without them those that most structures have, `first` of them. Through `own` a trade stands for what is narrower too. */
  readonly trades?: readonly string[];
  readonly first: number;
  /** uids of places; without them all departments in which a structure stands. */
  readonly departments?: readonly string[];
  readonly structureTypes: readonly (typeof STRUCTURE_TYPES)[number][];
  /** YYYY-MM-DD. */
  readonly today: string;
}

export interface CoverageCell {
  /** uids. */
  readonly trade: string;
  readonly department: string;
  readonly structureType: (typeof STRUCTURE_TYPES)[number];
  readonly count: number;
  /** Where the count is 0. */
  readonly zero: Zero | undefined;
}

export interface CoverageAnswer {
  readonly asOf: number;
  /** uids, in the order of the cells. */
  readonly trades: readonly string[];
  readonly departments: readonly string[];
  /** By trade, then department, then type, each in the order asked for. */
  readonly cells: readonly CoverageCell[];
}
