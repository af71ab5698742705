/** The format `table`: any CSV, TSV, XLSX or ODS, read by the column map of its source file. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { Interval } from '#graph-schema/property.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { Format, MappedRecord, Mapping, MappingContext } from '../../format.ts';
import { cutTable, rowFromRaw, type TableRow } from '../reading/rows.ts';
import { cellOf, fieldValue } from './fields.ts';
import { linksOf } from './links.ts';
import { columnsOf, type TableMap, tableMap } from './map.ts';
import { spanOf } from './values.ts';

export const table: Format<TableMap> = {
  name: 'table',
  version: 1,
  options: tableMap,
  cut: (file, map, tell) => cutTable(file, { wanted: columnsOf(map), required: [], id: map.id }, tell),
  row: rowFromRaw,
  map: (row, context) => mapRow(row as TableRow, context.options, context),
};

function mapRow(row: TableRow, map: TableMap, context: MappingContext): Mapping {
  const notes: Finding[] = [];
  const fields: Record<string, unknown> = {};
  const properties = propertiesOf(map.kind);
  for (const [name, rule] of Object.entries(map.fields)) {
    const property = properties[name];
    if (!property) continue;
    const read = fieldValue(row, rule, property, notes);
    if (read !== undefined && typeof read === 'object' && 'rejected' in read) return { rejected: read.rejected };
    if (read !== undefined) fields[name] = read.value;
  }
  if (fields['name'] === undefined) {
    const { column, columns } = map.fields['name'] ?? {};
    const named = [column, ...(columns ?? [])].filter((one) => one !== undefined).join(', ');
    return { rejected: finding('format-no-name', { id: context.id, columns: named }) };
  }
  withSpan(fields, map);
  const relations: Record<string, readonly Link[]> = {};
  for (const [name, rules] of Object.entries(map.relations ?? {})) {
    const relation = kindOf(map.kind).relations[name];
    if (!relation) continue;
    const links = rules.flatMap((rule) => linksOf(row, rule, relation, String(fields['name']), notes));
    if (links.length > 0) relations[name] = links;
  }
  const record = { kind: map.kind, identifiers: identifiersOf(row, map), fields, relations };
  // parseRecord checks it against the kind; the compiler cannot follow a kind that is known only at run time.
  return { record: record as unknown as MappedRecord, ...(notes.length > 0 ? { notes } : {}) };
}

/** The begin and the end of an Event, from its occurrences, where no column says them. */
function withSpan(fields: Record<string, unknown>, map: TableMap): void {
  const properties = propertiesOf(map.kind);
  const occurrences = fields['occurrences'] as readonly Interval[] | undefined;
  if (!occurrences || !('begin' in properties)) return;
  const span = spanOf(occurrences);
  fields['begin'] ??= span?.begin;
  fields['end'] ??= span?.end;
}

function identifiersOf(row: TableRow, map: TableMap): readonly Identifier[] {
  return Object.entries(map.identifiers ?? {}).flatMap(([scheme, column]) => {
    const value = cellOf(row, { column });
    return value === undefined ? [] : [{ scheme, value }];
  });
}
