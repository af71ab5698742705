/** Trades by the codes of activities (NAF) and of trainings (ROME), as trades.csv matches them. */

import type { Resolver } from '../vocabularies/resolver.ts';
import { listed, type Row } from '../vocabularies/tables.ts';
import type { InferenceRule } from './rules.ts';

/** A trade that a code tells. */
export interface Coded {
  readonly trade: string;
  readonly rule: InferenceRule;
}

export interface TradeCodes {
  /** What a firm of this NAF code does, with its label as evidence; `resolver` reads that label. */
  naf(code: string, resolver: Resolver): { readonly trades: readonly Coded[]; readonly label: string };
  /** The trades that a ROME code is exactly, or nearly. */
  rome(code: string): readonly Coded[];
}

/** A code that fewer trades of a sector share says too little of that sector. */
const FEWEST_OF_SECTOR = 3;
/** Beginnings of columns: `rome-v347`, `rome-v400` are versions of one. */
const ROME = /^rome-(?!match)/;

/** The codes of trades.csv, and the labels of concepts.csv. */
export function tradeCodes(trades: readonly Row[], concepts: readonly Row[]): TradeCodes {
  const byNaf = byCode(trades, (row) => listed(row['naf-rev2']));
  const romeColumns = Object.keys(trades[0] ?? {}).filter((column) => ROME.test(column) && !column.endsWith('match'));
  const byRome = byCode(trades, (row) => romeColumns.flatMap((column) => listed(row[column])));
  const labels = new Map(concepts.flatMap((row) => (row['naf'] ? [[row['naf'], row['label'] ?? '']] : [])));
  const rootOf = roots(trades);
  return {
    naf(code, resolver) {
      const rows = byNaf.get(code) ?? [];
      const label = labels.get(code) ?? '';
      const near = nearest(rows, 'naf-match', { exact: 'naf-exact', close: 'naf-close' });
      if (near.length > 0) return { trades: near, label };
      const named = new Set(namedBy(label, resolver));
      const told = rows.map((row) => row['id'] ?? '').filter((trade) => named.has(trade));
      if (told.length > 0) return { trades: told.map((trade) => ({ trade, rule: 'naf-label' })), label };
      const sectors = new Set(rows.map((row) => rootOf(row['id'] ?? '')));
      const [sector] = sectors;
      if (sectors.size !== 1 || sector === undefined || rows.length < FEWEST_OF_SECTOR) return { trades: [], label };
      return { trades: [{ trade: sector, rule: 'naf-sector' }], label };
    },
    rome: (code) => nearest(byRome.get(code) ?? [], 'rome-match', { exact: 'rome-exact', close: 'rome-close' }),
  };
}

function byCode(trades: readonly Row[], codesOf: (row: Row) => readonly string[]): ReadonlyMap<string, readonly Row[]> {
  const rows = trades.flatMap((row) => codesOf(row).map((code) => ({ code, row })));
  return new Map([...Map.groupBy(rows, ({ code }) => code)].map(([code, some]) => [code, some.map(({ row }) => row)]));
}

/** The exact matches; where there is none, the close ones. */
function nearest(
  rows: readonly Row[],
  column: string,
  rules: { readonly exact: InferenceRule; readonly close: InferenceRule },
): readonly Coded[] {
  for (const kind of ['exact', 'close'] as const) {
    const found = rows.filter((row) => row[column] === kind);
    if (found.length > 0) return found.map((row) => ({ trade: row['id'] ?? '', rule: rules[kind] }));
  }
  return [];
}

/** The trades that a label names, part by part: "Forge, estampage, matriçage". */
function namedBy(label: string, { trades }: Resolver): readonly string[] {
  return label
    .split(/[,;]| et /)
    .flatMap((part) => [part, part.trim().split(' ')[0] ?? ''])
    .flatMap((part) => trades(part.trim()).map(({ identifier }) => identifier.value));
}

/** The sector at the top of a trade's broader trades: the first way up. */
function roots(trades: readonly Row[]): (trade: string) => string {
  const broader = new Map(trades.map((row) => [row['id'] ?? '', listed(row['broader'])[0]]));
  return (trade) => {
    let top = trade;
    // No table is deeper than it is long: a circle in it would else never end.
    for (let up = broader.get(top), steps = 0; up !== undefined && steps < trades.length; steps += 1) {
      top = up;
      up = broader.get(top);
    }
    return top;
  };
}
