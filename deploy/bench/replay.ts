/** Section: a replay and a rebuild in which every entity changes, against the harvest of the same records end to end. */
import { askScript } from './child.ts';
import { harvestAfresh, WITHIN_MS } from './harvest.ts';
import type { Measure } from './measures.ts';
import { withProvider } from './provider.ts';
import type { ReplayAnswer, ReplayInput } from './replay-process.ts';
import type { Bench } from './sections.ts';

const SECTION = 'rejeu';
const LEAST_RATIO = 1;

/** Harvests into an emptied graph, then replays and rebuilds what it holds. */
export async function replayAndRebuild(bench: Bench): Promise<Measure[]> {
  const { records, connection, tell } = bench;
  return withProvider(records, async (provider) => {
    // The first harvest makes the server quick: both are measured on a warm one.
    await harvestAfresh(bench, provider);
    const harvested = await harvestAfresh(bench, provider);
    tell(`  ${SECTION} : rejeu et refonte / replay and rebuild`);
    const input: ReplayInput = { connection, provider };
    const answer = await askScript<ReplayAnswer>('replay-process.ts', input, 2 * WITHIN_MS);
    if (answer.outcome !== 'complete' || answer.replayed !== records || answer.rebuilt < records)
      throw new Error(`the replay ended ${answer.outcome}, ${answer.replayed} replayed, ${answer.rebuilt} rebuilt`);
    return measures(answer, harvested.figures.created / harvested.seconds);
  });
}

function measures(answer: ReplayAnswer, harvest: number): Measure[] {
  const measure = (what: string, value: number): Measure => ({
    section: SECTION,
    what,
    value,
    unit: 'notices/s',
    against: { what: 'moisson de bout en bout', value: harvest },
    target: { least: LEAST_RATIO },
  });
  return [
    measure('rejeu, tout change', answer.replayed / answer.replaySeconds),
    measure('refonte, tout change', answer.rebuilt / answer.rebuildSeconds),
    measure('refonte, rien ne change', answer.looked / answer.lookSeconds),
    { section: SECTION, what: 'mémoire du rejeu et de la refonte', value: answer.peakMegabytes, unit: 'Mo' },
  ];
}
