import { Command } from 'commander';
import { SourceError } from '#connectors/connector.ts';
import { type Finding, finding, words } from '#graph-schema/findings/finding.ts';
import { contextFor } from '#harvesters/context.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { table } from '../table.ts';
import { wanted } from './harvest.ts';

const CHECK_TIMEOUT_MS = 60_000;

export function sourceCommand(): Command {
  const command = new Command('source').description('les sources : liste, essai / sources: list, check');
  command
    .command('list')
    .description('toutes les sources du dossier / every source of the folder')
    .option('--json', 'pour un programme / for a program')
    .action(list);
  command
    .command('check')
    .description(
      'essaie une source sans rien enregistrer : le fichier, l’adresse, une page / try a source, store nothing',
    )
    .argument('<name-or-file>')
    .option('--json', 'pour un programme / for a program')
    .action(check);
  return command;
}

async function list(options: { json?: boolean }): Promise<void> {
  const { sources, findings } = await readSources(sourcesFolder());
  const told = sources.map(({ name, about, connector, format }) => ({
    name,
    title: about.title,
    protocol: connector.name,
    format: format.name,
    schedule: about.schedule ?? null,
    licence: about.licence,
    owner: about.owner ?? null,
  }));
  if (options.json) console.log(JSON.stringify(told, null, 2));
  else
    console.log(
      table(
        ['source', 'protocole', 'format', 'horaire', 'licence', 'titre'],
        told.map((one) => [one.name, one.protocol, one.format, one.schedule ?? '', one.licence, one.title]),
      ),
    );
  if (findings.length > 0) throw new Complaint(findings.map(tellFinding).join('\n'));
}

async function check(name: string, options: { json?: boolean }): Promise<void> {
  const [source] = await wanted([name]);
  const findings = await checked(source!);
  if (options.json) {
    console.log(
      JSON.stringify(
        findings.map((found) => ({ code: found.code, ...words(found), particulars: found.particulars })),
        null,
        2,
      ),
    );
  } else if (findings.length === 0) {
    console.log(`${source!.name} : rien à redire / nothing wrong.`);
  } else {
    for (const found of findings) console.log(`${words(found).severity}: ${tellFinding(found)}`);
  }
  if (findings.some((found) => words(found).severity === 'error')) process.exitCode = 1;
}

async function checked(source: Source): Promise<readonly Finding[]> {
  const told: Finding[] = [];
  const context = contextFor(source, AbortSignal.timeout(CHECK_TIMEOUT_MS), (found) => void told.push(found));
  try {
    const found = [...(await source.connector.check(source.options, context)), ...told];
    if (source.visibility === 'nothing')
      found.push(finding('nothing-visible', { source: source.name, count: '…', rule: 'nothing' }));
    return found;
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    return [...told, fault.finding];
  } finally {
    await context.close();
  }
}
