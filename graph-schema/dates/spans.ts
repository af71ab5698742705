/** A date as it was read, and what can be done with it. */

/** What a text was read as. An open end has no year. */
export interface Span {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly edtf: string;
  readonly confidence: number;
}

/** Understands the whole of a normalised text (wording.ts), or nothing of it. */
export type Rule = (text: string) => Span | undefined;

/** The first of some rules that understands the text. */
export function firstOf(rules: readonly Rule[], text: string): Span | undefined {
  for (const rule of rules) {
    const span = rule(text);
    if (span) return span;
  }
  return undefined;
}

export function contains(outer: Span, inner: Span): boolean {
  return (outer.from ?? -Infinity) <= (inner.from ?? -Infinity) && (outer.to ?? Infinity) >= (inner.to ?? Infinity);
}

export const edtfYear = (year: number): string => `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;

export const years = (from: number, to: number, confidence: number): Span => ({
  from,
  to,
  edtf: from === to ? edtfYear(from) : `${edtfYear(from)}/${edtfYear(to)}`,
  confidence,
});

/** The interval from the begin of one date to the end of another. */
export function between(first: Span, last: Span, confidence: number): Span | undefined {
  if (first.from !== undefined && last.to !== undefined && first.from > last.to) return undefined;
  return { from: first.from, to: last.to, edtf: `${begin(first)}/${end(last)}`, confidence };
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
