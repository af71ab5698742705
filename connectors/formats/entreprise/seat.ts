/** Where a firm has its seat, how many it employs, and its labels. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Link } from '#graph-schema/record.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { wordLinks } from '../shared/objects.ts';
import { tidyLine, unique } from '../shared/text.ts';
import { pairOf } from '../table/values.ts';
import type { Members } from './values.ts';

/** Number, street and what goes before them, without postcode and town. */
export function addressOf(seat: Members): string | undefined {
  const street = ['numero_voie', 'indice_repetition', 'type_voie', 'libelle_voie'].map((part) => seat.line(part));
  if (!seat.has('libelle_voie')) return withoutTown(seat);
  const lines = [seat.line('complement_adresse'), ...street, seat.line('distribution_speciale')];
  return tidyLine(lines.filter((part) => part !== undefined).join(' '));
}

/** The address as one text, where it is not given in parts: it ends in postcode and town. */
function withoutTown(seat: Members): string | undefined {
  const town = [seat.line('code_postal'), seat.line('libelle_commune')].filter((part) => part !== undefined).join(' ');
  const whole = seat.line('adresse');
  return tidyLine(town !== '' && whole?.endsWith(town) ? whole.slice(0, -town.length) : whole);
}

/** The commune by its INSEE code; else by its name and postcode; abroad by its name and country. */
export function placeOf(seat: Members): readonly Link[] {
  const value = seat.text('commune');
  if (value !== undefined && /^(\d{5}|2[AB]\d{3})$/.test(value)) return [{ identifier: { scheme: 'insee', value } }];
  const abroad = seat.line('libelle_commune_etranger');
  const country = seat.line('libelle_pays_etranger');
  if (abroad !== undefined) return wordLinks([country === undefined ? abroad : `${abroad} (${country})`]);
  const [name, postcode] = [seat.line('libelle_commune'), seat.line('code_postal')];
  return wordLinks([name !== undefined && postcode !== undefined ? `${postcode} ${name}` : name]);
}

/** Sirene's own geocoding of the address. The coordinates are strings. */
export function pointOf(seat: Members, notes: Finding[]): GeoPoint | undefined {
  const [latitude, longitude] = [seat.line('latitude'), seat.line('longitude')];
  const both = seat.line('coordonnees');
  const pair = latitude !== undefined && longitude !== undefined ? [latitude, longitude] : both && pairOf(both);
  if (!pair) return undefined;
  const read = coordinatesOf(pair[0] ?? '', pair[1] ?? '', 'site');
  if (read?.note) notes.push(read.note);
  if (read === undefined) {
    const value = pair.join(', ').slice(0, 100);
    notes.push(finding('format-value-unread', { value, where: 'siege.latitude', expected: 'des degrés décimaux' }));
  }
  return read?.point;
}

/** Insee's tranches d'effectif salarié. Those who employ nobody are not named. */
const STAFF: Readonly<Record<string, string>> = {
  '01': '1 ou 2 salariés',
  '02': '3 à 5 salariés',
  '03': '6 à 9 salariés',
  '11': '10 à 19 salariés',
  '12': '20 à 49 salariés',
  '21': '50 à 99 salariés',
  '22': '100 à 199 salariés',
  '31': '200 à 249 salariés',
  '32': '250 à 499 salariés',
  '41': '500 à 999 salariés',
  '42': '1 000 à 1 999 salariés',
  '51': '2 000 à 4 999 salariés',
  '52': '5 000 à 9 999 salariés',
  '53': '10 000 salariés et plus',
};

/** `Effectif : 10 à 19 salariés (2023)`: a class wants to know whether a firm can receive it. */
export function staffOf(firm: Members): string | undefined {
  const staff = STAFF[firm.text('tranche_effectif_salarie') ?? ''];
  const year = firm.text('annee_tranche_effectif_salarie');
  if (staff === undefined) return undefined;
  return `Effectif : ${staff}${year === undefined ? '' : ` (${year})`}`;
}

const LABELS: Readonly<Record<string, string>> = {
  est_patrimoine_vivant: 'Entreprise du patrimoine vivant',
  est_societe_mission: 'Société à mission',
  est_qualiopi: 'Qualiopi',
  est_rge: 'Reconnu garant de l’environnement (RGE)',
};

export function labelsOf(complements: Members): readonly string[] {
  return unique(Object.entries(LABELS).map(([flag, label]) => (complements.flag(flag) ? label : undefined)));
}
