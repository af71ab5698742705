/** How good a candidate is for a leg: out of 100, with its parts. */
import { fold } from '#graph-schema/text.ts';
import { type Around, NOTHING_AROUND } from './around.ts';
import type { Evidence, FoundStructure } from './candidates.ts';

/** Weights of docs/pathways.md that one leg by itself can have; what a whole triple is judged by (cost, loop) is not among them. */
export const WEIGHTS = { trade: 30, evidence: 15, level: 10, distance: 10 } as const;
export type ScorePartName = keyof typeof WEIGHTS;

/** What is not known is neither good nor bad. */
const NOT_KNOWN = 0.5;
const MOST_EVIDENCE = 50;

export const LEVEL_FITS = ['yes', 'no', 'not-known'] as const;
export type LevelFit = (typeof LEVEL_FITS)[number];

export interface ScorePart {
  readonly name: ScorePartName;
  readonly weight: number;
  /** 0 to 1. */
  readonly value: number;
}

export interface Candidate extends FoundStructure, Around {
  readonly levelFit: LevelFit;
  /** 0 to 100. */
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

/** Best first; equal scores by uid. `level` as the asker writes it; `metres` is the distance beyond which nothing was looked for. */
export function rank(
  found: readonly FoundStructure[],
  around: ReadonlyMap<string, Around>,
  level: string | undefined,
  metres: number,
): readonly Candidate[] {
  return found
    .map((structure) => judge(structure, around.get(structure.uid) ?? NOTHING_AROUND, level, metres))
    .sort((a, b) => b.score - a.score || (a.uid < b.uid ? -1 : 1));
}

function judge(structure: FoundStructure, around: Around, level: string | undefined, most: number): Candidate {
  const levelFit = fitOf(around.levels, level);
  const evidence = structure.evidence.toSorted(bySureness);
  const values: Readonly<Record<ScorePartName, number>> = {
    trade: evidence[0]?.match ?? 0,
    evidence: Math.max(0, ...evidence.map(({ confidence }) => confidence)),
    level: { yes: 1, no: 0, 'not-known': NOT_KNOWN }[levelFit],
    distance: structure.metres === null ? NOT_KNOWN : Math.max(0, 1 - structure.metres / most),
  };
  const parts = (Object.keys(WEIGHTS) as ScorePartName[]).map((name) => ({
    name,
    weight: WEIGHTS[name],
    value: values[name],
  }));
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  const got = parts.reduce((sum, part) => sum + part.weight * part.value, 0);
  return {
    ...structure,
    ...around,
    evidence: evidence.slice(0, MOST_EVIDENCE),
    levelFit,
    score: Math.round((1_000 * got) / whole) / 10,
    parts,
  };
}

/** That of the trade itself first, then the surest. */
function bySureness(a: Evidence, b: Evidence): number {
  return b.match - a.match || b.confidence - a.confidence || (a.trade < b.trade ? -1 : 1);
}

function fitOf(levels: readonly string[], level: string | undefined): LevelFit {
  if (level === undefined || levels.length === 0) return 'not-known';
  const wanted = fold(level);
  return levels.some((one) => fold(one) === wanted) ? 'yes' : 'no';
}
