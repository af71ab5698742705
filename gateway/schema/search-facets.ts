/** The facets of a search: a field each, asked of the catalogue only where it is selected. */
import { type LicenceLayer, layerInWords } from '#graph-schema/licences.ts';
import { type KindName, kindOf } from '#graph-schema/model.ts';
import type { FacetAnswer, FacetName, FacetQuestion } from '../catalogue/question.ts';
import type { Row } from '../compile/entity.ts';
import { idKey, type ResolvedIds } from '../compile/resolve-ids.ts';
import type { Selected } from '../compile/selection.ts';
import { Refusal } from '../refusal.ts';
import { builder, byKey, words } from './builder.ts';
import { Entity } from './entity.ts';

const DEFAULT_VALUES = 10;
const MOST_VALUES = 200;
/** As many as the catalogue gives. */
const MOST_SOURCES = 500;

const FacetValueType = builder.objectRef<Row>('FacetValue').implement({
  description: words({ fr: 'Une valeur d’une facette.', en: 'A value of a facet.' }),
  fields: (t) => ({
    value: t.string({
      nullable: false,
      description: words({
        fr: 'Ce qu’il faut donner au filtre du même nom pour la choisir : un uid, une valeur d’énumération, un siècle, un nom de source, `true` ou `false`.',
        en: 'What to give to the filter of the same name to choose it: a uid, an enum value, a century, a source’s name, `true` or `false`.',
      }),
      resolve: byKey,
    }),
    label: t.string({
      nullable: false,
      description: words({ fr: 'Pour l’afficher, en français.', en: 'For display, in French.' }),
      resolve: byKey,
    }),
    labelEn: t.string({
      nullable: false,
      description: words({ fr: 'Pour l’afficher, en anglais.', en: 'For display, in English.' }),
      resolve: byKey,
    }),
    count: t.int({
      nullable: false,
      description: words({
        fr: 'Combien de fiches resteraient si cette valeur était la seule choisie de sa facette.',
        en: 'How many entities would be left if this value were the only one chosen of its facet.',
      }),
      resolve: byKey,
    }),
    entity: t.field({
      type: Entity,
      nullable: true,
      description: words({
        fr: 'La fiche de cette valeur ; rien si la valeur n’en est pas une.',
        en: 'The entity of this value; null where the value is none.',
      }),
      resolve: byKey,
    }),
  }),
});

const FacetType = builder.objectRef<Row>('Facet').implement({
  description: words({
    fr: 'Une facette, les valeurs les plus fréquentes d’abord.',
    en: 'A facet, the most frequent values first.',
  }),
  fields: (t) => ({
    values: t.field({
      type: [FacetValueType],
      nullable: false,
      description: words({ fr: 'Ses valeurs.', en: 'Its values.' }),
      resolve: byKey,
    }),
    distinct: t.int({
      nullable: false,
      description: words({ fr: 'Combien de valeurs en tout.', en: 'How many values in all.' }),
      resolve: byKey,
    }),
    missing: t.int({
      nullable: false,
      description: words({
        fr: 'Combien de fiches pour lesquelles aucune n’est connue.',
        en: 'How many entities for which none is known.',
      }),
      resolve: byKey,
    }),
  }),
});

const PlaceLevel = builder.enumType('PlaceLevel', {
  description: words({ fr: 'À quel niveau compter les lieux.', en: 'On which level to count places.' }),
  values: {
    COUNTRY: { value: 'country', description: words({ fr: 'Pays.', en: 'Country.' }) },
    REGION: { value: 'region', description: words({ fr: 'Région.', en: 'Region.' }) },
    DEPARTMENT: {
      value: 'department',
      description: words({ fr: 'Département ou province.', en: 'Department or province.' }),
    },
    COMMUNE: { value: 'commune', description: words({ fr: 'Commune.', en: 'Commune.' }) },
    SITE: { value: 'site', description: words({ fr: 'Lieu-dit, quartier, site.', en: 'Hamlet, quarter, site.' }) },
  },
});

