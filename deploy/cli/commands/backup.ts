import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { BackupRefused, type BackupSummary } from '#graph-schema/backup/format.ts';
import { countLines } from '#graph-schema/backup/lines.ts';
import { verifyBackup } from '#graph-schema/backup/read.ts';
import { writeBackup } from '#graph-schema/backup/write.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { holdStill } from '#harvesters/every-lease.ts';
import { readSources, sourcesFolder } from '#harvesters/sources.ts';
import { progress } from '../bar.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { HOLDER } from '../harvesting.ts';
import { type Hub, tell, withHub } from '../hub.ts';
import { table } from '../table.ts';
import { digestLine } from './digest.ts';

const DEFAULT_WAIT_SECONDS = 60;

interface Options {
  readonly verifyOnly?: boolean;
  readonly wait: number;
  readonly json?: boolean;
}

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'sauvegarde ce qui ne se refait pas : notices, décisions, identités, points de reprise / back up what is irreplaceable: records, decisions, identities, checkpoints',
    )
    .argument('<file>', 'le fichier à écrire / the file to write (.ndjson.gz)')
    .option('--verify-only', 'vérifie un fichier existant, n’écrit rien / verify a file, write nothing')
    .option(
      '--wait <seconds>',
      'combien attendre les moissons en cours / how long to wait for running harvests',
      readWait,
      DEFAULT_WAIT_SECONDS,
    )
    .option('--json', 'pour un programme / for a program')
    .action(run);
}

function readWait(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0)
    throw new InvalidArgumentError('un nombre de secondes / a number of seconds');
  return seconds;
}

async function run(file: string, options: Options): Promise<void> {
  if (options.verifyOnly) {
    const summary = await refusedInWords(undefined, () => verifyBackup(file));
    return console.log(options.json ? JSON.stringify(summary, null, 2) : told(file, summary));
  }
  await withHub(async (hub) => {
    const summary = await refusedInWords(hub.signal, () => backUp(hub, file, options));
    const found = await digest(hub.database);
    if (options.json) console.log(JSON.stringify({ ...summary, digest: found.digest }, null, 2));
    else console.log(`${told(file, summary)}\n${digestLine(found)}`);
  }, options.json);
}

/** Under the leases of all sources: no harvest, replay or decision on records writes meanwhile. */
async function backUp({ database, signal }: Hub, file: string, options: Options): Promise<BackupSummary> {
  const { sources } = await readSources(sourcesFolder());
  const held = await holdStill(
    database,
    sources.map(({ name }) => name),
    {
      holder: `sauvegarde / backup, ${HOLDER}`,
      waitMs: options.wait * 1_000,
      signal,
      onWait: (busy) => tell(`On attend / waiting for : ${busy.join(', ')}`),
    },
  );
  if ('busy' in held) throw new BackupRefused(held.busy);
  const bar = progress('lignes', options.json);
  try {
    const of = await countLines(database);
    return await writeBackup(database, file, {
      version: await ownVersion(),
      at: new Date(),
      signal,
      onProgress: (lines) => bar.show(lines, of),
      unsound: () => held.still.broken(),
    });
  } finally {
    bar.end();
    await held.still.release();
  }
}

/** Of this Trame, as package.json says it. */
export async function ownVersion(): Promise<string> {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

/** What is expected to go wrong becomes a complaint. */
export async function refusedInWords<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof BackupRefused) throw new Complaint(tellFinding(fault.finding));
    if (signal?.aborted && (fault === signal.reason || (fault as Error).name === 'AbortError'))
      throw new Complaint('Arrêté à la demande / stopped on request.', 130);
    throw fault;
  }
}

/** What a backup holds, and that it is whole. */
export function told(file: string, { header, counts, bytes }: BackupSummary): string {
  const rows = Object.entries(counts).map(([label, count]) => [label, count]);
  return [
    table(['contenu / content', 'nombre'], rows),
    `${file} : ${(bytes / 1e6).toFixed(1)} Mo, écrit par Trame ${header.version} le ${header.at}, vérifié / verified.`,
  ].join('\n');
}
