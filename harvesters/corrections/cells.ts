/** A partner's own cells: its columns where it delivers a table or tagged text, else its words as the format read them. */
import type { Json } from '#connectors/connector.ts';
import { JOCONDE_COLUMNS } from '#connectors/formats/joconde/tags.ts';
import { tableRowOf } from '#connectors/formats/table/json-row.ts';
import type { TableMap } from '#connectors/formats/table/map.ts';
import type { Cell, Role } from '#graph-schema/corrections/correction.ts';
import { kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { AnyRecord, Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Source } from '../sources.ts';

/** In what shape the museum gets its corrections: `table` and `tagged` are its own export; `list` is one line a correction. */
export type Shape = 'table' | 'tagged' | 'list';

/** One row of a partner, in its own words. */
export interface OwnRow {
  readonly cells: readonly Cell[];
  /** Its row, column by column, empty cells left out; empty in the shape `list`. */
  readonly row: Readonly<Record<string, string>>;
}

export function shapeOf({ format }: Source): Shape {
  if (format.name === 'table' || format.name === 'joconde-csv') return 'table';
  return format.name === 'joconde-text' ? 'tagged' : 'list';
}

/** How the cells of a source are read; made once a source. */
export function cellReader(source: Source): (row: Json, record: AnyRecord) => OwnRow {
  const shape = shapeOf(source);
  if (shape === 'list') return (_, record) => ({ cells: cellsOfRecord(record), row: {} });
  const columns = source.format.name === 'table' ? columnsOfMap(source.formatOptions as TableMap) : JOCONDE;
  return (row) => {
    const own = tableRowOf(row);
    return { cells: cellsOfRow(own, columns), row: own };
  };
}

interface Column {
  readonly role: Role;
  readonly split?: string | undefined;
}

/** By folded name. */
type Columns = ReadonlyMap<string, Column & { readonly name: string }>;

/** Dates, places and trades of Joconde, under its codes and under the names of the ministry's table. */
const JOCONDE: Columns = (() => {
  const roles: Readonly<Record<string, Column>> = {
    MILL: { role: 'date', split: ';' },
    PERI: { role: 'date', split: ';' },
    LIEUX: { role: 'place', split: ';' },
    INV: { role: 'inventory' },
  };
  const named = Object.entries(JOCONDE_COLUMNS).map(([name, code]) => [name, code] as const);
  const all = [...named, ...Object.keys(roles).map((code) => [code, code] as const)];
  return new Map(all.flatMap(([name, code]) => (roles[code] ? [[fold(name), { ...roles[code], name }]] : [])));
})();

/** Codes, addresses, numbers and coordinates are left alone: their characters are theirs. */
const PROSE = new Set(['string', 'strings']);

function columnsOfMap(map: TableMap): Columns {
  const columns = new Map<string, Column & { readonly name: string }>();
  const properties = propertiesOf(map.kind);
  const put = (name: string | undefined, column: Column) => {
    if (name !== undefined && (column.role !== 'text' || !columns.has(fold(name))))
      columns.set(fold(name), { ...column, name });
  };
  for (const [field, { column, columns: several = [], split, values }] of Object.entries(map.fields)) {
    const property = properties[field];
    if (property === undefined || values !== undefined) continue;
    if (property.type === 'when') put(column, { role: 'date', split });
    else if (field === 'inventoryNumber') put(column, { role: 'inventory' });
    else if (PROSE.has(property.type)) for (const name of [column, ...several]) put(name, { role: 'text' });
  }
  for (const [name, rules] of Object.entries(map.relations ?? {})) {
    const relation = kindOf(map.kind).relations[name];
    for (const { column, split, identifier } of rules) {
      if (identifier !== undefined || relation?.words === undefined) continue;
      if (relation.to === 'Place') put(column, { role: 'place', split });
      else if (relation.to === 'Trade') put(column, { role: 'trade', split });
      else put(column, { role: 'text' });
    }
  }
  // What identifies a row is never rewritten.
  for (const name of [...map.id, ...Object.values(map.identifiers ?? {}), ...(map.private ?? [])])
    columns.delete(fold(name));
  if (map.fields['inventoryNumber']?.column !== undefined)
    put(map.fields['inventoryNumber'].column, { role: 'inventory' });
  return columns;
}

function cellsOfRow(row: Readonly<Record<string, string>>, columns: Columns): readonly Cell[] {
  const filled = Object.entries(row).flatMap(([column, value]): readonly Cell[] => {
    const known = columns.get(fold(column));
    return known ? [{ column, value, role: known.role, split: known.split }] : [];
  });
  const there = new Set(filled.map(({ column }) => fold(column)));
  const empty = [...columns].flatMap(([name, column]) =>
    there.has(name) ? [] : [{ column: column.name, value: '', role: column.role }],
  );
  return [...filled, ...empty];
}

/** In the words of our model, for formats whose elements are no columns (LIDO, Dublin Core…). */
function cellsOfRecord(record: AnyRecord): readonly Cell[] {
  const fields = Object.entries(propertiesOf(record.kind)).flatMap(([name, { type, fr }]): readonly Cell[] => {
    const value = record.fields[name];
    if (type === 'when')
      return [{ column: fr, value: (value as { readonly text?: string } | undefined)?.text ?? '', role: 'date' }];
    if (name === 'inventoryNumber') return [{ column: fr, value: String(value ?? ''), role: 'inventory' }];
    return type === 'string' && typeof value === 'string' ? [{ column: fr, value, role: 'text' }] : [];
  });
  const relations = Object.entries(kindOf(record.kind).relations).flatMap(
    ([name, { to, words, fr }]): readonly Cell[] => {
      if (words === undefined || (to !== 'Place' && to !== 'Trade')) return [];
      const value = (record.relations[name] ?? []).flatMap(statedWords).join(' ; ');
      return [{ column: fr, value, role: to === 'Place' ? 'place' : 'trade', split: ';' }];
    },
  );
  return [...fields, ...relations];
}

/** What a format worked out itself is not the museum's word. */
function statedWords(link: Link): readonly string[] {
  return 'text' in link && link.how !== 'inferred' ? [link.text] : [];
}
