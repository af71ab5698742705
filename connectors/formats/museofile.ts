/** The format `museofile`: the ministry's table of the musées de France (data.culture.gouv.fr, museofile), in the column names in use since 2023. */

import { readDate } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { HeritageRecord } from '#graph-schema/record.ts';
import type { Format, Mapping, MappingContext } from '../format.ts';
import { cutTable, rowFromRaw, type TableRow } from './reading/rows.ts';
import { defined, wordLinks } from './shared/objects.ts';
import { splitList, tidyLine, unique, webAddress } from './shared/text.ts';
import { pairOf, readPoint } from './table/values.ts';

const COLUMNS = [
  'Identifiant',
  'Nom_officiel',
  'Adresse',
  'Code_postal',
  'Ville',
  'Departement',
  'Région',
  'URL',
  'Domaine_thematique',
  'Themes',
  'Annee_creation',
  'Coordonnees',
] as const;

export const museofile: Format = {
  name: 'museofile',
  version: 1,
  cut: (file, _, tell) =>
    cutTable(
      file,
      { wanted: [], known: COLUMNS, required: ['Identifiant', 'Nom_officiel'], id: ['Identifiant'] },
      tell,
    ),
  row: rowFromRaw,
  map: (row, context) => mapMuseum(row as TableRow, context),
};

function mapMuseum(row: TableRow, context: MappingContext): Mapping {
  const notes: Finding[] = [];
  const cell = (column: (typeof COLUMNS)[number]) => tidyLine(row[column]);
  const name = cell('Nom_officiel');
  if (name === undefined) return { rejected: finding('format-no-name', { id: context.id, columns: 'Nom_officiel' }) };
  const founded = cell('Annee_creation');
  const fields = {
    name,
    structureType: 'museum',
    ...defined({
      address: cell('Adresse'),
      postcode: postcode(cell('Code_postal')),
      page: webAddress(cell('URL')),
      point: pointOf(cell('Coordonnees'), notes),
      themes: unique([...splitList(cell('Domaine_thematique')), ...splitList(cell('Themes'))]),
      founded: founded === undefined ? undefined : readDate(founded),
    }),
  };
  const [town, department] = [cell('Ville'), cell('Departement')];
  const place = town === undefined ? undefined : department === undefined ? town : `${town} (${department})`;
  const record: Omit<HeritageRecord<'Structure'>, 'visibility'> = {
    kind: 'Structure',
    identifiers: museumCode(context.id, notes),
    fields,
    relations: defined({ place: wordLinks([place]) }),
  };
  return { record, ...(notes.length > 0 ? { notes } : {}) };
}

function museumCode(id: string, notes: Finding[]): readonly { scheme: string; value: string }[] {
  const value = id.toUpperCase();
  if (/^M\d{4}$/.test(value)) return [{ scheme: 'museofile', value }];
  notes.push(finding('format-value-unread', { value: id, where: 'Identifiant', expected: 'M et quatre chiffres' }));
  return [];
}

/** A spreadsheet takes the zero from before `02100`; of four digits it is sure. */
function postcode(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}$/.test(text) ? `0${text}` : text;
}

function pointOf(text: string | undefined, notes: Finding[]): GeoPoint | undefined {
  if (text === undefined) return undefined;
  const pair = pairOf(text);
  const point = pair && readPoint(pair[0], pair[1], 'site');
  if (!point) {
    notes.push(finding('format-value-unread', { value: text, where: 'Coordonnees', expected: 'latitude,longitude' }));
  }
  return point || undefined;
}
