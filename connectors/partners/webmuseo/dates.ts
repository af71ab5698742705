/** Dates as museums write them: a year, a span, a part of a century, more or less sure. */
import type { Random } from './random.ts';

/** `precise` dates go under a year (Joconde's MILL), the others under a period (PERI). */
export interface MuseumDate {
  readonly text: string;
  readonly precise: boolean;
}

const PARTS: readonly { readonly name: string; readonly parts: readonly string[] }[] = [
  { name: 'quart', parts: ['1er quart', '2e quart', '3e quart', '4e quart'] },
  { name: 'moitié', parts: ['1ère moitié', '2e moitié'] },
  { name: 'tiers', parts: ['1er tiers', '2e tiers', '3e tiers'] },
];

function partOfCentury(year: number, random: Random): string {
  const century = Math.floor((year - 1) / 100) + 1;
  const { parts } = random.pick(PARTS);
  const part = parts[Math.min(parts.length - 1, Math.floor((((year - 1) % 100) / 100) * parts.length))] ?? '';
  return `${part} ${century}e siècle`;
}

/** A date in one of the ways in use, within the years that the collection covers. */
export function museumDate(fromYear: number, toYear: number, random: Random): MuseumDate {
  // Two draws, averaged: most things in a collection are from the middle of its period.
  const year = Math.round((random.int(fromYear, toYear) + random.int(fromYear, toYear)) / 2);
  const century = `${Math.floor((year - 1) / 100) + 1}e siècle`;
  const decade = Math.floor(year / 10) * 10;
  const later = Math.min(toYear, year + random.int(5, 30));
  const draw = random.int(0, 99);
  if (draw < 24) return { text: partOfCentury(year, random), precise: false };
  if (draw < 40) return { text: century, precise: false };
  if (draw < 58) return { text: String(year), precise: true };
  if (draw < 68) return { text: `vers ${decade}`, precise: true };
  if (draw < 74) return { text: `${decade} vers`, precise: true };
  if (draw < 80) return { text: `${year} entre,${later} et`, precise: true };
  if (draw < 86) return { text: `${year}-${later}`, precise: true };
  if (draw < 91) return { text: `années ${decade}`, precise: true };
  if (draw < 94) return { text: `avant ${decade + 10}`, precise: true };
  if (draw < 96) return { text: `après ${decade}`, precise: true };
  if (draw < 99) return { text: `milieu ${century}`, precise: false };
  return { text: 's.d.', precise: false };
}
