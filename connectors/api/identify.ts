/** The identifier of a record: the values of the fields that the source file names, joined by `/`. */
import type { RowIdentity } from '../api/paged.ts';
import type { Json } from '../connector.ts';

/** Undefined where all fields are empty. A value that is no text and no number counts as empty: it can't be the same tomorrow for sure. */
export function identify(
  row: Json,
  { id, modified }: { readonly id: readonly string[]; readonly modified?: string | undefined },
): RowIdentity {
  const record = row as { readonly [key: string]: Json };
  const parts = id.map((field) => plain(record[field]));
  if (parts.every((part) => part === '')) return undefined;
  const changed = modified === undefined ? '' : plain(record[modified]);
  return changed === '' ? { id: parts.join('/') } : { id: parts.join('/'), modified: changed };
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
