/** Filters by time: years for things made, days for events. */
import { cypher, type Piece, value, whole } from './cypher.ts';
import type { Filter } from './filter.ts';

/** What was made in a span of years that touches the one asked for. */
export function years(property: string): readonly Filter[] {
  const begin = (node: string) => cypher`${node}.${`${property}From`}`;
  const end = (node: string) => cypher`${node}.${`${property}To`}`;
  return [
    {
      name: 'from',
      takes: 'year',
      fr: 'Daté de cette année ou d’après.',
      en: 'Dated from this year or after.',
      apply: (year, _audience, _all, node) => ({
        condition: cypher`coalesce(${end(node)}, ${begin(node)}) >= ${whole(year as number)}`,
      }),
    },
    {
      name: 'to',
      takes: 'year',
      fr: 'Daté de cette année ou d’avant.',
      en: 'Dated from this year or before.',
      apply: (year, _audience, _all, node) => ({
        condition: cypher`coalesce(${begin(node)}, ${end(node)}) <= ${whole(year as number)}`,
      }),
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
    apply: (from, _audience, { to }, node) => ({
      condition: touches(node, from as string, (to as string | undefined) ?? undefined),
    }),
  },
  {
    name: 'to',
    takes: 'day',
    fr: 'Ce jour ou avant (heure locale de l’événement).',
    en: 'This day or before (the event’s local time).',
    apply: (to, _audience, { from }, node) =>
      from == null ? { condition: touches(node, undefined, to as string) } : {},
  },
];

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

/** The whole span first, which is cheap; then each occurrence: between two dates of a season there may be months. */
function touches(node: string, from = FIRST_DAY, to = LAST_DAY): Piece {
  const begin = value(from);
  const end = value(dayAfter(to));
  return cypher`coalesce(${node}.end, ${node}.begin) >= ${begin} AND ${node}.begin < ${end} AND (${node}.occurrences IS NULL OR any(one IN ${node}.occurrences WHERE split(one, '/')[1] >= ${begin} AND one < ${end}))`;
}

/** Texts of that day are longer than its name, and so sort behind it: the bound is the next day. */
function dayAfter(day: string): string {
  if (day >= LAST_DAY) return '9999-12-32';
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
