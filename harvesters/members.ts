/** What a held batch holds, and what it would change: for a steward to look at. */
import type { Database } from '#graph-schema/database.ts';
import { STORED, type StoredProperties, storedItem } from '#graph-schema/fold/hide.ts';
import type { RecordItem } from '#graph-schema/fold/items.ts';
import { lastSeen } from '#graph-schema/fold/records.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import { type HeldBatch, MEMBERSHIP } from './held.ts';

export interface Member {
  readonly id: string;
  readonly uid: string;
  readonly record: AnyRecord;
  /** Of updates: what it would become. */
  readonly update: AnyRecord | undefined;
  /** Of deletions: the partner itself says that it is gone. */
  readonly hasTombstone: boolean;
  /** ISO 8601. */
  readonly notSeenSince: string | undefined;
}

/** The first `most` members, by key. */
export async function membersOf(database: Database, batch: HeldBatch, most: number): Promise<readonly Member[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.${MEMBERSHIP[batch.kind]} = $batch AND r.source = $source AND r.state IN ['live', 'missing']
       RETURN r.id AS id, r.uid AS uid, r.record AS record, r.heldRecord AS update, r.goneIn IS NOT NULL AS hasTombstone,
              CASE r.state WHEN 'missing' THEN r.seenIn END AS seenIn ORDER BY r.key LIMIT toInteger($most)`,
      { batch: batch.id, source: batch.source, most },
    ),
  );
  return records.map((row) => {
    const update = row.get('update') as string | null;
    return {
      id: row.get('id') as string,
      uid: row.get('uid') as string,
      record: JSON.parse(row.get('record') as string) as AnyRecord,
      update: update === null ? undefined : (JSON.parse(update) as AnyRecord),
      hasTombstone: row.get('hasTombstone') as boolean,
      notSeenSince: lastSeen(row.get('seenIn') as string | null),
    };
  });
}

/** The records that an approved batch deleted, as they were. */
export async function deletedBy(database: Database, batch: HeldBatch, most: number): Promise<readonly RecordItem[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.deletedBy = $batch AND r.source = $source AND r.state = 'deleted'
       RETURN ${STORED} AS record ORDER BY r.key LIMIT toInteger($most)`,
      { batch: batch.id, source: batch.source, most },
    ),
  );
  return records.map((row) => storedItem(row.get('record') as StoredProperties));
}

/** How a batch would change its source, in figures. */
export interface Effect {
  /** Members by kind of entity; how many of them everyone may see. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly visible: number;
  readonly tombstones: number;
  /** Of updates: each field that fewer records, or more, would have filled. */
  readonly fields: Readonly<Record<string, { readonly before: number; readonly after: number }>>;
}

/** Over at most `most` members. */
export async function effectOf(database: Database, batch: HeldBatch, most: number): Promise<Effect> {
  const members = await membersOf(database, batch, most);
  const kinds: Record<string, number> = {};
  const fields: Record<string, { before: number; after: number }> = {};
  const count = (record: AnyRecord, side: 'before' | 'after') => {
    for (const name of [...Object.keys(record.fields), ...Object.keys(record.relations)]) {
      fields[name] ??= { before: 0, after: 0 };
      fields[name][side] += 1;
    }
  };
  for (const { record, update } of members) {
    kinds[record.kind] = (kinds[record.kind] ?? 0) + 1;
    if (!update) continue;
    count(record, 'before');
    count(update, 'after');
  }
  const differing = Object.entries(fields).filter(([, { before, after }]) => before !== after);
  return {
    kinds,
    visible: members.filter(({ record }) => record.visibility === 'public').length,
    tombstones: members.filter(({ hasTombstone }) => hasTombstone).length,
    fields: Object.fromEntries(differing),
  };
}
