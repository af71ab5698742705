/** Where the rows of a JSON text begin and end, found piece by piece by its quotes and brackets: JSON.parse then reads each row alone. RFC 8259. */

export const JSON_LIMITS = { rowCharacters: 16_777_216, depth: 128 } as const;

export type FoundRow = { readonly text: string } | { readonly amiss: 'large' | 'deep' };

/** Stands before a value (RFC 8142), and never within one: there it is written `\\u001e`. */
const RECORD_SEPARATOR = '\u001e';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const opens = (code: number): boolean => code === 0x5b || code === 0x7b;
const closes = (code: number): boolean => code === 0x5d || code === 0x7d;

/** Rows of a list, from after its `[`; or values one behind the other (`list` false). `outside` counts what is open around the list. */
export class RowScanner {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private held = '';
  private amiss: 'large' | 'deep' | undefined;
  private outside: number;
  private readonly list: boolean;
  private inList: boolean;
  /** What stands behind the end of all; empty while there is nothing. */
  extra = '';

  constructor(list: boolean, outside: number) {
    this.list = list;
    this.inList = true;
    this.outside = outside;
  }

  /** The rows that end in this piece. */
  push(piece: string): readonly FoundRow[] {
    const rows: FoundRow[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (code === BACKSLASH) this.escaped = true;
        else if (code === QUOTE) this.inString = false;
        continue;
      }
      if (code === QUOTE) this.inString = true;
      else if (code > COMMA && code < 0x5b) continue;
      else if (!this.inList) this.behind(code, piece, at);
      else if (opens(code)) {
        this.depth += 1;
        if (this.depth > JSON_LIMITS.depth) this.amiss ??= 'deep';
      } else if (closes(code)) {
        const ends = this.depth === 0;
        if (!ends) this.depth -= 1;
        if (ends ? this.list : !this.list && this.depth === 0) {
          this.take(piece.slice(start, ends ? at : at + 1), rows);
          start = at + 1;
          this.inList = !ends;
        }
      } else if (code === COMMA && this.depth === 0 && this.list) {
        this.take(piece.slice(start, at), rows);
        start = at + 1;
      }
    }
    if (this.inList) this.hold(piece.slice(start));
    return rows;
  }

  /** Whether all that was opened was closed. */
  get whole(): boolean {
    return this.list ? !this.inList && this.outside === 0 : this.held.trim() === '' && this.amiss === undefined;
  }

  private behind(code: number, piece: string, at: number): void {
    if (this.outside > 0) {
      if (opens(code)) this.outside += 1;
      else if (closes(code)) this.outside -= 1;
    } else if (code > 0x20 && this.extra === '') this.extra = piece.slice(at, at + 40);
  }

  private hold(text: string): void {
    if (this.amiss === undefined && this.held.length + text.length > JSON_LIMITS.rowCharacters) this.amiss = 'large';
    this.held = this.amiss === undefined ? this.held + text : '';
  }

  private take(text: string, rows: FoundRow[]): void {
    this.hold(text);
    const row = this.held.replaceAll(RECORD_SEPARATOR, ' ').trim();
    if (this.amiss !== undefined) rows.push({ amiss: this.amiss });
    else if (row !== '') rows.push({ text: row });
    this.held = '';
    this.amiss = undefined;
  }
}

/** What the beginning of a text that opens an object shows of it. */
export interface Outline {
  /** The length of the first object, where it ends within the text. */
  readonly length: number | undefined;
  /** Lists of the object (`events`) and of the objects in it (`data.events`): where their first row may begin, and how much is open around them. */
  readonly lists: readonly { readonly key: string; readonly from: number; readonly outside: number }[];
}

/** The outline of the object that begins at `text[0]`. */
export function outlineOf(text: string): Outline {
  const lists: { key: string; from: number; outside: number }[] = [];
  let [depth, stringFrom] = [0, 0];
  let inString = false;
  let last = '';
  let key = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') {
        inString = false;
        if (depth <= 2) last = text.slice(stringFrom, at);
      }
      continue;
    }
    if (character === '"') {
      inString = true;
      stringFrom = at + 1;
    } else if (character === ':') key = last;
    else if (character === '{' || character === '[') {
      if (character === '[' && (depth === 1 || depth === 2) && key !== '')
        lists.push({ key, from: at + 1, outside: depth });
      // A list within a list has no name of its own.
      depth += 1;
      key = '';
    } else if (character === ',') key = '';
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return { length: at + 1, lists };
    }
  }
  return { length: undefined, lists };
}
