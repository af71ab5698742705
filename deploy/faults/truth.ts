/** What a partner has, and whether what is stored equals it. Knows nothing of how it was fetched. */
import type { Database } from '#graph-schema/database.ts';

/** One record as the partner has it. `absent`: it was there, and is named no more, without a word; `leaving`: so since this list was begun, which may have named it. */
export interface Expected {
  readonly is: 'kept' | 'gone' | 'absent' | 'leaving';
  /** What it says, and what it said before. */
  readonly texts: readonly string[];
}
export type Truth = ReadonlyMap<string, Expected>;

/** One record as it is stored. */
export interface StoredRecord {
  readonly id: string | null;
  readonly state: string;
  readonly text: string | null;
  readonly rejected: boolean;
  /** The partner took it back, and that is still to be decided. */
  readonly pending: boolean;
  readonly published: string | null;
}

export interface Judgement {
  /** In words; empty where all is well. */
  readonly wrong: readonly string[];
  /** Records of the partner's that are stored as it has them. */
  readonly kept: number;
  /** Records that could not be read, put aside and told of. */
  readonly spoilt: readonly string[];
}

/** More than these at once are never deleted because they are no longer named. */
const FEW = 5;
const MOST_TOLD = 5;
/** What may stand before a title: what the partner wrote there by mistake, as it is read when it is mended. */
const MENDED = /^(|\ufffd+|Fil & aiguille |moins < plus |étoffe[\s\u00a0])$/;

export async function storedRecords(database: Database, source: string): Promise<StoredRecord[]> {
  const { records } = await database.run(
    `MATCH (r:SourceRecord {source: $source}) OPTIONAL MATCH (r)-[:DESCRIBES]->(e:Published)
     RETURN r.id AS id, r.state AS state, r.record AS record, r.rejection IS NOT NULL AS rejected,
            coalesce(r.goneIn, r.held) IS NOT NULL AS pending, e.name AS published`,
    { source },
  );
  return records.map((row) => ({
    id: row.get('id') as string | null,
    state: row.get('state') as string,
    text: textOf(row.get('record') as string | null),
    rejected: row.get('rejected') as boolean,
    pending: row.get('pending') as boolean,
    published: row.get('published') as string | null,
  }));
}

/** A record in one line: what the truth says of it in the same way. */
export function textOf(record: string | null): string | null {
  if (record === null) return null;
  const { fields } = JSON.parse(record) as { fields: { name?: string; description?: string } };
  return `${fields.name ?? ''} | ${fields.description ?? ''}`;
}

/**
 * Compares. After a complete run everything must be there, as it is now; before, nothing may be wrong that is there already. `live` and `missing` are
 * both still published; what the partner took back may wait for a decision.
 */
export function judge(truth: Truth, stored: readonly StoredRecord[], complete: boolean): Judgement {
  const wrong: string[] = [];
  const spoilt: string[] = [];
  const byId = new Map(stored.filter(({ id }) => id !== null).map((record) => [record.id as string, record]));
  const manyAbsent = [...truth.values()].filter(({ is }) => is === 'absent').length > FEW;
  let unnamed = stored.filter(({ id }) => id === null).length;
  let kept = 0;
  for (const id of byId.keys()) if (!truth.has(id)) wrong.push(`${id} was invented`);
  for (const [id, expected] of truth) {
    const record = byId.get(id);
    if (expected.is !== 'kept') {
      const fault = record && notKept(record, expected.is, complete, manyAbsent);
      if (fault) wrong.push(`${id} ${fault}`);
    } else if (record === undefined && unnamed > 0) {
      unnamed -= 1;
      spoilt.push(id);
    } else if (record === undefined) {
      if (complete) wrong.push(`${id} was lost`);
    } else if (record.rejected) spoilt.push(id);
    else {
      const fault = keptBadly(record, expected, complete);
      if (fault) wrong.push(`${id} ${fault}`);
      else kept += 1;
    }
  }
  return { wrong: shortened(wrong), kept, spoilt };
}

/** What is wrong with a record that the partner has taken back, or names no more. */
function notKept(record: StoredRecord, is: Expected['is'], complete: boolean, many: boolean): string | undefined {
  if (record.state === 'deleted') return is === 'absent' && many ? 'was deleted at once, with many others' : undefined;
  if (!complete || is === 'leaving' || record.pending || record.state === 'rejected') return undefined;
  if (is === 'gone') return `is ${record.state}, though the partner took it back`;
  return record.state === 'live' && !many ? 'is live, though the partner names it no more' : undefined;
}

function keptBadly(record: StoredRecord, { texts }: Expected, complete: boolean): string | undefined {
  if (record.state !== 'live') return `is ${record.state}, though the partner has it`;
  if (record.pending) return 'is marked as taken back, though the partner has it';
  const allowed = complete ? texts.slice(0, 1) : texts;
  const { text } = record;
  if (text === null || !allowed.some((one) => text.endsWith(one) && MENDED.test(text.slice(0, -one.length))))
    return `says ${JSON.stringify(text)?.slice(0, 200)}, not ${JSON.stringify(texts[0])}`;
  if (record.published === null || !text.startsWith(record.published)) return 'is not published as it is stored';
  return undefined;
}

function shortened(wrong: readonly string[]): string[] {
  if (wrong.length <= MOST_TOLD) return [...wrong];
  return [...wrong.slice(0, MOST_TOLD), `and ${wrong.length - MOST_TOLD} more`];
}
