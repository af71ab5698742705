/** A stored record mapped again: what the writer is to be handed for it. Pure. */
import { inflateRawSync } from 'node:zlib';
import type { Json } from '#connectors/connector.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Item, RecordItem, RejectedItem } from '#graph-schema/fold/items.ts';
import { hashOf, type Mapping, MOST_RECORD_BYTES, toItem } from '../map.ts';
import type { StoredBytes, StoredRow } from './stored.ts';

export interface Again {
  readonly row: StoredRow;
  readonly items: readonly Item[];
  /** To be set aside again, as a steward has not decided on it yet. */
  readonly held: { readonly batch: string; readonly update: RecordItem } | undefined;
  /** What became of it. `as-was`: nothing was to be done, or nothing can be done. */
  readonly became: 'mapped' | 'rejected' | 'recovered' | 'as-was';
  /** Not all that is stored of it could be mapped again, so only its source can say it anew. */
  readonly left: boolean;
}

/**
 * A version that was rejected is tried first, for it is the newer; where it still cannot be mapped, it stays beside the last good
 * version, which is mapped again.
 */
export function mapAgain(row: StoredRow, mapping: Mapping): Again {
  const { id, rejection, good, known } = row;
  const nothing: Again = { row, items: [], held: undefined, became: 'as-was', left: rejection !== undefined };
  if (id === null) return nothing;
  const retried = rejection?.raw && mapStored(id, { raw: rejection.raw, modified: undefined }, mapping);
  if (retried?.kind === 'record') return { ...nothing, items: [retried], became: 'recovered', left: false };
  const held = heldAgain(row, id, mapping);
  const left = (rejection !== undefined && rejection.raw === undefined) || held === 'unmapped';
  // What waits for a steward would be lost with it.
  if (held === 'unmapped') return { ...nothing, left };
  const isDue = good !== undefined && known.state !== 'rejected' && known.mapping !== mapping.version;
  const beside = rejection ? [retried ?? asItWas(id, rejection.finding)] : [];
  if (!isDue) {
    const isNews = retried !== undefined && JSON.stringify(retried.finding) !== JSON.stringify(rejection?.finding);
    return { ...nothing, items: isNews ? beside : [], held, left };
  }
  const mapped = mapStored(id, good, mapping);
  if (mapped.kind === 'rejected') {
    // The newer rejection stays; that the older version is not to be seen is heard all the same.
    const newer = mapped.hides ? beside.map((one) => ({ ...one, hides: true })) : beside;
    return { row, items: rejection ? newer : [mapped], held, became: 'rejected', left };
  }
  return { row, items: [mapped, ...beside], held, became: 'mapped', left };
}

function heldAgain({ held }: StoredRow, id: string, mapping: Mapping): Again['held'] | 'unmapped' {
  if (held === undefined) return undefined;
  const update = mapStored(id, held, mapping);
  return update.kind === 'record' ? { batch: held.batch, update } : 'unmapped';
}

function asItWas(id: string, why: Finding): RejectedItem {
  return { kind: 'rejected', id, finding: why, hash: '' };
}

function mapStored(id: string, { raw, modified }: StoredBytes, mapping: Mapping): RecordItem | RejectedItem {
  const read = readStored(id, raw, mapping);
  if ('unreadable' in read) {
    const { unreadable, bytes } = read;
    return { kind: 'rejected', id, finding: unreadable, raw, hash: hashOf(bytes ?? raw) };
  }
  const message = {
    kind: 'record' as const,
    id,
    row: read.row,
    raw: read.bytes,
    ...(modified === undefined ? {} : { modified }),
  };
  const item = toItem(message, mapping);
  if (item.kind === 'record' || item.kind === 'rejected') return item;
  throw new Error(`mapping ${id} gave ${item.kind}`);
}

type ReadBytes =
  | { readonly row: Json; readonly bytes: Uint8Array }
  | { readonly unreadable: Finding; readonly bytes: Uint8Array | undefined };

/** Bytes that were read once and are no longer: the connector or format has changed, or the store was damaged. */
function readStored(id: string, raw: Uint8Array, { source }: Mapping): ReadBytes {
  let bytes: Uint8Array | undefined;
  try {
    bytes = inflateRawSync(raw, { maxOutputLength: MOST_RECORD_BYTES });
    return { row: source.connector.row(bytes, source.options), bytes };
  } catch (fault) {
    if (fault instanceof TypeError || fault instanceof ReferenceError) throw fault;
    const detail = (fault as Error).message.slice(0, 300);
    return { unreadable: finding('replay-row-unreadable', { id, detail }), bytes };
  }
}
