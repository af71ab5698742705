/**
 * The nodes that are not heritage: what was harvested, by which run, and which uid is whose. None of them is public as it stands.
 * Each has one key, held unique by a constraint (derive/constraints.ts).
 */

/**
 * What a partner said about one thing. `state`: `live`; `missing` (not named by the last complete snapshot; it stays published, marked "not seen since");
 * `deleted`; `rejected` (never yet readable).
 */
export type RecordState = 'live' | 'missing' | 'deleted' | 'rejected';

/** Label → the property that is its unique key. */
export const BOOKKEEPING = {
  Source: 'name',
  Run: 'id',
  SourceRecord: 'key',
  Identifier: 'key',
  Retired: 'uid',
  Decision: 'id',
  Suppressed: 'hash',
  Takedown: 'id',
  Proposal: 'id',
  Correction: 'id',
  Audit: 'key',
  LinkCheck: 'id',
  HeldBatch: 'id',
  Alert: 'id',
  Finding: 'id',
  Lease: 'source',
  ApiKey: 'id',
  KeyUse: 'key',
  Sequence: 'name',
  Seal: 'name',
  Migration: 'number',
} as const;

/** Other look-ups that must be quick: label and properties of a range index. */
export const BOOKKEEPING_INDEXES = [
  { label: 'SourceRecord', properties: ['source', 'state'] },
  { label: 'SourceRecord', properties: ['source', 'goneIn'] },
  { label: 'SourceRecord', properties: ['held'] },
  { label: 'SourceRecord', properties: ['heldUpdate'] },
  { label: 'SourceRecord', properties: ['deletedBy'] },
  { label: 'HeldBatch', properties: ['source', 'state'] },
  { label: 'Alert', properties: ['state'] },
  { label: 'Identifier', properties: ['uid'] },
  { label: 'Identifier', properties: ['base'] },
  { label: 'Run', properties: ['source', 'startedAt'] },
  { label: 'Retired', properties: ['by'] },
  { label: 'Finding', properties: ['run'] },
  { label: 'Audit', properties: ['source', 'day'] },
  { label: 'LinkCheck', properties: ['next'] },
  { label: 'LinkCheck', properties: ['state'] },
  { label: 'LinkCheck', properties: ['notBefore'] },
  { label: 'Decision', properties: ['kind', 'subject'] },
  { label: 'Takedown', properties: ['state'] },
  { label: 'SourceRecord', properties: ['visibleUntil'] },
  { label: 'Proposal', properties: ['state'] },
  { label: 'Proposal', properties: ['decision'] },
  { label: 'Correction', properties: ['record'] },
  { label: 'Correction', properties: ['source', 'state'] },
  { label: 'KeyUse', properties: ['apiKey', 'day'] },
] as const;

/** The key of a SourceRecord. A source's name holds no slash. */
export function recordKey(source: string, id: string): string {
  return `${source}/${id}`;
}
