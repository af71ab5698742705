/** What a bench measured, and how it is told: pure, so that the words and the verdicts can be tested. */

export type Unit = 'notices/s' | 'ms' | 'Mo';

/** A limit on the ratio where there is something to compare with, else on the value itself. */
export type Target = { readonly least: number } | { readonly most: number };

export interface Measure {
  readonly section: string;
  /** What was measured, in French. */
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly against?: { readonly what: string; readonly value: number };
  readonly target?: Target;
}

/** Something that could not be measured here, and why, in words. */
export interface Skipped {
  readonly section: string;
  readonly what: string;
  readonly skipped: string;
}

export type Told = Measure | Skipped;

/** The middle of the values; of an even number, the mean of the two in the middle. Throws where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('no values to take the median of');
  return (lower + upper) / 2;
}

/** The value under which so many of a hundred lie (nearest rank). Throws where there is none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('no values to take a percentile of');
  return value;
}

/** Value over what it is compared with. Undefined where it stands alone. */
export function ratioOf({ value, against }: Measure): number | undefined {
  return against && value / against.value;
}

/** Whether the target is held. Undefined where there is none. */
export function isHeld(measure: Measure): boolean | undefined {
  if (measure.target === undefined) return undefined;
  const judged = ratioOf(measure) ?? measure.value;
  return 'least' in measure.target ? judged >= measure.target.least : judged <= measure.target.most;
}

export const HEAD = ['épreuve', 'mesure', 'valeur', 'comparée à', 'rapport', 'objectif', 'verdict'] as const;

/** One line of the table: texts already in French. */
export function rowOf(told: Told): string[] {
  if ('skipped' in told) return [told.section, told.what, '—', told.skipped, '', '', 'passée'];
  const { section, what, value, unit, against, target } = told;
  const ratio = ratioOf(told);
  const held = isHeld(told);
  const verdict = held === undefined ? '' : held ? 'tient' : 'manque';
  return [
    section,
    what,
    `${figure(value)} ${unit}`,
    against ? `${against.what} : ${figure(against.value)} ${unit}` : '',
    ratio === undefined ? '' : figure(ratio),
    target === undefined ? '' : goal(target, ratio === undefined ? ` ${unit}` : ''),
    verdict,
  ];
}

/** The table as a note on a forge shows it. */
export function markdownOf(told: readonly Told[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(HEAD), line(HEAD.map(() => '---')), ...told.map((one) => line(rowOf(one)))].join('\n');
}

function goal(target: Target, unit: string): string {
  return 'least' in target ? `≥ ${figure(target.least)}${unit}` : `≤ ${figure(target.most)}${unit}`;
}

/** Three figures that count, as the French write them. */
function figure(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('fr-FR', { maximumFractionDigits: digits });
}

/** What a program reads: `trame bench --json`. */
export function jsonOf(told: Told): Record<string, unknown> {
  if ('skipped' in told) return { ...told };
  return { ...told, ratio: ratioOf(told) ?? null, held: isHeld(told) ?? null };
}
