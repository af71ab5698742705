/** The commands `trame source map` and `trame source template`: for those whose partner gives a sheet. */
import { access, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { withShown } from '#connectors/sheets/discreet.ts';
import {
  isTemplate,
  TEMPLATES,
  type TemplateName,
  templatePath,
  templateWorkbook,
} from '#connectors/sheets/templates.ts';
import { words } from '#graph-schema/findings/finding.ts';
import { sourcesFolder } from '#harvesters/sources.ts';
import { Complaint } from '../complaint.ts';
import { table } from '../table.ts';
import { type MapOptions, type MappedSheet, mapSheet } from './map.ts';
import { saveSource } from './map-file.ts';
import { mapPage } from './map-page.ts';

export function mapCommand(): Command {
  return new Command('map')
    .description(
      'regarde une feuille (CSV, XLSX, ODS ; fichier ou adresse) et propose son fichier de source / looks at a sheet and proposes its source file',
    )
    .argument('<file>')
    .option(
      '--kind <kind>',
      'ce que chaque ligne décrit, s’il est mal deviné / what each row describes, if guessed wrong',
    )
    .option('--sheet <name>', 'la feuille, par son nom ou son rang / the sheet, by name or rank')
    .option(
      '--set <column=field>',
      'corrige une colonne ; « Colonne=- » l’ignore ; répétable / corrects a column; “Column=-” leaves it out; repeatable',
      (one: string, before: readonly string[]) => [...before, one],
      [] as readonly string[],
    )
    .option('--save <name>', 'écrit le fichier de source sous ce nom / writes the source file under this name')
    .option('--force', 'remplace un fichier qui existe / replaces a file that exists')
    .option('--title <text>', 'titre de la source / title of the source')
    .option('--owner <text>', 'à qui sont les données / whose data they are')
    .option('--licence <text>', 'licence des données / licence of the data')
    .option('--contact <text>', 'adresse de contact / address of contact')
    .option(
      '--visibility <rule>',
      'everything, nothing, ou/or "Colonne=oui" ; sans elle, personne ne voit rien / without it, nobody sees anything',
    )
    .option('--allow-private', 'l’adresse est celle d’une machine locale / the address is a local machine’s')
    .option('--json', 'pour un programme / for a program')
    .action(map);
}

async function map(file: string, options: MapOptions & { readonly json?: boolean }): Promise<void> {
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end);
  try {
    const folder = sourcesFolder();
    const sheet = await mapSheet(file, options, folder, ended.signal);
    const saved =
      options.save === undefined ? undefined : await saveSource(sheet, options.save, folder, options.force === true);
    console.log(options.json ? JSON.stringify(forProgram(sheet, saved), null, 2) : mapPage(sheet, saved));
  } finally {
    process.off('SIGINT', end);
  }
}

function forProgram(sheet: MappedSheet, saved: string | undefined): unknown {
  const { proposal, records, told, shownYaml, missing, seen } = sheet;
  const shown = {
    ...proposal,
    records: records.map(({ notes, ...one }) => ({
      ...one,
      notes: notes.map((found) => ({ ...found, ...words(found) })),
    })),
    findings: told.map((found) => ({ ...found, ...words(found) })),
    missing,
    yaml: shownYaml,
    saved: saved ?? null,
  };
  return withShown(shown, seen);
}

export function templateCommand(): Command {
  return new Command('template')
    .description(
      'une feuille vide à remplir, avec son fichier de source / an empty sheet to fill in, with its source file',
    )
    .argument('[name]')
    .option('--csv <file>', 'l’écrit en CSV / writes it as CSV')
    .option('--xlsx <file>', 'l’écrit pour Excel et LibreOffice / writes it for Excel and LibreOffice')
    .option('--yaml <file>', 'écrit son fichier de source / writes its source file')
    .option('--force', 'remplace un fichier qui existe / replaces a file that exists')
    .action(template);
}

interface TemplateOptions {
  readonly csv?: string;
  readonly xlsx?: string;
  readonly yaml?: string;
  readonly force?: boolean;
}

async function template(name: string | undefined, { csv, xlsx, yaml, force }: TemplateOptions): Promise<void> {
  if (name === undefined) {
    console.log(table(['modèle / template', 'pour / for'], Object.entries(TEMPLATES)));
    return;
  }
  if (!isTemplate(name))
    throw new Complaint(
      `« ${name} » n’est pas un modèle / is not a template.\n  → ${Object.keys(TEMPLATES).join(', ')}`,
    );
  const sheet = await readFile(templatePath(name, 'csv'));
  if (csv === undefined && xlsx === undefined && yaml === undefined) {
    process.stdout.write(sheet);
    return;
  }
  if (csv !== undefined) await put(csv, sheet, force);
  if (xlsx !== undefined) await put(xlsx, await templateWorkbook(name), force);
  if (yaml !== undefined) await put(yaml, await templateSource(name, yaml, xlsx ?? csv), force);
}

/** The template's source file, reading the sheet that was asked for beside it. */
async function templateSource(name: TemplateName, yaml: string, sheet: string | undefined): Promise<string> {
  const text = await readFile(templatePath(name, 'yaml'), 'utf8');
  if (sheet === undefined) return text;
  const path = JSON.stringify(relative(dirname(resolve(yaml)), resolve(sheet)));
  return text.replace(`path: ${name}.csv`, () => `path: ${path}`);
}

async function put(file: string, content: string | Uint8Array, force = false): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there && !force)
    throw new Complaint(
      `${file} existe déjà / exists already.\n  → un autre nom, ou --force / another name, or --force`,
    );
  await writeFile(file, content);
  console.log(`Écrit / written : ${file}`);
}
