/** Section: many at once. 32 clients that think for a second between two questions; and one honest client while hostile ones do what they can. */
import { setTimeout as pause } from 'node:timers/promises';
import { startScript } from '../child.ts';
import { type Measure, median, percentile } from '../measures.ts';
import { graphqlClient } from './ask.ts';
import type { HostileInput } from './hostile-process.ts';
import { cursorBehind, GATEWAY as PAGE, placeIn } from './page.ts';
import { SEARCH } from './search.ts';
import { readSearches } from './searches.ts';
import type { FixedBench, FixedSection } from './sections.ts';

const SECTION = 'charge';
const CLIENTS = 32;
const THINK_MS = 1_000;
const FOR_MS = 15_000;
const WARM_UP = 60;
const HONEST_TURNS = 150;
const HONEST_PAUSE_MS = 20;
const READY_WITHIN_MS = 20_000;

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const load: FixedSection = async (bench) => {
  const searches = readSearches();
  const searching = (at: number): Asked => {
    const { text, box } = searches[at % searches.length]!;
    return { query: SEARCH, variables: { query: text, box } };
  };
  const places = await Promise.all(
    [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => placeIn(bench.database, Math.floor(part * bench.objects))),
  );
  const paging = (at: number): Asked => ({
    query: PAGE,
    variables: { after: cursorBehind(places[at % places.length]!) },
  });
  for (let turn = 0; turn < WARM_UP; turn += 1)
    for (const { query, variables } of [searching(turn), paging(turn)])
      await bench.gateway.client.ask(query, variables);
  bench.tell(`  ${SECTION} : ${CLIENTS} clients`);
  const told = [
    ...told32('recherches', await thinkingClients(bench, searching)),
    ...told32('pages', await thinkingClients(bench, paging)),
    await besideHostile(bench, paging),
  ];
  return { told, figures: {} };
};

function told32(what: string, times: readonly number[]): readonly Measure[] {
  return [50, 95, 99].map((percent) => ({
    section: SECTION,
    what: `${CLIENTS} clients, une seconde entre deux questions : ${what}, ${percent}e centile`,
    value: percentile(times, percent),
    unit: 'ms',
  }));
}

/** What each answer took, all clients together. Each client begins at another moment of its second. */
async function thinkingClients(bench: FixedBench, question: (at: number) => Asked): Promise<readonly number[]> {
  const times: number[] = [];
  const until = performance.now() + FOR_MS;
  let asked = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, number) => {
      const client = graphqlClient(bench.gateway.url);
      await pause((number * THINK_MS) / CLIENTS);
      while (performance.now() < until) {
        const { query, variables } = question(asked++);
        const started = performance.now();
        await client.ask(query, variables);
        times.push(performance.now() - started);
        await pause(THINK_MS);
      }
      await client.close();
    }),
  );
  return times;
}

async function besideHostile(bench: FixedBench, paging: (at: number) => Asked): Promise<Measure> {
  const alone = await honestClient(bench, paging);
  bench.tell(`  ${SECTION} : un client honnête à côté de requêtes hostiles / an honest client beside hostile queries`);
  const { url, key } = bench.gateway;
  const input: HostileInput = { url, key };
  const hostile = startScript<{ ready: true }>('fixed/hostile-process.ts', input, READY_WITHIN_MS);
  try {
    await hostile.answer;
    const beside = await honestClient(bench, paging);
    return {
      section: SECTION,
      what: 'une page, à côté de requêtes hostiles',
      value: beside,
      unit: 'ms',
      against: { what: 'sans elles', value: alone },
    };
  } finally {
    await hostile.stop();
  }
}

async function honestClient({ gateway }: FixedBench, paging: (at: number) => Asked): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < HONEST_TURNS; turn += 1) {
    const { query, variables } = paging(turn);
    const started = performance.now();
    await gateway.client.ask(query, variables);
    times.push(performance.now() - started);
    await pause(HONEST_PAUSE_MS);
  }
  return median(times);
}
