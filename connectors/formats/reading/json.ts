/**
 * Rows out of a file of JSON, whatever its shape: one record, a list, a page of an API that holds a list, values one behind the other, or a record a
 * line (NDJSON; GeoJSON text sequences, RFC 8142). Streams: memory is bounded by one row.
 */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { isWithinDepth } from '../../json-depth.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from './file.ts';
import { type FoundRow, JSON_LIMITS, outlineOf, RowScanner } from './json-rows.ts';
import { type FileText, linesOf, openText } from './text.ts';

const HEAD_CHARACTERS = 1_048_576;
const MILLION = 1_000_000;
const RECORD_SEPARATOR = '\u001e';
const OPENING_BRACE = 0x7b;

export interface WantedRows {
  /** Names of the keys that may hold the rows: `events`, `results`, `data`. */
  readonly lists: readonly string[];
  readonly id: (row: Json) => string | undefined;
  readonly modified?: ((row: Json) => string | undefined) | undefined;
  /** Whether an object that is the whole file is a row itself; unless told, where it has an identifier. */
  readonly isRow?: ((value: Json) => boolean) | undefined;
  /** What of a row may be kept, and its JSON: row and bytes of the cut are made of it, and of a row that is rejected no bytes are kept. Unless told, all. */
  readonly keep?: ((row: Json) => { readonly row: Json; readonly text: string }) | undefined;
}

/** The row again from a cut's raw bytes. */
export function rowFromJson(raw: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(raw)) as Json;
}

/** Cuts a file into its rows. `line` is the line of NDJSON, the row's position anywhere else. */
export async function* cutJson(file: ReadableFile, wanted: WantedRows, tell: Tell): AsyncGenerator<LocatedCut> {
  const single = await singleRow(file, wanted);
  if (single !== undefined) return yield recordOf(file, single, 1, wanted);
  const text = await openText(file, tell);
  if ('refused' in text) return yield refuse(text.refused);
  const head = await headOf(text, HEAD_CHARACTERS);
  if (head[0] === '[') return yield* scanned(file, text, new RowScanner(true, 0), 1, wanted);
  if (head[0] !== '{') {
    const found = head.slice(0, 40);
    return yield refuse(finding('json-not-json', { file: file.name, found }));
  }
  if (isOneALine(head)) return yield* lines(file, text, wanted);
  const outline = outlineOf(head);
  const first = outline.length === undefined ? undefined : parsed(head.slice(0, outline.length));
  if (first !== undefined && 'value' in first && isRow(first.value, wanted)) {
    // Most files of one object were read whole by now.
    const isAll = head.length < HEAD_CHARACTERS && head.slice(outline.length).trim() === '';
    const whole = head.slice(0, outline.length);
    if (isAll) return yield cutOf(file, isDeep(whole) ? { amiss: 'deep' } : { text: whole }, 1, wanted);
    return yield* scanned(file, text, new RowScanner(false, 0), 0, wanted);
  }
  const list = listOf(outline.lists, wanted.lists);
  const refusal = first !== undefined && 'value' in first ? partnersRefusal(first.value) : undefined;
  const isEmpty = list === undefined || /^\s*\]/.test(head.slice(list.from, list.from + 100));
  if (refusal !== undefined && isEmpty)
    return yield refuse(finding('json-partner-error', { file: file.name, message: refusal }));
  if (list) {
    let rows = 0;
    for await (const cut of scanned(file, text, new RowScanner(true, list.outside), list.from, wanted)) {
      rows += 1;
      yield cut;
    }
    const envelope = first !== undefined && 'value' in first ? first.value : undefined;
    const total = totalIn(envelope, head.slice(0, list.from));
    if (total > rows || (total === 0 && hasFollowing(envelope)))
      tell(finding('file-one-page', { file: file.name, rows, total }));
    return;
  }
  if (outline.length === undefined || (first !== undefined && 'reason' in first))
    return yield* scanned(file, text, new RowScanner(false, 0), 0, wanted);
  const keys = first && 'value' in first ? Object.keys(first.value as object) : [];
  const found = keys.slice(0, 8).join(', ');
  yield refuse(finding('json-no-list', { file: file.name, found, lists: wanted.lists.join(', ') || '–' }));
}

const isRow = (value: Json, wanted: WantedRows): boolean =>
  wanted.isRow ? wanted.isRow(value) : wanted.id(value) !== undefined;