/** Field → what it counts. Its name is that of the filter that chooses its values. */
const FACET_FIELDS = {
  kinds: ['kind', 'Nature de la fiche', 'Kind of entity'],
  structureTypes: ['structureType', 'Sorte de structure', 'Type of structure'],
  objectKinds: ['objectKind', 'Sorte d’objet', 'Kind of object'],
  structures: [
    'structure',
    'Structure qui conserve, organise, accueille, propose ou publie',
    'Structure that holds, organises, hosts, offers or publishes',
  ],
  trades: ['trade', 'Métier, ou ce qu’il précise', 'Trade, or what it is narrower than'],
  places: ['place', 'Lieu', 'Place'],
  madeIn: ['madeIn', 'Lieu de création ou d’utilisation', 'Place of making or use'],
  materials: ['material', 'Matériau (filtre `concepts`)', 'Material (filter `concepts`)'],
  techniques: ['technique', 'Matériau ou technique (filtre `concepts`)', 'Material or technique (filter `concepts`)'],
  periods: ['period', 'Période (filtre `concepts`)', 'Period (filter `concepts`)'],
  subjects: ['subject', 'Sujet (filtre `concepts`)', 'Subject (filter `concepts`)'],
  creators: ['creator', 'Auteur ou fabricant', 'Creator or maker'],
  centuries: ['century', 'Siècle', 'Century'],
  hasPicture: ['picture', 'Avec ou sans image', 'With or without a picture'],
  licences: ['licence', 'Licence des textes', 'Licence of the texts'],
  pictureRights: ['pictureRights', 'Licence des images', 'Licence of the pictures'],
  sources: ['source', 'Source', 'Source'],
} as const satisfies Record<string, readonly [FacetName, string, string]>;

const PLACE_FACETS: ReadonlySet<string> = new Set(['places', 'madeIn']);

export const SearchFacets = builder.objectRef<Row>('SearchFacets').implement({
  description: words({
    fr: 'Combien de fiches ont chaque valeur. Une facette compte comme si son propre filtre n’était pas donné : choisir un musée ne cache pas les autres.',
    en: 'How many entities have each value. A facet counts as if its own filter were not given: choosing one museum does not hide the others.',
  }),
  fields: (t) =>
    Object.fromEntries(
      Object.entries(FACET_FIELDS).map(([name, [, fr, en]]) => [
        name,
        t.field({
          type: FacetType,
          nullable: false,
          description: words({ fr: `${fr}.`, en: `${en}.` }),
          args: {
            first: t.arg.int({
              required: true,
              defaultValue: DEFAULT_VALUES,
              description: words({
                fr: `Combien de valeurs au plus, de 0 à ${MOST_VALUES}.`,
                en: `How many values at most, 0 to ${MOST_VALUES}.`,
              }),
            }),
            ...(PLACE_FACETS.has(name)
              ? {
                  level: t.arg({
                    type: PlaceLevel,
                    required: true,
                    defaultValue: 'commune',
                    description: words({ fr: 'À quel niveau.', en: 'On which level.' }),
                  }),
                  within: t.arg.id({
                    description: words({
                      fr: 'Seulement dans ce lieu : uid ou code.',
                      en: 'Only within this place: uid or code.',
                    }),
                  }),
                }
              : {}),
          },
          resolve: byKey,
        }),
      ]),
    ),
});

/** A facet that is selected, once for each alias and each set of arguments. */
export interface SelectedFacet {
  readonly field: Selected;
  readonly question: FacetQuestion;
}

/** The places that facets are asked within. */
export function placesIn(facets: readonly Selected[]): readonly string[] {
  return fieldsOf(facets).flatMap(({ args }) => (args['within'] == null ? [] : [String(args['within'])]));
}

/** What the catalogue is to count for these `facets` fields. @throws Refusal where too many values are asked for */
export function facetsOf(facets: readonly Selected[], ids: ResolvedIds): readonly SelectedFacet[] {
  return fieldsOf(facets).map((field) => {
    const [name] = FACET_FIELDS[field.name as keyof typeof FACET_FIELDS];
    const { first, level, within } = field.args as {
      first: number;
      level?: FacetQuestion['level'];
      within?: string | null;
    };
    if (first < 0 || first > MOST_VALUES)
      throw new Refusal(
        'FIRST_TOO_LARGE',
        `\`first\` d’une facette va de 0 à ${MOST_VALUES}.`,
        `\`first\` of a facet goes from 0 to ${MOST_VALUES}.`,
      );
    return {
      field,
      question: {
        name,
        // Some of them may have to be left out.
        first: name === 'source' ? MOST_SOURCES : first,
        ...(level === undefined ? {} : { level }),
        ...(within == null ? {} : { within: ids.get(idKey('Place', within))?.uid ?? '' }),
      },
    };
  });
}

function fieldsOf(facets: readonly Selected[]): readonly Selected[] {
  return facets.flatMap(({ of }) => [...of.values()].flat());
}

/** The `entity` fields that are selected under a facet. */
export function entityFieldsOf({ field }: SelectedFacet): readonly Selected[] {
  return inside(field, 'values').flatMap((values) => inside(values, 'entity'));
}

function inside(field: Selected, name: string): readonly Selected[] {
  return [...field.of.values()].flat().filter((one) => one.name === name);
}

