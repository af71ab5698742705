/** Visibility that ends by a day: from the next day on every door tests it; this takes the label away too, and what the record alone mentioned with it. */
import type { Database } from '#graph-schema/database.ts';
import { hidden, STORED, type StoredProperties, storedItem } from '#graph-schema/fold/hide.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { dayInFrance } from './agreement.ts';
import { takeLease, withLease } from './lease.ts';
import { createWriter } from './writer.ts';

/** Sources whose records end on one day; more wait for the next call. */
const MOST_SOURCES = 1_000;

/**
 * Hides the records whose last day is over; gives how many. A source that is being harvested is left to the next call. Hidden is never undone by this:
 * a later end, or none, comes with the source's next harvest.
 */
export async function hideExpired(database: Database, resolver: Resolver, now: Date, holder: string): Promise<number> {
  const today = dayInFrance(now);
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.visibleUntil < $today AND r.visibility = 'public' AND r.state IN ['live', 'missing']
       RETURN DISTINCT r.source AS source ORDER BY source LIMIT toInteger($most)`,
      { today, most: MOST_SOURCES },
    ),
  );
  let done = 0;
  for (const row of records) {
    const taken = await takeLease(database, row.get('source') as string, holder);
    if ('held' in taken) continue;
    done += await withLease(database, taken.lease, async (lease) => {
      const pass = (rank: number) => ({ source: { name: lease.source, rank }, run: 'expire', snapshot: undefined });
      let hiddenHere = 0;
      for (;;) {
        const batch = await expired(database, lease.source, today);
        if (batch.length === 0) return hiddenHere;
        const items = batch.map(({ record }) => hidden(storedItem(record)));
        await createWriter(database, lease, pass(batch[0]!.rank), resolver).commit(items);
        hiddenHere += items.length;
      }
    });
  }
  return done;
}

async function expired(database: Database, source: string, today: string) {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.visibleUntil < $today AND r.source = $source AND r.visibility = 'public' AND r.state IN ['live', 'missing']
       RETURN ${STORED} AS record, r.rank AS rank ORDER BY r.key LIMIT ${MOST_ITEMS}`,
      { today, source },
    ),
  );
  return records.map((row) => ({ record: row.get('record') as StoredProperties, rank: Number(row.get('rank')) }));
}
