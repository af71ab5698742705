/**
 * The format `epv`: living-heritage firms (Entreprises du patrimoine vivant, data.economie.gouv.fr), by the API of the portal or its CSV. The label is given
 * for five years: its dates stand with it, and a firm whose label has ended stays.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping } from '../../format.ts';
import { Cells, fieldKey } from '../annuaire-education/cells.ts';
import { cutDialects } from '../annuaire-education/cut.ts';
import { departmentOf, nafCode, numbered } from '../annuaire-education/map.ts';
import type { LocatedCut, ReadableFile, Tell } from '../reading/file.ts';
import { rowFromJson } from '../reading/json.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { defined, wordLinks } from '../shared/objects.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { unique, webAddress } from '../shared/text.ts';
import { readDay } from '../table/values.ts';

const LABEL = 'Entreprise du patrimoine vivant';
const NEEDS = {
  wanted: ['Code NAF', 'Univers', 'Date de labellisation', 'Date de fin de labellisation'],
  required: ['Raison sociale'],
  id: ['Raison sociale'],
} as const;

export const epv: Format = {
  name: 'epv',
  version: 1,
  cut: (file, _, tell) => cutFirms(file, tell),
  row: rowFromJson,
  map: (row, context) => mapFirm(row, context.id),
};

async function* cutFirms(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const isRow = (value: Json): boolean => firmId(value) !== undefined;
  const json = { lists: ['results', 'records', 'data'], id: firmId, isRow };
  for await (const cut of cutDialects(file, [NEEDS, API_NEEDS], json, tell)) {
    yield cut.kind === 'record' ? { ...cut, id: firmId(cut.row) ?? cut.id } : cut;
  }
}

/** The CSV export with the names of the fields in place of their labels. */
const API_NEEDS = {
  wanted: NEEDS.wanted.map(fieldKey),
  required: ['raison_sociale'],
  id: ['raison_sociale'],
} as const;

/** The SIRET; where it is missing, the name and the region. */
function firmId(row: Json): string | undefined {
  const cells = new Cells(row, '', []);
  const name = cells.text('raison_sociale');
  if (name === undefined) return undefined;
  return cells.code('siret')?.replace(/\s/g, '') ?? [name, cells.text('region') ?? ''].join('/');
}

function mapFirm(row: Json, id: string): Mapping {
  const notes: Finding[] = [];
  const cells = new Cells(row, id, notes);
  const name = cells.text('raison_sociale');
  if (name === undefined) return { rejected: finding('format-no-name', { id, columns: 'Raison sociale' }) };
  const siret = cells.code('siret');
  if (siret === undefined) notes.push(finding('epv-siret-missing', { id }));
  const activity = cells.text('libelle_naf');
  const fields = {
    name,
    structureType: 'firm',
    ...defined({
      description: activity === undefined ? undefined : `Activité principale : ${activity}`,
      labels: [labelOf(cells, notes)],
      themes: unique(cells.list('univers')),
      address: cells.text('adresse', 'adresse_1'),
      postcode: numbered(cells.code('code_postal'), 5),
      page: webAddress(cells.text('site_internet', 'site_web', 'url')),
      point: pointOf(cells, notes),
    }),
  };
  const relations = defined({ place: placeOf(cells), activities: activitiesOf(cells, notes) });
  const identifiers = siretIdentifiers(siret, 'SIRET', notes);
  const record = { kind: 'Structure', identifiers, fields, relations } as const;
  return notes.length === 0 ? { record } : { record, notes };
}

/** `Entreprise du patrimoine vivant (du 01/03/2019 au 01/03/2024)`. */
function labelOf(cells: Cells, notes: Finding[]): string {
  const dayOf = (field: string): string | undefined => {
    const written = cells.text(field);
    const day = written === undefined ? undefined : readDay(written);
    if (written !== undefined && day === undefined)
      notes.push(finding('format-value-unread', { value: written.slice(0, 100), where: field, expected: 'un jour' }));
    return day?.split('-').toReversed().join('/');
  };
  const [begin, end] = [dayOf('date_de_labellisation'), dayOf('date_de_fin_de_labellisation')];
  const dates = [begin && `du ${begin}`, end && `au ${end}`].filter(Boolean).join(' ');
  return dates === '' ? LABEL : `${LABEL} (${dates})`;
}

/** The table has a region alone; where the partner adds the commune, it is taken. A region is no place to stand in. */
function placeOf(cells: Cells): readonly Link[] {
  const code = numbered(cells.code('code_commune', 'code_insee'), 5);
  if (code !== undefined && /^(\d{2}|2[AB])\d{3}$/i.test(code))
    return [{ identifier: { scheme: 'insee', value: code.toUpperCase() } }];
  const town = cells.text('commune', 'ville');
  const department = departmentOf(cells.code('code_departement', 'departement'));
  if (town !== undefined) return wordLinks([department === undefined ? town : `${town} (${department})`]);
  return wordLinks([cells.text('region')]);
}

function activitiesOf(cells: Cells, notes: Finding[]): readonly Link[] {
  const written = cells.text('code_naf');
  const value = nafCode(written);
  if (value !== undefined) return [{ identifier: { scheme: 'naf', value } }];
  if (written !== undefined)
    notes.push(finding('format-value-unread', { value: written.slice(0, 100), where: 'Code NAF', expected: '13.20Z' }));
  return [];
}

function pointOf(cells: Cells, notes: Finding[]): GeoPoint | undefined {
  const pair = cells.pair('geolocetablissement');
  if (pair === undefined) {
    if (cells.has('geolocetablissement'))
      notes.push(unread(cells.text('geolocetablissement') ?? 'geolocetablissement'));
    return undefined;
  }
  const read = coordinatesOf(pair[0], pair[1], 'site');
  if (read === undefined) notes.push(unread(pair.join(', ')));
  else if (read.note) notes.push(read.note);
  return read?.point;
}

function unread(value: string): Finding {
  const where = 'geolocetablissement';
  return finding('format-value-unread', { value: value.slice(0, 100), where, expected: 'latitude,longitude' });
}
