/** Dates, times and durations of calendars (RFC 5545, sections 3.3.4 to 3.3.6 and 3.8.2). */
import type { Line } from './lines.ts';
import { UTC, wallOf, type Zone } from './zones.ts';

export const DAY = 86_400_000;

/** A day, or a local time in a zone. `wall` as in zones.ts. */
export interface Stamp {
  readonly wall: number;
  /** Undefined for a day. */
  readonly zone: Zone | undefined;
}

/** Finds the zone of a TZID. */
export type ZoneOf = (tzid: string) => Zone;

/** One date or time. `floating` is the zone of a time that names none. Dashes, colons and quotes, which some write, are passed over. Undefined where it is none. */
export function stampOf(
  text: string,
  { params }: Pick<Line, 'params'>,
  zoneOf: ZoneOf,
  floating: Zone,
): Stamp | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(Z)?)?$/i.exec(
    text.trim().replace(/[-:"]/g, ''),
  );
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || hour > 24 || minute > 59 || second > 60) return undefined;
  const date = Date.UTC(year, month - 1, day);
  if (new Date(date).getUTCDate() !== day || year < 1000) return undefined;
  if (parts[4] === undefined || params['VALUE']?.toUpperCase() === 'DATE') return { wall: date, zone: undefined };
  const wall = date + (hour * 3600 + minute * 60 + Math.min(second, 59)) * 1000;
  const tzid = params['TZID'];
  return { wall, zone: parts[7] !== undefined ? UTC : tzid === undefined ? floating : zoneOf(tzid) };
}

/** For comparing and telling apart: an instant, or the first moment of a day. Milliseconds. */
export function instantOf({ wall, zone }: Stamp): number {
  return zone ? wall - zone.offset(wall) : wall;
}

/** A stamp so many milliseconds later. */
export function later(stamp: Stamp, milliseconds: number): Stamp {
  if (!stamp.zone) return { wall: stamp.wall + milliseconds, zone: undefined };
  return { wall: wallOf(stamp.zone, instantOf(stamp) + milliseconds), zone: stamp.zone };
}

export const dayOf = (wall: number): number => Math.floor(wall / DAY) * DAY;

/** A DURATION in milliseconds; undefined where it is none, or negative. */
export function durationOf(text: string): number | undefined {
  const parts = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/i.exec(
    text.trim(),
  );
  if (!parts || text.trim().length < 3) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return (weeks * 7 + days) * DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** `2024-06-07`, `2024-06-07T09:00:00+02:00`, `2024-06-07T07:00:00Z`. */
export function written({ wall, zone }: Stamp): string {
  const text = new Date(wall).toISOString().slice(0, 19);
  if (!zone) return text.slice(0, 10);
  if (zone === UTC) return `${text}Z`;
  const minutes = Math.round(zone.offset(wall) / 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${text}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
