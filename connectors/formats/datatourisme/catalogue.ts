/**
 * A row of the catalogue on data.gouv.fr (https://www.data.gouv.fr/datasets/5b598be088ee387c0c353714: one file a region, or one a kind), which says less
 * than a flux. Several values stand in one cell with `|` or `<>` between, parts of one with `#`, the two days of a period with `<->`.
 */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { unique, webAddress } from '../shared/text.ts';
import { COLUMNS, unknownPaths } from './fates.ts';
import { type Said, tellUnknown } from './object.ts';
import { periodsOf } from './periods.ts';
import { bareName, publicLine, publicText, type Thing, textOf } from './values.ts';

/** What the table reader looks for. */
export const NEEDS = {
  wanted: ['Categories_de_POI', 'Latitude', 'Longitude', 'Code_postal_et_commune', 'Description'],
  required: ['Nom_du_POI'],
  id: ['URI_ID_du_POI'],
  modified: 'Date_de_mise_a_jour',
} as const;

export const isCatalogueRow = (row: Thing): boolean => 'URI_ID_du_POI' in row || 'Nom_du_POI' in row;

const parts = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(/\||<>/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const pagesIn = (text: string | undefined): readonly string[] =>
  unique((text ?? '').split(/<>|[|#\s]+/).map(webAddress));

/** Of the contacts only web addresses stay; who made the entry is named nowhere. */
export function withoutPersonsInCatalogue(row: Thing): Thing {
  return { ...row, Contacts_du_POI: pagesIn(textOf(row['Contacts_du_POI'])).join('|'), Createur_de_la_donnee: '' };
}

export function saidInCatalogue(row: Thing, id: string, notes: Finding[]): Said {
  tellUnknown(unknownPaths(row, COLUMNS), id, notes);
  const cell = (name: string): string | undefined => textOf(row[name])?.trim() || undefined;
  const [postcode, town] = (cell('Code_postal_et_commune') ?? '').split('#').map((part) => publicLine(part));
  const [latitude, longitude] = [cell('Latitude'), cell('Longitude')];
  return {
    classes: parts(cell('Categories_de_POI')).map(bareName),
    names: unique([publicLine(cell('Nom_du_POI'))]),
    description: publicText(cell('Description')),
    page: pagesIn(cell('Contacts_du_POI'))[0],
    address: publicLine(cell('Adresse_postale')),
    postcode,
    town,
    coordinates: latitude === undefined || longitude === undefined ? undefined : [latitude, longitude],
    others: [],
    // `Famille plus#Famille plus`: who gives it, and what.
    labels: unique(
      parts(cell('Classements_du_POI')).map((one) =>
        unique(one.split('#').map((part) => publicLine(part))).join(' : '),
      ),
    ),
    themes: [],
    tourTypes: [],
    accessibility: [],
    pictures: [],
    occurrences: periodsOf(cell('Periodes_regroupees'), id, notes),
    dateWords: [],
    practical: [],
  };
}
