/** What a row of the directory of schools says, as a Structure. */
import { readDate } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Json } from '../../connector.ts';
import type { MappedRecord } from '../../format.ts';
import { defined, wordLinks } from '../shared/objects.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import { uaiIdentifiers } from '../shared/uai.ts';
import { readDay } from '../table/values.ts';
import { Cells } from './cells.ts';
import { pointOf } from './point.ts';

/** What is taught, by the flag that says so. */
const TRAININGS: Readonly<Record<string, string>> = {
  voie_generale: 'Voie générale',
  voie_technologique: 'Voie technologique',
  voie_professionnelle: 'Voie professionnelle',
  apprentissage: 'Apprentissage',
  post_bac: 'Formations post-bac',
  greta: 'Formation continue (GRETA)',
  lycee_agricole: 'Enseignement agricole',
  segpa: 'SEGPA',
  ulis: 'ULIS',
  section_arts: 'Section arts',
  section_cinema: 'Section cinéma',
  section_theatre: 'Section théâtre',
  section_sport: 'Section sport',
  section_internationale: 'Section internationale',
  section_europeenne: 'Section européenne',
};
const LEVELS: Readonly<Record<string, string>> = {
  ecole_maternelle: 'École maternelle',
  ecole_elementaire: 'École élémentaire',
  lycee_militaire: 'Lycée militaire',
};
/** What the catalogue writes where a date is not known. */
const NEVER = '1970-01-01';

/** Said, and not plainly to be so: what may be withheld is not shown. */
const isWithheld = (cells: Cells, name: string): boolean => cells.has(name) && cells.flag(name) !== true;

type Mapped = { readonly record: MappedRecord } | { readonly rejected: Finding; readonly hides?: true };

/** `id`: the partner's identifier of the row. Rejects a row without any name, and one that the partner does not publish itself. */
export function mapSchool(row: Json, id: string, notes: Finding[]): Mapped {
  const cells = new Cells(row, id, notes);
  if (isWithheld(cells, 'published') || isWithheld(cells, 'diffusable_commercialement'))
    return { rejected: finding('school-not-published', { id }), hides: true };
  const names = namesOf(cells);
  const [name] = names;
  if (name === undefined)
    return { rejected: finding('format-no-name', { id, columns: 'nom_etablissement, appellation_officielle' }) };
  const themes = [
    cells.text('type_etablissement', 'type_uai_libe'),
    cells.text('libelle_nature', 'nature_uai_libe', 'nature_uai_libelle'),
    ...flagged(cells, LEVELS),
  ];
  const fields = {
    name,
    structureType: 'school',
    ...defined({
      alternativeNames: names.slice(1),
      description: descriptionOf(cells),
      address: addressOf(cells),
      postcode: numbered(cells.code('code_postal', 'code_postal_uai'), 5),
      point: pointOf(cells, notes),
      themes: unique(themes),
      labels: labelsOf(cells),
      page: pageOf(cells, notes),
      founded: foundedOf(cells),
      ...closingOf(cells, notes),
    }),
  };
  const relations = defined({
    place: placeOf(cells),
    partOf: motherOf(cells, notes),
    activities: activitiesOf(cells),
    trainings: wordLinks(flagged(cells, TRAININGS)),
  });
  return { record: { kind: 'Structure', identifiers: identifiersOf(cells, notes), fields, relations } };
}

/** The name, then the others that it has. */
function namesOf(cells: Cells): readonly string[] {
  const [main, after] = [cells.text('denomination_principale'), cells.text('patronyme_uai', 'patronyme')];
  return unique([
    cells.text('nom_etablissement'),
    cells.text('appellation_officielle'),
    cells.text('onisep_nom'),
    cells.text('enseigne', 'entreprise_enseigne', 'entreprise_nom_commercial'),
    cells.text('entreprise_raison_sociale'),
    tidyLine([main, after].filter(Boolean).join(' ')),
  ]);
}

function identifiersOf(cells: Cells, notes: Finding[]): readonly Identifier[] {
  const uai = cells.text('identifiant_de_l_etablissement', 'numero_uai', 'code_etablissement', 'uai');
  const siret = cells.code('siren_siret', 'numero_siren_siret_uai', 'siret');
  const sirets = siretIdentifiers(siret, 'siren_siret', notes).map((identifier) =>
    isShared(identifier.value, cells) ? { ...identifier, scheme: 'siret-shared' } : identifier,
  );
  return [...uaiIdentifiers(uai, 'UAI', notes), ...sirets];
}

/** The number of a commune or another authority (its SIREN begins with 2) stands for all its schools; so does that of a school for its sections. */
function isShared(siret: string, cells: Cells): boolean {
  return siret.startsWith('2') || cells.has('etablissement_mere') || cells.flag('multi_uai') === true;
}

function motherOf(cells: Cells, notes: Finding[]): readonly Link[] {
  return uaiIdentifiers(cells.text('etablissement_mere'), 'etablissement_mere', notes).map((identifier) => ({
    identifier,
  }));
}

function activitiesOf(cells: Cells): readonly Link[] {
  const value = nafCode(cells.text('naf_code'));
  return value === undefined ? [] : [{ identifier: { scheme: 'naf', value } }];
}

/** `8559A` and `85.59A` are one code. */
export function nafCode(text: string | undefined): string | undefined {
  const [, division, rest] = /^(\d{2})\.?(\d{2}[A-Z])$/.exec(text?.toUpperCase() ?? '') ?? [];
  return division === undefined ? undefined : `${division}.${rest}`;
}

