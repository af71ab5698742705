/** Records whose newer version cannot be mapped, and that are to be seen no more all the same: what is stored of them is hidden. */
import type { Database } from '#graph-schema/database.ts';
import type { RecordItem } from '#graph-schema/fold/items.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import { type StoredProperties, storedItem } from './members.ts';
import type { Writer } from './writer.ts';

/** The record as it is, but for being seen; under a mapping of its own, so that it is mapped again as soon as it can be. */
export function hidden(item: RecordItem): RecordItem {
  return { ...item, mapping: `${item.mapping}+hidden`, record: { ...item.record, visibility: 'hidden' } };
}

/** Hides these records of a source, or all of it. `writer` must be one without a snapshot: hiding is no sighting. Gives how many were hidden. */
export async function hideRecords(
  database: Database,
  writer: Writer,
  source: string,
  ids?: readonly string[],
): Promise<number> {
  let done = 0;
  for (;;) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.source = $source AND r.state IN ['live', 'missing'] AND r.visibility = 'public'
           AND ($ids IS NULL OR r.id IN $ids)
         RETURN r {.id, .raw, .hash, .mapping, .modified, .record, .notes} AS record ORDER BY r.key LIMIT ${MOST_ITEMS}`,
        { source, ids: ids ?? null },
      ),
    );
    if (records.length === 0) return done;
    const items = records.map((row) => hidden(storedItem(row.get('record') as StoredProperties)));
    await writer.commit(items);
    done += items.length;
  }
}
