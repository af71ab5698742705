/** Which addresses are in use: what everyone may see of live records. Those that nothing uses any more are forgotten. */
import type { Database } from '#graph-schema/database.ts';
import { type Address, addressesIn, linkId } from '#graph-schema/links/addresses.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import { dayInFrance } from '../agreement.ts';

export interface Survey {
  readonly database: Database;
  readonly signal: AbortSignal;
  /** When it began: it is known by that. One that goes on keeps it. */
  readonly begunAt: Date;
  /** Where an earlier part of it ended. */
  readonly after?: string | undefined;
  /** Ends it in order after so long; it can then go on. Milliseconds. */
  readonly withinMs?: number | undefined;
  readonly looked?: (records: number) => void;
}

export interface Surveyed {
  readonly records: number;
  /** Addresses that no record gives any more, and of which nothing is kept now. Only a whole survey forgets any. */
  readonly forgotten: number;
  /** Where it goes on; undefined where it is whole. */
  readonly after: string | undefined;
}

const PAGE = 500;
const DELETE = 2_000;
const MOST_SOURCES = 5;

/** Looks through the records, a page at a time. Throws what Neo4j throws. */
export async function surveyLinks(survey: Survey): Promise<Surveyed> {
  const { database, signal, begunAt, withinMs = Number.POSITIVE_INFINITY } = survey;
  const endsAtMs = performance.now() + withinMs;
  const mark = begunAt.toISOString();
  let after = survey.after ?? '';
  let records = 0;
  for (;;) {
    if (signal.aborted || performance.now() > endsAtMs) return { records, forgotten: 0, after };
    const page = await recordsAfter(database, after, begunAt);
    await remember(database, page, mark);
    records += page.length;
    survey.looked?.(records);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.key;
  }
  return { records, forgotten: await forgetUnused(database, mark), after: undefined };
}

interface InUse {
  readonly key: string;
  readonly source: string;
  readonly addresses: readonly Address[];
}

/** Of a record, only what its thing shows today: a picture that was taken down is in the record still. What is over is not looked after. */
async function recordsAfter(database: Database, after: string, now: Date): Promise<readonly InUse[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key > $after WITH r ORDER BY r.key LIMIT toInteger($page)
       OPTIONAL MATCH (r)-[:DESCRIBES]->(e:Entity:Published)
       WHERE r.state IN ['live', 'missing'] AND coalesce(e.visibleUntil, $today) >= $today
         AND NOT (e:Event AND coalesce(toString(e.end), $today) < $today)
       RETURN r.key AS key, r.source AS source, CASE WHEN e IS NULL THEN null ELSE r.record END AS record,
              [url IN [e.page] + COLLECT { MATCH (e)-->(m:Media:Published) WHERE coalesce(m.visibleUntil, $today) >= $today RETURN m.url }
               WHERE url IS NOT NULL] AS shown ORDER BY key`,
      { after, page: PAGE, today: dayInFrance(now) },
    ),
  );
  return records.map((row) => {
    const record = row.get('record') as string | null;
    const shown = new Set(row.get('shown') as string[]);
    const addresses = record === null ? [] : addressesIn(JSON.parse(record) as AnyRecord);
    return {
      key: row.get('key') as string,
      source: row.get('source') as string,
      addresses: addresses.filter(({ address }) => shown.has(address)),
    };
  });
}

/** A new address is due at once. One that is a page for one record and a picture for another is taken for a page. */
async function remember(database: Database, page: readonly InUse[], mark: string): Promise<void> {
  const all = page.flatMap(({ source, addresses }) => addresses.map((one) => ({ source, ...one })));
  const rows = all.map((one) => ({ ...one, id: linkId(one.address), host: URL.parse(one.address)?.host ?? '' }));
  rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  if (rows.length === 0) return;
  await database.write((tx) =>
    tx.run(
      `UNWIND $rows AS one
       MERGE (c:LinkCheck {id: one.id}) ON CREATE SET c.failures = 0, c.silent = 0, c.next = $mark
       WITH c, one, coalesce(c.survey, '') >= $mark AS again
       SET c.address = one.address, c.host = one.host, c.survey = CASE WHEN again THEN c.survey ELSE $mark END,
           c.expected = CASE WHEN again AND c.expected = 'page' THEN 'page' ELSE one.expected END,
           c.sources = CASE WHEN again THEN ([s IN c.sources WHERE s <> one.source] + one.source)[..toInteger($most)] ELSE [one.source] END`,
      { rows, mark, most: MOST_SOURCES },
    ),
  );
}

async function forgetUnused(database: Database, mark: string): Promise<number> {
  for (let forgotten = 0; ; ) {
    const { records } = await database.write((tx) =>
      tx.run(
        'MATCH (c:LinkCheck) WHERE c.survey < $mark WITH c LIMIT toInteger($most) DELETE c RETURN count(*) AS count',
        { mark, most: DELETE },
      ),
    );
    const count = Number(records[0]?.get('count') ?? 0);
    forgotten += count;
    if (count < DELETE) return forgotten;
  }
}
