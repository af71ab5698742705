/** As much of ODSQL as the demonstration's source files use: comparisons of fields with texts, joined by `and`, and lists. */

export type Row = Readonly<Record<string, unknown>>;

/** What a portal says of a query that it does not understand. */
export class QueryFault extends Error {}

const TEST =
  /^\(?\s*(\w+)\s*(?:(=)\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)|(in)\s*\(([^)]*)\)|(is null|is not null))\s*\)?$/i;

/** The rows that a `where` lets through. Throws QueryFault. */
export function whereOf(text: string, fields: ReadonlySet<string>): (row: Row) => boolean {
  const tests = text.split(/\s+and\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/i).map((part) => testOf(part.trim(), fields));
  return (row) => tests.every((test) => test(row));
}

function testOf(part: string, fields: ReadonlySet<string>): (row: Row) => boolean {
  const [, field = '', , value, , list, nullness] = TEST.exec(part) ?? [];
  if (field === '') throw new QueryFault(`ODSQL query is malformed: ${part}`);
  if (!fields.has(field)) throw new QueryFault(`ODSQL query is malformed: Unknown field: ${field}.`);
  if (nullness !== undefined)
    return (row) => ((row[field] ?? null) === null) === (nullness.toLowerCase() === 'is null');
  const wanted = value === undefined ? (list ?? '').split(',').map((one) => unquoted(one.trim())) : [unquoted(value)];
  return (row) => wanted.includes(String(row[field] ?? ''));
}

export function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

/** Rows in the order of some fields, `field` or `field desc`. */
export function ordered(rows: readonly Row[], order: string): readonly Row[] {
  const keys = order.split(',').map((one) => /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(one));
  return rows.toSorted((a, b) => {
    for (const key of keys) {
      const [field = '', way] = [key?.[1], key?.[2]?.toLowerCase()];
      const [left, right] = [String(a[field] ?? ''), String(b[field] ?? '')];
      if (left !== right) return (left < right ? -1 : 1) * (way === 'desc' ? -1 : 1);
    }
    return 0;
  });
}
