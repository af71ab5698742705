/** What `trame source map` shows: each column and what it becomes, three records, and the source file. */
import { shownText } from '#connectors/sheets/discreet.ts';
import { hidingWords } from '#connectors/sheets/visible.ts';
import { words } from '#graph-schema/findings/finding.ts';
import { table } from '../table.ts';
import type { MappedSheet, SampleRecord } from './map.ts';
import { kindLabel, targetLabel } from './map-words.ts';
import { plain } from './plain.ts';

const MOST_EXAMPLE = 28;
const MOST_VALUE = 90;
const MARKS = { error: '✗', warning: '!', info: '·' } as const;

/** `saved`: the file that was written. */
export function mapPage(sheet: MappedSheet, saved?: string): string {
  const { proposal, sample, told, seen } = sheet;
  const head = (column: string) => seen.get(column) ?? column;
  const sure = Math.round(proposal.kindConfidence * 100);
  const parts = [
    `genre / kind : ${kindLabel(proposal.kind)} (${sure} %)${sure < 60 ? ' → --kind Structure, Event, Exhibition… si ce n’est pas cela / if not' : ''}`,
    `identifiant / identifier : ${proposal.id.map(head).join(' + ')}`,
    ...(proposal.year === undefined
      ? []
      : [
          `année des dates qui n’en ont pas, d’après le titre / year of dates without one, by the title : ${proposal.year}`,
        ]),
    `${sample.rows.length} ${sample.rows.length === 1 ? 'ligne regardée / row' : 'lignes regardées / rows'} looked at${sample.title === undefined ? '' : ` · titre / title : « ${shownText(sample.title)} »`}`,
    ...told.map((found) => `  ${MARKS[words(found).severity]} ${shownText(words(found).text)}`),
    '',
    columnsTable(sheet),
    '',
    ...unused(sheet),
    `trois notices / three records`,
    ...sheet.records.flatMap(recordLines),
    '',
    '── fichier de source / source file ──',
    sheet.shownYaml.trimEnd(),
    '──',
    'schedule « 0 3 * * * » : relue chaque nuit à 3 h / read again every night at 3',
    ...advice(sheet, saved),
  ];
  return plain(parts.join('\n'));
}

function columnsTable({ proposal, seen }: MappedSheet): string {
  const head = [
    'colonne / column',
    'devient / becomes',
    'sûreté / sure',
    'pourquoi / why',
    'par exemple / for example',
  ];
  const rows = proposal.columns.map((one) => [
    cut(seen.get(one.column) ?? one.column, 32),
    one.used ? targetLabel(one.target) : `(${targetLabel(one.target)})`,
    `${Math.round(one.confidence * 100)} %`,
    cut(one.why, 70),
    cut(one.examples.join(' | '), MOST_EXAMPLE),
  ]);
  return table(head, rows);
}

function unused({ proposal, seen }: MappedSheet): readonly string[] {
  // What a person set to « - » is a decision, and wants no advice.
  const left = proposal.columns.filter(
    ({ used, target, decided }) => !used && target !== 'visible' && !(decided && target === '-'),
  );
  if (left.length === 0) return [];
  const secret = left.filter(({ target }) => target === 'private').map(({ column }) => seen.get(column) ?? column);
  const others = left.filter(({ target }) => target !== 'private').map(({ column }) => seen.get(column) ?? column);
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
        `    ${targetLabel(name).padEnd(26)} ${cut(typeof value === 'string' ? value : JSON.stringify(value), MOST_VALUE)}`,
    ),
    ...notes.map((found) => `    ${MARKS[words(found).severity]} ${words(found).text}`),
  ];
}

function advice(sheet: MappedSheet, saved: string | undefined): readonly string[] {
  const { missing } = sheet;
  const lines = [...visibilityAdvice(sheet), ...offererAdvice(sheet)];
  if (sheet.seen.size > 0)
    lines.push(
      `Un en-tête nomme une personne, ou dit comment la joindre : le fichier de source doit le citer tel quel. / A heading names or reaches a person, and the source file must quote it.\n  → renommez-le dans la feuille / rename it in the sheet : ${[...sheet.seen.values()].join(', ')}`,
    );
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

function visibilityAdvice({ source, proposal, sample, seen }: MappedSheet): readonly string[] {
  const { visibility } = source;
  const hides = (column: string, shows: readonly string[]) => {
    const hiding = hidingWords(
      sample.rows.map((row) => row[column] ?? ''),
      shows,
    );
    return hiding.length === 0 ? 'rien / nothing' : hiding.map(shownText).join(', ');
  };
  if (typeof visibility !== 'string') {
    const { field, values } = visibility;
    return [
      `« ${seen.get(field) ?? field} » montre / shows : ${values.join(', ')} ; cache, d’après les lignes regardées / hides, in the rows looked at : ${hides(field, values)}`,
    ];
  }
  if (visibility === 'everything') return [];
  const found = proposal.visible;
  const column =
    found === undefined
      ? ''
      : `, ou / or --visibility "${seen.get(found.column) ?? found.column}=${found.shows.join(',')}" (cache / hides : ${hides(found.column, found.shows)})`;
  return [
    `Qui peut voir ces notices ? Pour l’instant personne. / Who may see these records? For now nobody.\n  → --visibility everything${column}`,
  ];
}

/** An offer that nobody offers leads nowhere. */
function offererAdvice({ proposal }: MappedSheet): readonly string[] {
  const { relations } = proposal.map as { readonly relations?: Readonly<Record<string, unknown>> };
  if (proposal.kind !== 'Offer' || relations?.['offeredBy'] !== undefined) return [];
  return [
    'Qui propose ces offres ? La feuille ne le dit pas par un identifiant. / Who offers these? The sheet gives no identifier.\n  → une colonne de SIRET / a column of SIRET : --set "Colonne=offeredBy:siret" ; ou, pour toute la feuille, dans le fichier de source / or for the whole sheet, in the source file :\n    defaults: { relations: { offeredBy: [ { identifier: { scheme: siret, value: "…" } } ] } }',
  ];
}

function cut(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
