import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { hasLostCells } from '#harvesters/corrections/lost-cells.ts';
import { keysBeginning, refuseCorrection, undoRefusal } from '#harvesters/corrections/refuse.ts';
import { type MuseumReport, reportOn } from '#harvesters/corrections/report.ts';
import { findSource, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { type Hub, home, withHub } from '../hub.ts';
import { type Encoding, writingOf } from '../report/files.ts';
import { writeReport } from '../report/write.ts';
import { plain } from '../source/plain.ts';
import { table } from '../table.ts';

interface Options {
  readonly out?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly refuse?: string;
  readonly undo?: string;
  readonly note?: string;
  readonly by: string;
  readonly delimiter?: string;
  readonly encoding?: Encoding;
}

/** `trame report`: what a museum could mend, and the file that mends it (docs/museum-report.md). */
export function reportCommand(): Command {
  return new Command('report')
    .description(
      'le rapport d’un musée : corrections proposées, et le fichier à charger dans son outil / a museum’s report: proposed corrections, and the file to load in its tool',
    )
    .argument('<source>', 'nom de la source, ou son fichier / name of the source, or its file')
    .option('--out <folder>', 'dossier du rapport (rapports/SOURCE dans les données) / folder of the report')
    .option('--list', 'les propositions, ici / the proposals, here')
    .option('--json', 'pour un programme / for a program')
    .option('--refuse <key>', 'ne plus proposer cette correction / never propose this one again')
    .option('--undo <key>', 'reprendre un refus / take a refusal back')
    .option('--note <text>', 'pourquoi / why')
    .option('--delimiter <character>', 'ce qui sépare les colonnes / what separates the columns', readDelimiter)
    .addOption(
      new Option('--encoding <name>', 'codage du fichier / encoding of the file').choices([
        'utf-8',
        'utf-8-bom',
        'windows-1252',
      ]),
    )
    .addOption(new Option('--by <who>', 'qui décide / who decides').default(userInfo().username))
    .action(report);
}

function readDelimiter(text: string): string {
  const delimiter = text === 'tab' ? '\t' : text;
  if ([';', ',', '|', '\t'].includes(delimiter)) return delimiter;
  throw new InvalidArgumentError('; , | tab');
}

async function report(name: string, options: Options): Promise<void> {
  const found = await findSource(name, sourcesFolder());
  if ('findings' in found) throw new Complaint(found.findings.map(tellFinding).join('\n'));
  const { source } = found;
  if (source.about.personal !== undefined)
    throw new Complaint(
      `« ${source.name} » parle de personnes (${source.about.personal.whose}) : aucun rapport n’en est fait, car il sortirait leurs données du graphe ; voyez ses notices avec « trame records ${source.name} ». / “${source.name}” is about persons: no report is made of it, as it would take their data out of the graph.`,
    );
  await withHub(async (hub) => {
    if (options.refuse !== undefined || options.undo !== undefined) return decide(hub, source, options);
    const made = await reportOn(source, hub.database);
    if (made.records === 0)
      throw new Complaint(
        `Aucune notice de « ${source.name} » : moissonnez-la d’abord / no record, harvest it first: trame harvest ${name}`,
      );
    if (options.json) return console.log(JSON.stringify(asJson(source, made), null, 2));
    if (options.list) return console.log(asTable(made));
    const usual = await writingOf(source, {
      ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
      ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    });
    const partial = usual.shape === 'table' && (await hasLostCells(hub.database, source.name));
    const writing = partial ? { ...usual, shape: 'list' as const } : usual;
    const paths = await writeReport(
      options.out ?? join(home(), 'rapports', source.name),
      source,
      made,
      writing,
      new Date(),
    );
    const { applied, otherwise } = made.closed;
    console.log(
      `${made.records} notices / records : ${made.sure} corrections sûres / sure, ${made.questions} questions, ${made.refused} refusées / refused, ${applied + otherwise} réglées / settled.`,
    );
    if (partial)
      console.log(
        'La dernière moisson a laissé de côté des cellules (formules, erreurs) : le fichier à charger les viderait ; il ne dit donc que ce qui change, une ligne par correction / the last harvest left cells aside (formulas, errors): the file to load would empty them, so it only lists what changes.',
      );
    for (const path of paths) console.log(`  ${path}`);
  }, true);
}

async function decide({ database }: Hub, source: Source, { refuse, undo, by, note }: Options): Promise<void> {
  const start = (refuse ?? undo)!;
  const keys = await keysBeginning(database, source.name, start);
  const [key] = keys;
  if (key === undefined)
    throw new Complaint(
      `Aucune correction ouverte ou refusée de « ${source.name} » n’a la clé « ${start} » : voyez / see : trame report ${source.name} --list`,
    );
  if (keys.length > 1)
    throw new Complaint(`Plusieurs clés commencent ainsi / several keys begin so : ${keys.join(', ')}…`);
  if (refuse !== undefined) {
    await refuseCorrection(database, key, by, note);
    return console.log(
      `Refusée ; elle ne reviendra que si votre valeur change / refused; back only if your value changes : ${key}`,
    );
  }
  if (!(await undoRefusal(database, key, by))) throw new Complaint(`${key} n’est pas refusée / is not refused.`);
  console.log(`Proposée de nouveau / proposed again : ${key}`);
}

/** The figures and the proposals; the rows of the partner stay in the file. */
function asJson(source: Source, { records, sure, questions, refused, closed, beyond, corrections }: MuseumReport) {
  return { source: source.name, records, sure, questions, refused, closed, beyond, corrections };
}

function asTable({ corrections }: MuseumReport): string {
  if (corrections.length === 0) return 'Rien à proposer / nothing to propose.';
  const rows = corrections.map(({ key, id, column, form, before, proposed }) =>
    [key, form === 'sure' ? 'sûr / sure' : 'question', id, column, before, proposed.join(' | ')].map((cell) =>
      plain(cell).replace(/\s+/g, ' '),
    ),
  );
  return table(
    ['clé / key', 'sorte / form', 'notice / record', 'champ / field', 'valeur / value', 'proposé / proposed'],
    rows,
  );
}
