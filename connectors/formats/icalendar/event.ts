/** The events of one UID become one record of kind Event. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { HeritageRecord, Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Mapping, MappingContext } from '../../format.ts';
import { defined, wordLinks } from '../shared/objects.ts';
import { spanOf } from '../table/values.ts';
import { Component } from './component.ts';
import { categoriesOf, differs, mediaOf, pageOf, placeOf, pointOf, textsOf } from './details.ts';
import { type Line, lineOf, textList } from './lines.ts';
import { type Notes, noteUnread } from './occurrence.ts';
import { type Horizon, occurrencesOf } from './occurrences.ts';
import { describedZone } from './vtimezone.ts';
import { namedZone, offsetZone, UTC, type Zone } from './zones.ts';

const PARIS = 'Europe/Paris';
const LONGEST_QUOTE = 100;
const MOST_NOTES = 100;

export interface CalendarOptions {
  /** The zone of hours that name none; Europe/Paris unless told, or the calendar's own (X-WR-TIMEZONE). */
  readonly zone?: string | undefined;
  /** Days between which dates are kept. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** How far a repetition without end is followed, from when it began or was last changed. */
  readonly horizonMonths: number;
  /** What the events are, where no category says it. */
  readonly eventType?: string | undefined;
  /** `trame` identifiers of whom all events belong to. */
  readonly organiser?: string | undefined;
  readonly venue?: string | undefined;
  readonly programme?: string | undefined;
}

/** A pure function of the calendar's text and the options. */
export function mapCalendar(text: string, context: MappingContext & { readonly options: CalendarOptions }): Mapping {
  const { id, options } = context;
  const notes: Finding[] = [];
  const { header, events } = read(text, id, options, notes);
  const { main, overrides } = chosen(id, events, notes);
  if (!main) return { rejected: finding('format-row-foreign', { id, format: 'icalendar', found: text.slice(0, 60) }) };
  const privacy = main.privacy();
  if (privacy !== undefined)
    return { rejected: finding('event-private', { id, class: privacy.slice(0, LONGEST_QUOTE) }), hides: true };
  const told = { id, notes };
  const { name, description } = textsOf(main, told);
  if (name === undefined) return { rejected: finding('format-no-name', { id, columns: 'SUMMARY' }) };
  const start = main.stamp('DTSTART');
  if (!start) {
    const value = main.line('DTSTART')?.value.slice(0, LONGEST_QUOTE) ?? '';
    return { rejected: finding('event-no-start', { id, value }) };
  }
  const found = occurrencesOf(id, main, start, overrides, horizonOf(options));
  notes.push(...found.notes);
  noteOverrides(main, overrides, told);
  for (const { name: property, value } of main.again())
    notes.push(finding('event-property-again', { id, property, value: value.slice(0, LONGEST_QUOTE) }));
  const span = spanOf(found.intervals);
  const categories = categoriesOf(main, told);
  const { location, place } = placeOf(main);
  const isCancelled = header.some((line) => line.name === 'METHOD' && /^cancel$/i.test(line.value));
  const record: Omit<HeritageRecord<'Event'>, 'visibility'> = {
    kind: 'Event',
    identifiers: [],
    fields: {
      name,
      ...defined({
        description,
        page: pageOf(main, told),
        eventType: categories[0] ?? options.eventType,
        status: isCancelled ? 'cancelled' : statusOf(main, name, found.intervals.length, told),
        occurrences: found.intervals,
        begin: span?.begin,
        end: span?.end,
        location,
        point: pointOf(main, told),
      }),
    },
    relations: defined({
      place,
      trades: wordLinks(categories, 'inferred'),
      media: mediaOf(main, name, told),
      ...belonging(options),
    }),
  };
  // Of a series of thousands, the first hundred say what is wrong with them.
  return notes.length > 0 ? { record, notes: notes.slice(0, MOST_NOTES) } : { record };
}

/** What is said of single dates, and has no place of its own in the record. */
function noteOverrides(main: Component, overrides: readonly Component[], { id, notes }: Notes): void {
  const differing = overrides.filter((one) => !one.isHidden() && differs(one, main)).length;
  if (differing > 0) notes.push(finding('event-occurrences-differ', { id, count: differing }));
  const secret = overrides.filter((one) => one.privacy() !== undefined).length;
  if (secret > 0) notes.push(finding('event-occurrences-private', { id, count: secret }));
  const repeating = overrides.map((one) => one.line('RRULE') ?? one.line('RDATE')).find((line) => line !== undefined);
  if (repeating) notes.push(finding('event-recurrence-unread', { id, value: repeating.value.slice(0, LONGEST_QUOTE) }));
}

