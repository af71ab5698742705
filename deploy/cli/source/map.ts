/** `trame source map`: looks at a sheet, proposes its source file, and writes it where it is asked. */
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { type Context, SourceError } from '#connectors/connector.ts';
import { openFiles } from '#connectors/files/open.ts';
import { filesOptions } from '#connectors/files/options.ts';
import { publicId } from '#connectors/formats/shared/contacts.ts';
import { tableMap } from '#connectors/formats/table/map.ts';
import { mapRow } from '#connectors/formats/table/table.ts';
import { createHttpClient } from '#connectors/http/client.ts';
import { columnNamed, headingsShown, withShown } from '#connectors/sheets/discreet.ts';
import { type Proposal, propose } from '#connectors/sheets/propose.ts';
import { type Sample, sampleOf } from '#connectors/sheets/sample.ts';
import { isKind, isTarget, targetsOf } from '#connectors/sheets/targets.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { KINDS } from '#graph-schema/model.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { fileName, type SourceYaml, sheetOf, sourceFileOf } from './map-file.ts';

export interface MapOptions {
  readonly kind?: string;
  readonly sheet?: string;
  readonly set: readonly string[];
  readonly save?: string;
  readonly title?: string;
  readonly owner?: string;
  readonly licence?: string;
  readonly contact?: string;
  readonly visibility?: string;
  readonly allowPrivate?: boolean;
  readonly force?: boolean;
}

/** What was made of a sheet. `yaml` is its source file; `missing` are the keys of it that a person must fill in. */
export interface MappedSheet {
  readonly proposal: Proposal;
  readonly sample: Sample;
  readonly records: readonly SampleRecord[];
  readonly told: readonly Finding[];
  readonly yaml: string;
  /** The same as it may be shown: a heading may name a person. */
  readonly shownYaml: string;
  readonly source: SourceYaml;
  /** Headings that are not shown as they stand, and what is shown instead. */
  readonly seen: ReadonlyMap<string, string>;
  readonly missing: readonly string[];
}

/** One row as it would be taken over, or why not. */
export interface SampleRecord {
  readonly id: string;
  readonly record?: unknown;
  readonly notes: readonly Finding[];
}

const SHOWN = 3;

/** Reads the head of a sheet, by path or address. `folder`: that of the source files. Throws a Complaint where it is none, or an option is wrong. */
export async function mapSheet(
  where: string,
  options: MapOptions,
  folder: string,
  signal: AbortSignal,
): Promise<MappedSheet> {
  if (options.kind !== undefined && !isKind(options.kind))
    throw new Complaint(`« ${options.kind} » n’est pas un genre / is not a kind.\n  → ${KINDS.join(', ')}`);
  const told: Finding[] = [];
  const sample = await readSample(where, options, signal, told);
  const set = assignments(options.set, sample.columns);
  const kind = options.kind !== undefined && isKind(options.kind) ? options.kind : undefined;
  const title = [sample.title, fileName(where)].filter(Boolean).join(' ');
  const proposal = propose(sample.columns, sample.rows, { kind, set }, title);
  for (const [column, target] of set)
    if (!isTarget(proposal.kind, target))
      throw new Complaint(
        `« ${target} » (${column}) n’est pas un champ de ${proposal.kind} / is not a field.\n  → ${targetsOf(proposal.kind).join(', ')}`,
      );
  const missing = (['licence', 'contact'] as const).filter((key) => options[key] === undefined);
  const seen = headingsShown(sample.columns);
  const source = sourceFileOf(where, options, folder, proposal, sample.title);
  const written = (value: unknown) => stringify(value, { lineWidth: 140 });
  return {
    proposal,
    sample,
    source,
    seen,
    records: sample.rows.slice(0, SHOWN).map((row) => recordOf(row, proposal)),
    told: [...told, ...sample.told],
    yaml: written(source),
    shownYaml: written(withShown(source, seen)),
    missing,
  };
}

async function readSample(where: string, options: MapOptions, signal: AbortSignal, told: Finding[]): Promise<Sample> {
  const isAddress = /^https?:\/\//i.test(where);
  const sheet = options.sheet === undefined ? {} : { sheet: sheetOf(options.sheet) };
  const parsed = filesOptions.parse({ ...(isAddress ? { url: where } : { path: resolve(where) }), ...sheet });
  const tell = (found: Finding) => void told.push(found);
  const contact = options.contact ?? 'trame';
  const http = createHttpClient({
    userAgent: 'Trame/0.1',
    contact,
    allowPrivate: options.allowPrivate === true,
    signal,
    tell,
  });
  const context: Context = {
    source: { name: 'essai', contact },
    http,
    signal,
    now: () => new Date(),
    tell,
    folder: process.cwd(),
  };
  try {
    const opened = await openFiles(parsed, context);
    try {
      const [file] = opened.files;
      if (!file) throw new Complaint(`${where} ne contient aucun fichier / holds no file.`);
      const sample = await sampleOf(file);
      if ('refused' in sample) throw new Complaint(tellFinding(sample.refused));
      return sample;
    } finally {
      await opened.close();
    }
  } catch (fault) {
    if (fault instanceof SourceError) throw new Complaint(tellFinding(fault.finding));
    throw fault;
  } finally {
    await http.close();
  }
}

/** `Colonne=champ`, the column spelled as it stands; the last `=` divides, for a column's name may hold one. */
function assignments(given: readonly string[], columns: readonly string[]): ReadonlyMap<string, string> {
  const set = new Map<string, string>();
  const seen = headingsShown(columns);
  const shown = columns.map((column) => seen.get(column) ?? column);
  for (const one of given) {
    const at = one.lastIndexOf('=');
    const [name, target] = [one.slice(0, at).trim(), one.slice(at + 1).trim()];
    const column = columnNamed(columns, name);
    if (at < 1 || target === '' || column === undefined)
      throw new Complaint(
        `--set « ${one} » ne se lit pas : « Colonne=champ », ou « Colonne=- » pour l’ignorer / “Column=field”, or “Column=-”.\n  → colonnes / columns : ${shown.join(', ')}`,
      );
    set.set(column, target);
  }
  return set;
}

function recordOf(row: Readonly<Record<string, string>>, proposal: Proposal): SampleRecord {
  const id = publicId(proposal.id.map((column) => row[column] ?? '').join('/'));
  const checked = tableMap.safeParse(proposal.map);
  if (!checked.success) return { id, notes: [] };
  const mapping = mapRow(row, checked.data, { id });
  if ('rejected' in mapping) return { id, notes: [mapping.rejected] };
  return { id, record: mapping.record, notes: mapping.notes ?? [] };
}
