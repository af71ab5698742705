/** Which entities words concern: those of which a record holds them, however it spells them. */
import type { Database } from '../database.ts';
import { type KindName, kindOf } from '../model.ts';
import { type Decidable, type DecidedWords, decidableParts, wordsKey } from '../reconcile/decided.ts';
import type { AnyRecord } from '../record.ts';
import { fold } from '../text.ts';

/** Records looked at in one query. */
const PAGE = 5_000;
/** More words than this are not sought one by one: whatever is stored is concerned then. */
const MOST_SOUGHT = 100;
/** Longer words are never read as one, and cannot be settled. In UTF-16 units. */
export const MOST_CHARACTERS = 200;

export interface ConcernedOptions {
  readonly signal?: AbortSignal | undefined;
  /** Only where a relation says the words that is read against that vocabulary: what a steward is told. Else wherever they stand, for inference reads other texts too. */
  readonly onlySaid?: boolean;
}

/**
 * Pages of uids, each once. All stored records are looked through, 50 to 90 µs each (docs/words.md): no index holds what hidden records say, nor what leads
 * nowhere yet, and inference reads both. Throws what the driver throws, or the signal's reason.
 */
export async function* concernedBy(
  database: Database,
  decided: readonly Pick<DecidedWords, 'what' | 'words'>[],
  { signal, onlySaid = false }: ConcernedOptions = {},
): AsyncGenerator<readonly string[]> {
  if (decided.length === 0) return;
  const spelt = decided.length > MOST_SOUGHT ? '' : decided.map(({ words }) => anySpelling(words)).join('|');
  const pattern = `(?s).*(?:${spelt}).*`;
  const wanted = Map.groupBy(decided, ({ what }) => what);
  const keys = new Map([...wanted].map(([what, some]) => [what, new Set(some.map(({ words }) => wordsKey(words)))]));
  const told = new Set<string>();
  for (let after: string | null = ''; after !== null; ) {
    signal?.throwIfAborted();
    const page = await pageAfter(database, after, pattern);
    after = page.last;
    const saying = page.rows.filter(({ record }) => !onlySaid || says(JSON.parse(record) as AnyRecord, keys));
    const fresh = [...new Set(saying.map(({ uid }) => uid))].filter((uid) => !told.has(uid));
    for (const uid of fresh) told.add(uid);
    if (fresh.length > 0) yield fresh;
  }
}

interface Page {
  readonly last: string | null;
  readonly rows: readonly { readonly uid: string; readonly record: string }[];
}

async function pageAfter(database: Database, after: string, pattern: string): Promise<Page> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key > $after WITH r ORDER BY r.key LIMIT ${PAGE}
       WITH max(r.key) AS last, collect(r) AS page
       RETURN last, [r IN page WHERE r.uid IS NOT NULL AND r.state IN ['live', 'missing'] AND r.record =~ $pattern
         | {uid: r.uid, record: r.record}] AS rows`,
      { after, pattern },
    ),
  );
  return records[0]!.toObject() as unknown as Page;
}

/** Letters that are folded to one: é, È and Ê to e. Latin-1 and Latin Extended-A. */
const SPELLINGS: ReadonlyMap<string, string> = (() => {
  const spellings = new Map<string, string>();
  for (let code = 0x41; code <= 0x17f; code += 1) {
    const letter = String.fromCodePoint(code);
    const folded = fold(letter);
    if (/\p{L}/u.test(letter) && folded !== '') spellings.set(folded, `${spellings.get(folded) ?? ''}${letter}`);
  }
  return spellings;
})();

/** A regular expression (of Java, for Neo4j) for the folded words in whatever case, with whatever accents, ligatures and blanks, within JSON. */
export function anySpelling(words: string): string {
  return wordsKey(words).replace(/oe|ae|\s+|'|[\s\S]/gu, (piece) => {
    if (piece === 'oe' || piece === 'ae') return `(?:${[...piece].map(letterOf).join('')}|[${SPELLINGS.get(piece)}])`;
    if (/^\s/.test(piece)) return BLANKS;
    return piece === "'" ? "['’ʼ‘]" : letterOf(piece);
  });
}

/** Java's \s knows ASCII alone; a record holds line breaks and tabs as JSON writes them. Bounded: Java goes one call deeper with each. */
const BLANKS = '(?:[\\s\\p{Z}\\ufeff]|\\\\[nrtf]|\\\\u000b){1,100}';

/** Accents may stand beside their letter (NFD). Quotes and backslashes stand in a record as JSON writes them. */
function letterOf(letter: string): string {
  const spellings = SPELLINGS.get(letter);
  if (spellings !== undefined) return `[${spellings}]\\p{M}{0,8}`;
  if (letter === '"' || letter === '\\') return `\\\\${letter === '"' ? letter : '\\\\'}`;
  const upper = letter.toUpperCase();
  if (upper !== letter && upper.length === letter.length) return `[${letter}${upper}]\\p{M}{0,8}`;
  return letter.replace(/[\\^$.|?*+()[\]{}]/g, (sign) => `\\${sign}`);
}

/** Whether words hold enough to be looked for. */
export function canBeFound(words: string): boolean {
  return (wordsKey(words).match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 2;
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
