/** Days as people name them, in the hub's time zone. */
import { builder, words } from './builder.ts';

export const PERIODS = [
  'today',
  'tomorrow',
  'this-weekend',
  'next-weekend',
  'this-week',
  'next-7-days',
  'this-month',
  'next-month',
] as const;
export type Period = (typeof PERIODS)[number];

export const PeriodEnum = builder.enumType('SearchPeriod', {
  description: words({ fr: 'Des jours, comme on les nomme.', en: 'Days, as people name them.' }),
  values: {
    TODAY: { value: 'today', description: words({ fr: 'Aujourd’hui.', en: 'Today.' }) },
    TOMORROW: { value: 'tomorrow', description: words({ fr: 'Demain.', en: 'Tomorrow.' }) },
    THIS_WEEKEND: {
      value: 'this-weekend',
      description: words({
        fr: 'Ce week-end : samedi et dimanche ; le dimanche, ce dimanche.',
        en: 'This weekend: Saturday and Sunday; on a Sunday, that Sunday.',
      }),
    },
    NEXT_WEEKEND: {
      value: 'next-weekend',
      description: words({ fr: 'Le week-end d’après celui-ci.', en: 'The weekend after this one.' }),
    },
    THIS_WEEK: {
      value: 'this-week',
      description: words({ fr: 'D’aujourd’hui à dimanche.', en: 'From today to Sunday.' }),
    },
    NEXT_7_DAYS: {
      value: 'next-7-days',
      description: words({ fr: 'Aujourd’hui et les six jours suivants.', en: 'Today and the six days after it.' }),
    },
    THIS_MONTH: {
      value: 'this-month',
      description: words({ fr: 'D’aujourd’hui à la fin du mois.', en: 'From today to the end of the month.' }),
    },
    NEXT_MONTH: { value: 'next-month', description: words({ fr: 'Le mois prochain.', en: 'Next month.' }) },
  },
});

const DAY_MS = 86_400_000;

/** First and last day (YYYY-MM-DD) of a period, seen from this day. */
export function daysOf(period: Period, today: string): { readonly fromDay: string; readonly toDay: string } {
  const at = Date.parse(`${today}T00:00:00Z`);
  const day = (days: number) => new Date(at + days * DAY_MS).toISOString().slice(0, 10);
  // Monday is 0.
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  const span = (from: number, to: number) => ({ fromDay: day(from), toDay: day(to) });
  switch (period) {
    case 'today':
      return span(0, 0);
    case 'tomorrow':
      return span(1, 1);
    case 'this-weekend':
      return span(Math.max(0, 5 - weekday), 6 - weekday);
    case 'next-weekend':
      return span(12 - weekday, 13 - weekday);
    case 'this-week':
      return span(0, 6 - weekday);
    case 'next-7-days':
      return span(0, 6);
    case 'this-month':
      return { fromDay: today, toDay: lastOfMonth(today, 1) };
    case 'next-month':
      return { fromDay: dayAfter(lastOfMonth(today, 1)), toDay: lastOfMonth(today, 2) };
  }
}

/** The day before the first of the month that many months on. */
function lastOfMonth(today: string, months: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}
