/** A whole source is to be seen no more: what is stored of it is hidden. */
import type { Database } from '#graph-schema/database.ts';
import { hidden, STORED, type StoredProperties, storedItem } from '#graph-schema/fold/hide.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import type { Writer } from './writer.ts';

/** Hides the records of a source. `writer` must be one without a snapshot: hiding is no sighting. Gives how many were hidden. */
export async function hideRecords(database: Database, writer: Writer, source: string): Promise<number> {
  let done = 0;
  for (;;) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.source = $source AND r.state IN ['live', 'missing'] AND r.visibility = 'public'
         RETURN ${STORED} AS record ORDER BY r.key LIMIT ${MOST_ITEMS}`,
        { source },
      ),
    );
    if (records.length === 0) return done;
    const items = records.map((row) => hidden(storedItem(row.get('record') as StoredProperties)));
    await writer.commit(items);
    done += items.length;
  }
}
