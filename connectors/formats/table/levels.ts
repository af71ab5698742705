/** School levels as sheets write them: `CM1-CM2`, `CE2 à CM2, 6e`, `Cycles 2 et 3`. A range gives all that lie between. */
import { fold } from '#graph-schema/text.ts';

const LONGEST = 200;
const CYCLE = /^cycles? ?([1-4])$/;

/** In the order of the years of school, each with the ways in which it is written (folded). */
const LEVELS: readonly (readonly [level: string, ...written: string[]])[] = [
  ['PS', 'ps', 'petite section'],
  ['MS', 'ms', 'moyenne section'],
  ['GS', 'gs', 'grande section'],
  ['CP', 'cp', 'cours preparatoire'],
  ['CE1', 'ce1'],
  ['CE2', 'ce2'],
  ['CM1', 'cm1'],
  ['CM2', 'cm2'],
  ['6e', '6e', '6eme', 'sixieme'],
  ['5e', '5e', '5eme', 'cinquieme'],
  ['4e', '4e', '4eme', 'quatrieme'],
  ['3e', '3e', '3eme', 'troisieme'],
  ['2de', '2de', '2nde', 'seconde'],
  ['1re', '1re', '1ere', 'premiere'],
  ['Tle', 'tle', 'terminale', 'term'],
];
const RANKS = new Map(LEVELS.flatMap(([, ...written], rank) => written.map((one) => [one, rank] as const)));

/** The levels of a cell, each once. A part that is no level stays as it is written; so does a cell in which no level is known. */
export function levelsIn(text: string): readonly string[] {
  if (text.length > LONGEST) return [text];
  const parts = text.split(/[,;/+&\n]| et /i).map((part) => part.trim());
  const levels: string[] = [];
  let isKnown = false;
  let cycles = false;
  for (const part of parts.filter((one) => one !== '')) {
    const read = levelsOf(part, cycles);
    if (read !== undefined) isKnown = true;
    cycles = read?.[0]?.startsWith('Cycle') ?? false;
    levels.push(...(read ?? [part]));
  }
  return isKnown ? [...new Set(levels)] : [text];
}

/** One level or a range; undefined where it is none. `cycles`: a number alone stands behind a cycle, as in `Cycle 2 et 3`. */
function levelsOf(part: string, cycles: boolean): readonly string[] | undefined {
  const ends = fold(part)
    .replace(/^(du |de la |de |des )/, '')
    .split(/ (?:a|au|jusqu'(?:a|au)) | ?[-–—] ?/)
    .map((end) => end.replace(/^(la |le )/, '').replace(/^classes? de /, ''));
  const [first, last = first, ...more] = ends;
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  const cycle = cycleOf(first, cycles);
  if (cycle !== undefined) {
    const end = cycleOf(last, true);
    return end === undefined ? undefined : between(cycle, end).map((number) => `Cycle ${number}`);
  }
  const [begin, end] = [RANKS.get(first), RANKS.get(last)];
  return begin === undefined || end === undefined
    ? undefined
    : between(begin, end).map((rank) => LEVELS[rank]?.[0] ?? part);
}

function cycleOf(text: string, bare: boolean): number | undefined {
  const digit = CYCLE.exec(text)?.[1] ?? (bare ? /^[1-4]$/.exec(text)?.[0] : undefined);
  return digit === undefined ? undefined : Number(digit);
}

function between(one: number, other: number): readonly number[] {
  const [least, most] = [Math.min(one, other), Math.max(one, other)];
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}
