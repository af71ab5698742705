/** Section 1: OAI-PMH to the committed graph, against the bare writer on the same batches; and the memory of the harvester. */
import { askScript } from './child.ts';
import { harvest, harvestAfresh, startAfresh, WITHIN_MS } from './harvest.ts';
import type { HarvestAnswer } from './harvest-process.ts';
import { type Measure, median } from './measures.ts';
import { withProvider } from './provider.ts';
import type { Bench } from './sections.ts';
import type { WriterAnswer, WriterInput } from './writer-process.ts';

const SECTION = 'bout en bout';
const ROUNDS = 3;
const LEAST_RATIO = 0.7;
const LEAST_UNCHANGED = 5;
const LEAST_TWO = 1.5;
const MOST_MEGABYTES = 300;
/** A source four times as large may cost so much more memory, and it is still called flat: what the collector leaves lying differs by that. */
const FLAT = 1.25;
const TIMES_LARGER = 4;
/** On a machine that is busy elsewhere fewer rounds are made. */
const ROUNDS_WITHIN_MS = 40_000;

interface Rounds {
  readonly harvests: HarvestAnswer[];
  /** The same records once more, unchanged. */
  readonly again: HarvestAnswer[];
  readonly writes: WriterAnswer[];
}

/** Alternates harvests and bare writes into an emptied graph; leaves the largest harvest in it for the sections after. */
export async function endToEnd(bench: Bench): Promise<Measure[]> {
  const { records, tell } = bench;
  const rounds = await withProvider(records, (provider) => play(bench, provider));
  tell(`  ${SECTION} : deux sources côte à côte / two sources side by side`);
  const two = await withProvider(records, (provider) => harvestTwo(bench, provider));
  tell(`  ${SECTION} : mémoire sur / memory over ${TIMES_LARGER * records} notices`);
  const larger = await withProvider(TIMES_LARGER * records, (provider) => harvestAfresh(bench, provider));
  return measures(records, rounds, two, larger);
}

async function play(bench: Bench, provider: string): Promise<Rounds> {
  const played: Rounds = { harvests: [], again: [], writes: [] };
  bench.tell(`  ${SECTION} : échauffement / warm-up`);
  await harvestAfresh(bench, provider);
  const until = performance.now() + ROUNDS_WITHIN_MS;
  for (let round = 1; round <= ROUNDS && (round === 1 || performance.now() < until); round += 1) {
    bench.tell(`  ${SECTION} : tour / round ${round}/${ROUNDS}`);
    // The server still grows quicker from one to the next: neither may always come second.
    const writesFirst = round % 2 === 1;
    if (writesFirst) played.writes.push(await write(bench, provider));
    played.harvests.push(await harvestAfresh(bench, provider));
    if (writesFirst) played.again.push(await harvest(bench, provider));
    else played.writes.push(await write(bench, provider));
  }
  return played;
}

/** Records a second of two sources that are harvested at once, each in a process of its own, as two workers do. */
async function harvestTwo(bench: Bench, provider: string): Promise<number> {
  await startAfresh(bench);
  const harvests = await Promise.all(['banc-a', 'banc-b'].map((name) => harvest(bench, provider, name)));
  const created = harvests.reduce((sum, { figures }) => sum + figures.created, 0);
  return created / Math.max(...harvests.map(({ seconds }) => seconds));
}

async function write(bench: Bench, provider: string): Promise<WriterAnswer> {
  await startAfresh(bench);
  const input: WriterInput = { connection: bench.connection, provider };
  return askScript<WriterAnswer>('writer-process.ts', input, WITHIN_MS);
}

function measures(records: number, { harvests, again, writes }: Rounds, two: number, larger: HarvestAnswer): Measure[] {
  const speed = median(harvests.map(({ figures, seconds }) => figures.created / seconds));
  const unchanged = median(again.map(({ figures, seconds }) => figures.unchanged / seconds));
  const bare = median(writes.map(({ written, seconds }) => written / seconds));
  const memory = median(harvests.map(({ peakMegabytes }) => peakMegabytes));
  const count = (number: number) => number.toLocaleString('fr-FR');
  return [
    {
      section: SECTION,
      what: `moisson de ${count(records)} notices nouvelles`,
      value: speed,
      unit: 'notices/s',
      against: { what: 'écriture seule', value: bare },
      target: { least: LEAST_RATIO },
    },
    {
      section: SECTION,
      what: 'les mêmes, inchangées',
      value: unchanged,
      unit: 'notices/s',
      against: { what: 'nouvelles', value: speed },
      target: { least: LEAST_UNCHANGED },
    },
    {
      section: SECTION,
      what: 'deux sources côte à côte',
      value: two,
      unit: 'notices/s',
      against: { what: 'une seule', value: speed },
      target: { least: LEAST_TWO },
    },
    {
      section: SECTION,
      what: `mémoire du moissonneur, ${count(records)} notices`,
      value: memory,
      unit: 'Mo',
      target: { most: MOST_MEGABYTES },
    },
    {
      section: SECTION,
      what: `mémoire du moissonneur, ${count(larger.figures.seen)} notices`,
      value: larger.peakMegabytes,
      unit: 'Mo',
      target: { most: MOST_MEGABYTES },
    },
    {
      section: SECTION,
      what: 'mémoire : la grande moisson',
      value: larger.peakMegabytes,
      unit: 'Mo',
      against: { what: 'la petite', value: memory },
      target: { most: FLAT },
    },
  ];
}
