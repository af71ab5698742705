/** The day of an instant as it is counted where the events are. */

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** `2026-05-01T22:30:00Z` is 2 May in Paris. A day stays as it is; an instant with a local offset says its day itself. */
export function parisDay(instant: string): string {
  return instant.endsWith('Z') ? PARIS.format(new Date(instant)) : instant.slice(0, 10);
}
