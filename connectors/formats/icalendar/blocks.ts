/** A calendar file as a stream of its parts: the properties of each VCALENDAR, its time zones, its events. Everything else is passed over. */
import { type FileText, linesOf } from '../reading/text.ts';
import { isProperty, nameOf } from './lines.ts';

export const LIMITS = { eventCharacters: 1_048_576, zoneLines: 2_000, depth: 10, exampleCharacters: 80 } as const;

/** Of an event only this is read: whom it invites, who organises it and what it reminds of are persons' affairs, and DTSTAMP is often the time of the export. */
const KEPT = new Set([
  'UID',
  'RECURRENCE-ID',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'RDATE',
  'EXDATE',
  'EXRULE',
  'SUMMARY',
  'DESCRIPTION',
  'X-ALT-DESC',
  'LOCATION',
  'GEO',
  'URL',
  'CATEGORIES',
  'CLASS',
  'STATUS',
  'SEQUENCE',
  'LAST-MODIFIED',
  'ATTACH',
  'IMAGE',
]);

export type Block =
  | { readonly kind: 'property'; readonly line: string }
  | { readonly kind: 'zone'; readonly lines: readonly string[] }
  /** `position` counts the events from 1. */
  | { readonly kind: 'event'; readonly lines: readonly string[]; readonly size: number; readonly position: number }
  /** The file has ended; `missing` is the END that it lacks. */
  | { readonly kind: 'end'; readonly missing: string | undefined; readonly calendars: number };

/** Lines that begin no property, and were joined to the one before. */
export interface Mended {
  count: number;
  example: string;
}

/** The parts of a file, in order. A calendar that is not closed is told by the last part. Memory is bounded by one event. */
export async function* blocksOf(text: FileText, mended: Mended): AsyncGenerator<Block> {
  const stack = new Stack();
  let calendars = 0;
  for await (const line of contentLines(text, mended)) {
    const [, edge, name = ''] = /^(BEGIN|END)\s*:\s*([\w-]+)\s*$/i.exec(line) ?? [];
    if (edge === undefined) {
      if (stack.open.length === 1) yield { kind: 'property', line };
      else stack.add(line);
      continue;
    }
    const isBegin = edge.toUpperCase() === 'BEGIN';
    const done = isBegin ? stack.begin(name.toUpperCase(), line) : stack.end(name.toUpperCase(), line);
    if (done) yield done;
    if (isBegin && /^vcalendar$/i.test(name)) calendars += 1;
    if (stack.open.length > LIMITS.depth) return yield { kind: 'end', missing: `END:${name}`, calendars };
  }
  const last = stack.open.at(-1);
  yield { kind: 'end', missing: last === undefined ? undefined : `END:${last}`, calendars };
}

/** The components that are open, the calendar first, and the lines of the one in it. */
class Stack {
  readonly open: string[] = [];
  #lines: string[] = [];
  #size = 0;
  #events = 0;

  add(line: string): void {
    const within = this.open[1];
    if (within === 'VTIMEZONE' && this.#lines.length < LIMITS.zoneLines) this.#lines.push(line);
    if (within !== 'VEVENT' || this.open.length > 2 || !isKept(line)) return;
    this.#size += line.length + 1;
    // Held no longer once it is too large: its UID, which stands early, tells which it was.
    if (this.#size <= LIMITS.eventCharacters) this.#lines.push(line);
  }

  /** What should have ended before it has: VEVENT within VEVENT is two events. Gives the one that ended. */
  begin(name: string, line: string): Block | undefined {
    const done = name === 'VCALENDAR' ? this.#closed(0) : name === this.open[1] ? this.#closed(1) : undefined;
    if (this.open.length > 0 || name === 'VCALENDAR') this.open.push(name);
    if (this.open.length === 2) {
      this.#lines = [];
      this.#size = 0;
    } else if (this.open[1] === 'VTIMEZONE') this.#lines.push(line);
    return done;
  }

  end(name: string, line: string): Block | undefined {
    const at = this.open.lastIndexOf(name);
    if (at < 0) return undefined;
    if (at === 2 && this.open[1] === 'VTIMEZONE') this.#lines.push(line);
    return this.#closed(at);
  }

  /** Closes all from a depth on. */
  #closed(depth: number): Block | undefined {
    const within = this.open[1];
    this.open.length = Math.min(this.open.length, depth);
    if (depth > 1) return undefined;
    if (within === 'VTIMEZONE') return { kind: 'zone', lines: this.#lines };
    if (within !== 'VEVENT') return undefined;
    this.#events += 1;
    return { kind: 'event', lines: this.#lines, size: this.#size, position: this.#events };
  }
}

/** A value within the file (a picture in base64) is no link. */
const isKept = (line: string): boolean => KEPT.has(nameOf(line)) && !/^[\w-]+;[^:]*ENCODING=BASE64/i.test(line);

async function* contentLines(text: FileText, mended: Mended): AsyncGenerator<string> {
  let held: string | undefined;
  for await (const { text: line } of linesOf(text.pieces())) {
    if (held !== undefined && held.length > LIMITS.eventCharacters) held = held.slice(0, LIMITS.eventCharacters + 1);
    if (held !== undefined && /^[ \t]/.test(line)) held += line.slice(1);
    else if (line.trim() === '') continue;
    else if (isProperty(line) || held === undefined) {
      if (held !== undefined) yield held;
      held = line;
    } else if (!/^(BEGIN|END):/i.test(held)) {
      mended.count += 1;
      mended.example ||= line.trim().slice(0, LIMITS.exampleCharacters);
      held += `\\n${line.trim()}`;
    }
  }
  if (held !== undefined) yield held;
}
