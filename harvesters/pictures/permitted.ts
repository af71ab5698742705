/** What the graph permits to be shown today, as the makers of thumbnails ask it. The door asks again at every request (gateway/pictures). */
import type { Database } from '#graph-schema/database.ts';
import { mayBeRepublished } from '#graph-schema/pictures/permitted.ts';
import { dayInFrance } from '../agreement.ts';

const visible = (node: string) => `${node}:Published AND coalesce(${node}.visibleUntil, $today) >= $today`;
const PERMITTED = `m:Media AND ${visible('m')} AND ${mayBeRepublished('m')}`;
/** Of what kind a Media is, is not always said: what its server says decides then. Drawings (SVG) are never read, so they are not asked for. */
const CANDIDATE = `${PERMITTED} AND coalesce(m.mediaType, 'image') = 'image' AND NOT m.url =~ '(?i).*\\\\.svgz?([?#].*)?'`;

/** A picture belongs to one record, and the relation that leads to it says to which: `Media/media:SOURCE/ID/…`. */
const KEY = 'Media/media:';
const SHOWN = `MATCH (m)<-[r:SHOWN_BY]-(e:Entity) WHERE r.via STARTS WITH $begin AND ${visible('e')}`;
const keysOf = (only: string | undefined) => (only === undefined ? KEY : `${KEY}${only}/`);

/** A picture of which thumbnails may be made. */
export interface Candidate {
  readonly uid: string;
  readonly url: string;
  /** Of the record that brings it along: who may be written to about it. */
  readonly source: string;
}

const BATCH = 500;

/** The permitted pictures behind a uid, in its order, some hundreds at a time; none is the end. `only`: those of one source. */
export async function candidatesAfter(
  database: Database,
  uid: string,
  now: Date,
  only?: string,
): Promise<readonly Candidate[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (m:Entity) USING INDEX m:Entity(uid) WHERE m.uid > $uid AND ${CANDIDATE}
       CALL (m) { ${SHOWN} RETURN min(r.via) AS key } WITH m, key WHERE key IS NOT NULL
       RETURN m.uid AS uid, m.url AS url, key ORDER BY uid LIMIT toInteger($most)`,
      { uid, today: dayInFrance(now), begin: keysOf(only), most: BATCH },
    ),
  );
  return records.map((row) => ({
    uid: row.get('uid') as string,
    url: row.get('url') as string,
    source: (row.get('key') as string).slice(KEY.length).split('/', 1)[0]!,
  }));
}

/** How many there are. */
export async function countCandidates(database: Database, now: Date, only?: string): Promise<number> {
  const { records } = await database.read((tx) =>
    tx.run(`MATCH (m:Media) WHERE ${CANDIDATE} AND EXISTS { ${SHOWN} } RETURN count(m) AS count`, {
      today: dayInFrance(now),
      begin: keysOf(only),
    }),
  );
  return Number(records[0]!.get('count'));
}

/** Those of these uids that are still permitted. */
export async function stillPermitted(
  database: Database,
  uids: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const { records } = await database.read((tx) =>
    tx.run(`UNWIND $uids AS uid MATCH (m:Entity {uid: uid}) WHERE ${PERMITTED} AND EXISTS { ${SHOWN} } RETURN uid`, {
      uids,
      today: dayInFrance(now),
      begin: KEY,
    }),
  );
  return new Set(records.map((row) => row.get('uid') as string));
}
