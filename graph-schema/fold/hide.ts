/** Records whose newer version says that it is not to be seen: what is stored of them is hidden with it, whichever door it comes in by. */
import type { ManagedTransaction } from 'neo4j-driver';
import { recordKey } from '../bookkeeping.ts';
import type { Finding } from '../findings/finding.ts';
import type { AnyRecord } from '../record.ts';
import type { Item, Pass, RecordItem } from './items.ts';
import type { KnownRecord } from './records.ts';

/** A record's own properties, as they are kept. */
export interface StoredProperties {
  readonly id: string;
  readonly raw: Int8Array;
  readonly hash: string;
  readonly mapping: string;
  readonly modified: string | null;
  readonly record: string;
  readonly notes: readonly string[];
}

/** The properties that `storedItem` asks for, as a map projection of `r`. */
export const STORED = 'r {.id, .raw, .hash, .mapping, .modified, .record, .notes}';

/** A stored record as it would be written again. */
export function storedItem({ id, raw, hash, mapping, modified, record, notes }: StoredProperties): RecordItem {
  return {
    kind: 'record',
    id,
    raw: Uint8Array.from(raw),
    hash,
    mapping,
    modified: modified ?? undefined,
    record: JSON.parse(record) as AnyRecord,
    notes: notes.map((note) => JSON.parse(note) as Finding),
  };
}

/** The record as it is, but for being seen; under a mapping of its own, so that it is mapped again as soon as it can be. */
export function hidden(item: RecordItem): RecordItem {
  return { ...item, mapping: `${item.mapping}+hidden`, record: { ...item.record, visibility: 'hidden' } };
}

/** The items, and before them those of stored records that a rejection among them hides. `added`: how many these are. */
export async function withHidden(
  tx: ManagedTransaction,
  { source }: Pass,
  items: readonly Item[],
  knownOf: (id: string) => KnownRecord | undefined,
): Promise<{ readonly items: readonly Item[]; readonly added: number }> {
  const hiding = hidingIds(items);
  if (hiding.size === 0) return { items, added: 0 };
  const own = items.map((item) => (item.kind === 'record' && hiding.has(item.id) ? hidden(item) : item));
  const given = new Set(own.flatMap((item) => (item.kind === 'record' ? [item.id] : [])));
  const shown = [...hiding].filter((id) => !given.has(id) && isShown(knownOf(id)));
  if (shown.length === 0) return { items: own, added: 0 };
  const { records } = await tx.run(`UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) RETURN ${STORED} AS record`, {
    keys: shown.map((id) => recordKey(source.name, id)),
  });
  const stored = records.map((row) => hidden(storedItem(row.get('record') as StoredProperties)));
  const rest = own.filter((item) => item.kind !== 'same' || !hiding.has(item.id));
  return { items: [...stored, ...rest], added: stored.length };
}

/** The ids whose last word in this batch is that they are not to be seen. */
function hidingIds(items: readonly Item[]): ReadonlySet<string> {
  const hiding = new Set<string>();
  for (const item of items) {
    if (item.kind === 'rejected') {
      if (item.hides && item.id !== undefined) hiding.add(item.id);
    } else if (item.kind !== 'seen') hiding.delete(item.id);
  }
  return hiding;
}

function isShown(known: KnownRecord | undefined): boolean {
  return (known?.state === 'live' || known?.state === 'missing') && known.visibility === 'public';
}