/** Letters that may be UTF-8 read as windows-1252: openText looks at them, and tells. */
const MAYBE_MOJIBAKE = ['Ã', 'Â', 'â€'] as const;

interface ParsedRow {
  readonly value: Json;
  readonly raw: Uint8Array;
}

/** The row that a file of clean UTF-8 is as a whole, read and parsed once: a flux has hundreds of thousands of them. Undefined for any other file, which is then looked at closely. */
async function singleRow(file: ReadableFile, wanted: WantedRows): Promise<ParsedRow | undefined> {
  if (file.reading?.encoding !== undefined) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.bytes()) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > HEAD_CHARACTERS || (size === chunk.length && chunk.length > 0 && chunk[0] !== OPENING_BRACE))
      return undefined;
  }
  const raw = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
    if (MAYBE_MOJIBAKE.some((letters) => text.includes(letters))) return undefined;
    const value = JSON.parse(text) as Json;
    return isWithinDepth(value, JSON_LIMITS.depth) && isRow(value, wanted) ? { value, raw } : undefined;
  } catch {
    return undefined;
  }
}

/** A text without the white space, marks and record separators (RFC 8142) before its first value. */
function unmarked(text: string): string {
  let at = 0;
  while (at < text.length && (text[at] === RECORD_SEPARATOR || (text[at] ?? '').trim() === '')) at += 1;
  return at === 0 ? text : text.slice(at);
}

async function headOf({ pieces }: FileText, limit: number): Promise<string> {
  let head = '';
  for await (const piece of pieces()) {
    head = head === '' ? unmarked(piece) : head + piece;
    if (head.length >= limit) break;
  }
  return head.slice(0, limit);
}

function parsed(text: string): { readonly value: Json } | { readonly reason: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (fault) {
    return { reason: (fault as Error).message.slice(0, 100) };
  }
}

/** The first line is a whole object, or the second is: one of them may be broken. One line alone is a file of one object. */
function isOneALine(head: string): boolean {
  const end = head.indexOf('\n');
  if (end < 2) return false;
  const next = unmarked(head.slice(end + 1));
  if (next[0] !== '{') return false;
  const second = next.indexOf('\n');
  const isWhole = (line: string): boolean => 'value' in parsed(unmarked(line));
  return isWhole(head.slice(0, end)) || isWhole(second < 0 ? next : next.slice(0, second));
}

/** The list that is asked for: of the object itself before those within, in the order asked. */
function listOf<T extends { readonly key: string; readonly outside: number }>(
  found: readonly T[],
  names: readonly string[],
): T | undefined {
  for (const outside of [1, 2])
    for (const name of names) {
      const list = found.find((one) => one.key === name && one.outside === outside);
      if (list) return list;
    }
  return undefined;
}

/** What the partner says where it gives no rows: `{errors: [...]}`, `{error: {message}}`, `{message}`. */
function partnersRefusal(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const said = value as { readonly [key: string]: Json };
  const words = said['errors'] ?? said['error'] ?? said['message'] ?? said['detail'] ?? said['error_code'];
  if (words === undefined || words === null || words === false || (Array.isArray(words) && words.length === 0))
    return undefined;
  if (!isWithinDepth(words, JSON_LIMITS.depth)) return '…';
  return (typeof words === 'string' ? words : JSON.stringify(words)).slice(0, 200);
}

/** Where an API says how many rows there are in all, and what it calls the page that follows. */
const TOTALS = ['total', 'total_count', 'total_results', 'totalResults', 'nhits'] as const;
const TOTAL = /"(?:total|total_count|total_results|totalResults|nhits)"\s{0,9}:\s{0,9}(\d{1,12})/;
const FOLLOWING = ['next', 'after', 'next_page', 'nextPage', 'resumptionToken'] as const;
const NESTS = ['meta', 'links', 'pagination', 'info'] as const;

type Outer = { readonly [key: string]: Json };

