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

/** What holds, `distinct` before `same`; `undone`: something was decided, and nothing holds any more. */
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
  return new Map(
    records.map((row) => {
      const standing = row.get('standing') as readonly ('same' | 'distinct')[];
      const strongest = standing.includes('distinct') ? 'distinct' : (standing[0] ?? 'undone');
      return [pairKey(row.get('pair') as UidPair), strongest];
    }),
  );
}
