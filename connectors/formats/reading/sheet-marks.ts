/**
 * What hucre does not say of a sheet: rows that are hidden, formulas without a saved value. Looked for in the XML of its part of the archive (ECMA-376
 * part 1, 18.3.1; OpenDocument 1.3 part 3, 9.1), a piece at a time.
 */
import type { Zip } from './zip.ts';

/** Lines and columns from 1. */
export interface SheetMarks {
  readonly hidden: { count: number; first: number };
  /** The first line of each column. */
  readonly unsaved: Map<number, number>;
  /** Cells merged downwards. */
  readonly merges: Merge[];
}

/** The most that are looked at in a sheet. */
const MERGES = 20_000;
const none = (): SheetMarks => ({ hidden: { count: 0, first: 0 }, unsaved: new Map(), merges: [] });

/** Characters kept until the end of a row comes: a row that is longer is looked at in pieces. */
const LONGEST_ROW = 4_194_304;
const COLUMNS = 1_000;
const HIDDEN_ROW = /<(?:\w{1,20}:)?row\b[^<>]{0,1000}>/g;
const UNSAVED =
  /<(?:\w{1,20}:)?c\b([^<>]{0,200})>\s{0,10}<(?:\w{1,20}:)?f\b[^<>]{0,500}(?:\/>|>[^<]{0,9000}<\/(?:\w{1,20}:)?f>)\s{0,10}<\/(?:\w{1,20}:)?c>/g;
const REFERENCE = /\br="([A-Z]{1,3})(\d{1,7})"/;

/** The marks of a sheet of an XLSX, by the name of its part. Nothing where that is not found: hucre then says what is wrong. */
export async function xlsxMarks(zip: Zip, name: string | undefined): Promise<SheetMarks> {
  const marks = none();
  const part = zip.entries.find((entry) => entry.name === name);
  if (part === undefined) return marks;
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of part.bytes()) {
    text += decoder.decode(chunk, { stream: true });
    const end = text.lastIndexOf('</row>');
    if (end < 0 && text.length < LONGEST_ROW) continue;
    const whole = end < 0 ? text.length : end + 6;
    look(text.slice(0, whole), marks);
    text = text.slice(whole);
  }
  look(text, marks);
  return marks;
}

function look(text: string, { hidden, unsaved, merges }: SheetMarks): void {
  if (text.includes('mergeCell'))
    for (const [tag] of text.matchAll(/<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}>/g)) {
      const merge = merges.length < MERGES ? mergeOf(tag) : undefined;
      if (merge) merges.push(merge);
    }
  if (text.includes('hidden=') || text.includes('zeroHeight'))
    for (const [row] of text.matchAll(HIDDEN_ROW)) {
      if (!/\bhidden="(?:1|true)"/.test(row)) continue;
      hidden.count += 1;
      if (hidden.first === 0) hidden.first = Number(/\br="(\d{1,7})"/.exec(row)?.[1] ?? 0);
    }
  if (!text.includes('<f') && !text.includes(':f')) return;
  for (const [, attributes = ''] of text.matchAll(UNSAVED)) {
    const [, letters, line] = REFERENCE.exec(attributes) ?? [];
    if (letters === undefined || line === undefined) continue;
    const column = columnOf(letters);
    if (column <= COLUMNS && !unsaved.has(column)) unsaved.set(column, Number(line));
  }
}

/** Counted from 0, the last ones included. */
export interface Merge {
  readonly startRow: number;
  readonly endRow: number;
  readonly startCol: number;
}

function mergeOf(tag: string): Merge | undefined {
  const [, from, first, , last] = /\sref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/.exec(tag) ?? [];
  if (from === undefined || first === last) return undefined;
  return { startRow: Number(first) - 1, endRow: Number(last) - 1, startCol: columnOf(from) - 1 };
}

/** `A` is 1, `XFD` is 16384. */
function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** The marks of the sheet of an ODS at a position (from 0). A formula of an ODS always comes with its value. */
export async function odsMarks(zip: Zip, index: number): Promise<SheetMarks> {
  const marks = none();
  const part = zip.entries.find((entry) => entry.name === 'content.xml');
  const decoder = new TextDecoder();
  let [text, sheet, line] = ['', -1, 0];
  for await (const chunk of part?.bytes() ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const whole = text.lastIndexOf('>') + 1;
    for (const [tag, kind] of text.slice(0, whole).matchAll(/<table:table(-row)?[\s/>][^<>]{0,1000}/g)) {
      if (kind === undefined) [sheet, line] = [sheet + 1, 0];
      else if (sheet === index) {
        const rows = Number(/table:number-rows-repeated="(\d{1,7})"/.exec(tag)?.[1] ?? 1);
        // Filters and people hide rows of cells; the thousands of empty ones at the foot are one tag.
        if (/table:visibility="(?:collapse|filter)"/.test(tag) && rows < 1_000) {
          if (marks.hidden.count === 0) marks.hidden.first = line + 1;
          marks.hidden.count += rows;
        }
        line += rows;
      }
    }
    text = text.slice(whole).slice(-LONGEST_ROW);
  }
  return marks;
}
