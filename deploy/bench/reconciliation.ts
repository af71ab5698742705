/** Section: what reading places and trades out of words costs a harvest, on the real writer. */
import { createHash } from 'node:crypto';
import { labelledTexts } from '#deploy/quality/sets.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import { MOST_ITEMS } from '#graph-schema/fold/write.ts';
import { createResolver, type Resolved, type Resolver, resolverOf } from '#graph-schema/vocabularies/resolver.ts';
import { takeLease } from '#harvesters/lease.ts';
import { createWriter } from '#harvesters/writer.ts';
import { MATERIALS, THINGS } from './generated-records.ts';
import { emptyGraph } from './graph.ts';
import { type Measure, median } from './measures.ts';
import type { Bench } from './sections.ts';

const SECTION = 'rapprochement';
const RECORDS = 4_000;
const ROUNDS = 3;
/** A harvest is never slowed by more than a fifth. */
const MOST = 1.2;
const SOURCE = { name: 'banc-mots', rank: 50 } as const;

/**
 * The same records written by turns with the reader, with one that answers nothing, and with one that knows the answers beforehand: the
 * first two differ by the relations that are then made too, the first and the last by the reading alone.
 */
export async function reconciliation(bench: Bench): Promise<Measure[]> {
  const items = wordyRecords();
  const resolvers = { reading: () => createResolver(), silent, knowing: knowing(createResolver()) };
  const times: Record<keyof typeof resolvers, number[]> = { reading: [], silent: [], knowing: [] };
  await write(bench, items, resolvers.silent());
  const names = Object.keys(resolvers) as (keyof typeof resolvers)[];
  for (let round = 0; round < ROUNDS; round += 1) {
    bench.tell(`  ${SECTION} : tour / round ${round + 1}/${ROUNDS}`);
    // None may always come last: the server still grows quicker.
    for (const name of round % 2 === 0 ? names : names.toReversed())
      times[name].push(await write(bench, items, resolvers[name]()));
  }
  await emptyGraph(bench.database);
  const [reading, none, known] = [times.reading, times.silent, times.knowing].map(median) as [number, number, number];
  const measure = (what: string, value: number): Measure => ({
    section: SECTION,
    what: `${RECORDS.toLocaleString('fr-FR')} notices, leurs mots lus`,
    value: (reading * 1000) / RECORDS,
    unit: 'ms',
    against: { what, value: (value * 1000) / RECORDS },
    target: { most: MOST },
  });
  return [measure('sans rien lire ni lier', none), measure('réponses sues d’avance', known)];
}

const nothing = (): readonly Resolved[] => [];
const silent = (): Resolver => resolverOf('silent', { places: nothing, trades: nothing });

/** Of which every answer was asked for before the clock starts. */
function knowing(resolver: Resolver): () => Resolver {
  const places = remembered(resolver.places, 'places');
  const trades = remembered(resolver.trades, 'trades');
  return () => ({ ...resolver, places, trades });
}

function remembered(read: Resolver['places'], what: 'places' | 'trades'): Resolver['places'] {
  const answers = new Map(labelledTexts(what).map(({ text }) => [text, read(text)]));
  return (text) => answers.get(text) ?? read(text);
}

/** Objects whose places and trades are the texts of the labelled sets: as hard as they come, hundreds of them different. */
function wordyRecords(): readonly Item[] {
  const texts = (what: 'places' | 'trades') =>
    labelledTexts(what)
      .map(({ text }) => text)
      .filter((text) => text.trim() !== '');
  const [places, trades] = [texts('places'), texts('trades')];
  return Array.from({ length: RECORDS }, (_, at): Item => {
    const [thing, material] = [THINGS[at % THINGS.length]!, MATERIALS[at % MATERIALS.length]!];
    return {
      kind: 'record',
      id: `${at}`,
      raw: new Uint8Array(400),
      hash: createHash('sha256').update(`${at}`).digest('hex'),
      mapping: 'banc-1',
      notes: [],
      record: {
        kind: 'HeritageObject',
        identifiers: [],
        visibility: 'public',
        fields: { name: `${thing} no ${at}`, objectTypes: [thing], demonstration: true },
        relations: {
          madeIn: [{ text: places[at % places.length]! }],
          trades: [{ text: trades[at % trades.length]! }],
          types: [{ text: thing }],
          techniques: [{ text: material }],
          creators: [{ text: `Atelier ${at % 400}` }],
        },
      },
    };
  });
}

/** Seconds to write them into an emptied graph. */
async function write({ database }: Bench, items: readonly Item[], resolver: Resolver): Promise<number> {
  await emptyGraph(database);
  await database.write((tx) => tx.run('MERGE (:Source {name: $name})', { name: SOURCE.name }));
  const taken = await takeLease(database, SOURCE.name, 'banc');
  if ('held' in taken) throw new Error(JSON.stringify(taken.held));
  const writer = createWriter(database, taken.lease, { source: SOURCE, run: 'banc', snapshot: undefined }, resolver);
  const started = performance.now();
  for (let at = 0; at < items.length; at += MOST_ITEMS) await writer.commit(items.slice(at, at + MOST_ITEMS));
  return (performance.now() - started) / 1000;
}
