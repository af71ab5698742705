/** The format `icalendar`: calendars of RFC 5545 (`.ics`), as agendas of members and of national days publish them. */
import { z } from 'zod';
import type { Format } from '../../format.ts';
import { cutCalendar, rowOf } from './cut.ts';
import { type CalendarOptions, mapCalendar } from './event.ts';
import { namedZone } from './zones.ts';

const DAY = 'un jour est attendu : 2024-12-31';
const MONTHS = 'un nombre de mois de 1 à 240 est attendu';
const IDENTIFIER = 'un identifiant « trame » est attendu';
const identifier = z.string(IDENTIFIER).trim().min(1, IDENTIFIER).optional();

const options = z
  .strictObject({
    zone: z
      .string()
      .refine((name) => namedZone(name) !== undefined, 'un fuseau est attendu : Europe/Paris')
      .optional(),
    from: z.iso.date(DAY).optional(),
    until: z.iso.date(DAY).optional(),
    horizonMonths: z.int(MONTHS).min(1, MONTHS).max(240, MONTHS).default(120),
    eventType: z.string().trim().min(1).max(200).optional(),
    organiser: identifier,
    venue: identifier,
    programme: identifier,
  })
  .prefault({});

export const icalendar: Format<CalendarOptions> = {
  name: 'icalendar',
  version: 2,
  options,
  cut: (file, _, tell) => cutCalendar(file, tell),
  row: (raw) => rowOf(new TextDecoder().decode(raw)),
  map: (row, context) =>
    mapCalendar(String((row as { readonly calendar?: unknown }).calendar), {
      ...context,
      // A format that is used without its source file has no options.
      options: context.options ?? options.parse(undefined),
    }),
};
