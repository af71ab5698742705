/**
 * Forgets a person's record: what is stored of it becomes an empty tombstone, what quotes it is emptied, and its keyed hash goes into the suppression
 * list, so that no harvest stores it again. The old bytes may stay in Neo4j's files until its store is written anew (deploy/personal/rewrite.ts).
 */
import type { ManagedTransaction } from 'neo4j-driver';
import { BOOKKEEPING, recordKey } from '#graph-schema/bookkeeping.ts';
import type { Database } from '#graph-schema/database.ts';
import { identifierKey, recordIdentifier } from '#graph-schema/fold/identity.ts';
import { undoIdentity } from '#graph-schema/identity/decide.ts';
import { KINDS } from '#graph-schema/model.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import type { SuppressionKey } from '#graph-schema/suppression/key.ts';
import { suppress } from '#graph-schema/suppression/list.ts';
import { namesIn } from '#graph-schema/suppression/names.ts';
import { ABOUT, NOT_QUOTING, type Quotes, quotesOf, withoutQuotes } from '#graph-schema/suppression/quotes.ts';
import { tombstoneOf } from '#graph-schema/suppression/tombstone.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { type Lease, withLease } from './lease.ts';
import { forgetLinksOf } from './links/forget.ts';
import { createWriter } from './writer.ts';

type Label = keyof typeof BOOKKEEPING;

/** One record that is to be forgotten. `id` is as the source says it; for one in quarantine without any: `?` and the hash of its bytes. */
export interface Forgettable {
  readonly source: string;
  readonly id: string;
  readonly uid: string | null;
  /** What the person is called in it. */
  readonly names: readonly string[];
  /** Kept texts of the record: raw bytes, mapped record, rejection, set-aside update. */
  readonly holds: readonly string[];
}

/** A node that quotes the person, and its properties that do. */
export interface Quoting {
  readonly label: Label;
  readonly key: string;
  readonly properties: readonly string[];
}

/** What forgetting would empty. `others`: records that quote the person and are not theirs; they are left as they are. */
export interface ForgetPlan {
  readonly record: Forgettable;
  readonly quoting: readonly Quoting[];
  readonly others: readonly string[];
}

const PAGE = 500;
const MOST_OTHERS = 20;
const KEPT_TEXTS = [
  'raw',
  'record',
  'notes',
  'rejection',
  'rejectedRaw',
  'heldRaw',
  'heldRecord',
  'heldNotes',
  'history',
];

/** The records of a `SOURCE/ID`, or all those that describe the thing of a uid. */
export async function forgettable(database: Database, target: string): Promise<readonly Forgettable[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key = $target OR ($isUid AND EXISTS { (r)-[:DESCRIBES]->(:Entity {uid: $target}) })
       RETURN r.source AS source, r.key AS key, r.uid AS uid, r.record AS record, r.forgotten AS forgotten,
              [name IN $texts WHERE r[name] IS NOT NULL] AS holds ORDER BY key`,
      { target, texts: KEPT_TEXTS, isUid: !target.includes('/') },
    ),
  );
  return records.flatMap((row) => {
    if (row.get('forgotten')) return [];
    const [source, key] = [row.get('source') as string, row.get('key') as string];
    const record = row.get('record') as string | null;
    return [
      {
        source,
        id: key.slice(source.length + 1),
        uid: row.get('uid') as string | null,
        names: record === null ? [] : namesIn(JSON.parse(record) as AnyRecord),
        holds: row.get('holds') as string[],
      },
    ];
  });
}

/** By what the record is quoted elsewhere. `words`: more names, as they may be written. */
export function quotesOfRecord({ source, id, names }: Forgettable, words: readonly string[]): Quotes {
  return quotesOf([recordKey(source, id), ...names, ...words]);
}

/** Looks, and changes nothing. */
export async function planForgetting(
  database: Database,
  record: Forgettable,
  words: readonly string[],
): Promise<ForgetPlan> {
  const quotes = quotesOfRecord(record, words);
  const quoting: Quoting[] = [];
  await eachQuoting(database, record, quotes, async (label, found) => {
    for (const { key, changed } of found) quoting.push({ label, key, properties: Object.keys(changed) });
  });
  return { record, quoting, others: await otherRecords(database, record, words) };
}

/** Other records whose text holds one of the names; of so many at most. */
async function otherRecords(
  database: Database,
  record: Forgettable,
  words: readonly string[],
): Promise<readonly string[]> {
  const names = [...record.names, ...words].filter((name) => name.trim().length > 2).map((name) => name.toLowerCase());
  if (names.length === 0) return [];
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key <> $key AND any(name IN $names WHERE toLower(coalesce(r.record, '')) CONTAINS name)
       RETURN r.key AS key ORDER BY key LIMIT toInteger($most)`,
      { key: recordKey(record.source, record.id), names, most: MOST_OTHERS },
    ),
  );
  return records.map((row) => row.get('key') as string);
}