function placesOf(envelope: Json | undefined): readonly Outer[] {
  const outer = (envelope ?? {}) as Outer;
  return [outer, ...NESTS.map((name) => outer[name])].filter(
    (one): one is Outer => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}

/** How many rows a page says that there are in all; 0 where it does not. `begin`: what stands before the rows, for a page too large to be parsed whole. */
function totalIn(envelope: Json | undefined, begin: string): number {
  const before = envelope === undefined ? TOTAL.exec(begin)?.[1] : undefined;
  const said = placesOf(envelope).flatMap((place) => TOTALS.map((name) => Number(place[name] ?? 0)));
  return Math.max(Number(before ?? 0), ...said.filter((one) => Number.isSafeInteger(one)));
}

/** Whether a page says where the next one is. */
function hasFollowing(envelope: Json | undefined): boolean {
  return placesOf(envelope).some((place) =>
    FOLLOWING.some((name) => {
      const said = place[name];
      return typeof said === 'string' ? said !== '' : Array.isArray(said) ? said.length > 0 : typeof said === 'number';
    }),
  );
}

/** Rows as the scanner finds them, from `from` characters after the first that is no white space. */
async function* scanned(
  file: ReadableFile,
  text: FileText,
  scanner: RowScanner,
  from: number,
  wanted: WantedRows,
): AsyncGenerator<LocatedCut> {
  let position = 0;
  let begun = false;
  let skip = from;
  for await (const piece of text.pieces()) {
    let rest: string = begun ? piece : unmarked(piece);
    begun ||= rest !== '';
    if (skip > 0) {
      const passed = Math.min(skip, rest.length);
      skip -= passed;
      rest = rest.slice(passed);
    }
    for (const row of scanner.push(rest)) {
      position += 1;
      yield cutOf(file, row, position, wanted);
    }
  }
  if (!scanner.whole) yield refuse(finding('json-cut-off', { file: file.name, rows: position }));
  else if (scanner.extra !== '')
    yield refuse(finding('json-more-after', { file: file.name, found: scanner.extra.trim() }));
}

async function* lines(file: ReadableFile, text: FileText, wanted: WantedRows): AsyncGenerator<LocatedCut> {
  let long = 0;
  for await (const { line, text: written } of linesOf(text.pieces(), JSON_LIMITS.rowCharacters)) {
    if (line === long) continue;
    if (written.length >= JSON_LIMITS.rowCharacters) {
      long = line;
      yield cutOf(file, { amiss: 'large' }, line, wanted);
      continue;
    }
    const row = unmarked(written).trimEnd();
    if (row !== '') yield cutOf(file, isDeep(row) ? { amiss: 'deep' } : { text: row }, line, wanted);
  }
}

/** Only a line with that many brackets can be so deep. */
function isDeep(row: string): boolean {
  let opened = 0;
  for (let at = 0; at < row.length && opened <= JSON_LIMITS.depth; at += 1)
    if (row[at] === '[' || row[at] === '{') opened += 1;
  if (opened <= JSON_LIMITS.depth) return false;
  return new RowScanner(false, 0).push(row).some((found) => 'amiss' in found && found.amiss === 'deep');
}

function cutOf(file: ReadableFile, found: FoundRow, position: number, wanted: WantedRows): LocatedCut {
  const where = { file: file.name, position };
  if ('amiss' in found) {
    const isLarge = found.amiss === 'large';
    const limit = isLarge ? Math.floor(JSON_LIMITS.rowCharacters / MILLION) : JSON_LIMITS.depth;
    const code = isLarge ? 'json-row-too-large' : 'json-row-too-deep';
    return { kind: 'rejected', line: position, finding: finding(code, { ...where, limit }) };
  }
  const read = parsed(found.text);
  if ('value' in read) return recordOf(file, { value: read.value, text: found.text }, position, wanted);
  const rejected = {
    kind: 'rejected',
    line: position,
    finding: finding('json-row-broken', { ...where, ...read }),
  } as const;
  return wanted.keep ? rejected : { ...rejected, raw: new TextEncoder().encode(found.text) };
}

/** The record of a row, encoded once: as it stands, or as what is kept of it. */
function recordOf(
  file: ReadableFile,
  found: ParsedRow | { readonly value: Json; readonly text: string },
  position: number,
  wanted: WantedRows,
): LocatedCut {
  const asItStands = () => ('raw' in found ? new Uint8Array(found.raw) : new TextEncoder().encode(found.text));
  const id = wanted.id(found.value);
  if (id === undefined) {
    const where = { file: file.name, position };
    const rejected = { kind: 'rejected', line: position, finding: finding('json-id-missing', where) } as const;
    return wanted.keep ? rejected : { ...rejected, raw: asItStands() };
  }
  const modified = wanted.modified?.(found.value);
  const kept = wanted.keep?.(found.value);
  const row = kept ? kept.row : found.value;
  const raw = kept ? new TextEncoder().encode(kept.text) : asItStands();
  return { kind: 'record', line: position, id, row, raw, ...(modified === undefined ? {} : { modified }) };
}
