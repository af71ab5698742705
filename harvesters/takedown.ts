/**
 * Requests to take something down: a picture, a record, a person's record. It is hidden at once and examined after: an hour too long on
 * the web cannot be undone, an hour hidden can. Each request has a deadline, an owner, and a trace of every step.
 */
import { randomUUID } from 'node:crypto';
import type { ManagedTransaction } from 'neo4j-driver';
import { recordKey } from '#graph-schema/bookkeeping.ts';
import type { Database } from '#graph-schema/database.ts';
import { keepDecision, standingDecisions, undoDecision } from '#graph-schema/decisions.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { STORED, type StoredProperties, storedItem } from '#graph-schema/fold/hide.ts';
import type { Item, RecordItem } from '#graph-schema/fold/items.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import type { Link } from '#graph-schema/record.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import type { Cause } from './causes.ts';
import { type Lease, takeLease, withLease } from './lease.ts';
import { createWriter } from './writer.ts';

export type TakedownKind = 'picture' | 'record' | 'person';

/** `open`: hidden, and being examined. `upheld`: hidden for good. `rejected`: shown again. */
export type TakedownState = 'open' | 'upheld' | 'rejected';

export interface Takedown {
  readonly id: string;
  readonly kind: TakedownKind;
  /** A picture's address; else the record's key, `SOURCE/ID`. */
  readonly target: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day for an answer, YYYY-MM-DD. */
  readonly deadline: string;
  readonly state: TakedownState;
  /** Each step: `instant who what`. */
  readonly trace: readonly string[];
}

/** What is taken down now: keys of records, addresses of pictures. */
export interface Takedowns {
  readonly records: ReadonlySet<string>;
  readonly pictures: ReadonlySet<string>;
}

export const NO_TAKEDOWNS: Takedowns = { records: new Set(), pictures: new Set() };

const PICTURE = 'picture\n';

/** Gives NO_TAKEDOWNS itself where nothing is taken down. */
export async function standingTakedowns(tx: ManagedTransaction): Promise<Takedowns> {
  const subjects = (await standingDecisions(tx, ['takedown'])).map(({ subject }) => subject);
  if (subjects.length === 0) return NO_TAKEDOWNS;
  const pictures = subjects.filter((subject) => subject.startsWith(PICTURE));
  return {
    records: new Set(subjects.filter((subject) => !subject.startsWith(PICTURE))),
    pictures: new Set(pictures.map((subject) => subject.slice(PICTURE.length))),
  };
}

/** The item as it may be stored: a record that was taken down is hidden, a picture left out. Under a mapping of its own, so that it is mapped again once that is over. */
export function takenDown(source: string, item: Item, takedowns: Takedowns): Item {
  if (item.kind === 'record') return without(source, item, takedowns);
  if (item.kind === 'held') return { ...item, update: without(source, item.update, takedowns) };
  if (item.kind !== 'same') return item;
  const full = () => {
    const again = item.full();
    return again.kind === 'record' ? without(source, again, takedowns) : again;
  };
  return { ...item, full };
}

function without(source: string, item: RecordItem, { records, pictures }: Takedowns): RecordItem {
  const isHidden = records.has(recordKey(source, item.id));
  const shows = ({ media }: { readonly media?: { readonly url?: string | undefined } }) =>
    pictures.has(media?.url ?? '');
  const media = item.record.relations['media'];
  const left = media?.filter((link: Link) => !('media' in link && shows(link)));
  if (!isHidden && left?.length === media?.length) return item;
  const { record } = item;
  return {
    ...item,
    mapping: `${item.mapping}+takedown`,
    record: {
      ...record,
      visibility: isHidden ? 'hidden' : record.visibility,
      relations: left ? { ...record.relations, media: left } : record.relations,
    },
  };
}

const subjectOf = ({ kind, target }: Pick<Takedown, 'kind' | 'target'>) =>
  kind === 'picture' ? PICTURE + target : target;

/** Keeps the request, and the decision that hides. The caller then stores the records concerned again (`targetRecords`). Gives its id. */
export async function openTakedown(
  tx: ManagedTransaction,
  request: Omit<Takedown, 'id' | 'state' | 'trace'> & { readonly by: string },
): Promise<string> {
  const id = randomUUID();
  const { kind, target, reason, owner, deadline, by } = request;
  const decision = await keepDecision(tx, {
    kind: 'takedown',
    subject: subjectOf(request),
    by,
    data: { takedown: id },
  });
  await tx.run(
    `CREATE (t:Takedown {id: $id, kind: $kind, target: $target, reason: $reason, owner: $owner, deadline: $deadline, state: 'open',
       decision: $decision, trace: [toString(datetime()) + ' ' + $by + ' opened']})`,
    { id, kind, target, reason, owner, deadline, decision, by },
  );
  return id;
}