export interface Forgetting {
  readonly lease: Lease;
  readonly key: SuppressionKey;
  readonly resolver: Resolver;
  /** More names, as they may be written. */
  readonly words: readonly string[];
}

/** Forgets one record, under its source's lease, which is given back. Throws LeaseLost, SuppressionRefused, or what the driver throws; it may then be tried again. */
export async function forget(
  database: Database,
  record: Forgettable,
  { lease, key, resolver, words }: Forgetting,
): Promise<void> {
  const { source, id } = record;
  await withLease(database, lease, async () => {
    // What was joined to it must be folded without it, as a rebuild does.
    for (const decision of await identityDecisions(database, source, id))
      await undoIdentity(database, resolver, decision, 'trame person forget');
    // It may have changed until the lease was held; what it said before is quoted all the same.
    const [now] = await forgettable(database, recordKey(source, id));
    const uid = now?.uid ?? record.uid;
    const quotes = quotesOfRecord({ ...record, names: [...record.names, ...(now?.names ?? [])] }, words);
    await database.write((tx) => dropAbout(tx, recordKey(source, id)));
    await eachQuoting(database, record, quotes, (label, found) =>
      database
        .write((tx) =>
          tx.run(`UNWIND $found AS one MATCH (n:${label} {${BOOKKEEPING[label]}: one.key}) SET n += one.changed`, {
            found,
          }),
        )
        .then(() => undefined),
    );
    // Nothing is stored under this rank: the record goes.
    const pass = { source: { name: source, rank: 99 }, run: 'forget', snapshot: undefined };
    const mentions = uid === null ? [] : await ownMentions(database, uid);
    await createWriter(database, lease, pass, resolver).commit([{ kind: 'deleted', id }], undefined, async (tx) => {
      const hash = key.hashOf(source, id);
      await forgetLinksOf(tx, recordKey(source, id));
      await emptyRecord(tx, source, id, hash);
      await emptyEntities(tx, uid, mentions);
      await suppress(tx, key, [hash]);
    });
  });
}

/** The standing decisions that it is one with another, or is not. */
async function identityDecisions(database: Database, source: string, id: string): Promise<readonly string[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `CALL () {
         MATCH (d:Decision)-[:DECIDES]->(:SourceRecord {key: $key}) RETURN d
         UNION UNWIND $own AS own MATCH (d:Decision)-[:DECIDES]->(:Identifier {key: own}) RETURN d
       }
       WITH d WHERE d.kind IN ['same', 'distinct'] AND d.undoneAt IS NULL RETURN d.id AS id ORDER BY d.at DESC`,
      { key: recordKey(source, id), own: ownKeys(source, id) },
    ),
  );
  return records.map((row) => row.get('id') as string);
}

/** By which the ledger may know it. */
const ownKeys = (source: string, id: string): readonly string[] =>
  KINDS.map((kind) => identifierKey(kind, recordIdentifier(source, id)));

/** Questions and proposed corrections: their ids are made of its key and its words, without any secret. */
async function dropAbout(tx: ManagedTransaction, key: string): Promise<void> {
  for (const [label, names] of Object.entries(ABOUT))
    await tx.run(`MATCH (n:${label}) WHERE ${names.map((name) => `n.${name} = $key`).join(' OR ')} DETACH DELETE n`, {
      key,
    });
}

