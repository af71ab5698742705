/**
 * CSV, line by line: csv-parse cuts the cells, this file decides where a record ends. So one broken quote costs its own line and
 * not all those after it, and every row knows its line. RFC 4180, and what is found beside it: any separator, quotes within a text.
 */
import { parse } from 'csv-parse/sync';
import { linesOf } from './text.ts';

const LIMITS = { rowCharacters: 1_048_576, rowLines: 1_000, brokenLines: 100, rowsPerBatch: 256 } as const;

export type CsvItem =
  | { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'broken'; readonly line: number; readonly why: 'quote' | 'long' }
  | { readonly kind: 'given-up'; readonly line: number; readonly limit: number };

interface Line {
  readonly line: number;
  readonly text: string;
}

/**
 * The rows of a CSV text, with the line each begins on. Blank lines are passed over. A quote that opens and does not close
 * costs its line (`broken`); after 100 of those, reading is given up.
 */
export async function* csvRows(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvItem> {
  const lines = new Lines(linesOf(pieces));
  let batch: Line[] = [];
  let broken = 0;
  for (let first = await lines.next(); first; first = await lines.next()) {
    if (first.text.trim() === '') continue;
    const record = await recordFrom(first, lines, delimiter);
    if ('text' in record) {
      batch.push(record);
      if (batch.length < LIMITS.rowsPerBatch) continue;
      yield* cut(batch, delimiter);
      batch = [];
      continue;
    }
    yield* cut(batch, delimiter);
    batch = [];
    yield { kind: 'broken', line: first.line, why: record.why };
    broken += 1;
    if (broken > LIMITS.brokenLines) return yield { kind: 'given-up', line: first.line, limit: LIMITS.brokenLines };
  }
  yield* cut(batch, delimiter);
}

/** A queue of lines that can be put back, so that reading goes on after the line that was broken. */
class Lines {
  readonly #source: AsyncGenerator<Line>;
  #back: Line[] = [];

  constructor(source: AsyncGenerator<Line>) {
    this.#source = source;
  }

  async next(): Promise<Line | undefined> {
    const back = this.#back.shift();
    if (back) return back;
    const { value, done } = await this.#source.next();
    return done ? undefined : value;
  }

  putBack(lines: readonly Line[]): void {
    this.#back = [...lines, ...this.#back];
  }
}

async function recordFrom(first: Line, lines: Lines, delimiter: string): Promise<Line | { why: 'quote' | 'long' }> {
  if (first.text.length > LIMITS.rowCharacters) return { why: 'long' };
  let state = quoteState(first.text, delimiter, false);
  if (state === 'closed' || state === 'odd') return first;
  const taken: Line[] = [];
  let size = first.text.length;
  while (state === 'open') {
    const next = await lines.next();
    if (next) taken.push(next);
    size += next?.text.length ?? 0;
    if (!next || taken.length > LIMITS.rowLines || size > LIMITS.rowCharacters) state = 'odd';
    else state = quoteState(next.text, delimiter, true);
  }
  if (state === 'closed') return { line: first.line, text: [first, ...taken].map((one) => one.text).join('\n') };
  lines.putBack(taken);
  return { why: 'quote' };
}

/**
 * Whether a line ends within a quoted cell (`open`), outside (`closed`), or has a closing quote with text after it (`odd`):
 * harmless on one line (`"Le Roi" de Rome`), but in a cell that runs over several it means that the quote never closed.
 */
function quoteState(text: string, delimiter: string, inside: boolean): 'open' | 'closed' | 'odd' {
  let at = 0;
  let quoted = inside;
  for (;;) {
    if (!quoted) {
      if (text[at] !== '"') {
        const next = text.indexOf(delimiter, at);
        if (next < 0) return 'closed';
        at = next + delimiter.length;
        continue;
      }
      at += 1;
      quoted = true;
    }
    const close = text.indexOf('"', at);
    if (close < 0) return 'open';
    if (text[close + 1] === '"') {
      at = close + 2;
      continue;
    }
    at = close + 1;
    quoted = false;
    if (at >= text.length) return 'closed';
    if (!text.startsWith(delimiter, at)) {
      if (inside) return 'odd';
      const next = text.indexOf(delimiter, at);
      if (next < 0) return 'closed';
      at = next;
    }
    at += delimiter.length;
    inside = false;
  }
}

function* cut(batch: readonly Line[], delimiter: string): Generator<CsvItem> {
  if (batch.length === 0) return;
  const rows = cellsOf(batch.map((record) => record.text).join('\n'), delimiter);
  // One record that csv-parse sees otherwise must not shift the lines of its neighbours.
  const sure = rows?.length === batch.length ? rows : undefined;
  for (const [index, record] of batch.entries()) {
    const cells = sure ? sure[index] : onlyRow(cellsOf(record.text, delimiter));
    yield cells ? { kind: 'row', line: record.line, cells } : { kind: 'broken', line: record.line, why: 'quote' };
  }
}

const onlyRow = (rows: string[][] | undefined): string[] | undefined => (rows?.length === 1 ? rows[0] : undefined);

function cellsOf(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: '\n',
    }) as string[][];
  } catch {
    return undefined;
  }
}
