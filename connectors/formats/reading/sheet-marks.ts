/**
 * What hucre does not say of a sheet: rows that are hidden, formulas without a saved value. Looked for in the XML of its part of the archive (ECMA-376
 * part 1, 18.3.1; OpenDocument 1.3 part 3, 9.1), a piece at a time.
 */
import type { Zip, ZipEntry } from './zip.ts';

/** Lines and columns from 1. */
export interface SheetMarks {
  readonly hidden: { count: number; first: number };
  /** The first line of each column. */
  readonly unsaved: Map<number, number>;
}

/** Characters kept until the end of a row comes: a row that is longer is looked at in pieces. */
const LONGEST_ROW = 4_194_304;
const COLUMNS = 1_000;
const HIDDEN_ROW = /<(?:\w{1,20}:)?row\b[^<>]{0,1000}>/g;
const UNSAVED =
  /<(?:\w{1,20}:)?c\b([^<>]{0,200})>\s{0,10}<(?:\w{1,20}:)?f\b[^<>]{0,500}(?:\/>|>[^<]{0,9000}<\/(?:\w{1,20}:)?f>)\s{0,10}<\/(?:\w{1,20}:)?c>/g;
const REFERENCE = /\br="([A-Z]{1,3})(\d{1,7})"/;

/** The marks of the sheet of an XLSX at a position (from 0). Nothing where its part is not found: hucre then says what is wrong. */
export async function xlsxMarks(zip: Zip, index: number): Promise<SheetMarks> {
  const marks: SheetMarks = { hidden: { count: 0, first: 0 }, unsaved: new Map() };
  const part = await sheetPart(zip, index);
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

function look(text: string, { hidden, unsaved }: SheetMarks): void {
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
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (column <= COLUMNS && !unsaved.has(column)) unsaved.set(column, Number(line));
  }
}

/** By workbook.xml, which lists the sheets in their order, and the relations that say where each is. */
async function sheetPart(zip: Zip, index: number): Promise<ZipEntry | undefined> {
  const workbook = await textIn(zip, 'xl/workbook.xml');
  const relations = await textIn(zip, 'xl/_rels/workbook.xml.rels');
  const sheet = [...workbook.matchAll(/<(?:\w{1,20}:)?sheet\s[^<>]{0,1000}>/g)][index]?.[0] ?? '';
  const id = /\s\w{1,20}:id="([^"<>]{1,100})"/.exec(sheet)?.[1];
  const relation = [...relations.matchAll(/<(?:\w{1,20}:)?Relationship\s[^<>]{0,1000}>/g)]
    .map(([found]) => found)
    .find((found) => id !== undefined && found.includes(`Id="${id}"`));
  const target = /\sTarget="([^"<>]{1,300})"/.exec(relation ?? '')?.[1];
  if (target === undefined) return undefined;
  const name = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  return zip.entries.find((entry) => entry.name === name);
}

/** Characters of a list of sheets: a workbook holds a few hundred of them at most. */
const LONGEST_LIST = 1_048_576;

async function textIn(zip: Zip, name: string): Promise<string> {
  const entry = zip.entries.find((one) => one.name === name);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of entry?.bytes() ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST_LIST) break;
  }
  return text;
}

/** The marks of the sheet of an ODS at a position (from 0). A formula of an ODS always comes with its value. */
export async function odsMarks(zip: Zip, index: number): Promise<SheetMarks> {
  const marks: SheetMarks = { hidden: { count: 0, first: 0 }, unsaved: new Map() };
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
