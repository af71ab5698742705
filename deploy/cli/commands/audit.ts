import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { finding, words } from '#graph-schema/findings/finding.ts';
import type { QualityCode } from '#graph-schema/findings/quality.ts';
import { CONTENT_TIERS, METADATA_TIERS, TIERS_IN_WORDS } from '#graph-schema/quality/tiers.ts';
import { audit, auditHistory, auditRecord, type Figures, type Judged } from '#harvesters/quality/audit.ts';
import { findSource, readSources, sourcesFolder } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { type Hub, withHub } from '../hub.ts';
import { table } from '../table.ts';

interface Options {
  readonly all?: boolean;
  readonly history?: boolean;
  readonly csv?: string;
  readonly json?: boolean;
}

/** `trame audit`: what a museum can mend, and how good its records are (docs/quality.md). */
export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'ce qu’un musée peut améliorer dans ses notices, et leurs niveaux / what a museum can mend in its records, and their tiers',
    )
    .argument('[source]', 'nom d’une source / name of a source')
    .argument('[id]', 'une seule notice / one record alone')
    .option('--all', 'toutes les sources, une ligne chacune / every source, a line each')
    .option('--history', 'les chiffres des jours passés / the figures of days past')
    .option('--csv <file>', 'chaque constat, une ligne par constat / every finding, a line each')
    .option('--json', 'pour un programme / for a program')
    .action(run);
}

async function run(name: string | undefined, id: string | undefined, options: Options): Promise<void> {
  if ((name === undefined) !== (options.all === true))
    throw new Complaint('Une source, ou --all / a source, or --all.');
  await withHub(async (hub) => {
    if (name === undefined) return auditAll(hub, options);
    const found = await findSource(name, sourcesFolder());
    if ('findings' in found) throw new Complaint(found.findings.map(tellFinding).join('\n'));
    const source = found.source.name;
    if (options.history) return tellHistory(await auditHistory(hub.database, source), options);
    if (id !== undefined) return tellOne(await auditOf(hub, source, id), options);
    await auditOne(hub, source, options);
  }, options.json);
}

const today = (): string => new Date().toISOString().slice(0, 10);

async function auditOne({ database, signal }: Hub, source: string, { csv, json }: Options): Promise<void> {
  if (csv !== undefined) await tryToWrite(csv);
  const file = csv === undefined ? undefined : createWriteStream(csv, { mode: 0o600 });
  file?.write('\ufeffnotice;constat;gravité;ce qui manque;quoi faire\r\n');
  const figures = await audit(database, source, {
    day: today(),
    signal,
    each: ({ findings }) => {
      for (const one of findings) {
        const { text, remedy, severity } = words(one);
        file?.write(`${[String(one.particulars['id']), one.code, severity, text, remedy].map(cell).join(';')}\r\n`);
      }
    },
  });
  if (file) await new Promise<void>((done) => file.end(done));
  if (figures.records === 0)
    throw new Complaint(`Aucune notice de « ${source} » : moissonnez-la d’abord / no record: trame harvest ${source}`);
  if (json) return console.log(JSON.stringify(figures, null, 2));
  console.log(inWords(figures));
  if (csv !== undefined) console.log(`\n${csv} : chaque constat / every finding`);
}

async function tryToWrite(path: string): Promise<void> {
  try {
    await writeFile(path, '', { mode: 0o600 });
  } catch (fault) {
    throw new Complaint(`${path} ne peut pas être écrit / cannot be written : ${(fault as Error).message}`);
  }
}

