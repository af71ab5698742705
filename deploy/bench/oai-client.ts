/**
 * Section 2: our OAI-PMH client alone, against two from PyPI, on the same provider, turn by turn. By the clock on the wall from the
 * start of each client's process to its end: what it takes to start counts.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '#deploy/faults/python.ts';
import { startCommand } from './child.ts';
import type { ClientAnswer, ClientInput } from './client-process.ts';
import { median, type Told } from './measures.ts';
import { withProvider } from './provider.ts';
import type { Bench } from './sections.ts';

const SECTION = 'client OAI-PMH';
const WITHIN_MS = 120_000;
/** From so long a list on, by pages of so many records; other lists are only told. */
const TARGET = { fromRecords: 20_000, pageSize: 100, times: 2 } as const;

/** How long a list, in times of `--records`; how many records on a page; how many rounds. */
const LISTS = [
  { times: 2, pageSize: 100, rounds: 5 },
  { times: 4, pageSize: 100, rounds: 3 },
  { times: 4, pageSize: 20, rounds: 1 },
  { times: 4, pageSize: 500, rounds: 1 },
] as const;

const OTHERS = [
  { name: 'sickle', module: 'sickle', script: 'sickle-client.py' },
  { name: 'oaipmh-scythe', module: 'oaipmh_scythe', script: 'scythe-client.py' },
] as const;

/** Reads a whole list in a process of its own, and says how many records came. */
interface Client {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export async function oaiClient({ records: harvested, home, tell }: Bench): Promise<Told[]> {
  const ours: Client = {
    name: 'trame',
    command: process.execPath,
    parameters: [beside('client-process.ts')],
    // As Python does, it keeps its compiled modules from one run to the next.
    environment: { NODE_COMPILE_CACHE: join(home, 'compile-cache') },
  };
  const others: Client[] = [];
  const told: Told[] = [];
  for (const { name, module, script } of OTHERS) {
    const found = await pythonWith(home, 'bench-python', [name], `import ${module}`);
    if ('python' in found) others.push({ name, command: found.python, parameters: [beside(script)] });
    else told.push({ section: SECTION, what: `${name} (PyPI)`, skipped: found.lacking });
  }
  for (const list of LISTS) {
    const records = list.times * harvested;
    tell(`  ${SECTION} : ${records} notices par pages de ${list.pageSize} / records by pages of ${list.pageSize}`);
    const race = (provider: string) => rounds([ours, ...others], records, list.rounds, provider);
    const speeds = await withProvider(records, race, list.pageSize);
    const [own = [], ...theirs] = speeds;
    const alone = {
      section: SECTION,
      what: `${records.toLocaleString('fr-FR')} notices, ${list.pageSize} par page`,
      value: median(own),
      unit: 'notices/s',
    } as const;
    if (others.length === 0) told.push(alone);
    theirs.forEach((values, rank) => {
      const against = { what: `${others[rank]?.name} (PyPI)`, value: median(values) };
      const isJudged = records >= TARGET.fromRecords && list.pageSize === TARGET.pageSize;
      told.push({ ...alone, against, ...(isJudged ? { target: { least: TARGET.times } } : {}) });
    });
  }
  return told;
}

/** Records a second of each client, round by round. A first run of each is not counted: the provider's pages and the compiled modules come into being. */
async function rounds(
  clients: readonly Client[],
  records: number,
  count: number,
  provider: string,
): Promise<number[][]> {
  const speeds: number[][] = clients.map(() => []);
  for (let round = 0; round <= count; round += 1) {
    for (const [rank, client] of clients.entries()) {
      const seconds = await secondsFor(client, records, provider);
      if (round > 0) speeds[rank]?.push(records / seconds);
    }
  }
  return speeds;
}

/** From the start of its process to its end. */
async function secondsFor(
  { name, command, parameters, environment }: Client,
  expected: number,
  provider: string,
): Promise<number> {
  const input: ClientInput = { provider };
  const started = performance.now();
  const child = startCommand<ClientAnswer>(command, parameters, input, WITHIN_MS, environment);
  let records: number;
  try {
    ({ records } = await child.answer);
  } finally {
    await child.stop();
  }
  if (records !== expected) throw new Error(`${name}: ${records} records came out of a list of ${expected}`);
  return (performance.now() - started) / 1000;
}

function beside(script: string): string {
  return fileURLToPath(new URL(script, import.meta.url));
}
