/** The sheets that are given to volunteers to fill in: French headings, one row that shows how, and a source file for each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { writeXlsx } from 'hucre/xlsx';

/** By name; in French and English. */
export const TEMPLATES = {
  structures: 'musées, entreprises, établissements, associations / museums, firms, schools, associations',
  agenda: 'événements / events',
  offres: 'offres, cartes de réduction / offers, reduction cards',
  expositions: 'expositions / exhibitions',
  ressources: 'ressources pédagogiques et documentaires / teaching and documentary resources',
  visites: 'visites et ateliers / visits and workshops',
  adherents: 'adhérents, jamais montrés / members, never shown',
} as const;

export type TemplateName = keyof typeof TEMPLATES;

export const isTemplate = (name: string): name is TemplateName => Object.hasOwn(TEMPLATES, name);

/** The path of a template's sheet (CSV) or source file (YAML). */
export const templatePath = (name: TemplateName, kind: 'csv' | 'yaml'): string =>
  join(import.meta.dirname, 'templates', `${name}.${kind}`);

const WIDEST = 40;

/** The template as a workbook. Every cell is text, so that no zero of a postcode is lost. */
export async function templateWorkbook(name: TemplateName): Promise<Uint8Array> {
  const rows = parse(await readFile(templatePath(name, 'csv'), 'utf8'), { delimiter: ';', bom: true }) as string[][];
  const columns = (rows[0] ?? []).map((heading) => ({
    width: Math.min(WIDEST, heading.length + 6),
    style: { numFmt: '@' },
  }));
  return writeXlsx({ sheets: [{ name, columns, rows, freezePane: { rows: 1 } }] });
}
