/** A connector's message becomes an item for the writer: mapped, made visible or not, completed, checked. Pure. */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Json } from '#connectors/connector.ts';
import { visibilityOf } from '#connectors/visibility.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Item } from '#graph-schema/fold/records.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import type { Spoken } from './batches.ts';
import type { Source } from './sources.ts';

/** Most bytes of one record, before compression; beyond it the record is quarantined without its bytes. */
export const MOST_RECORD_BYTES = 4 * 1024 * 1024;

/** Neo4j bounds an index key; no identifier of a partner comes near. */
const MOST_ID_CHARACTERS = 1_000;

/** `mapping` is the version under which the record is stored: the source's and that of the vocabularies and the fold. */
export function toItem(message: Spoken, source: Source, mapping: string): Item {
  if (message.id !== undefined && message.id.length > MOST_ID_CHARACTERS) return overlong(message.id, message);
  if (message.kind === 'deleted') return { kind: 'deleted', id: message.id, modified: message.modified };
  if (message.kind === 'rejected') return rejected(message.id, message.finding, message.raw);
  const { id, row, raw, modified } = message;
  if (raw.byteLength > MOST_RECORD_BYTES) {
    return rejected(
      id,
      finding('record-too-large', { id, bytes: raw.byteLength, limit: MOST_RECORD_BYTES }),
      undefined,
    );
  }
  const mapped = mapRow(id, row, source);
  if ('rejected' in mapped) return rejected(id, mapped.rejected, raw);
  return {
    kind: 'record',
    id,
    raw: deflated(raw),
    hash: hashOf(raw),
    mapping,
    modified,
    record: mapped.record,
    notes: mapped.notes,
  };
}

/** It cannot be a key: the record is known by its bytes alone. */
function overlong(id: string, message: Spoken): Item {
  const why = finding('id-too-long', { length: id.length, start: id.slice(0, 80), limit: MOST_ID_CHARACTERS });
  return rejected(undefined, why, 'raw' in message ? message.raw : undefined);
}

/** The row as a checked HeritageRecord, or why it cannot be one. */
export function mapRow(
  id: string,
  row: Json,
  source: Source,
): { record: AnyRecord; notes: readonly Finding[] } | { rejected: Finding } {
  const { name, title, licence } = source.about;
  const mapped = source.format.map(row, { id, source: { name, title, licence }, options: source.formatOptions });
  if ('rejected' in mapped) return mapped;
  const parsed = parseRecord(complete(mapped.record as Omit<AnyRecord, 'visibility'>, row, source));
  if ('record' in parsed) return { record: parsed.record, notes: mapped.notes ?? [] };
  const first = parsed.issues[0]!;
  return { rejected: finding('record-invalid', { id, path: first.path, message: first.message }) };
}

/** What the source file adds to every record that does not say otherwise. */
function complete(record: Omit<AnyRecord, 'visibility'>, row: Json, source: Source): unknown {
  const { fields, relations, identifiers } = source.about.defaults;
  return {
    ...record,
    identifiers: [...record.identifiers, ...identifiers],
    visibility: visibilityOf(source.visibility, row),
    fields: { licence: source.about.licence, ...fields, ...record.fields },
    relations: { ...relations, ...record.relations },
  };
}

function rejected(id: string | undefined, why: Finding, raw: Uint8Array | undefined): Item {
  const kept = raw && raw.byteLength <= MOST_RECORD_BYTES ? deflated(raw) : undefined;
  return { kind: 'rejected', id, finding: why, raw: kept, hash: hashOf(raw ?? Buffer.from(JSON.stringify([id, why]))) };
}

/** Copied out, for zlib's own buffer is far larger than what a record needs of it. */
function deflated(raw: Uint8Array): Uint8Array {
  return Uint8Array.from(deflateRawSync(raw, { chunkSize: 2_048 }));
}

function hashOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('base64url');
}
