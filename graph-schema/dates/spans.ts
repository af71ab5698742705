/** A date as it was read, and what can be done with it. */

/** What a text was read as: first and last year, both included; an open end has none. */
export interface Span {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly edtf: string;
  readonly confidence: number;
  /** A stable word for the rule that read it: year, day, century, interval… */
  readonly rule: string;
}

/** Understands the whole of a normalised text (wording.ts), or nothing of it. */
export type Rule = (text: string) => Span | undefined;

/** The confidence of a date that may be another one: a steward should look at it. */
export const UNSURE = 0.3;
/** The confidence of what may be no date at all, as a king's name may be a style: readDate() leaves it alone. */
export const PERHAPS = 0.25;

/** The first of some rules that understands the text. */
export function firstOf(rules: readonly Rule[], text: string): Span | undefined {
  for (const rule of rules) {
    const span = rule(text);
    if (span) return span;
  }
  return undefined;
}

export function contains(outer: Span, inner: Span): boolean {
  const [a, b] = [limits(outer), limits(inner)];
  return a.first <= b.first && a.last >= b.last;
}

export function overlaps(one: Span, other: Span): boolean {
  const [a, b] = [limits(one), limits(other)];
  return a.first <= b.last && b.first <= a.last;
}

export const startsBefore = (one: Span, other: Span): boolean => limits(one).first < limits(other).first;
export const endsAfter = (one: Span, other: Span): boolean => limits(one).last > limits(other).last;

/** First and last day as numbers that compare (19140801); infinite at an open end. */
function limits({ edtf }: Span): { readonly first: number; readonly last: number } {
  const { from, to } = boundsOf(edtf);
  return {
    first: from === undefined ? -Infinity : dayNumber(from, 101),
    last: to === undefined ? Infinity : dayNumber(to, 1231),
  };
}

function dayNumber(bound: string, dayOfYear: number): number {
  const [, year, month, day] = /^(-?\d+)(?:-(\d\d)-(\d\d))?$/.exec(bound) ?? [];
  return Number(year) * 10_000 + (month === undefined ? dayOfYear : Number(month) * 100 + Number(day));
}

export const edtfYear = (year: number): string => `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;

export const years = (from: number, to: number, confidence: number, rule: string): Span => ({
  from,
  to,
  edtf: from === to ? edtfYear(from) : `${edtfYear(from)}/${edtfYear(to)}`,
  confidence,
  rule,
});

/** The interval from the begin of one date to the end of another. */
export function between(first: Span, last: Span, confidence: number, rule: string): Span | undefined {
  const span: Span = { from: first.from, to: last.to, edtf: `${begin(first)}/${end(last)}`, confidence, rule };
  const { first: from, last: to } = limits(span);
  return from > to ? undefined : span;
}

export function begin({ edtf, from }: Span): string {
  const left = edtf.split('/')[0] ?? edtf;
  return left.includes('X') && from !== undefined ? edtfYear(from) : left;
}

export function end({ edtf, to }: Span): string {
  const right = edtf.split('/').at(-1) ?? edtf;
  return right.includes('X') && to !== undefined ? edtfYear(to) : right;
}

/** Adds `~` or `?` to each end that has none yet; both together are `%` in EDTF. */
export function qualified(edtf: string, mark: '~' | '?'): string {
  const one = (part: string): string => {
    if (part === '..' || part.endsWith(mark) || part.endsWith('%')) return part;
    return /[~?]$/.test(part) ? `${part.slice(0, -1)}%` : `${part}${mark}`;
  };
  return edtf.split('/').map(one).join('/');
}

/** The last day of a month of the Gregorian calendar. */
export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * First and last of a date in EDTF as readDate() gives it, both included and nothing widened: ISO days where it is as precise as a day or month,
 * years (of four digits, with a minus before Christ) otherwise; a season counts as its year. Absent at an open end.
 */
export function boundsOf(edtf: string): { readonly from?: string; readonly to?: string } {
  const parts = edtf.split('/');
  const [from, to] = [bound(parts[0] ?? '', 'first'), bound(parts.at(-1) ?? '', 'last')];
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function bound(part: string, which: 'first' | 'last'): string | undefined {
  const date = part.replace(/[~?%]$/, '');
  if (date === '..') return undefined;
  const [, year = date, month] = /^(-?\d{4})-(\d{2})$/.exec(date) ?? [];
  if (month === undefined) return date.replaceAll('X', which === 'first' ? '0' : '9');
  if (Number(month) > 12) return year;
  return `${date}-${which === 'first' ? '01' : daysIn(Number(year), Number(month))}`;
}
