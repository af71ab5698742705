/** One field of a row, by its rule. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Property, PropertyType, When } from '#graph-schema/property.ts';
import { fold } from '#graph-schema/text.ts';
import { DAY_COUNT, type TableRow } from '../reading/rows.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { readCues } from '../shared/cues.ts';
import { dateOf } from '../shared/objects.ts';
import { readPrice } from '../shared/price.ts';
import { tidy } from '../shared/text.ts';
import { codeMeant } from './codes.ts';
import { type DatePlace, dateIn, datesIn } from './dates.ts';
import type { CellRule, FieldRule } from './map.ts';
import { pairOf, readBoolean, readInteger, readPoint, readUri, spanOf } from './values.ts';

type Read = { readonly value: unknown } | { readonly rejected: Finding } | undefined;

const DATES: ReadonlySet<PropertyType> = new Set(['day', 'instant', 'intervals', 'when']);
/** Types whose cells are words that people write. */
const WRITTEN: ReadonlySet<PropertyType> = new Set<PropertyType>(['string', 'strings', 'price', ...DATES]);
/** What is left of a way to reach somebody. */
const ANNOUNCED =
  /[([]?[ ,;:/–—-]*\b(?:t[ée]l(?:[ée]phone)?|portable|mob(?:ile)?|contact|e-?mail|mail|r[ée]servations?|inscriptions?|renseignements?|infos?)\b[ .:]*(?:(?:au|[àa])\b)?[ .:]*[)\]]?|[ ,;:–—-]+$/gi;
const ZERO = 'table-zero-put-back';

const EXPECTED: Readonly<Record<PropertyType, string>> = {
  string: 'un texte',
  strings: 'un texte',
  integer: 'un nombre entier',
  boolean: 'oui ou non',
  uri: 'une adresse http:// ou https://',
  instant: 'une date, ou une date et une heure (2024-06-07T09:00 ; 7 juin 2024 à 9h)',
  day: 'une date (31/12/2024 ou 2024-12-31)',
  when: 'une date',
  point: 'une latitude et une longitude en degrés décimaux',
  intervals: 'des dates (2024-06-07T09:00/2024-06-07T18:00 ; du 7 au 9 juin 2024 de 9h à 18h)',
  price: 'un tarif (3,50 € ; gratuit ; de 3 à 5 €)',
  cues: 'une transcription WebVTT ou SRT',
};

/** The text that a rule takes from a row; undefined where its cells are empty. */
export function cellOf(row: TableRow, rule: CellRule): string | undefined {
  if (rule.value !== undefined) return String(rule.value);
  const columns = rule.column === undefined ? (rule.columns ?? []) : [rule.column];
  const cells = columns.map((column) => (Object.hasOwn(row, column) ? tidy(row[column]) : undefined));
  return tidy(cells.filter((cell) => cell !== undefined).join(rule.join ?? ' '));
}

/** A column of codes, by its name: a number of four digits in another one may be a year. */
const CODE_COLUMNS = { postcode: /^(cp|code[ _]?postal|postcode)\b/, insee: /\binsee\b/ } as const;

/** The row with the postcodes and INSEE codes that a rule joins as they were meant, where a spreadsheet took off their zero. Each is told once. */
export function rowWithZeros(row: TableRow, { columns = [] }: CellRule, notes: Finding[]): TableRow {
  const mended = columns.flatMap((column): readonly (readonly [string, string])[] => {
    const scheme = (['insee', 'postcode'] as const).find((one) => CODE_COLUMNS[one].test(fold(column)));
    const value = Object.hasOwn(row, column) ? tidy(row[column]) : undefined;
    const became = scheme === undefined || value === undefined ? undefined : codeMeant(scheme, value);
    if (value === undefined || became === undefined) return [];
    const isTold = notes.some(({ code, particulars }) => code === ZERO && particulars['where'] === column);
    if (!isTold) notes.push(finding(ZERO, { value, where: column, became }));
    return [[column, became]];
  });
  return mended.length === 0 ? row : { ...row, ...Object.fromEntries(mended) };
}

