/**
 * The format `onisep`: Onisep's open data on who teaches what (https://opendata.onisep.fr, licence ODbL: share alike). Two kinds of rows:
 * - Idéo-Structures (secondaire, supérieur): a school;
 * - Idéo-Actions de formation: a training at a school, which becomes the school with that training, so that the schools of both come together by their UAI code.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { rowFromRaw } from '../reading/rows.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { defined, wordLinks } from '../shared/objects.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { tidyLine, unique, webAddress, withoutEmails } from '../shared/text.ts';
import { readUai, uaiIdentifiers } from '../shared/uai.ts';
import { cutOnisep } from './cut.ts';
import { ACTION, keyed, type OnisepRow, textIn } from './identity.ts';

export const onisepFormat: Format = {
  name: 'onisep',
  version: 1,
  cut: (file, _, tell) => cutOnisep(file, tell),
  row: rowFromRaw,
  map: (row, context) => mapOnisep(row, context),
};

function mapOnisep(row: Json, context: MappingContext): Mapping {
  const record = keyed(row);
  if (ACTION in record) return mapAction(record, context);
  if ('code_uai' in record || 'type_detablissement' in record) return mapSchool(record, context);
  const { id } = context;
  if ('libelle_formation_principal' in record) return { rejected: finding('onisep-training-only', { id }) };
  const found = Object.keys(record).slice(0, 5).join(', ');
  return { rejected: finding('format-row-foreign', { id, format: 'onisep', found }) };
}

function mapSchool(row: OnisepRow, context: MappingContext): Mapping {
  const notes: Finding[] = [];
  const name = lineOf(row, 'nom');
  if (name === undefined) return { rejected: finding('format-no-name', { id: context.id, columns: 'nom' }) };
  const identifiers: readonly Identifier[] = [
    ...uaiIdentifiers(textIn(row, 'code_uai'), 'code UAI', notes),
    ...siretIdentifiers(textIn(row, 'n_siret'), 'n° SIRET', notes),
  ];
  const parent = readUai(
    /\(([^()]*)\)\s*$/.exec(textIn(row, 'universite_de_rattachement_libelle_et_uai') ?? '')?.[1] ?? '',
  );
  const fields = {
    name,
    structureType: 'school' as const,
    ...defined({
      alternativeNames: unique([lineOf(row, 'sigle')]).filter((other) => other !== name),
      description: descriptionOf(row),
      page: webAddress(textIn(row, 'url_et_id_onisep') ?? textIn(row, 'lien_site_onisepfr')),
      address: addressOf(row, 'adresse', 'boite_postale'),
      postcode: postcodeOf(lineOf(row, 'cp')),
      point: pointOf(textIn(row, 'latitude_y'), textIn(row, 'longitude_x'), 'latitude (Y)', notes),
      themes: unique([lineOf(row, 'type_detablissement')]),
      labels: isYes(textIn(row, 'label_generation_2024')) ? ['Génération 2024'] : [],
    }),
  };
  const relations = defined({
    place: placeOf(row, { cog: 'commune_cog', commune: 'commune', departement: 'departement' }),
    partOf: parent === undefined ? [] : [{ identifier: { scheme: 'uai', value: parent } }],
  });
  return mapping({ kind: 'Structure', identifiers, fields, relations }, notes);
}

function mapAction(row: OnisepRow, context: MappingContext): Mapping {
  const notes: Finding[] = [];
  const { id } = context;
  const identifiers = uaiIdentifiers(textIn(row, 'ens_code_uai'), 'ENS code UAI', notes);
  if (identifiers.length === 0) return { rejected: notes[0] ?? finding('onisep-training-only', { id }) };
  const name = lineOf(row, 'lieu_denseignement_ens_libelle') ?? lineOf(row, 'ens_libelle');
  if (name === undefined)
    return { rejected: finding('format-no-name', { id, columns: 'lieu d’enseignement (ENS) libellé' }) };
  const training = lineOf(row, 'formation_for_libelle') ?? lineOf(row, 'for_libelle');
  if (training === undefined)
    return { rejected: finding('format-no-name', { id, columns: 'formation (FOR) libellé' }) };
  const fields = {
    name,
    structureType: 'school' as const,
    ...defined({
      page: webAddress(textIn(row, 'ens_url_et_id_onisep')) ?? webAddress(textIn(row, 'ens_site_web')),
      address: addressOf(row, 'ens_adresse', 'ens_boite_postale'),
      postcode: postcodeOf(lineOf(row, 'ens_code_postal')),
      point: pointOf(textIn(row, 'ens_latitude'), textIn(row, 'ens_longitude'), 'ENS latitude', notes),
    }),
  };
  const relations = defined({
    place: placeOf(row, { cog: 'ens_commune_cog', commune: 'ens_commune', departement: 'ens_departement' }),
    trainings: wordLinks([training]),
  });
  return mapping({ kind: 'Structure', identifiers, fields, relations }, notes);
}

function mapping(record: Extract<Mapping, { record: unknown }>['record'], notes: readonly Finding[]): Mapping {
  return notes.length > 0 ? { record, notes } : { record };
}

const lineOf = (row: OnisepRow, column: string): string | undefined => tidyLine(textIn(row, column));

const isYes = (text: string | undefined): boolean => text !== undefined && /^(oui|true|1|label)/i.test(text);

/** What has no field of its own and tells a class something. Telephone numbers and addresses of people are not taken. */
function descriptionOf(row: OnisepRow): string | undefined {
  const said: readonly (readonly [string, string])[] = [
    ['Statut', 'statut'],
    ['Tutelle', 'tutelle'],
    ['Langues enseignées', 'langues_enseignees'],
    ['Journées portes ouvertes', 'journees_portes_ouvertes'],
  ];
  const lines = said.flatMap(([label, column]) => {
    const text = lineOf(row, column);
    return text === undefined ? [] : [`${label} : ${text.replace(/\s*\|\s*/g, ' ; ')}`];
  });
  return withoutEmails(lines.join('\n'));
}

/** The street, and the post-office box where there is one. */
function addressOf(row: OnisepRow, street: string, box: string): string | undefined {
  return tidyLine([lineOf(row, street), lineOf(row, box)].filter((part) => part !== undefined).join(', '));
}

/** A spreadsheet takes the zero from before `02100`; of four digits it is sure. */
function postcodeOf(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}$/.test(text) ? `0${text}` : text;
}

/** The commune by its code, which lost its zero in some spreadsheet; else by its name and department (`59 - Nord`). */
function placeOf(
  row: OnisepRow,
  columns: { readonly cog: string; readonly commune: string; readonly departement: string },
): readonly Link[] {
  const code = postcodeOf(textIn(row, columns.cog))?.toUpperCase();
  if (code !== undefined && /^(\d{5}|2[AB]\d{3})$/.test(code))
    return [{ identifier: { scheme: 'insee', value: code } }];
  const [commune, departement] = [lineOf(row, columns.commune), lineOf(row, columns.departement)];
  const within = departement?.replace(/^\w{2,3}\s*-\s*/, '');
  return wordLinks([commune !== undefined && within !== undefined ? `${commune} (${within})` : commune]);
}

function pointOf(
  latitude: string | undefined,
  longitude: string | undefined,
  where: string,
  notes: Finding[],
): GeoPoint | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  const read = coordinatesOf(latitude, longitude, 'site');
  if (read?.note) notes.push(read.note);
  if (read === undefined) {
    const value = `${latitude}, ${longitude}`.slice(0, 100);
    notes.push(finding('format-value-unread', { value, where, expected: 'des degrés décimaux' }));
  }
  return read?.point;
}
