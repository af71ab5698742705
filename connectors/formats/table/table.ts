/** The format `table`: any CSV, TSV, XLSX or ODS, and the rows of an API, read by the column map of its source file. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { Interval } from '#graph-schema/property.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { Format, MappedRecord, Mapping, MappingContext } from '../../format.ts';
import { cutTable, rowFromRaw, type TableNeeds, type TableRow } from '../reading/rows.ts';
import { publicId } from '../shared/contacts.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { uaiIdentifiers } from '../shared/uai.ts';
import { codeMeant } from './codes.ts';
import { cellOf, fieldValue } from './fields.ts';
import { tableRowOf } from './json-row.ts';
import { levelsIn } from './levels.ts';
import { linksOf } from './links.ts';
import { columnsOf, type TableMap, tableMap } from './map.ts';
import { spanOf } from './values.ts';

export const table: Format<TableMap> = {
  name: 'table',
  version: 3,
  options: tableMap,
  cut: (file, map, tell) => cutTable(file, needsOf(map), tell),
  row: rowFromRaw,
  map: (row, context) => mapRow(tableRowOf(row), context.options, context),
};

function needsOf(map: TableMap): TableNeeds {
  const drop = map.private ?? [];
  return { wanted: columnsOf(map), known: drop, required: [], id: map.id, drop };
}

/** One row by its map. */
export function mapRow(row: TableRow, map: TableMap, context: Pick<MappingContext, 'id'>): Mapping {
  const notes: Finding[] = [];
  const fields: Record<string, unknown> = {};
  const properties = propertiesOf(map.kind);
  for (const [name, rule] of Object.entries(map.fields)) {
    const property = properties[name];
    if (!property) continue;
    const read = fieldValue(row, rule, property, notes);
    if (read !== undefined && typeof read === 'object' && 'rejected' in read) return { rejected: read.rejected };
    if (read !== undefined && read.value !== undefined) fields[name] = read.value;
  }
  if (fields['name'] === undefined) {
    const { column, columns } = map.fields['name'] ?? {};
    const named = [column, ...(columns ?? [])].filter((one) => one !== undefined).join(', ');
    return { rejected: finding('format-no-name', { id: context.id, columns: named }) };
  }
  withSpan(fields, map);
  withZeros(fields, map, notes);
  if (Array.isArray(fields['levels'])) fields['levels'] = [...new Set(fields['levels'].flatMap(levelsIn))];
  const relations: Record<string, readonly Link[]> = {};
  for (const [name, rules] of Object.entries(map.relations ?? {})) {
    const relation = kindOf(map.kind).relations[name];
    if (!relation) continue;
    const links = rules.flatMap((rule) => linksOf(row, rule, relation, String(fields['name']), notes));
    if (links.length > 0) relations[name] = links;
  }
  const record = { kind: map.kind, identifiers: identifiersOf(row, map, notes), fields, relations };
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

/** The postcodes that a spreadsheet took for numbers. */
function withZeros(fields: Record<string, unknown>, map: TableMap, notes: Finding[]): void {
  const mended = (value: string, name: string): string => {
    const became = codeMeant('postcode', value);
    if (became === undefined) return value;
    notes.push(finding('table-zero-put-back', { value, where: map.fields[name]?.column ?? name, became }));
    return became;
  };
  const { postcode, postcodes } = fields;
  if (typeof postcode === 'string') fields['postcode'] = mended(postcode, 'postcode');
  if (Array.isArray(postcodes)) fields['postcodes'] = postcodes.map((one: string) => mended(one, 'postcodes'));
}

/** Codes are checked where they can be: a wrong SIRET or UAI would make two things one. */
function identifiersOf(row: TableRow, map: TableMap, notes: Finding[]): readonly Identifier[] {
  return Object.entries(map.identifiers ?? {}).flatMap(([scheme, column]): readonly Identifier[] => {
    const value = cellOf(row, { column });
    if (value === undefined) return [];
    if (scheme === 'uai') return uaiIdentifiers(value, column, notes);
    if (scheme === 'siret') return siretIdentifiers(value, column, notes);
    return [{ scheme, value: (scheme === 'insee' ? codeMeant('insee', value) : undefined) ?? publicId(value) }];
  });
}
