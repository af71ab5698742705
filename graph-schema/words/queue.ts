/** The words that wait for a steward: said in records, and not sure enough to lead anywhere. */
import type { Database } from '../database.ts';
import { KINDS, kindOf } from '../model.ts';
import { type Decidable, wordsKey } from '../reconcile/decided.ts';

export interface WaitingWords {
  readonly what: Decidable;
  /** As they are written most often. */
  readonly words: string;
  readonly entities: number;
  /** Of these, those that everyone may see. */
  readonly visible: number;
  /** At most three names of what says them. For stewards: hidden things are among them. */
  readonly examples: readonly string[];
}

/** `relation: words` → the vocabulary; relations that are read against no such vocabulary are no matter here. */
const READ_AGAINST: ReadonlyMap<string, Decidable> = new Map(
  KINDS.flatMap((kind) =>
    Object.entries(kindOf(kind).relations).flatMap(([name, { words }]) =>
      words === 'trades' || words === 'places' ? [[name, words] as const] : [],
    ),
  ),
);

/** Distinct spellings that are looked at. */
const MOST_SPELLINGS = 200_000;

/** What waits, by how many entities say it. Throws what the driver throws. */
export async function waitingWords(database: Database, only?: Decidable): Promise<readonly WaitingWords[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (e:Entity) WHERE e.unlinked IS NOT NULL UNWIND e.unlinked AS said
       WITH said, count(e) AS entities, count(CASE WHEN e:Published THEN 1 END) AS visible, collect(e.name)[..3] AS examples
       RETURN said, entities, visible, examples ORDER BY entities DESC, said LIMIT ${MOST_SPELLINGS}`,
    ),
  );
  const waiting = new Map<string, WaitingWords>();
  for (const row of records) {
    const said = row.get('said') as string;
    const colon = said.indexOf(': ');
    const what = READ_AGAINST.get(said.slice(0, colon));
    if (what === undefined || (only !== undefined && what !== only)) continue;
    const words = said.slice(colon + 2);
    const key = `${what}\n${wordsKey(words)}`;
    const known = waiting.get(key);
    const { entities = 0, visible = 0, examples = [] } = known ?? {};
    waiting.set(key, {
      what,
      words: known?.words ?? words,
      entities: entities + Number(row.get('entities')),
      visible: visible + Number(row.get('visible')),
      examples: [...examples, ...(row.get('examples') as string[])].slice(0, 3),
    });
  }
  return [...waiting.values()].sort((a, b) => b.entities - a.entities || (a.words < b.words ? -1 : 1));
}
