import { Command } from 'commander';
import { words } from '#graph-schema/findings/finding.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { watchSources } from '#harvesters/alerts.ts';
import { contextFor } from '#harvesters/context.ts';
import { expire } from '#harvesters/inbox.ts';
import { recheck } from '#harvesters/recheck.ts';
import type { RunReport } from '#harvesters/report.ts';
import { findSource, inOrder, readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { DEFAULT_JOBS, exitCodeOf, harvestAll, readJobs } from '../harvesting.ts';
import { type Hub, tell, withHub } from '../hub.ts';
import { lookForIdentities } from '../identities.ts';
import { table } from '../table.ts';

export function harvestCommand(): Command {
  return new Command('harvest')
    .description(
      'moissonne des sources : 0 complète, 3 partielle, 1 échouée / harvest sources: exit 0 complete, 3 partial, 1 failed',
    )
    .argument(
      '[source...]',
      'nom d’une source, ou chemin d’un fichier .yaml / name of a source, or path of a .yaml file',
    )
    .option(
      '--all',
      'toutes les sources du dossier, chacune après celles dont elle dépend / every source of the folder',
    )
    .option('--jobs <number>', 'sources moissonnées à la fois / sources harvested at once', readJobs, DEFAULT_JOBS)
    .option(
      '--full',
      'depuis le début, sans tenir compte du point de reprise / from the beginning, whatever the checkpoint',
    )
    .option('--id <id>', 'revoit une seule notice chez le partenaire / look at one record again at the partner’s')
    .option(
      '--json',
      'le résultat pour un programme : un objet, ou un tableau s’il y a plusieurs sources / for a program',
    )
    .action(harvest);
}

interface Options {
  readonly all?: boolean;
  readonly jobs: number;
  readonly full?: boolean;
  readonly json?: boolean;
  readonly id?: string;
}

async function harvest(names: readonly string[], options: Options): Promise<void> {
  if (names.length === 0 && !options.all)
    throw new Complaint(
      'Quelle source ? Son nom, le chemin de son fichier, ou --all / which source? Its name, its file, or --all.',
    );
  const { sources, broken } = options.all ? await everySource() : { sources: await wanted(names), broken: 0 };
  if (options.id !== undefined) return lookAgain(sources, options.id);
  const reports = await withHub(async (hub) => {
    const { full = false, jobs } = options;
    const done = await harvestAll(sources, hub, { full, jobs, progress: !options.json });
    await watch(hub, sources);
    // One source alone is of one partner: what it shares with others is looked for by the next look at all.
    if (sources.length > 1) await lookForIdentities(hub);
    return done;
  }, options.json);
  if (options.json) console.log(JSON.stringify(sources.length === 1 ? reports[0] : reports, null, 2));
  else console.log(summary(reports));
  process.exitCode = exitCodeOf(reports, sources.length + broken);
}

/** All that can be read; what is wrong with the others is told, and they are missed. */
async function everySource(): Promise<{ sources: Source[]; broken: number }> {
  const { sources, findings } = await readSources(sourcesFolder());
  for (const found of findings) tell(tellFinding(found));
  return { sources: inOrder(sources), broken: findings.length };
}

/** Alerts look at every source: one that is left out would be told as gone. */
async function watch({ database }: Hub, harvested: readonly Source[]): Promise<void> {
  await hearing(database, (resolver) => expire({ database, resolver }, new Date()));
  const { sources } = await readSources(sourcesFolder());
  const names = new Set(sources.map(({ name }) => name));
  const all = [...sources, ...harvested.filter(({ name }) => !names.has(name))];
  await watchSources(database, all, new Date(), process.env, (found) => tell(tellFinding(found)));
}

async function lookAgain([source, ...others]: readonly Source[], id: string): Promise<void> {
  if (!source || others.length > 0) throw new Complaint('--id : une seule source / one source only');
  const found = await withHub(async (hub) =>
    hearing(hub.database, (resolver) =>
      recheck(source, id, hub.database, resolver, (one, tell) => contextFor(one, hub.signal, tell)),
    ),
  );
  console.log(tellFinding(found));
  if (words(found).severity === 'error') process.exitCode = 1;
}

/** The sources named, or a complaint about each that cannot be read. */
export async function wanted(names: readonly string[]): Promise<Source[]> {
  const found = await Promise.all(names.map((name) => findSource(name, sourcesFolder())));
  const findings = found.flatMap((result) => ('findings' in result ? result.findings : []));
  if (findings.length > 0) throw new Complaint(findings.map(tellFinding).join('\n'));
  return found.flatMap((result) => ('source' in result ? [result.source] : []));
}

/** From where a run that was cut short goes on, and when. */
function goesOn({ outcome, hasCheckpoint, resumesAt }: RunReport): string[] {
  if (outcome === 'complete') return [];
  const from = hasCheckpoint
    ? 'du dernier point de reprise / from the last checkpoint'
    : 'du début / from the beginning';
  const when = resumesAt
    ? `au plus tôt à ${resumesAt.toLocaleString('fr-FR')}, par \`trame work\` / not before ${resumesAt.toISOString()}, by \`trame work\``
    : 'à la prochaine moisson / at the next harvest';
  return [`  → reprise ${from}, ${when}`];
}

const OUTCOMES = { complete: 'complète', partial: 'partielle', failed: 'échouée' } as const;

/** One line a source, then why those that are not complete are not. */
export function summary(reports: readonly RunReport[]): string {
  const head = [
    'source',
    'issue',
    'vues',
    'créées',
    'modifiées',
    'inchangées',
    'manquantes',
    'supprimées',
    'retenues',
    'rejetées',
    'secondes',
  ];
  const rows = reports.map(({ source, outcome, figures: f, missing, seconds }) => [
    source,
    OUTCOMES[outcome ?? 'failed'],
    f.seen,
    f.created,
    f.updated,
    f.unchanged,
    missing,
    f.deleted,
    f.held,
    f.rejected,
    Math.round(seconds * 10) / 10,
  ]);
  const reasons = reports.flatMap((report) =>
    report.reason ? [`${report.source} : ${tellFinding(report.reason)}`, ...goesOn(report)] : [],
  );
  const notes = reports.flatMap(({ source, reason, findings }) =>
    [...findings.values()]
      .filter(({ finding }) => finding !== reason)
      .map(
        ({ examples, finding, count }) =>
          `  ${source} · ${count} ×${count > 1 ? ', par exemple / for example' : ''} : ${tellFinding(examples[0] ?? finding)}`,
      ),
  );
  const few = notes.slice(0, 12);
  if (notes.length > few.length)
    few.push(`  … et ${notes.length - few.length} autres constats : --json les donne tous / --json gives them all`);
  return [table(head, rows), ...reasons, ...(few.length > 0 ? ['Constats / findings :', ...few] : [])].join('\n');
}
