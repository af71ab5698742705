/** Time zones as a calendar describes them itself, in a VTIMEZONE (RFC 5545, section 3.6.5). */
import { type Line, lineOf } from './lines.ts';
import { ruleOf } from './rule.ts';
import { expanded } from './rules.ts';
import { remembering, type Zone } from './zones.ts';

const MINUTE = 60_000;
/** No zone has more; more would take long to go through. */
const MOST_ONSETS = 2_000;
const MOST_RULES = 50;
/** Rules are followed between these local times. */
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2100, 0, 1);
/** Descriptions that are remembered, for each event of a calendar brings its own along. */
const MOST_REMEMBERED = 50;
const LONGEST_REMEMBERED = 20_000;

/** When an offset comes into force: at that local time of the offset before. Offsets in milliseconds. */
interface Onset {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const KNOWN = new Map<string, Zone | undefined>();

/** The zone that the lines of a VTIMEZONE describe; undefined where they describe none, or any of it is not understood: an hour that is wrong is worse than one that is told to be unsure. */
export function describedZone(name: string, lines: readonly string[]): Zone | undefined {
  const text = [name, ...lines].join('\n');
  if (text.length > LONGEST_REMEMBERED) return zoneIn(name, lines);
  if (!KNOWN.has(text)) {
    if (KNOWN.size >= MOST_REMEMBERED) KNOWN.clear();
    KNOWN.set(text, zoneIn(name, lines));
  }
  return KNOWN.get(text);
}

function zoneIn(name: string, lines: readonly string[]): Zone | undefined {
  const parts: Line[][] = [];
  let part: Line[] | undefined;
  for (const line of lines.map(lineOf)) {
    if (line?.name === 'BEGIN' && /^(STANDARD|DAYLIGHT)$/i.test(line.value)) part = [];
    else if (line?.name === 'END' && part) {
      parts.push(part);
      part = undefined;
    } else if (line) part?.push(line);
  }
  if (parts.flat().filter((line) => line.name === 'RRULE').length > MOST_RULES) return undefined;
  const onsets: Onset[] = [];
  for (const one of parts) {
    const found = onsetsOf(one);
    if (found === undefined || onsets.length + found.length > MOST_ONSETS) return undefined;
    onsets.push(...found);
  }
  onsets.sort((a, b) => a.at - b.at);
  const [first] = onsets;
  return first && { name, offset: remembering((wall) => inForce(onsets, wall) ?? first.from) };
}

/** The onsets of one STANDARD or DAYLIGHT; undefined where it is not understood. */
function onsetsOf(lines: readonly Line[]): readonly Onset[] | undefined {
  const said = (name: string) => lines.find((line) => line.name === name)?.value ?? '';
  const [from, to] = [offsetOf(said('TZOFFSETFROM')), offsetOf(said('TZOFFSETTO'))];
  const start = localTime(said('DTSTART'));
  if (from === undefined || to === undefined || start === undefined) return undefined;
  const times: number[] = [start];
  for (const line of lines) {
    const found =
      line.name === 'RDATE'
        ? line.value.split(',', MOST_ONSETS + 1).map(localTime)
        : line.name === 'RRULE'
          ? timesOf(line.value, start, from)
          : [];
    if (found === undefined || found.includes(undefined) || times.length + found.length > MOST_ONSETS) return undefined;
    times.push(...found.filter((time) => time !== undefined));
  }
  return times.map((at) => ({ at, from, to }));
}

/** The onsets that a rule gives; undefined where it is not understood, or gives more than any zone has. */
function timesOf(rule: string, start: number, from: number): readonly (number | undefined)[] | undefined {
  const end = /(?:^|;)\s*UNTIL\s*=([^;]*)/i.exec(rule)?.[1];
  const last = end === undefined ? undefined : localTime(/^\s*\d{8}\s*$/.test(end) ? `${end.trim()}T235959` : end);
  const frequency = ruleOf(rule)?.frequency;
  if ((end !== undefined && last === undefined) || (frequency !== 'YEARLY' && frequency !== 'MONTHLY'))
    return undefined;
  // UNTIL is in UTC, and the onsets in the time that was in force before.
  const until = last === undefined ? undefined : last + from;
  const bounds = { start, from: Math.max(start, FIRST), horizon: LAST, to: LAST, most: MOST_ONSETS };
  const found = expanded(rule, until, bounds);
  return found?.walls.length === MOST_ONSETS ? undefined : found?.walls;
}

/** The offset of the latest onset. */
function inForce(onsets: readonly Onset[], wall: number): number | undefined {
  let [low, high] = [0, onsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((onsets[middle] as Onset).at <= wall) low = middle + 1;
    else high = middle;
  }
  return onsets[low - 1]?.to;
}

/** `+0130`, `-005921`. Milliseconds. */
function offsetOf(text: string): number | undefined {
  const [, sign, hours, minutes, seconds] = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(text.trim()) ?? [];
  if (sign === undefined) return undefined;
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE + Number(seconds ?? 0) * 1000;
  return sign === '-' ? -size : size;
}

function localTime(text: string): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?Z?$/i
    .exec(text.trim())
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
