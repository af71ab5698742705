/** What was ever decided about two things, through any of the records that describe them. */
import type { Database } from '../database.ts';

/** Two things, by uid. */
export interface UidPair {
  readonly a: string;
  readonly b: string;
}

export const pairKey = ({ a, b }: UidPair): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Records of one thing that are looked at: of more, those whose keys come first. */
const MOST_RECORDS = 30;

/** What holds, `distinct` before `same`; `undone`: something was decided (also by way of other records), and nothing holds any more. */
export type DecidedBefore = 'distinct' | 'same' | 'undone';

/** By `pairKey`; pairs on which nothing was ever decided are left out. */
export async function decidedOn(
  database: Database,
  pairs: readonly UidPair[],
): Promise<ReadonlyMap<string, DecidedBefore>> {
  if (pairs.length === 0) return new Map();
  const { records } = await database.read((tx) =>
    tx.run(
      `UNWIND $pairs AS pair
       WITH pair,
            COLLECT { MATCH (:Entity {uid: pair.a})<-[:DESCRIBES]-(r:SourceRecord) RETURN r.key AS key ORDER BY key LIMIT ${MOST_RECORDS} } AS ofA,
            COLLECT { MATCH (:Entity {uid: pair.b})<-[:DESCRIBES]-(r:SourceRecord) RETURN r.key AS key ORDER BY key LIMIT ${MOST_RECORDS} } AS ofB
       UNWIND ofA AS a UNWIND ofB AS b UNWIND [a + '\\n' + b, b + '\\n' + a] AS subject
       MATCH (d:Decision) WHERE d.kind IN ['same', 'distinct'] AND d.subject = subject
       RETURN pair, collect(DISTINCT CASE WHEN d.undoneAt IS NULL THEN d.kind END) AS standing`,
      { pairs },
    ),
  );
  const parted = await partedBefore(database, pairs);
  return new Map([
    ...parted.map((pair): [string, DecidedBefore] => [pairKey(pair), 'undone']),
    ...records.map((row): [string, DecidedBefore] => {
      const standing = row.get('standing') as readonly ('same' | 'distinct')[];
      const strongest = standing.includes('distinct') ? 'distinct' : (standing[0] ?? 'undone');
      return [pairKey(row.get('pair') as UidPair), strongest];
    }),
  ]);
}

/** Decisions from one record to another: of a group that rules may join (components.ts) there are no more. */
const MOST_BETWEEN = 11;

/** The pairs that were one by way of other records, by decisions that are undone: nobody ever decided about the two themselves. */
async function partedBefore(database: Database, pairs: readonly UidPair[]): Promise<readonly UidPair[]> {
  const records = (uid: string) => `MATCH (:Entity {uid: ${uid}})<-[:DESCRIBES]-(r:SourceRecord)
    OPTIONAL MATCH (i:Identifier {key: r.kind + '/record:' + r.key}) WITH coalesce(i, r) AS one ORDER BY r.key LIMIT ${MOST_RECORDS}`;
  const { records: found } = await database.read((tx) =>
    tx.run(
      `UNWIND $pairs AS pair
       WITH pair, COLLECT { ${records('pair.a')} WHERE EXISTS { (one)<-[:DECIDES]-() } RETURN one } AS ofA
       WHERE size(ofA) > 0
       WITH pair, ofA, COLLECT { ${records('pair.b')} WHERE EXISTS { (one)<-[:DECIDES]-() } RETURN one } AS ofB
       UNWIND ofA AS a UNWIND ofB AS b
       WITH pair, a, b WHERE EXISTS {
         MATCH (a) ((one)<-[:DECIDES]-(d:Decision WHERE d.kind = 'same' AND d.undoneAt IS NOT NULL)-[:DECIDES]->(other)){1,${MOST_BETWEEN}} (b) }
       RETURN DISTINCT pair`,
      { pairs },
    ),
  );
  return found.map((row) => row.get('pair') as UidPair);
}
