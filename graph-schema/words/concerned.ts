/** Which entities words concern: those that a record describes which says them, in a relation that is read against that vocabulary. */
import type { Database } from '../database.ts';
import { type KindName, kindOf } from '../model.ts';
import { type Decidable, type DecidedWords, decidableParts, wordsKey } from '../reconcile/decided.ts';
import type { AnyRecord } from '../record.ts';

/** Records looked at in one query. */
const PAGE = 5_000;

/** Pages of uids, each once. All stored records are looked through, by a piece of the words that is written one way only. */
export async function* concernedBy(
  database: Database,
  decided: readonly Pick<DecidedWords, 'what' | 'words'>[],
  signal?: AbortSignal,
): AsyncGenerator<readonly string[]> {
  if (decided.length === 0) return;
  const pieces = decided.map(({ words }) => plainPiece(words));
  const wanted = Map.groupBy(decided, ({ what }) => what);
  const keys = new Map([...wanted].map(([what, some]) => [what, new Set(some.map(({ words }) => wordsKey(words)))]));
  const told = new Set<string>();
  for (let after: string | null = ''; after !== null; ) {
    signal?.throwIfAborted();
    const page = await pageAfter(database, after, pieces);
    after = page.last;
    const uids = page.rows.filter(({ record }) => says(JSON.parse(record) as AnyRecord, keys)).map(({ uid }) => uid);
    const fresh = [...new Set(uids)].filter((uid) => !told.has(uid));
    for (const uid of fresh) told.add(uid);
    if (fresh.length > 0) yield fresh;
  }
}

interface Page {
  readonly last: string | null;
  readonly rows: readonly { readonly uid: string; readonly record: string }[];
}

async function pageAfter(database: Database, after: string, pieces: readonly string[]): Promise<Page> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key > $after WITH r ORDER BY r.key LIMIT ${PAGE}
       WITH max(r.key) AS last, collect(r) AS page
       RETURN last, [r IN page WHERE r.uid IS NOT NULL AND r.state IN ['live', 'missing']
         AND any(piece IN $pieces WHERE toLower(r.record) CONTAINS piece) | {uid: r.uid, record: r.record}] AS rows`,
      { after, pieces },
    ),
  );
  return records[0]!.toObject() as unknown as Page;
}

/** The longest run of letters that have no accent, in lower case: however a record writes the rest, it has that. */
export function plainPiece(words: string): string {
  const runs = words.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function says(record: AnyRecord, keys: ReadonlyMap<Decidable, ReadonlySet<string>>): boolean {
  const { relations } = kindOf(record.kind as KindName);
  return Object.entries(record.relations).some(([name, links]) => {
    const read = relations[name]?.words;
    const wanted = read === 'trades' || read === 'places' ? keys.get(read) : undefined;
    if (wanted === undefined) return false;
    return (links ?? []).some(
      (link) => 'text' in link && decidableParts(link.text).some((part) => wanted.has(wordsKey(part))),
    );
  });
}
