/** Filters by time: years for things made, days for events. */
import { cypher, type Piece, value, whole } from './cypher.ts';
import type { Filter } from './filter.ts';

/** What was made in a span of years that touches the one asked for. */
export function years(property: string): readonly Filter[] {
  const begin = cypher`n0.${`${property}From`}`;
  const end = cypher`n0.${`${property}To`}`;
  return [
    {
      name: 'from',
      takes: 'year',
      fr: 'Daté de cette année ou d’après.',
      en: 'Dated from this year or after.',
      apply: (year) => ({ condition: cypher`coalesce(${end}, ${begin}) >= ${whole(year as number)}` }),
    },
    {
      name: 'to',
      takes: 'year',
      fr: 'Daté de cette année ou d’avant.',
      en: 'Dated from this year or before.',
      apply: (year) => ({ condition: cypher`coalesce(${begin}, ${end}) <= ${whole(year as number)}` }),
    },
  ];
}

/** Events of which one occurrence at least touches the days asked for. Begin and end are ISO 8601 texts: they compare as they read. */
export const days: readonly Filter[] = [
  {
    name: 'from',
    takes: 'day',
    fr: 'Ce jour ou après (heure locale de l’événement).',
    en: 'This day or after (the event’s local time).',
    apply: (from, _audience, { to }) => ({
      condition: touches(from as string, (to as string | undefined) ?? undefined),
    }),
  },
  {
    name: 'to',
    takes: 'day',
    fr: 'Ce jour ou avant (heure locale de l’événement).',
    en: 'This day or before (the event’s local time).',
    apply: (to, _audience, { from }) => (from == null ? { condition: touches(undefined, to as string) } : {}),
  },
];

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

/** The whole span first, which is cheap; then each occurrence: between two dates of a season there may be months. */
function touches(from = FIRST_DAY, to = LAST_DAY): Piece {
  const begin = value(from);
  const end = value(dayAfter(to));
  return cypher`coalesce(n0.end, n0.begin) >= ${begin} AND n0.begin < ${end} AND (n0.occurrences IS NULL OR any(one IN n0.occurrences WHERE split(one, '/')[1] >= ${begin} AND one < ${end}))`;
}

/** Texts of that day are longer than its name, and so sort behind it: the bound is the next day. */
function dayAfter(day: string): string {
  if (day >= LAST_DAY) return '9999-12-32';
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
