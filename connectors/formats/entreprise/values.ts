/** The members of a partner's JSON object, read with care: a value of another type than was agreed on is left out and told, never a fault. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { tidyLine } from '../shared/text.ts';
import { readDay } from '../table/values.ts';
import { membersOf } from './result.ts';

export class Members {
  readonly #members: { readonly [key: string]: Json };
  readonly #path: string;
  readonly #notes: Finding[];

  /** `path` stands before the names of members in what is told: `siege.`. */
  constructor(value: Json | undefined, path: string, notes: Finding[]) {
    this.#members = membersOf(value) ?? {};
    this.#path = path;
    this.#notes = notes;
    if (value !== undefined && value !== null && membersOf(value) === undefined) this.#tell('', value, 'un objet');
  }

  /** Whether it says anything at all. */
  has(name: string): boolean {
    const value = this.#members[name];
    return value !== undefined && value !== null && value !== '';
  }

  /** A text; a number is taken as its digits. */
  text(name: string): string | undefined {
    const value = this.#members[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return value.trim() || undefined;
    this.#tell(name, value, 'un texte');
    return undefined;
  }

  /** A text on one line. `[ND]` (what Sirene hides) is none. */
  line(name: string): string | undefined {
    const text = tidyLine(this.text(name));
    return text === undefined || /\[ND\]/.test(text) ? undefined : text;
  }

  texts(name: string): readonly string[] {
    const value = this.#members[name];
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string' && one.trim() !== '');
    this.#tell(name, value as Json, 'une liste');
    return [];
  }

  /** True only where it is said. */
  flag(name: string): boolean {
    const value = this.#members[name];
    if (typeof value === 'boolean' || value === undefined || value === null) return value === true;
    this.#tell(name, value, 'true ou false');
    return false;
  }

  /** What a flag says; undefined where it is absent or no flag. */
  said(name: string): boolean | undefined {
    const value = this.#members[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  /** A day, YYYY-MM-DD. */
  day(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const day = readDay(text);
    if (day === undefined) this.#tell(name, text, 'une date, AAAA-MM-JJ');
    return day;
  }

  members(name: string): Members {
    return new Members(this.#members[name], `${this.#path}${name}.`, this.#notes);
  }

  #tell(name: string, value: Json, expected: string): void {
    const shown = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100);
    const where = `${this.#path}${name}`.replace(/\.$/, '');
    this.#notes.push(finding('format-value-unread', { value: shown, where, expected }));
  }
}
