/** A connector's message becomes an item for the writer: mapped, made visible or not, completed, checked. Pure. */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Json } from '#connectors/connector.ts';
import { visibilityOf } from '#connectors/visibility.ts';
import { DATES_VERSION } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { FOLD_VERSION } from '#graph-schema/fold/fold.ts';
import type { Item, RecordItem, RejectedItem } from '#graph-schema/fold/items.ts';
import type { KnownRecord } from '#graph-schema/fold/records.ts';
import { type AnyRecord, parseRecord, RECORD_LIMITS } from '#graph-schema/record.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { dayInFrance, isOutside } from './agreement.ts';
import type { Spoken } from './batches.ts';
import { CONSENT_VERSION, consented } from './consent.ts';
import { DISCRETION_VERSION, discreet } from './discretion.ts';
import type { Source } from './sources.ts';

/** Most bytes of one record, before compression; beyond it the record is quarantined without its bytes. */
export const MOST_RECORD_BYTES = 4 * 1024 * 1024;

/** Neo4j bounds an index key; no identifier of a partner comes near. */
const MOST_ID_CHARACTERS = 1_000;

/** How a source's rows are mapped now, and under which version that is stored. */
export interface Mapping {
  readonly source: Source;
  readonly version: string;
  /** The day, by the clocks of France, on which consent is looked at. */
  readonly today: string;
}

/**
 * `published`: whether a steward has published the source. One on trial that is not shows nothing; nor does one outside its partner's
 * agreement, whichever way its records come in (a harvest, a replay, one record looked at again).
 */
export function mappingOf(source: Source, resolver: Resolver, published: boolean, now: Date): Mapping {
  const onTrial = source.about.trial && !published;
  const outside = isOutside(source.about.agreement, now);
  const version = `${source.mapping}+${resolver.version}+fold-${FOLD_VERSION}+discretion-${DISCRETION_VERSION}+consent-${CONSENT_VERSION}+dates-${DATES_VERSION}`;
  const today = dayInFrance(now);
  if (!onTrial && !outside) return { source, version, today };
  return {
    source: { ...source, visibility: 'nothing' },
    version: `${version}+${outside ? 'withdrawn' : 'trial'}`,
    today,
  };
}

/** `known` is what is stored of the record: one that came in the very same bytes is not mapped again. */
export function toItem(message: Spoken, mapping: Mapping, known?: KnownRecord): Item {
  if (message.id !== undefined && message.id.length > MOST_ID_CHARACTERS) return overlong(message.id, message);
  if (message.kind === 'deleted') return { kind: 'gone', id: message.id, modified: message.modified };
  if (message.kind === 'seen') return { kind: 'seen', id: message.id };
  if (message.kind === 'rejected')
    return { ...rejected(message.id, message.finding, message.raw), ...(message.hides ? { hides: true } : {}) };
  const { id, row, raw, modified } = message;
  if (raw.byteLength > MOST_RECORD_BYTES) {
    return rejected(
      id,
      finding('record-too-large', { id, bytes: raw.byteLength, limit: MOST_RECORD_BYTES }),
      undefined,
    );
  }
  const hash = hashOf(raw);
  const full = () => mapRecord({ id, row, raw, hash, modified }, mapping);
  const { version } = mapping;
  if (known?.setAside === `${hash} ${version}`) return { kind: 'seen', id };
  if (known?.hash !== hash || known.mapping !== version || known.rejected || known.visibility === null) return full();
  return { kind: 'same', id, hash, mapping: version, visibility: known.visibility, full };
}

/** What a record was read from. */
interface Read {
  readonly id: string;
  readonly row: Json;
  readonly raw: Uint8Array;
  readonly hash: string;
  readonly modified: string | undefined;
}

function mapRecord(
  { id, row, raw, hash, modified }: Read,
  { source, version, today }: Mapping,
): RecordItem | RejectedItem {
  const mapped = mapRow(id, row, source, today);
  if ('rejected' in mapped)
    return {
      ...rejected(id, mapped.rejected, raw),
      hides: mapped.hides === true || visibilityOf(source.visibility, row) === 'hidden',
    };
  const { record, notes, later } = mapped;
  // Consent that begins on a day to come: mapped again at every harvest, until it does.
  const under = later ? `${version}+later` : version;
  return { kind: 'record', id, raw: deflated(raw), hash, mapping: under, modified, record, notes };
}

/** It cannot be a key: the record is known by its bytes alone. */
function overlong(id: string, message: Spoken): Item {
  const why = finding('id-too-long', { length: id.length, start: id.slice(0, 80), limit: MOST_ID_CHARACTERS });
  return rejected(undefined, why, 'raw' in message ? message.raw : undefined);
}

/** The row as a checked HeritageRecord, or why it cannot be one. `today`: the day (YYYY-MM-DD) on which consent is looked at. */
export function mapRow(
  id: string,
  row: Json,
  source: Source,
  today = dayInFrance(new Date()),
): { record: AnyRecord; notes: readonly Finding[]; later: boolean } | { rejected: Finding; hides?: true } {
  const { name, title, licence } = source.about;
  const mapped = source.format.map(row, { id, source: { name, title, licence }, options: source.formatOptions });
  if ('rejected' in mapped) return mapped;
  const parsed = parseRecord(complete(mapped.record as Omit<AnyRecord, 'visibility'>, row, source));
  if ('record' in parsed) {
    const { record: allowed, notes: said, later } = consented(parsed.record, row, source.about.personal, id, today);
    const { record, cleaned } = discreet(allowed);
    const told = cleaned.map((field) => finding('contact-taken-out', { id, field }));
    return { record, notes: [...(mapped.notes ?? []), ...said, ...told], later };
  }
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
    relations: { ...relations, ...typesOf(record), ...record.relations },
  };
}

/** What an object is called leads to the notion of that name, so that all its spellings are found together. */
function typesOf({ kind, fields }: Omit<AnyRecord, 'visibility'>): AnyRecord['relations'] {
  const names = kind === 'HeritageObject' ? fields['objectTypes'] : undefined;
  if (!Array.isArray(names) || names.length === 0) return {};
  return { types: names.filter((name) => String(name).length <= RECORD_LIMITS.shortLength).map((text) => ({ text })) };
}

function rejected(id: string | undefined, why: Finding, raw: Uint8Array | undefined): RejectedItem {
  const kept = raw && raw.byteLength <= MOST_RECORD_BYTES ? deflated(raw) : undefined;
  return { kind: 'rejected', id, finding: why, raw: kept, hash: hashOf(raw ?? Buffer.from(JSON.stringify([id, why]))) };
}

/**
 * With a window no larger than the record: as small a result, and zlib's state takes a tenth of the memory, whose coming and going for each record
 * frayed the process's heap. Copied out, for zlib's own buffer is larger than what a record needs of it.
 */
function deflated(raw: Uint8Array): Uint8Array {
  const windowBits = Math.min(15, Math.max(9, Math.ceil(Math.log2(raw.length))));
  return new Uint8Array(deflateRawSync(raw, { chunkSize: 2_048, windowBits, memLevel: Math.min(8, windowBits - 6) }));
}

/** Of a record's uncompressed bytes. */
export function hashOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('base64url');
}