/** The commune by its code; else in words, with the department's number as people write it. */
function placeOf(cells: Cells): readonly Link[] {
  const code = numbered(
    cells.code(
      'code_commune',
      'code_insee',
      'code_insee_commune',
      'commune_implantation_code',
      'code_insee_localite',
    ) ?? codeIn(cells.code('commune')),
    5,
  );
  if (code !== undefined && /^(\d{2}|2[AB])\d{3}$/i.test(code))
    return [{ identifier: { scheme: 'insee', value: code.toUpperCase() } }];
  const name = cells.text(
    'nom_commune',
    'libelle_commune',
    'commune_libe',
    'commune_implantation_nom',
    'localite',
    'commune',
  );
  if (name === undefined) return [];
  const department = departmentOf(cells.code('code_departement', 'departement_insee_3', 'num_departement'));
  return wordLinks([department === undefined ? name : `${name} (${department})`]);
}

/** ACCE calls the code `commune`; elsewhere that is the name. */
const codeIn = (text: string | undefined) => (text !== undefined && /\d{4}/.test(text) ? text : undefined);

/** `059` is the ministry's way of writing 59, and `02A` of 2A; overseas departments have three digits. */
export function departmentOf(code: string | undefined): string | undefined {
  return code?.replace(/^0(?=\d[\dAB]$)/i, '').toUpperCase();
}

/** With the zero that a spreadsheet took from before it. */
export function numbered(code: string | undefined, digits: number): string | undefined {
  return code !== undefined && /^\d+$/.test(code) && code.length === digits - 1 ? `0${code}` : code;
}

function addressOf(cells: Cells): string | undefined {
  const street =
    cells.text('adresse_1', 'adresse_uai') ??
    tidyLine([cells.text('numero_voie'), cells.text('type_voie'), cells.text('nom_voie')].filter(Boolean).join(' '));
  const more = [cells.text('adresse_2', 'lieu_dit_uai', 'complement_adresse'), cells.text('boite_postale_uai')];
  // The third line repeats postcode and town.
  return tidyLine([street ?? cells.text('adresse'), ...more].filter(Boolean).join(', '));
}

function pageOf(cells: Cells, notes: Finding[]): string | undefined {
  const written = cells.text('web', 'site_web', 'fiche_onisep', 'onisep_url');
  const page = webAddress(written);
  if (written !== undefined && page === undefined) {
    // An e-mail address in the wrong field is not repeated.
    const value = written.includes('@') ? '…@…' : written.slice(0, 200);
    notes.push(finding('format-value-unread', { value, where: 'web', expected: 'une adresse de site' }));
  }
  return page;
}

function foundedOf(cells: Cells) {
  const written = cells.text('date_ouverture', 'date_creation');
  const day = written === undefined ? undefined : readDay(written);
  return day === undefined || day === NEVER ? undefined : readDate(day);
}

const stateOf = (cells: Cells) =>
  cells.text('etat', 'etat_etablissement_libe', 'etat_etablissement_libelle', 'etat_etablissement');

/** `A FERMER` is open still: its last day, where it is known, is said all the same. */
function closingOf(cells: Cells, notes: Finding[]): { closed?: true | undefined; closedOn?: string | undefined } {
  const state = fold(stateOf(cells) ?? '');
  const isClosed = /^ferme/.test(state) || cells.flag('ferme') === true;
  const written = cells.text('date_fermeture');
  const day = written === undefined ? undefined : readDay(written);
  if (written !== undefined && day === undefined)
    notes.push(
      finding('format-value-unread', { value: written.slice(0, 100), where: 'date_fermeture', expected: 'un jour' }),
    );
  const isKnown = day !== undefined && day !== NEVER && cells.flag('ferme') !== false;
  return { closed: isClosed || undefined, closedOn: isKnown ? day : undefined };
}

function labelsOf(cells: Cells): readonly string[] {
  const priority = cells.text('appartenance_education_prioritaire');
  return unique([
    cells.flag('lycee_des_metiers') ? 'Lycée des métiers' : undefined,
    priority === undefined ? undefined : `Éducation prioritaire (${priority})`,
    cells.flag('certifie_qualite') || cells.flag('info_qualiopi_info') ? 'Qualiopi' : undefined,
  ]);
}

function flagged(cells: Cells, words: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(words).flatMap(([field, word]) => (cells.flag(field) ? [word] : []));
}

/** What has no field of its own, in words. */
function descriptionOf(cells: Cells): string | undefined {
  const status = cells.text('statut_public_prive', 'secteur_public_prive_libe', 'secteur_public_prive');
  const said = (label: string, text: string | undefined) => (text === undefined ? undefined : `${label} : ${text}`);
  const state = fold(stateOf(cells) ?? '');
  const lines = [
    said('Statut', status),
    said('Contrat', cells.text('type_contrat_prive', 'contrat_etablissement_libe')),
    cells.flag('restauration') ? 'Restauration' : undefined,
    cells.flag('hebergement') ? 'Hébergement' : undefined,
    said('Hébergement', cells.text('hebergement_etablissement_libe')),
    said('Nombre d’élèves', cells.code('nombre_d_eleves')),
    said('Académie', cells.text('libelle_academie', 'academie_libe', 'nom_academie')),
    said('Ministère de tutelle', cells.text('ministere_tutelle_libe', 'ministere_tutelle', 'libelle_ministere')),
    said('Forme juridique', cells.text('categorie_juridique_libe', 'entreprise_forme_juridique')),
    state.startsWith('a ') ? said('État', stateOf(cells)) : undefined,
  ];
  return (
    lines.filter((line) => line !== undefined && !/ : (sans objet|indetermine)$/i.test(line)).join('\n') || undefined
  );
}
