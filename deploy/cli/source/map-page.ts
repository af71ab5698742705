/** What `trame source map` shows: each column and what it becomes, three records, and the source file. */
import { words } from '#graph-schema/findings/finding.ts';
import { table } from '../table.ts';
import type { MappedSheet, SampleRecord } from './map.ts';
import { plain } from './plain.ts';

const MOST_EXAMPLE = 28;
const MOST_VALUE = 90;
const MARKS = { error: '✗', warning: '!', info: '·' } as const;

/** `saved`: the file that was written. */
export function mapPage(sheet: MappedSheet, saved?: string): string {
  const { proposal, sample, told } = sheet;
  const sure = Math.round(proposal.kindConfidence * 100);
  const parts = [
    `genre / kind : ${proposal.kind} (${sure} %)${sure < 60 ? ' → --kind Structure, Event, Exhibition… si ce n’est pas cela / if not' : ''}`,
    `identifiant / identifier : ${proposal.id.join(' + ')}`,
    ...(proposal.year === undefined
      ? []
      : [
          `année des dates qui n’en ont pas, d’après le titre / year of dates without one, by the title : ${proposal.year}`,
        ]),
    `${sample.rows.length} lignes regardées / rows looked at${sample.title === undefined ? '' : ` · titre / title : « ${sample.title} »`}`,
    ...told.map((found) => `  ${MARKS[words(found).severity]} ${words(found).text}`),
    '',
    columnsTable(sheet),
    '',
    ...unused(sheet),
    `trois notices / three records`,
    ...sheet.records.flatMap(recordLines),
    '',
    '── fichier de source / source file ──',
    sheet.yaml.trimEnd(),
    '──',
    ...advice(sheet, saved),
  ];
  return plain(parts.join('\n'));
}

function columnsTable({ proposal }: MappedSheet): string {
  const head = [
    'colonne / column',
    'devient / becomes',
    'sûreté / sure',
    'pourquoi / why',
    'par exemple / for example',
  ];
  const rows = proposal.columns.map((one) => [
    cut(one.column, 32),
    one.used ? one.target : `(${one.target})`,
    `${Math.round(one.confidence * 100)} %`,
    cut(one.why, 70),
    cut(one.examples.join(' | '), MOST_EXAMPLE),
  ]);
  return table(head, rows);
}

function unused({ proposal }: MappedSheet): readonly string[] {
  const left = proposal.columns.filter(({ used, target }) => !used && target !== 'visible');
  if (left.length === 0) return [];
  const secret = left.filter(({ target }) => target === 'private').map(({ column }) => column);
  const others = left.filter(({ target }) => target !== 'private').map(({ column }) => column);
  return [
    ...(secret.length > 0 ? [`jamais repris, privé / never taken over, private : ${secret.join(', ')}`] : []),
    ...(others.length > 0
      ? [`non repris / not taken over : ${others.join(', ')}  → --set "Colonne=champ" / "Column=field"`]
      : []),
    '',
  ];
}

function recordLines({ id, record, notes }: SampleRecord): readonly string[] {
  const {
    fields = {},
    relations = {},
    identifiers = [],
  } = (record ?? {}) as {
    fields?: Record<string, unknown>;
    relations?: Record<string, unknown>;
    identifiers?: readonly { scheme: string; value: string }[];
  };
  const said = [
    ...Object.entries({ ...fields, ...relations }),
    ...identifiers.map(({ scheme, value }) => [scheme, value] as const),
  ];
  return [
    `  ${cut(id, 60)}`,
    ...said.map(
      ([name, value]) =>
        `    ${name.padEnd(14)} ${cut(typeof value === 'string' ? value : JSON.stringify(value), MOST_VALUE)}`,
    ),
    ...notes.map((found) => `    ${MARKS[words(found).severity]} ${words(found).text}`),
  ];
}

function advice({ missing, yaml, proposal }: MappedSheet, saved: string | undefined): readonly string[] {
  const hidden = /^visibility: nothing$/m.test(yaml);
  const lines: string[] = [];
  if (hidden) {
    const column = proposal.visible === undefined ? '' : `, ou / or --visibility "${proposal.visible}=oui"`;
    lines.push(
      `Qui peut voir ces notices ? Pour l’instant personne. / Who may see these records? For now nobody.\n  → --visibility everything${column}`,
    );
  }
  if (missing.length > 0)
    lines.push(
      `À remplir / to be filled in : ${missing.join(', ')} (d’ici là la source est à l’essai / until then the source is on trial)\n  → ${missing.map((key) => `--${key} "…"`).join(' ')}`,
    );
  lines.push(
    saved === undefined
      ? 'Rien n’est écrit / nothing is written.  → --save mon-nom'
      : `Écrit / written : ${saved}\n  → trame source check ${saved}`,
  );
  return lines;
}

function cut(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
