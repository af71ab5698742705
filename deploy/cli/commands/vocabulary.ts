import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { stringify } from 'yaml';
import { VOCABULARIES, type Vocabulary, vocabularyAsTurtle } from '#gateway/linked-data/skos.ts';
import { carryOver, romeEntries } from '#graph-schema/vocabularies/rome.ts';
import { type Row, tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';
import { sourcesFolder } from '#harvesters/sources.ts';
import { Complaint } from '../complaint.ts';
import { tell, withHub } from '../hub.ts';

/** `trame vocabulary`: vocabularies in SKOS out of the graph, and a newer ROME into it (docs/vocabularies.md). */
export function vocabularyCommand(): Command {
  const command = new Command('vocabulary').description(
    'les vocabulaires : les sortir en SKOS, charger un ROME plus récent / the vocabularies: out as SKOS, load a newer ROME',
  );
  command
    .command('export')
    .description(
      'un vocabulaire en SKOS (Turtle), tel que chacun peut le voir / a vocabulary in SKOS, as everyone may see it',
    )
    .addArgument(new Argument('<which>', 'lequel / which').choices(VOCABULARIES))
    .option('--base <address>', 'début des adresses / what addresses begin with', 'urn:trame:')
    .action(exportOne);
  command
    .command('load-rome')
    .description(
      'charge la table des codes d’un ROME plus récent que la version 347 (fichier CSV de France Travail) / load the codes of a newer ROME',
    )
    .argument('<file>', 'unix_referentiel_code_rome_v….csv')
    .requiredOption(
      '--edition <number>',
      'numéro de version donné par France Travail (460) / version number given by France Travail',
    )
    .action(loadRome);
  return command;
}

async function exportOne(which: Vocabulary, { base }: { readonly base: string }): Promise<void> {
  await withHub(async ({ database, signal }) => {
    for await (const piece of vocabularyAsTurtle(database, which, { base, signal }))
      if (!process.stdout.write(piece)) await new Promise((drained) => process.stdout.once('drain', drained));
  }, true);
}

/** Writes two sources beside the others, which are then harvested as any other: the entries, and what the trades match among them. */
async function loadRome(file: string, { edition: version }: { readonly edition: string }): Promise<void> {
  if (!/^\d{3,4}$/.test(version))
    throw new Complaint(
      `--edition : un nombre comme 460 est attendu, et non « ${version} » / a number like 460 is expected.`,
    );
  const read = romeEntries(await rowsOf(file));
  if ('wrong' in read) throw new Complaint(`${file} : ${read.wrong}`);
  const [trades, concepts] = [tableRows(tableText('trades')), tableRows(tableText('concepts'))];
  const { matches, gone } = carryOver(trades, concepts, read.entries);
  const used = new Set(matches.map(({ code }) => code));
  const name = `rome-v${version}`;
  const folder = join(sourcesFolder(), name);
  await mkdir(folder, { recursive: true });
  const entries = read.entries.filter(({ code }) => used.has(code));
  await writeFile(
    join(folder, 'notions.csv'),
    csv(
      ['code', 'label', 'concept'],
      entries.map(({ code, label }) => [code, label, `${name}/${code}`]),
    ),
  );
  await writeFile(
    join(folder, 'metiers.csv'),
    csv(
      ['id', 'label', 'concept', 'match'],
      matches.map(({ trade, label, code, match }) => [trade, label, `${name}/${code}`, match]),
    ),
  );
  const today = new Date().toISOString().slice(0, 10);
  await writeFile(join(sourcesFolder(), `${name}.yaml`), stringify(entriesSource(name, version, today)));
  await writeFile(join(sourcesFolder(), `metiers-${name}.yaml`), stringify(tradesSource(name, version, today)));
  for (const { trade, code } of gone)
    tell(`  ${trade} : ${code} (v347) n’est plus dans la version ${version} / is no longer in version ${version}`);
  console.log(
    `ROME ${version} : ${read.entries.length} codes lus / read ; ${matches.length} correspondances reprises de la version 347 / matches carried over ; ${gone.length} abandonnées / dropped.\n\n  trame harvest ${name} metiers-${name}`,
  );
}

async function rowsOf(file: string): Promise<readonly Row[]> {
  if (!existsSync(file)) throw new Complaint(`${file} : ce fichier n’existe pas / this file does not exist.`);
  try {
    return tableRows((await readFile(file, 'utf8')).replace(/^\ufeff/, ''));
  } catch (fault) {
    throw new Complaint(
      `${file} : ce n’est pas un CSV lisible (${(fault as Error).message}) / not a CSV that can be read.`,
    );
  }
}

function csv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

const common = (today: string) => ({
  licence: 'Licence Ouverte 2.0',
  contact: 'L’équipe qui tient cette instance de Trame',
  agreement: { date: today, scope: 'table publiée par France Travail, sous la licence dite ici' },
  protocol: 'files',
  visibility: 'everything',
});

function entriesSource(name: string, version: string, today: string) {
  return {
    name,
    title: `ROME version ${version} – entrées auxquelles les métiers correspondent`,
    owner: `France Travail (ROME version ${version})`,
    ...common(today),
    options: { path: `${name}/notions.csv` },
    map: {
      kind: 'Concept',
      id: 'code',
      fields: { name: 'label', scheme: { value: `ROME v${version}` }, notation: 'code' },
      identifiers: { concept: 'concept' },
    },
    schedule: '30 2 1 * *',
    rank: 10,
  };
}

function tradesSource(name: string, version: string, today: string) {
  return {
    name: `metiers-${name}`,
    title: `Métiers – correspondances avec le ROME version ${version}`,
    owner: `Le projet Trame, d’après France Travail (ROME version ${version})`,
    ...common(today),
    options: { path: `${name}/metiers.csv` },
    map: {
      kind: 'Trade',
      id: 'id',
      fields: { name: 'label' },
      identifiers: { trame: 'id' },
      relations: { matches: [{ column: 'concept', identifier: 'concept', facts: { match: 'match' } }] },
    },
    schedule: '35 2 1 * *',
    rank: 20,
    after: ['metiers', name],
  };
}