/** Safe to open in a spreadsheet program. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** What most records have first; last the three mends that would lift most objects a tier. */
function inWords({ source, day, records, findings, lifts, content, metadata }: Figures): string {
  const sorted = Object.entries(findings).sort(([, a], [, b]) => b - a) as [QualityCode, number][];
  const rows = sorted.map(([code, count]) => [
    code.slice('quality-'.length),
    count,
    share(count, records),
    remedyOf(code),
  ]);
  const objects = Object.values(content).reduce((a, b) => a + b, 0);
  const tiers = [
    ...CONTENT_TIERS.map((tier) => [
      `contenu / content ${tier}`,
      content[tier],
      share(content[tier], objects),
      TIERS_IN_WORDS.content[tier][0],
    ]),
    ...METADATA_TIERS.map((tier) => [
      `description / metadata ${tier}`,
      metadata[tier],
      share(metadata[tier], objects),
      TIERS_IN_WORDS.metadata[tier][0],
    ]),
  ];
  return [
    `${source} · ${day} · ${records.toLocaleString('fr-FR')} notices / records`,
    table(['constat / finding', 'notices', 'part', 'quoi faire / what to do'], rows),
    ...(objects > 0 ? [table(['niveau / tier', 'objets', 'part', 'ce qu’il demande / what it asks'], tiers)] : []),
    ...(sorted.length > 0
      ? [
          `Trois gestes qui aideraient le plus / three things that would help most:\n${sorted
            .map(([code, count]) => ({ code, count, lifted: lifts[code] ?? 0 }))
            .sort((a, b) => b.lifted - a.lifted || b.count - a.count)
            .slice(0, 3)
            .map(
              ({ code, count, lifted }, at) =>
                `  ${at + 1}. ${remedyOf(code)} (${count} notices${liftedInWords(lifted)})`,
            )
            .join('\n')}`,
        ]
      : []),
  ].join('\n\n');
}

const liftedInWords = (lifted: number): string =>
  lifted === 0 ? '' : ` ; ${lifted} objets monteraient d’un niveau / objects would rise a tier`;
const share = (count: number, of: number): string => (of === 0 ? '–' : `${Math.round((100 * count) / of)} %`);
const remedyOf = (code: QualityCode): string => words(finding(code, { id: '', value: '', count: 0 })).remedy;

async function auditAll({ database, signal }: Hub, { json }: Options): Promise<void> {
  const { sources } = await readSources(sourcesFolder());
  const all: Figures[] = [];
  for (const { name } of sources) {
    const figures = await audit(database, name, { day: today(), signal });
    if (figures.records > 0) all.push(figures);
  }
  if (json) return console.log(JSON.stringify(all, null, 2));
  const rows = all.map(({ source, records, findings, content, metadata }) => {
    const [worst] = Object.entries(findings).sort(([, a], [, b]) => b - a);
    return [
      source,
      records,
      content[3] + content[4],
      metadata.B + metadata.C,
      worst ? `${worst[0].slice('quality-'.length)} (${worst[1]})` : '–',
    ];
  });
  console.log(table(['source', 'notices', 'contenu 3–4', 'description B–C', 'le plus fréquent / most frequent'], rows));
}

function tellHistory(history: readonly Figures[], { json }: Options): void {
  if (json) {
    console.log(JSON.stringify(history, null, 2));
    return;
  }
  if (history.length === 0) {
    console.log('Aucun chiffre gardé : trame audit SOURCE en garde un par jour / none kept yet.');
    return;
  }
  const rows = history.map(({ day, records, findings, content, metadata }) => [
    day,
    records,
    Object.values(findings).reduce((sum, count) => sum + count, 0),
    content[3] + content[4],
    metadata.B + metadata.C,
  ]);
  console.log(table(['jour / day', 'notices', 'constats / findings', 'contenu 3–4', 'description B–C'], rows));
}

async function auditOf({ database }: Hub, source: string, id: string): Promise<Judged> {
  const found = await auditRecord(database, source, id);
  if (found) return found;
  throw new Complaint(`Aucune notice « ${id} » vivante dans ${source} / no live record: trame records ${source}`);
}

function tellOne({ id, findings, content, metadata }: Judged, { json }: Options): void {
  if (json) {
    console.log(JSON.stringify({ id, findings, content, metadata }, null, 2));
    return;
  }
  const tiers =
    content === undefined || metadata === undefined
      ? []
      : [
          `contenu / content ${content} : ${TIERS_IN_WORDS.content[content][0]}`,
          `description / metadata ${metadata} : ${TIERS_IN_WORDS.metadata[metadata][0]}`,
        ];
  console.log([id, ...tiers, ...findings.map(tellFinding)].join('\n'));
}
