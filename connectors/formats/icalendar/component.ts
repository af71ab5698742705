/** One VEVENT: its lines, and what they say. */
import { fold } from '#graph-schema/text.ts';
import { isPublic, type Line, lineOf, textList, unescaped } from './lines.ts';
import { dayOf, durationOf, instantOf, type Stamp, stampOf, type ZoneOf } from './times.ts';
import type { Zone } from './zones.ts';

const MOST_DATES = 20_000;

/** RFC 5545, section 3.6.1; of those that become part of a record. */
const ONCE = new Set('DTSTART DTEND DURATION SUMMARY DESCRIPTION LOCATION GEO URL STATUS RECURRENCE-ID'.split(' '));

/** The dates of a list, those that cannot be read, and how many were beyond the bound. */
export interface DateList {
  /** `length` is that of a PERIOD, in milliseconds. */
  readonly dates: readonly { readonly stamp: Stamp; readonly length: number | undefined }[];
  readonly unread: readonly string[];
  readonly beyond: number;
}

/** Lines of one event, with the zones that they are read in. */
export class Component {
  readonly #lines: readonly Line[];
  readonly #zoneOf: ZoneOf;
  readonly #floating: Zone;

  constructor(texts: readonly string[], zoneOf: ZoneOf, floating: Zone) {
    this.#lines = texts.map(lineOf).filter((line) => line !== undefined);
    this.#zoneOf = zoneOf;
    this.#floating = floating;
  }

  line(name: string): Line | undefined {
    return this.#lines.find((line) => line.name === name && line.value !== '');
  }

  lines(name: string): readonly Line[] {
    return this.#lines.filter((line) => line.name === name && line.value !== '');
  }

  text(name: string): string | undefined {
    const line = this.line(name);
    return line && unescaped(line.value);
  }

  list(name: string): readonly string[] {
    return this.lines(name).flatMap((line) => textList(line.value));
  }

  /** In capitals: a word of the standard's own. */
  word(name: string): string | undefined {
    return this.line(name)?.value.toUpperCase();
  }

  /** A date; one that names no zone is in that of `like`, the event's start, and without it in the calendar's. */
  stamp(name: string, like?: Stamp): Stamp | undefined {
    const line = this.line(name);
    return line && this.stampAs(line.value, line.params, like);
  }

  stampAs(text: string, params: Line['params'], like?: Stamp): Stamp | undefined {
    return stampOf(text, { params }, this.#zoneOf, like?.zone ?? this.#floating);
  }

  /** The dates of all lists of a name, bounded. */
  dates(name: string, like: Stamp): DateList {
    const texts = this.lines(name).flatMap((line) => line.value.split(',').map((text) => ({ text, line })));
    const unread: string[] = [];
    const dates = texts.slice(0, MOST_DATES).flatMap(({ text, line: { params } }) => {
      const [begin = '', end] = text.split('/');
      const stamp = this.stampAs(begin, params, like);
      if (!stamp && text.trim() !== '') unread.push(text.trim());
      return stamp ? [{ stamp, length: end === undefined ? undefined : this.#periodLength(stamp, end, params) }] : [];
    });
    return { dates, unread, beyond: Math.max(0, texts.length - MOST_DATES) };
  }

  #periodLength(begin: Stamp, end: string, params: Line['params']): number | undefined {
    const last = this.stampAs(end, params, begin);
    return last ? Math.max(0, instantOf(last) - instantOf(begin)) : durationOf(end);
  }

  /** Milliseconds. */
  duration(): number | undefined {
    const line = this.line('DURATION');
    return line && durationOf(line.value);
  }

  /** By STATUS, also in its American and French spellings. */
  isCancelled(): boolean {
    return /^(cancell?ed|annulee?s?)$/.test(fold(this.word('STATUS')?.slice(0, 20) ?? ''));
  }

  /** Cancelled, or not for everyone. */
  isHidden(): boolean {
    return this.isCancelled() || this.privacy() !== undefined;
  }

  /** What stands there again and otherwise, of properties that may stand once only: the first is read. */
  again(): readonly Line[] {
    return this.#lines.filter((line) => {
      const first = ONCE.has(line.name) && line.value !== '' ? this.line(line.name) : undefined;
      return first !== undefined && first.value !== line.value;
    });
  }

  /** The word that says that it is not for everyone: any but PUBLIC, for one that is not known means PRIVATE (RFC 5545, section 3.8.1.3). */
  privacy(): string | undefined {
    return this.lines('CLASS').find((line) => !isPublic(line.value))?.value;
  }

  /** When the partner last changed it: from there on a repetition without end is looked ahead. */
  lastTouched(): number | undefined {
    const stamp = this.stamp('LAST-MODIFIED');
    return stamp && dayOf(stamp.wall);
  }

  sequence(): number {
    return Number.parseInt(this.line('SEQUENCE')?.value ?? '0', 10) || 0;
  }
}
