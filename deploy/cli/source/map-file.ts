/** The source file that `trame source map` proposes, and writes where it is asked. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { withoutContacts } from '#connectors/formats/shared/contacts.ts';
import { columnNamed, headingsShown } from '#connectors/sheets/discreet.ts';
import type { Proposal } from '#connectors/sheets/propose.ts';
import { readSource } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import type { MapOptions, MappedSheet } from './map.ts';

const MOST_TITLE = 120;
const TO_FILL = 'à remplir';

/** As it stands in YAML. */
export interface SourceYaml {
  readonly visibility: 'everything' | 'nothing' | { readonly field: string; readonly values: readonly string[] };
  readonly [key: string]: unknown;
}

/** A sheet's name, or its rank. */
export const sheetOf = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);

/** The keys of a source file for a sheet. `above`: the lines above its header. */
export function sourceFileOf(
  where: string,
  options: MapOptions,
  folder: string,
  proposal: Proposal,
  above: string | undefined,
): SourceYaml {
  const isAddress = /^https?:\/\//i.test(where);
  const unfilled = options.licence === undefined || options.contact === undefined;
  const sheet = options.sheet === undefined ? {} : { sheet: sheetOf(options.sheet) };
  return {
    name: options.save ?? nameFrom(where),
    title: options.title ?? titleIn(above) ?? fileName(where),
    ...(options.owner === undefined ? {} : { owner: options.owner }),
    licence: options.licence ?? TO_FILL,
    contact: options.contact ?? TO_FILL,
    protocol: 'files',
    options: { ...(isAddress ? { url: where } : { path: relative(folder, resolve(where)) }), ...sheet },
    map: proposal.map,
    visibility: visibilityOf(options.visibility, proposal),
    schedule: '0 3 * * *',
    ...(options.allowPrivate ? { allowPrivate: true } : {}),
    // Without its licence nothing is to be shown, whatever the visibility says.
    ...(unfilled ? { trial: true } : {}),
  };
}

/** `everything`, `nothing`, or `Colonne=oui,vrai`. Nothing is shown that was not said to be visible. */
function visibilityOf(said: string | undefined, proposal: Proposal): SourceYaml['visibility'] {
  if (said === undefined || said === 'nothing') return 'nothing';
  if (said === 'everything') return said;
  const [field = '', values = ''] = said.split('=');
  const columns = proposal.columns.map(({ column }) => column);
  const known = columnNamed(columns, field.trim());
  if (known === undefined || values === '')
    throw new Complaint(
      `--visibility « ${said} » ne se lit pas : everything, nothing, ou « Colonne=oui,vrai » / everything, nothing, or “Column=yes”.\n  → colonnes / columns : ${columns.map((one) => headingsShown(columns).get(one) ?? one).join(', ')}`,
    );
  return { field: known, values: values.split(',').map((one) => one.trim()) };
}

/** Writes the source file, and reads it again as a harvest will. Gives its path. What was there comes back where the new one is wrong. Throws a Complaint where one is there already, or what was written is wrong. */
export async function saveSource(sheet: MappedSheet, name: string, folder: string, force: boolean): Promise<string> {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    throw new Complaint(
      `« ${name} » : des minuscules, des chiffres et des tirets seulement / lower case, digits and hyphens only.`,
    );
  const file = join(folder, `${name}.yaml`);
  const before = await readFile(file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw fault;
  });
  if (before !== undefined && !force)
    throw new Complaint(
      `${file} existe déjà, et n’est pas remplacé / exists already, and is kept.\n  → un autre nom, ou --force / another name, or --force`,
    );
  await writeFile(file, sheet.yaml);
  const read = await readSource(file);
  if ('findings' in read) {
    // What cannot be harvested must not stand in the way of the next try.
    await (before === undefined ? rm(file) : writeFile(file, before));
    throw new Complaint(read.findings.map(tellFinding).join('\n'));
  }
  return file;
}

/** The one line above the header, where it is short enough for a title, and no groups of columns; a telephone or e-mail address in it is left out. */
function titleIn(above: string | undefined): string | undefined {
  const said = above === undefined ? undefined : withoutContacts(above);
  return said !== undefined && said.length >= 4 && said.length <= MOST_TITLE && !said.includes(' · ')
    ? said
    : undefined;
}

/** The name of a file, by its path or address. A path is as it stands: `50% 2024.csv` is no escape. */
export function fileName(where: string): string {
  if (!/^https?:\/\//i.test(where)) return where.split(/[\\/]/).at(-1) ?? where;
  const last =
    where
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? where;
  try {
    return decodeURIComponent(last);
  } catch {
    // An escape of another encoding than UTF-8 (`%E9`).
    return last;
  }
}

function nameFrom(where: string): string {
  const plain = fileName(where)
    .replace(/\.\w+$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'source';
}