/** The header and the events of a text that `cut` made. */
function read(text: string, id: string, options: CalendarOptions, notes: Finding[]) {
  const header: Line[] = [];
  const bodies: string[][] = [];
  const zones = new Map<string, string[]>();
  let body: string[] | undefined;
  for (const line of text.split('\n')) {
    if (line === 'BEGIN:VEVENT' || line === 'BEGIN:VTIMEZONE') body = [];
    else if (line === 'END:VEVENT' && body) bodies.push(body.splice(0));
    else if (line === 'END:VTIMEZONE' && body) {
      const tzid = body.map(lineOf).find((one) => one?.name === 'TZID')?.value;
      if (tzid !== undefined) zones.set(tzid, body.splice(0));
    } else if (body) body.push(line);
    else {
      const parsed = lineOf(line);
      if (parsed && !/^(BEGIN|END)$/.test(parsed.name)) header.push(parsed);
    }
  }
  const own = header.find(({ name }) => name === 'X-WR-TIMEZONE')?.value;
  const floating = namedZone(options.zone ?? '') ?? namedZone(own ?? '') ?? namedZone(PARIS) ?? UTC;
  const zoneOf = zoneFinder(id, zones, floating, notes);
  return { header, events: bodies.map((lines) => new Component(lines, zoneOf, floating)) };
}

/** By name, else by its description, else as an hour that names none; each unknown one is told once. */
function zoneFinder(id: string, described: ReadonlyMap<string, string[]>, floating: Zone, notes: Finding[]) {
  const met = new Map<string, Zone>();
  return (tzid: string): Zone => {
    const known = met.get(tzid);
    if (known) return known;
    const sure = namedZone(tzid) ?? describedZone(tzid, described.get(tzid) ?? []);
    const zone = sure ?? offsetZone(tzid) ?? floating;
    if (!sure) notes.push(finding('event-zone-unknown', { id, zone: tzid.slice(0, 100), used: zone.name }));
    met.set(tzid, zone);
    return zone;
  };
}

/** The series (of several versions the latest) and the dates of it that are said apart. Without a series, the first of them stands for it. */
function chosen(id: string, events: readonly Component[], notes: Finding[]) {
  const isOverride = (event: Component) => event.line('RECURRENCE-ID') !== undefined;
  const series = events.filter((event) => !isOverride(event));
  const overrides = events.filter(isOverride);
  if (series.length > 1) notes.push(finding('event-repeated', { id, count: series.length }));
  const version = (event: Component) => [event.sequence(), event.line('LAST-MODIFIED')?.value ?? ''] as const;
  const latest = series.reduce<Component | undefined>((best, event) => {
    if (!best) return event;
    const [[a, b], [c, d]] = [version(event), version(best)];
    return a > c || (a === c && b >= d) ? event : best;
  }, undefined);
  if (latest) return { main: latest, overrides };
  const shown = overrides.find((event) => !event.isHidden()) ?? overrides[0];
  return { main: shown, overrides: overrides.filter((event) => event !== shown) };
}

/** Days, as local times: the last one counts whole. */
function horizonOf({ from, until, horizonMonths }: CalendarOptions): Horizon {
  return {
    from: from === undefined ? undefined : Date.parse(`${from}T00:00:00Z`),
    until: until === undefined ? undefined : Date.parse(`${until}T23:59:59Z`),
    months: horizonMonths,
  };
}

/** A title says it too where nobody sets STATUS. All dates being cancelled, the event is. */
function statusOf(
  event: Component,
  name: string,
  dates: number,
  told: Notes,
): 'scheduled' | 'cancelled' | 'postponed' | 'full' | undefined {
  const word = event.word('STATUS');
  const title = fold(name).replace(/^[^a-z]+/, '');
  const isKnown = word === undefined || event.isCancelled() || /^(CONFIRMED|TENTATIVE)$/.test(word);
  if (!isKnown) noteUnread(told, 'STATUS', word, 'CONFIRMED, TENTATIVE, CANCELLED');
  if (event.isCancelled() || dates === 0 || /^(annulee?s?|cancell?ed)\b/.test(title)) return 'cancelled';
  if (/^reportee?s?\b/.test(title)) return 'postponed';
  if (/^complete?s?\s*[!:\-–\])]/.test(title)) return 'full';
  // TENTATIVE is no promise.
  return word === 'TENTATIVE' || !isKnown ? undefined : 'scheduled';
}

function belonging({ organiser, venue, programme }: CalendarOptions) {
  const linked = (value: string | undefined): readonly Link[] | undefined =>
    value === undefined ? undefined : textList(value).map((one) => ({ identifier: { scheme: 'trame', value: one } }));
  return { organisers: linked(organiser), venue: linked(venue), programme: linked(programme) };
}
