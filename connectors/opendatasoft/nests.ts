/** The three ways in which Opendatasoft wraps a record: v2.1 gives it bare, v2.0 under `record.fields`, v1 under `fields`. */
import type { Json } from '../connector.ts';

type JsonObject = { readonly [key: string]: Json };

function objectAt(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The record's own fields; a row that is not wrapped (or no record at all) comes out as it went in. */
export function bareRecord(row: Json): Json {
  const outer = objectAt(row);
  const inner = objectAt(outer?.['record']) ?? outer;
  const fields = objectAt(inner?.['fields']);
  const isWrapped = inner !== undefined && ['recordid', 'id', 'datasetid'].some((key) => Object.hasOwn(inner, key));
  return fields !== undefined && isWrapped ? fields : row;
}