/** The parts of a text, empty ones left out; the text alone where nothing splits it. */
export function partsOf(text: string, split: string | undefined): readonly string[] {
  const parts = split === undefined ? [text] : text.split(split);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * The value of a field. Undefined where the cell is empty or, with a note, cannot be read; a word outside a list of values rejects the row,
 * for it would make the thing something else.
 */
export function fieldValue(row: TableRow, rule: FieldRule, property: Property, notes: Finding[]): Read {
  if (property.type === 'point') return pointOf(row, rule, notes);
  const cell = cellOf(rowWithZeros(row, rule, notes), rule);
  const text = cell !== undefined && rule.value === undefined ? publicText(cell, rule, property, notes) : cell;
  if (text === undefined) return undefined;
  if (property.type === 'intervals') return occurrencesOf(row, text, rule, notes);
  if (property.type === 'price') return priceOf(text);
  if (property.type === 'cues') return transcriptOf(text, notes);
  if (property.type === 'day' || property.type === 'instant') {
    const { value, noted } = dateIn(property.type, text, placeOf(row, rule, notes), notes);
    if (value !== undefined) return { value };
    if (!noted) notes.push(unread(text, rule, EXPECTED[property.type]));
    return undefined;
  }
  if (property.type === 'when') return { value: whenOf(text, placeOf(row, rule, notes), notes) };
  const parts = property.type === 'strings' ? partsOf(text, rule.split) : [text];
  const values: unknown[] = [];
  for (const part of parts) {
    const listed = listedValue(part, rule, property);
    if (typeof listed === 'object') return listed;
    const value = readAs(property.type, listed);
    if (value === undefined) notes.push(unread(part, rule, EXPECTED[property.type]));
    else values.push(value);
  }
  if (values.length === 0) return undefined;
  return { value: property.type === 'strings' ? values : values[0] };
}

/** Texts without e-mail addresses and telephone numbers: they are persons', whatever the column was made for. What is indexed is a code, and holds none. */
function publicText(cell: string, rule: FieldRule, property: Property, notes: Finding[]): string | undefined {
  if (property.index && !DATES.has(property.type)) return cell;
  if (!WRITTEN.has(property.type)) return cell;
  if (!cell.includes('@') && !/\d[ .-]?\d{2}[ .-]?\d/.test(cell)) return cell;
  const cleaned = withoutContacts(cell);
  // `05 06 07 08 09 mai` looks like a number to call, and is days.
  if (cleaned !== cell && DATES.has(property.type) && datesIn(cell, { where: '', year: 2000 }, []) !== undefined)
    return cell;
  // `14/05/2026 (tél. 06…)`: what announced the number would make the date unread.
  const kept = cleaned !== cell && DATES.has(property.type) ? tidy(cleaned?.replace(ANNOUNCED, ' ')) : cleaned;
  if (kept !== cell) notes.push(finding('table-contact-left-out', { where: whereOf(rule) }));
  return kept;
}

function occurrencesOf(row: TableRow, text: string, rule: FieldRule, notes: Finding[]): Read {
  const place = placeOf(row, rule, notes);
  const value = partsOf(text, rule.split).flatMap((part) => {
    const dates = datesIn(part, place, notes);
    if (dates === undefined) notes.push(unread(part, rule, EXPECTED.intervals));
    return dates ?? [];
  });
  return value.length === 0 ? undefined : { value };
}

/** The year of the sheet, or of a column of the row, for dates that say none. */
function placeOf(row: TableRow, rule: FieldRule, notes: Finding[]): DatePlace {
  const where = whereOf(rule);
  const from1904 = Object.hasOwn(row, DAY_COUNT);
  if (typeof rule.year !== 'string') return { where, year: rule.year, from1904 };
  const text = cellOf(row, { column: rule.year });
  const year = text === undefined ? undefined : readInteger(text);
  const sound = year !== undefined && year >= 1900 && year <= 2100;
  if (text !== undefined && !sound) notes.push(unread(text, { column: rule.year }, 'une année (2024)'));
  return { where, year: sound ? year : undefined, from1904 };
}

/** A date of a museum (`vers 1850`), else the days of people's words (`du 1er juin au 15 septembre 2026`), as an interval of EDTF. */
function whenOf(text: string, place: DatePlace, notes: Finding[]): When | undefined {
  const [own, others]: [Finding[], Finding[]] = [[], []];
  const when = dateOf(text, own);
  const dates = when?.edtf === undefined ? datesIn(text, place, others) : undefined;
  const span = spanOf(dates ?? []);
  notes.push(...(dates === undefined ? own : others));
  if (span === undefined) return when;
  const [begin, end] = [span.begin.slice(0, 10), span.end.slice(0, 10)];
  const edtf = begin === end ? begin : `${begin}/${end}`;
  return { text, edtf, from: Number(begin.slice(0, 4)), to: Number(end.slice(0, 4)), confidence: 1 };
}

/** A cell that says that nothing is known (`NC`) is as an empty one. A number alone is what a spreadsheet keeps of `3,50 €`. */
function priceOf(text: string): Read {
  const value = readPrice(text);
  const { from, to } = value ?? {};
  if (value === undefined || from === undefined || from !== to || !/^\d+(?:[.,]\d+)?$/.test(text))
    return value && { value };
  return { value: { ...value, text: from === 0 ? 'gratuit' : `${eurosOf(from)} €` } };
}

function eurosOf(amount: number): string {
  return Number.isInteger(amount) ? String(amount) : amount.toFixed(2).replace('.', ',');
}

function transcriptOf(text: string, notes: Finding[]): Read {
  const read = readCues(text);
  notes.push(...read.notes);
  return read.cues.length === 0 ? undefined : { value: read.cues };
}

function readAs(type: PropertyType, text: string): unknown {
  switch (type) {
    case 'integer':
      return readInteger(text);
    case 'boolean':
      return readBoolean(text);
    case 'uri':
      return readUri(text);
    default:
      return text;
  }
}

/** A word by the rule's list, and by the values that the property may take; compared without case and accents. */
function listedValue(text: string, rule: FieldRule, property: Property): string | { rejected: Finding } {
  const allowed =
    rule.values ?? (property.values ? Object.fromEntries(property.values.map((one) => [one, one])) : undefined);
  if (!allowed || rule.value !== undefined) return text;
  const found = Object.keys(allowed).find((word) => fold(word) === fold(text));
  const value = found === undefined ? rule.otherwise : allowed[found];
  if (value !== undefined) return value;
  const expected = Object.keys(allowed).slice(0, 20).join(', ');
  return { rejected: finding('format-value-unlisted', { value: text.slice(0, 100), where: whereOf(rule), expected }) };
}

function pointOf(row: TableRow, rule: FieldRule, notes: Finding[]): Read {
  const cells = rule.column === undefined ? separateCells(row, rule) : pairedCells(row, rule);
  if (cells === undefined) return undefined;
  const before = notes.length;
  const point = readPoint(cells[0], cells[1], rule.precision ?? 'area', notes);
  if (point) return { value: point };
  if (notes.length === before) notes.push(unread(cells.join(', '), rule, EXPECTED.point));
  return undefined;
}

function separateCells(row: TableRow, { latitude, longitude }: FieldRule): readonly [string, string] | undefined {
  const [first, second] = [latitude, longitude].map((column) => cellOf(row, { column }));
  return first === undefined && second === undefined ? undefined : [first ?? '', second ?? ''];
}

function pairedCells(row: TableRow, rule: FieldRule): readonly [string, string] | undefined {
  const text = cellOf(row, { column: rule.column });
  if (text === undefined) return undefined;
  const [first, second] = pairOf(text) ?? [text, ''];
  return rule.order === 'lon-lat' ? [second, first] : [first, second];
}

/** The finding for a value that is left out. */
export function unread(value: string, rule: CellRule & FieldRule, expected: string): Finding {
  return finding('format-value-unread', { value: value.slice(0, 100), where: whereOf(rule), expected });
}

function whereOf(rule: FieldRule): string {
  return [rule.column, ...(rule.columns ?? []), rule.latitude, rule.longitude]
    .filter((one) => one !== undefined)
    .join(', ');
}
