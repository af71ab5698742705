/** A row of the catalogue on data.gouv.fr, which says less than a flux: several values stand in one cell with `|` between, and parts with `#`. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import { bareClass, type Said } from './object.ts';
import { periodsOf } from './periods.ts';
import { type Thing, textOf } from './values.ts';

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
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Of the contacts only web addresses stay; who made the entry is named nowhere. */
export function withoutPersonsInCatalogue(row: Thing): Thing {
  const pages = (textOf(row['Contacts_du_POI']) ?? '')
    .split(/[|#\s]+/)
    .filter((part) => webAddress(part) !== undefined);
  return { ...row, Contacts_du_POI: pages.join('|'), Createur_de_la_donnee: '' };
}

export function saidInCatalogue(row: Thing, id: string, notes: Finding[]): Said {
  const cell = (name: string): string | undefined => textOf(row[name])?.trim() || undefined;
  const [postcode, town] = (cell('Code_postal_et_commune') ?? '').split('#').map((part) => tidyLine(part));
  const [latitude, longitude] = [cell('Latitude'), cell('Longitude')];
  const classes = parts(cell('Categories_de_POI')).map(bareClass);
  return {
    classes,
    names: unique([tidyLine(cell('Nom_du_POI'))]),
    description: withoutContacts(cell('Description')),
    page: parts(cell('Contacts_du_POI'))
      .flatMap((part) => part.split('#'))
      .map(webAddress)
      .find((page) => page !== undefined),
    address: tidyLine(cell('Adresse_postale')),
    postcode,
    town,
    coordinates: latitude === undefined || longitude === undefined ? undefined : [latitude, longitude],
    labels: unique(parts(cell('Classements_du_POI'))),
    themes: [],
    accessibility: [],
    pictures: [],
    occurrences: periodsOf(cell('Periodes_regroupees'), id, notes),
  };
}
