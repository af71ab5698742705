/**
 * The format `entreprise`: a result of the API Recherche d'entreprises (https://recherche-entreprises.api.gouv.fr/docs/), which speaks of a firm, an
 * association or a public body of Sirene. One record a firm (unité légale), by its seat.
 *
 * Not published: who objects to it (statut de diffusion), and sole traders, whose name is a person's.
 */
import { readDate } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { cutJson, rowFromJson } from '../reading/json.ts';
import { defined } from '../shared/objects.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { tidyLine, unique } from '../shared/text.ts';
import { readUai } from '../shared/uai.ts';
import { modifiedOf, sirenOf, withoutPersons } from './result.ts';
import { addressOf, labelsOf, placeOf, pointOf, staffOf } from './seat.ts';
import { Members } from './values.ts';

export const entreprise: Format = {
  name: 'entreprise',
  version: 1,
  async *cut(file, _, tell) {
    const wanted = {
      lists: ['results'],
      id: sirenOf,
      modified: modifiedOf,
      isRow: (row: Json) => sirenOf(row) !== undefined,
      // Not kept at all, not even of a row that cannot be read.
      keep: (given: Json) => {
        const row = withoutPersons(given);
        return { row, text: JSON.stringify(row) };
      },
    };
    yield* cutJson(file, wanted, tell);
  },
  row: (raw) => rowFromJson(raw),
  map: (row, context) => mapFirm(row, context),
};

function mapFirm(row: Json, context: MappingContext): Mapping {
  const notes: Finding[] = [];
  const firm = new Members(row, '', notes);
  const { id } = context;
  if (firm.text('siren') === undefined) return { rejected: finding('firms-row-foreign', { id, missing: 'siren' }) };
  const seat = firm.members('siege');
  const more = firm.members('complements');
  const secret = secrecyOf(firm, seat);
  if (secret !== undefined) return { rejected: finding('firm-not-diffusible', { id, status: secret }), hides: true };
  if (isPerson(firm, more)) return { rejected: finding('firm-is-person', { id }), hides: true };
  const name = firm.line('nom_raison_sociale') ?? firm.line('nom_complet');
  if (name === undefined) return { rejected: finding('format-no-name', { id, columns: 'nom_raison_sociale' }) };
  const identifiers = identifiersOf(seat, more, notes);
  const isClosed = firm.text('etat_administratif') === 'C';
  const begun = firm.day('date_creation');
  const fields = {
    name,
    structureType: natureOf(identifiers, more),
    ...defined({
      alternativeNames: unique([
        firm.line('sigle'),
        seat.line('nom_commercial'),
        ...seat.texts('liste_enseignes').map((sign) => tidyLine(sign)),
      ]).filter((other) => other !== name),
      description: staffOf(firm),
      page: pageOf(id),
      address: addressOf(seat),
      postcode: seat.line('code_postal'),
      point: pointOf(seat, notes),
      // Sirene writes 1900-01-01 where it does not know.
      founded: begun === undefined || begun === '1900-01-01' ? undefined : readDate(begun),
      labels: labelsOf(more),
      closed: isClosed ? true : undefined,
      closedOn: isClosed ? firm.day('date_fermeture') : undefined,
    }),
  };
  const relations = defined({ place: placeOf(seat), activities: activitiesOf(firm, seat, notes) });
  const record = { kind: 'Structure' as const, identifiers, fields, relations };
  return notes.length > 0 ? { record, notes } : { record };
}

/**
 * The status by which a firm or its seat is not to be shown; undefined where both may be. What does not say `O` (diffusible) is taken not to be; what
 * Sirene hides it writes `[ND]`.
 */
function secrecyOf(firm: Members, seat: Members): string | undefined {
  const status = firm.text('statut_diffusion');
  if (status !== 'O') return status ?? '?';
  const ofSeat = seat.text('statut_diffusion_etablissement');
  if (seat.has('statut_diffusion_etablissement') && ofSeat !== 'O') return ofSeat ?? '?';
  const names = [firm.text('nom_complet'), firm.text('nom_raison_sociale')];
  return names.some((name) => name?.includes('[ND]')) ? '[ND]' : undefined;
}

/**
 * 1000: entrepreneur individuel, in Insee's catégories juridiques; the answer of an API with `minimal` has it where it has no complements. Whoever does not
 * say by either that it is none is taken for a person.
 */
function isPerson(firm: Members, more: Members): boolean {
  const nature = firm.text('nature_juridique');
  if (nature !== undefined) return nature === '1000' || more.flag('est_entrepreneur_individuel');
  return more.said('est_entrepreneur_individuel') !== false;
}

function identifiersOf(seat: Members, more: Members, notes: Finding[]): readonly Identifier[] {
  const siret = siretIdentifiers(seat.text('siret'), 'siege.siret', notes);
  const rna = more.text('identifiant_association');
  const schools = seat.texts('liste_uai');
  const [school] = schools;
  if (schools.length > 1)
    notes.push(finding('firm-several-schools', { siret: seat.text('siret') ?? '?', count: schools.length }));
  const uai = schools.length === 1 && school !== undefined ? readUai(school) : undefined;
  return [
    ...siret,
    ...(rna !== undefined && /^W\d{9}$/.test(rna) ? [{ scheme: 'rna', value: rna }] : []),
    ...(uai === undefined ? [] : [{ scheme: 'uai', value: uai }]),
  ];
}

function natureOf(
  identifiers: readonly Identifier[],
  more: Members,
): 'school' | 'association' | 'public-body' | 'firm' {
  if (identifiers.some(({ scheme }) => scheme === 'uai')) return 'school';
  if (more.flag('est_association')) return 'association';
  return more.flag('est_service_public') || more.has('collectivite_territoriale') ? 'public-body' : 'firm';
}

/** NAF rév. 2, as the vocabulary spells it. Codes of older nomenclatures (`52.4A`) are left out and told. */
function activitiesOf(firm: Members, seat: Members, notes: Finding[]): readonly Link[] {
  const codes = unique([firm.text('activite_principale'), seat.text('activite_principale')]);
  return codes.flatMap((value): readonly Link[] => {
    if (/^\d{2}\.\d{2}[A-Z]$/.test(value)) return [{ identifier: { scheme: 'naf', value } }];
    const particulars = { value, where: 'activite_principale', expected: 'un code NAF rév. 2, comme 13.20Z' };
    notes.push(finding('format-value-unread', particulars));
    return [];
  });
}

function pageOf(siren: string): string | undefined {
  return /^\d{9}$/.test(siren) ? `https://annuaire-entreprises.data.gouv.fr/entreprise/${siren}` : undefined;
}
