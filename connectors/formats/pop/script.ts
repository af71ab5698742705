/**
 * Reads the values that a `.js` file holds (`module.exports = { REF: "…", AUTR: [] };`): literals alone, by a small reader of its own. Nothing of the
 * file is ever run. What is more than a literal (a call, a name, arithmetic) is not understood, but for the dates and ids of a database's dump.
 */
import type { Json } from '../../connector.ts';

const LIMITS = { depth: 40, shown: 30 } as const;

export type ScriptValue = { readonly value: Json } | { readonly line: number; readonly found: string };

/** The first literal that the file assigns or exports; or the line where reading stopped, and what stands there. */
export function readScript(text: string): ScriptValue {
  const reader = new Reader(text);
  try {
    return { value: reader.whole() };
  } catch (fault) {
    if (!(fault instanceof Unread)) throw fault;
    return reader.here();
  }
}

/** Whether a text begins as such a file does, and not as JSON or a table. */
export function isScript(begin: string): boolean {
  const code = begin.replace(/^(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|(['"])use strict\1;?)+/, '');
  return OPENING.test(code) || /^[[(]?\s*\{\s*(?:[A-Za-z_$][\w$]*|'[^'\n]*')\s*:/.test(code);
}

const OPENING =
  /^(?:module\.exports(?:\.\w+)?\s*=|exports\.\w+\s*=|export\s+default\b|(?:export\s+)?(?:const|let|var)\s+[\w$]+\s*=)/;

class Unread extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    this.#blanks();
    if (/^(['"])use strict\1;?/.test(this.#text.slice(this.#at, this.#at + 14))) {
      this.#at += 12;
      if (this.#peek() === ';') this.#at += 1;
      this.#blanks();
    }
    const opening = OPENING.exec(this.#text.slice(this.#at, this.#at + 200));
    if (opening) this.#at += opening[0].length;
    this.#blanks();
    const bracket = this.#take('(');
    const value = this.#value(0);
    if (bracket && !this.#take(')')) throw new Unread();
    return value;
  }

  here(): { line: number; found: string } {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return {
      line,
      found:
        this.#text
          .slice(this.#at, this.#at + LIMITS.shown)
          .split('\n')[0]
          ?.trim() ?? '',
    };
  }

  #value(depth: number): Json {
    if (depth > LIMITS.depth) throw new Unread();
    this.#blanks();
    const next = this.#peek();
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next === '"' || next === "'" || next === '`') return this.#texts();
    const number = this.#match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return Number(number);
    const word = this.#match(/(?:new\s+)?[A-Za-z_$][\w$]*/y);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null' || word === 'undefined' || word === 'NaN') return null;
    if (word !== undefined && /^(?:new\s+Date|ISODate|ObjectI[dD]|NumberLong|NumberInt)$/.test(word))
      return this.#called(depth);
    this.#at -= word?.length ?? 0;
    throw new Unread();
  }

  /** The one argument of `new Date("…")` or `ObjectId("…")`. */
  #called(depth: number): Json {
    if (!this.#take('(')) throw new Unread();
    const value = this.#value(depth + 1);
    if (!this.#take(')')) throw new Unread();
    return value;
  }

  #object(depth: number): Json {
    this.#at += 1;
    const entries: [string, Json][] = [];
    while (!this.#take('}')) {
      this.#blanks();
      const quoted = this.#peek() === '"' || this.#peek() === "'";
      const key = quoted ? this.#text1() : this.#match(/[\p{L}_$][\p{L}\p{N}_$]*|\d+/uy);
      if (key === undefined || !this.#take(':')) throw new Unread();
      entries.push([key, this.#value(depth + 1)]);
      if (!this.#take(',') && !this.#sees('}')) throw new Unread();
    }
    return Object.fromEntries(entries);
  }

  #array(depth: number): Json {
    this.#at += 1;
    const values: Json[] = [];
    while (!this.#take(']')) {
      values.push(this.#value(depth + 1));
      if (!this.#take(',') && !this.#sees(']')) throw new Unread();
    }
    return values;
  }

  /** One text, or several put together by `+`. */
  #texts(): string {
    let text = this.#text1();
    while (this.#take('+')) {
      this.#blanks();
      text += this.#text1();
    }
    return text;
  }

  #text1(): string {
    const quote = this.#peek();
    const start = this.#at;
    if (quote !== '"' && quote !== "'" && quote !== '`') throw new Unread();
    let text = '';
    for (this.#at += 1; ; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === quote) break;
      const broken = character === undefined || (character === '\n' && quote !== '`');
      const template = quote === '`' && character === '$' && this.#text[this.#at + 1] === '{';
      if (broken || template) {
        this.#at = start;
        throw new Unread();
      }
      text += character === '\\' ? this.#escaped() : character;
    }
    this.#at += 1;
    return text;
  }

  /** What an escape stands for; stays at its last character. */
  #escaped(): string {
    this.#at += 1;
    const rest = this.#text.slice(this.#at, this.#at + 10);
    const code = /^(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2}))/.exec(rest);
    const point = code ? Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16) : undefined;
    if (code && point !== undefined && point <= 0x10ffff) {
      this.#at += code[0].length - 1;
      return code[1] === undefined ? String.fromCharCode(point) : String.fromCodePoint(point);
    }
    const [character = ''] = rest;
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '', '\n': '' }[character] ?? character;
  }

  #blanks(): void {
    this.#match(/(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y);
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #sees(character: string): boolean {
    this.#blanks();
    return this.#peek() === character;
  }

  #take(character: string): boolean {
    if (!this.#sees(character)) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.#at += found.length;
    return found;
  }
}
