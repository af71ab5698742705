/** One VEVENT: its lines, and what they say. */
import { type Line, lineOf, textList, unescaped } from './lines.ts';
import { dayOf, durationOf, instantOf, type Stamp, stampOf, type ZoneOf } from './times.ts';
import type { Zone } from './zones.ts';

const MOST_DATES = 20_000;

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

  stamps(name: string, like: Stamp): readonly Stamp[] {
    return this.periods(name, like).map(({ stamp }) => stamp);
  }

  /** The dates of a list, bounded; `end` is the length of a PERIOD, in milliseconds. */
  periods(name: string, like: Stamp): readonly { readonly stamp: Stamp; readonly end: number | undefined }[] {
    const values = this.lines(name).flatMap((line) =>
      line.value.split(',').map((text) => ({ text, params: line.params })),
    );
    return values.slice(0, MOST_DATES).flatMap(({ text, params }) => {
      const [begin = '', end] = text.split('/');
      const stamp = this.stampAs(begin, params, like);
      if (!stamp) return [];
      const last = end === undefined ? undefined : this.stampAs(end, params, like);
      const length = last ? instantOf(last) - instantOf(stamp) : durationOf(end ?? '');
      return [{ stamp, end: length }];
    });
  }

  /** Milliseconds. */
  duration(): number | undefined {
    const line = this.line('DURATION');
    return line && durationOf(line.value);
  }

  /** Cancelled, or not for everyone. */
  isHidden(): boolean {
    return this.word('STATUS') === 'CANCELLED' || this.isPrivate();
  }

  isPrivate(): boolean {
    return /^(PRIVATE|CONFIDENTIAL)$/.test(this.word('CLASS') ?? '');
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