/** Answers a request. `rejected` undoes the decision: what was hidden is shown at the source's next harvest or replay. */
export async function closeTakedown(
  tx: ManagedTransaction,
  id: string,
  outcome: 'upheld' | 'rejected',
  by: string,
): Promise<void> {
  const { records } = await tx.run(
    `MATCH (t:Takedown {id: $id}) WHERE t.state = 'open'
     SET t.state = $outcome, t.trace = t.trace + (toString(datetime()) + ' ' + $by + ' ' + $outcome) RETURN t.decision AS decision`,
    { id, outcome, by },
  );
  const decision = records[0]?.get('decision') as string | undefined;
  if (outcome === 'rejected' && decision !== undefined) await undoDecision(tx, decision, by);
}

/** All requests, or those that are open; by deadline. `idStart`: those whose id begins so. */
export async function readTakedowns(
  database: Database,
  { all, idStart = '' }: { readonly all: boolean; readonly idStart?: string },
): Promise<readonly Takedown[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (t:Takedown) WHERE ($all OR t.state = 'open') AND t.id STARTS WITH $idStart
       RETURN t {.id, .kind, .target, .reason, .owner, .deadline, .state, .trace} AS takedown ORDER BY t.deadline, t.id`,
      { all, idStart },
    ),
  );
  return records.map((row) => row.get('takedown') as Takedown);
}

/** The records that a request is about: the one it names, or those that bring the picture along. */
export async function targetRecords(
  database: Database,
  { kind, target }: Pick<Takedown, 'kind' | 'target'>,
): Promise<readonly { readonly source: string; readonly id: string }[]> {
  const match =
    kind === 'picture'
      ? 'MATCH (m:Media {url: $target})<--(:Entity)<-[:DESCRIBES]-(r:SourceRecord)'
      : 'MATCH (r:SourceRecord {key: $target})';
  const { records } = await database.read((tx) =>
    tx.run(`${match} WHERE r.id IS NOT NULL RETURN DISTINCT r.source AS source, r.id AS id ORDER BY source, id`, {
      target,
    }),
  );
  return records.map((row) => ({ source: row.get('source') as string, id: row.get('id') as string }));
}

/** The requests that nobody answered in time, each a cause for an alert. No particular of it says what it is about. */
export async function overdueTakedowns(database: Database, now: Date): Promise<readonly Cause[]> {
  const today = now.toISOString().slice(0, 10);
  const open = await readTakedowns(database, { all: false });
  return open
    .filter(({ deadline }) => deadline < today)
    .map(({ id, kind, target, owner, deadline }) => ({
      source: kind === 'picture' ? '*' : target.slice(0, target.indexOf('/')),
      about: id,
      finding: finding('takedown-overdue', { request: id.slice(0, 8), deadline, owner }),
    }));
}

/**
 * Stores the records that a request is about again, so that its decision holds at once; each under its source's lease. Gives those that
 * were hidden or stripped, and the sources that were busy: for these it holds from their next run that stores the record.
 */
export async function carryOut(
  database: Database,
  request: Pick<Takedown, 'kind' | 'target'>,
  holder: string,
  resolver: Resolver,
): Promise<{ readonly done: number; readonly busy: readonly string[] }> {
  const bySource = Map.groupBy(await targetRecords(database, request), ({ source }) => source);
  const busy: string[] = [];
  let done = 0;
  for (const [source, records] of bySource) {
    const taken = await takeLease(database, source, holder);
    if ('held' in taken) {
      busy.push(source);
      continue;
    }
    await withLease(database, taken.lease, async (lease) => {
      for (let at = 0; at < records.length; at += MOST_ITEMS) {
        const keys = records.slice(at, at + MOST_ITEMS).map(({ id }) => recordKey(source, id));
        done += await storeAgain(database, lease, keys, resolver);
      }
    });
  }
  return { done, busy };
}

async function storeAgain(
  database: Database,
  lease: Lease,
  keys: readonly string[],
  resolver: Resolver,
): Promise<number> {
  const { records } = await database.read((tx) =>
    tx.run(
      `UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) WHERE r.state IN ['live', 'missing']
       RETURN ${STORED} AS record, r.rank AS rank ORDER BY key`,
      { keys },
    ),
  );
  const items = records.map((row) => storedItem(row.get('record') as StoredProperties));
  if (items.length === 0) return 0;
  const pass = {
    source: { name: lease.source, rank: Number(records[0]!.get('rank')) },
    run: 'takedown',
    snapshot: undefined,
  };
  return (await createWriter(database, lease, pass, resolver).commit(items)).counts.updated;
}