/** Agents, pictures and notions that only this thing leads to. */
async function ownMentions(database: Database, uid: string): Promise<readonly string[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (e:Entity {uid: $uid})-->(m:Entity) WHERE (m:Agent OR m:Media OR m:Concept) AND m.digest IS NULL
         AND NOT EXISTS { MATCH (m)<--(other:Entity) WHERE other <> e } RETURN DISTINCT m.uid AS uid`,
      { uid },
    ),
  );
  return records.map((row) => row.get('uid') as string);
}

async function emptyRecord(tx: ManagedTransaction, source: string, id: string, hash: string): Promise<void> {
  await tx.run(
    `MATCH (r:SourceRecord {key: $key}) OPTIONAL MATCH (r)-[led]-() DELETE led
     SET r = $tombstone`,
    { key: recordKey(source, id), tombstone: tombstoneOf(source, hash) },
  );
  await tx.run('UNWIND $keys AS key MATCH (i:Identifier {key: key}) DETACH DELETE i', { keys: ownKeys(source, id) });
}

/** Of what nothing describes any more, and of mentions that nothing leads to: the uid, the change number, and that it is gone. The ledger's keys of them may be names. */
async function emptyEntities(tx: ManagedTransaction, uid: string | null, mentions: readonly string[]): Promise<void> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid})
     WHERE NOT EXISTS { MATCH (e)<-[:DESCRIBES]-(r:SourceRecord) WHERE r.state IN ['live', 'missing'] }
       AND (uid = $own OR NOT EXISTS { (e)<--(:Entity) })
     SET e = {uid: e.uid, created: e.created, changed: e.changed, deletedAt: coalesce(e.deletedAt, datetime())}, e:Tombstone
     REMOVE e:Published:Agent:Media:Concept
     RETURN e.uid AS uid`,
    { uids: [...(uid === null ? [] : [uid]), ...mentions], own: uid },
  );
  const emptied = records.map((row) => row.get('uid') as string);
  await tx.run('UNWIND $uids AS uid MATCH (i:Identifier {uid: uid}) DETACH DELETE i', { uids: emptied });
}

interface Found {
  readonly key: string;
  readonly changed: Record<string, unknown>;
}

/** Page by page, the bookkeeping that quotes the person; memory is a page. */
async function eachQuoting(
  database: Database,
  { source, id }: Forgettable,
  quotes: Quotes,
  take: (label: Label, found: readonly Found[]) => Promise<void>,
): Promise<void> {
  const example = (text: unknown) => typeof text === 'string' && isAbout(text, id);
  for (const label of Object.keys(BOOKKEEPING) as Label[]) {
    if (NOT_QUOTING.has(label)) continue;
    for (let after = ''; ; ) {
      const rows: { key: string; properties: Record<string, unknown> }[] = await page(database, label, after);
      const found = rows.flatMap(({ key, properties }) => {
        const given = withoutQuotes(label, BOOKKEEPING[label], properties, quotes) ?? {};
        const examples = (given['examples'] ?? properties['examples']) as readonly unknown[] | undefined;
        // A finding of this source's runs may name the record by its id alone.
        const isOwn = label === 'Finding' && properties['source'] === source && examples?.some(example);
        const changed = isOwn ? { ...given, examples: examples?.filter((one) => !example(one)) } : given;
        return Object.keys(changed).length === 0 ? [] : [{ key, changed }];
      });
      if (found.length > 0) await take(label, found);
      if (rows.length < PAGE) break;
      after = rows.at(-1)!.key;
    }
  }
}

/** Of a finding's particulars, as JSON. */
function isAbout(text: string, id: string): boolean {
  try {
    return String((JSON.parse(text) as { id?: unknown } | null)?.id ?? '') === id;
  } catch {
    return false;
  }
}

async function page(database: Database, label: Label, after: string) {
  const key = `n.${BOOKKEEPING[label]}`;
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (n:${label}) WHERE ${key} > $after WITH n ORDER BY ${key} LIMIT ${PAGE}
       ${label === 'Finding' ? 'OPTIONAL MATCH (n)-[:IN]->(:Run)-[:OF]->(s:Source) WITH n, s.name AS source' : 'WITH n, null AS source'}
       RETURN ${key} AS key, n {.*, source: coalesce(source, n.source)} AS properties ORDER BY key`,
      { after },
    ),
  );
  return records.map((row) => row.toObject() as unknown as { key: string; properties: Record<string, unknown> });
}
