import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { words } from '#graph-schema/findings/finding.ts';
import { type CheckReport, checkSource } from '#harvesters/check.ts';
import { lookAt } from '#harvesters/preview/one-page.ts';
import { type Preview, previewOf } from '#harvesters/preview.ts';
import { aboutSource } from '#harvesters/runs.ts';
import { requestRun } from '#harvesters/schedule/standings.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { resolverNow } from '../heard.ts';
import { tell, withHub } from '../hub.ts';
import { checkPage } from '../source/check-page.ts';
import { listed, listTable } from '../source/list.ts';
import { mapCommand, templateCommand } from '../source/map-command.ts';
import { previewHtml } from '../source/preview-html.ts';
import { previewText } from '../source/preview-text.ts';
import { carryOut } from '../source/trial.ts';
import { wanted } from './harvest.ts';

const JSON_OPTION = ['--json', 'pour un programme / for a program'] as const;
const MOST_PREVIEWED = 50;
/** Where the output goes to a file. */
const PAGE_WIDTH = 120;

export function sourceCommand(): Command {
  const command = new Command('source').description(
    'les sources : liste, essai, aperçu, publication / sources: list, check, preview, publish',
  );
  command
    .command('list')
    .description('toutes les sources du dossier, et leur état / every source of the folder, and how it stands')
    .option('--files', 'seulement ce que disent les fichiers, sans Neo4j / only what the files say, without Neo4j')
    .option(...JSON_OPTION)
    .action(list);
  command
    .command('check')
    .description(
      'essaie une source sans rien enregistrer : le fichier, l’adresse, une page / try a source, store nothing',
    )
    .argument('<name-or-file>')
    .option(...JSON_OPTION)
    .action(check);
  command
    .command('preview')
    .description(
      'les premières notices, telles que données et telles que reprises ; n’enregistre rien / the first records, as given and as mapped; stores nothing',
    )
    .argument('<name-or-file>')
    .option('--records <number>', 'combien / how many', readRecords, 5)
    .option('--html <file>', 'une page à montrer au partenaire / a page to show to the partner')
    .option(...JSON_OPTION)
    .action(preview);
  command
    .command('run-now')
    .description('demande une moisson au prochain « trame work » / ask the next “trame work” for a harvest')
    .argument('<name>')
    .action(runNow);
  command.addCommand(mapCommand());
  command.addCommand(templateCommand());
  for (const [name, published, description] of [
    ['publish', true, 'montre à tous une source à l’essai / show a source on trial to everyone'],
    ['withdraw', false, 'cache de nouveau une source à l’essai / hide a source on trial again'],
  ] as const) {
    command
      .command(name)
      .description(description)
      .argument('<name>')
      .option('--by <who>', 'qui décide / who decides', userInfo().username)
      .option('--note <text>', 'pourquoi / why')
      .action((source: string, { by, note }: { by: string; note?: string }) => decide(source, { published, by, note }));
  }
  return command;
}

function readRecords(text: string): number {
  const records = Number(text);
  if (!Number.isInteger(records) || records < 1 || records > MOST_PREVIEWED)
    throw new InvalidArgumentError(`un nombre de 1 à ${MOST_PREVIEWED} / a number from 1 to ${MOST_PREVIEWED}`);
  return records;
}

async function list(options: { json?: boolean; files?: boolean }): Promise<void> {
  const { sources, findings } = await readSources(sourcesFolder());
  const now = new Date();
  const told = options.files
    ? await listed(sources, undefined, now)
    : await withHub(({ database }) => listed(sources, database, now), true);
  console.log(options.json ? JSON.stringify(told, null, 2) : listTable(told));
  if (findings.length > 0) throw new Complaint(findings.map(tellFinding).join('\n'));
}

async function check(nameOrFile: string, options: { json?: boolean }): Promise<void> {
  const report = await withSignal((signal) =>
    checkSource(nameOrFile, sourcesFolder(), { signal, resolver: resolverNow }),
  );
  if (options.json) console.log(JSON.stringify(forProgram(report), null, 2));
  else console.log(checkPage(report, nameOrFile, process.stdout.columns ?? PAGE_WIDTH));
  if (!report.ready) process.exitCode = 1;
}

/** Codes with their words, as elsewhere in the output for programs. */
function forProgram({ findings, causes, ...report }: CheckReport): Record<string, unknown> {
  return {
    ...report,
    findings: findings.map((found) => ({ ...found, ...words(found) })),
    causes: causes.map(({ finding, count }) => ({ ...finding, ...words(finding), count })),
  };
}

interface PreviewOptions {
  readonly records: number;
  readonly html?: string;
  readonly json?: boolean;
}

async function preview(nameOrFile: string, options: PreviewOptions): Promise<void> {
  const source = (await wanted([nameOrFile]))[0]!;
  const previews = await withSignal((signal) => previewsOf(source, options.records, signal));
  if (options.html !== undefined) {
    const { title, owner, licence } = source.about;
    await writeFile(options.html, previewHtml({ name: source.name, title, owner, licence }, previews, new Date()));
    tell(`${options.html} : ${previews.length} notices. La page peut en montrer de cachées / it may show hidden ones.`);
  }
  if (options.json) console.log(JSON.stringify(previews, null, 2));
  else if (options.html === undefined) console.log(previewText(previews, process.stdout.columns ?? PAGE_WIDTH));
}

async function previewsOf(source: Source, most: number, signal: AbortSignal): Promise<Preview[]> {
  const looking = lookAt(source, signal);
  try {
    const { messages, findings } = await looking.page(most);
    for (const found of findings) tell(tellFinding(found));
    if (messages.length === 0)
      throw new Complaint(
        `Aucune notice à montrer / no record to show.\n  → trame source check ${source.name} dit pourquoi / says why.`,
      );
    const resolver = await resolverNow();
    return messages.map((message) => previewOf(message, source, resolver));
  } finally {
    await looking.close();
  }
}

async function runNow(name: string): Promise<void> {
  const source = (await wanted([name]))[0]!;
  await withHub(({ database }) => requestRun(database, source.name, aboutSource(source)), true);
  console.log(
    `« ${source.name} » sera moissonnée par le prochain « trame work » qui regarde / will be harvested by the next “trame work” that looks.`,
  );
}

async function decide(
  name: string,
  decision: { published: boolean; by: string; note: string | undefined },
): Promise<void> {
  const source = (await wanted([name]))[0]!;
  console.log(await withHub((hub) => carryOut(hub, source, decision), true));
}

/** Ctrl-C ends a look at a source. */
async function withSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end);
  try {
    return await work(ended.signal);
  } finally {
    process.off('SIGINT', end);
  }
}
