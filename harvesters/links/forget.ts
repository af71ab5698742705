/** A record that is forgotten takes its addresses along: they may spell a name in ways of their own. */
import type { ManagedTransaction } from 'neo4j-driver';
import { addressesIn, linkId } from '#graph-schema/links/addresses.ts';
import type { AnyRecord } from '#graph-schema/record.ts';

/** To be called before the record is emptied. What another record gives too is found again by the next survey. */
export async function forgetLinksOf(tx: ManagedTransaction, recordKey: string): Promise<void> {
  const { records } = await tx.run(
    `MATCH (r:SourceRecord {key: $recordKey}) UNWIND [r.record, r.heldRecord] AS record
     WITH record WHERE record IS NOT NULL RETURN record`,
    { recordKey },
  );
  const said = records.map((row) => JSON.parse(row.get('record') as string) as AnyRecord);
  const ids = said.flatMap(addressesIn).map(({ address }) => linkId(address));
  await tx.run('UNWIND $ids AS id MATCH (c:LinkCheck {id: id}) DELETE c', { ids });
}
