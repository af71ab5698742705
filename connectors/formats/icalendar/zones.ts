/**
 * Time zones of calendars, by the names of the IANA data base and by those of Windows and of Outlook (vtimezone.ts has those that a calendar describes).
 * A local time is a number: the milliseconds that `Date.UTC` gives for what the clock on the wall shows.
 */
export interface Zone {
  readonly name: string;
  /** Milliseconds to take from a local time to have the instant. In the hour that autumn repeats, the first; in the one that spring leaves out, what was in force before. */
  offset(wall: number): number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Names and offsets that are remembered; beyond, they are forgotten and found out again. */
const MOST_REMEMBERED = 20_000;
/** No name of a zone is longer; the time that a longer text takes to be searched grows with its square. */
const LONGEST_NAME = 200;

export const UTC: Zone = { name: 'UTC', offset: () => 0 };

/** The local time of an instant. */
export function wallOf(zone: Zone, instant: number): number {
  const near = instant + zone.offset(instant);
  return instant + zone.offset(near);
}

/** Names that Windows gives (Unicode CLDR, windowsZones.xml): those of Europe, and the most used of elsewhere. */
const WINDOWS: Readonly<Record<string, string>> = {
  'romance standard time': 'Europe/Paris',
  'w. europe standard time': 'Europe/Berlin',
  'central europe standard time': 'Europe/Budapest',
  'central european standard time': 'Europe/Warsaw',
  'gmt standard time': 'Europe/London',
  'greenwich standard time': 'Atlantic/Reykjavik',
  'gtb standard time': 'Europe/Bucharest',
  'fle standard time': 'Europe/Kiev',
  'e. europe standard time': 'Europe/Chisinau',
  'turkey standard time': 'Europe/Istanbul',
  'russian standard time': 'Europe/Moscow',
  'morocco standard time': 'Africa/Casablanca',
  'azores standard time': 'Atlantic/Azores',
  'mauritius standard time': 'Indian/Mauritius',
  'sa western standard time': 'America/La_Paz',
  'sa eastern standard time': 'America/Cayenne',
  'atlantic standard time': 'America/Halifax',
  'eastern standard time': 'America/New_York',
  'central standard time': 'America/Chicago',
  'mountain standard time': 'America/Denver',
  'pacific standard time': 'America/Los_Angeles',
  'israel standard time': 'Asia/Jerusalem',
  'arabian standard time': 'Asia/Dubai',
  'india standard time': 'Asia/Calcutta',
  'china standard time': 'Asia/Shanghai',
  'tokyo standard time': 'Asia/Tokyo',
};

/** The zone of a name; undefined where the name says nothing. `/prefix/Europe/Paris` and `(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris` are names too. */
export function namedZone(name: string): Zone | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const folded = name.trim().toLowerCase();
  const city = /\bparis\b/.test(folded)
    ? 'Europe/Paris'
    : /\b(brussels|bruxelles)\b/.test(folded)
      ? 'Europe/Brussels'
      : '';
  const path = /[A-Z][A-Za-z_]+\/[A-Z][A-Za-z_+-]+(?:\/[A-Z][A-Za-z_]+)?$/.exec(name.trim())?.[0];
  const candidates = [WINDOWS[folded], name.trim(), path, city];
  for (const candidate of candidates) {
    const zone = candidate ? intlZone(candidate) : undefined;
    if (zone) return zone;
  }
  return undefined;
}

/** The zone of a name that says only how far from UTC it is, `(UTC-05:00) Eastern Time`: without summer time, so that its use is to be told. An hour east is no offset but France. */
export function offsetZone(name: string): Zone | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const [, sign, hours, minutes] = /\b(?:UTC|GMT) ?([+-])(\d{1,2}):?(\d{2})?/i.exec(name) ?? [];
  const size = (Number(hours) * 60 + Number(minutes ?? 0)) * MINUTE;
  if (sign === undefined || size > DAY || (sign === '+' && size === 60 * MINUTE)) return undefined;
  const offset = sign === '-' ? -size : size;
  return { name: `UTC${sign}${hours?.padStart(2, '0')}:${minutes ?? '00'}`, offset: () => offset };
}

const KNOWN = new Map<string, Zone | undefined>();

function intlZone(name: string): Zone | undefined {
  if (KNOWN.has(name)) return KNOWN.get(name);
  if (KNOWN.size > 500) KNOWN.clear();
  const made = /^(utc|gmt|z|etc\/utc)$/i.test(name) ? UTC : makeIntlZone(name);
  KNOWN.set(name, made);
  return made;
}

function makeIntlZone(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  const at = (instant: number): number => wallShown(format, instant) - instant;
  return { name, offset: remembering((wall) => settled(at, wall)) };
}

function wallShown(format: Intl.DateTimeFormat, instant: number): number {
  const shown = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** `at` gives the offset at an instant. */
function settled(at: (instant: number) => number, wall: number): number {
  const whole = Math.floor(wall / 1000) * 1000;
  const before = at(whole - DAY);
  const after = at(whole + DAY);
  if (before === after || at(whole - before) === before) return before;
  return at(whole - after) === after ? after : before;
}

/** Most days have one offset: it is found out once. On the others, which are Sundays, when many things take place, it is found out for each time of the day. */
export function remembering(find: (wall: number) => number): (wall: number) => number {
  const days = new Map<number, number | undefined>();
  const times = new Map<number, number>();
  const timed = (wall: number): number => {
    const known = times.get(wall);
    if (known !== undefined) return known;
    if (times.size > MOST_REMEMBERED) times.clear();
    const found = find(wall);
    times.set(wall, found);
    return found;
  };
  return (wall) => {
    const day = Math.floor(wall / DAY);
    const known = days.get(day);
    if (known !== undefined) return known;
    if (!days.has(day)) {
      if (days.size > MOST_REMEMBERED) days.clear();
      const first = find(day * DAY);
      const single = first === find((day + 1) * DAY - 1000) ? first : undefined;
      days.set(day, single);
      if (single !== undefined) return single;
    }
    return timed(wall);
  };
}
