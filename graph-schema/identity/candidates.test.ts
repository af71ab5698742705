import { expect, test } from 'vitest';
import { BLOCKING_LIMITS, type Block, type BlockingTally, candidatePairs } from './candidates.ts';
import { eventBlocks, objectBlocks, structureBlocks } from './candidates-blocks.ts';
import type { ComparedObject } from './objects.ts';

const LIMITS = { ...BLOCKING_LIMITS, counters: 2 ** 20 };

async function paired<T>(descriptions: readonly T[], blocksOf: (one: T) => readonly Block[], limits = LIMITS) {
  let [tally, reads] = [undefined as BlockingTally | undefined, 0];
  const pairs: (readonly [T, T])[] = [];
  const counted = (one: T) => {
    reads += 1;
    return blocksOf(one);
  };
  const tell = (told: BlockingTally) => {
    tally = told;
  };
  for await (const pair of candidatePairs({ open: () => descriptions, blocksOf: counted, limits, tell }))
    pairs.push(pair);
  return { pairs, tally, reads };
}

const blocks = (...keys: string[]): readonly Block[] => keys.map((key) => ({ key }));

test('two that share a block are a pair, once, however many they share', async () => {
  const rows = [blocks('a', 'b', 'c'), blocks('c', 'b'), blocks('d'), blocks('d', 'a')];
  const { pairs, tally } = await paired(rows, (row) => row);
  expect(pairs.map(([a, b]) => `${rows.indexOf(a)}-${rows.indexOf(b)}`).sort()).toEqual(['0-1', '0-3', '2-3']);
  expect(tally).toEqual({ descriptions: 4, passes: 2, pairs: 3, refined: 0, dropped: 0 });
});

test('a block that too many share gives way to finer ones, and is dropped and counted where it has none', async () => {
  const rows = Array.from({ length: 100 }, (_, at) => at);
  const crowded = (at: number): readonly Block[] => [
    { key: 'all', finer: [{ key: `half ${at % 2}`, finer: [{ key: `two ${at % 50}` }] }] },
    { key: 'everyone' },
  ];
  const { pairs, tally } = await paired(rows, crowded, { ...LIMITS, blockSize: 40 });
  expect(pairs).toHaveLength(50);
  expect(pairs.every(([a, b]) => b - a === 50)).toBe(true);
  expect(tally).toMatchObject({ pairs: 50, refined: 200, dropped: 100 });
});

test('with less memory it reads more often, and finds the same pairs', async () => {
  const rows = objects(2000);
  const [roomy, tight] = [
    await paired(rows, objectBlocks),
    await paired(rows, objectBlocks, { ...LIMITS, membersAtOnce: 100 }),
  ];
  const named = ({ pairs }: typeof roomy) =>
    pairs.map(([a, b]) => `${a.source} ${rows.indexOf(a)} ${rows.indexOf(b)}`).sort();
  expect(named(tight)).toEqual(named(roomy));
  expect(tight.tally?.passes).toBeGreaterThan(roomy.tally?.passes ?? 0);
});

test('what only one description has is not held, though many such share a counter: it is read as often as the shared ones ask', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => at);
  const mostlyOwn = (at: number) =>
    blocks(
      ...Array.from({ length: 10 }, (_, key) =>
        key === 0 && at % 10 < 2 ? `two ${Math.floor(at / 10)}` : `${at} ${key}`,
      ),
    );
  const { pairs, tally } = await paired(rows, mostlyOwn, { ...LIMITS, membersAtOnce: 15_000 });
  expect(pairs).toHaveLength(2_000);
  expect(tally?.passes).toBe(2);
});

/** Museums of a thousand objects, half of them told by two sources; many share title and form of number, some have no number. */
function objects(count: number): readonly ComparedObject[] {
  const titles = ['Lampe', 'Navette', 'Photographie', 'Carte postale', 'Peigne', 'Rouet', 'Sabot', 'Affiche'];
  return Array.from({ length: count }, (_, at): ComparedObject => {
    const [museum, thing, isSecond] = [Math.floor(at / 1500), Math.floor(((at % 1500) * 2) / 3), at % 3 === 1];
    const number = thing % 20 === 0 ? undefined : `${1950 + (thing % 50)}.${thing % 7}${isSecond ? '-' : '.'}${thing}`;
    return {
      title: titles[thing % titles.length] ?? '',
      types: [],
      inventoryNumber: number,
      holder: { name: `Musée Fictif${museum}`, codes: [], places: [`insee:${59000 + (museum % 600)}`], towns: [] },
      from: 1900 + (thing % 60),
      to: 1900 + (thing % 60),
      materials: [],
      codes: [],
      source: isSecond ? 'webmuseo' : 'joconde',
    };
  });
}

test('pairs and work grow with the number of objects, not with its square', async () => {
  const [small, large] = [await paired(objects(10_000), objectBlocks), await paired(objects(40_000), objectBlocks)];
  expect(small.pairs.length).toBeGreaterThan(2_000);
  expect(large.pairs.length / small.pairs.length).toBeLessThan(4.4);
  expect(large.reads / small.reads).toBe(4);
  expect(large.pairs.length).toBeLessThan(40_000);
}, 30_000);

test('a museum whose objects all have one number, or no number and one title, is no square either', async () => {
  const [one] = objects(1);
  const rows = Array.from(
    { length: 5_000 },
    (_, at) => ({ ...one, inventoryNumber: at % 2 ? '1' : undefined }) as ComparedObject,
  );
  const { pairs, tally } = await paired(rows, objectBlocks);
  expect(pairs).toHaveLength(0);
  expect(tally?.dropped).toBe(5_000);
});

const roubaix = { places: ['insee:59512'], towns: ['Roubaix'] };

test('structures meet by a word of their name at one place, by a whole name without it, and by code', async () => {
  const rows = [
    { name: 'Musée de la Nacre et de la Tabletterie', codes: [], ...roubaix },
    { name: 'La Nacre', codes: ['siret:1'], ...roubaix },
    { name: 'Choco Rêve', codes: [], places: [], towns: [] },
    { name: 'Chocorêve', codes: ['siret:1'], ...roubaix },
    { name: 'Musée de la Nacre', codes: [], places: ['insee:60395'], towns: ['Méru'] },
  ];
  const { pairs } = await paired(rows, structureBlocks);
  const found = pairs.map(([a, b]) => [rows.indexOf(a), rows.indexOf(b)].sort().join('-')).sort();
  // 1-4: one name, two places; likeness tells them apart.
  expect(found).toEqual(['0-1', '1-3', '1-4', '2-3']);
});

test('events meet by day and place, in a crowd by their words, and by day and venue where no place is known', async () => {
  const crowd = Array.from({ length: 60 }, (_, at) => event(`Visite du lieu${at}`, `Site${at}`));
  const two = [event('Le son et l’onde', 'Musée Imaginet'), event('Fête de la science : le son et l’onde', '')];
  const lost = { ...event('Le son et l’onde', 'Musée Imaginet'), places: [], towns: [] };
  const { pairs } = await paired([...crowd, ...two, lost], eventBlocks);
  const among = pairs.filter(([a, b]) => !crowd.includes(a) && !crowd.includes(b));
  expect(among).toHaveLength(2);
  expect(pairs.length).toBeLessThan(10);
});

function event(title: string, venue: string) {
  return { title, venue, begin: '2025-09-20', codes: [], ...roubaix };
}
