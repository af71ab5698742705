/** Section 2: our OAI-PMH client alone, against sickle (PyPI), on the same provider, turn by turn. */
import { fileURLToPath } from 'node:url';
import { askScript, startCommand } from './child.ts';
import type { ClientAnswer } from './client-process.ts';
import { type Measure, median, type Told } from './measures.ts';
import { withProvider } from './provider.ts';
import type { Bench } from './sections.ts';
import { pythonWithSickle } from './sickle.ts';

const SECTION = 'client OAI-PMH';
const ROUNDS = 3;
const WITHIN_MS = 60_000;
/** Over a short list it is mostly the start of the two programs that would be compared. */
const LIST_TIMES = 4;

export async function oaiClient({ records: harvested, home, tell }: Bench): Promise<Told[]> {
  const records = LIST_TIMES * harvested;
  const found = await pythonWithSickle(home);
  const ours: number[] = [];
  const theirs: number[] = [];
  await withProvider(records, async (provider) => {
    await readWithOurs(records, provider);
    for (let round = 1; round <= ROUNDS; round += 1) {
      tell(`  ${SECTION} : tour / round ${round}/${ROUNDS}`);
      ours.push(await readWithOurs(records, provider));
      if ('python' in found) theirs.push(await readWithSickle(found.python, records, provider));
    }
  });
  const alone: Measure = {
    section: SECTION,
    what: `liste de ${records.toLocaleString('fr-FR')} notices, lue et vérifiée`,
    value: median(ours),
    unit: 'notices/s',
  };
  if ('lacking' in found) return [alone, { section: SECTION, what: 'sickle (PyPI)', skipped: found.lacking }];
  return [{ ...alone, against: { what: 'sickle (PyPI)', value: median(theirs) }, target: { least: 1 } }];
}

async function readWithOurs(records: number, provider: string): Promise<number> {
  return speed(records, await askScript<ClientAnswer>('client-process.ts', { provider }, WITHIN_MS));
}

async function readWithSickle(python: string, records: number, provider: string): Promise<number> {
  const script = fileURLToPath(new URL('sickle-client.py', import.meta.url));
  const child = startCommand<ClientAnswer>(python, [script], { provider }, WITHIN_MS);
  try {
    return speed(records, await child.answer);
  } finally {
    await child.stop();
  }
}

function speed(expected: number, { records, seconds }: ClientAnswer): number {
  if (records !== expected) throw new Error(`${records} records came out of a list of ${expected}`);
  return records / seconds;
}