/** Titles of sources by name; null of one that is not public. */
export type Titles = ReadonlyMap<string, string | null>;

/** The answer in the shape that was asked for. `titles`: of sources, by name; `entities`: of values, by uid and field. */
export function writeFacet(
  { field }: SelectedFacet,
  counted: FacetAnswer,
  titles: Titles,
  entities: ReadonlyMap<string, ReadonlyMap<Selected, unknown>>,
): Row {
  const answer = counted.name === 'source' ? publicSources(counted, Number(field.args['first']), titles) : counted;
  const written: Row = {};
  for (const one of [...field.of.values()].flat()) {
    if (one.name !== 'values') written[one.key] = answer[one.name as 'distinct' | 'missing'];
    else
      written[one.key] = answer.values.map((value) => {
        const labels =
          value.label === undefined ? labelsOf(answer.name, value.value, titles) : { fr: value.label, en: value.label };
        const row: Row = {};
        for (const part of [...one.of.values()].flat()) {
          if (part.name === 'entity') row[part.key] = entities.get(value.value)?.get(part) ?? null;
          else
            row[part.key] = {
              value: writtenValue(answer.name, value.value),
              label: labels.fr,
              labelEn: labels.en,
              count: value.count,
            }[part.name];
        }
        return row;
      });
  }
  return written;
}

/** Without the sources that are not public, of which not even the number is told. */
function publicSources(answer: FacetAnswer, first: number, titles: Titles): FacetAnswer {
  const values = answer.values.filter(({ value }) => titles.get(value) !== null);
  return {
    ...answer,
    values: values.slice(0, first),
    distinct: answer.distinct - answer.values.length + values.length,
  };
}

/** As the filter of the same name takes it. */
function writtenValue(name: FacetName, value: string): string {
  if (name === 'kind') return value.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return ['structureType', 'objectKind', 'licence', 'pictureRights'].includes(name)
    ? value.replaceAll('-', '_').toUpperCase()
    : value;
}

const TYPE_LABELS: Readonly<Record<string, { fr: string; en: string }>> = {
  museum: { fr: 'Musée', en: 'Museum' },
  firm: { fr: 'Entreprise', en: 'Firm' },
  school: { fr: 'Établissement scolaire', en: 'School' },
  association: { fr: 'Association', en: 'Association' },
  archive: { fr: 'Archives', en: 'Archive' },
  collector: { fr: 'Collectionneur', en: 'Collector' },
  network: { fr: 'Réseau', en: 'Network' },
  'public-body': { fr: 'Organisme public', en: 'Public body' },
  other: { fr: 'Autre', en: 'Other' },
  object: { fr: 'Objet', en: 'Object' },
  work: { fr: 'Œuvre', en: 'Work' },
  document: { fr: 'Document', en: 'Document' },
  film: { fr: 'Film', en: 'Film' },
  testimony: { fr: 'Témoignage', en: 'Testimony' },
  specimen: { fr: 'Spécimen', en: 'Specimen' },
  building: { fr: 'Édifice', en: 'Building' },
};

function labelsOf(name: FacetName, value: string, titles: Titles): { fr: string; en: string } {
  switch (name) {
    case 'kind': {
      const { fr, en } = kindOf(value as KindName);
      return { fr: fr.split(' : ')[0]!, en: en.split(':')[0]! };
    }
    case 'licence':
    case 'pictureRights':
      return layerInWords(value as LicenceLayer);
    case 'century':
      return centuryLabels(Number(value));
    case 'picture':
      return value === 'true'
        ? { fr: 'Avec image', en: 'With a picture' }
        : { fr: 'Sans image', en: 'Without a picture' };
    case 'source':
      return { fr: titles.get(value) ?? value, en: titles.get(value) ?? value };
    default:
      return TYPE_LABELS[value] ?? { fr: value, en: value };
  }
}

/** `XIXᵉ siècle`; 0 is the first before our era. */
export function centuryLabels(century: number): { fr: string; en: string } {
  const number = century > 0 ? century : 1 - century;
  const era = century > 0 ? { fr: '', en: '' } : { fr: ' av. J.-C.', en: ' BC' };
  return {
    fr: `${roman(number)}${number === 1 ? 'ᵉʳ' : 'ᵉ'} siècle${era.fr}`,
    en: `${number}${ordinalEnding(number)} century${era.en}`,
  };
}

function roman(number: number): string {
  const signs = [
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ] as const;
  let left = number;
  let written = '';
  for (const [worth, sign] of signs) for (; left >= worth; left -= worth) written += sign;
  return written;
}

function ordinalEnding(number: number): string {
  if (number % 100 >= 11 && number % 100 <= 13) return 'th';
  return { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th';
}
