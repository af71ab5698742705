/**
 * What becomes of every field of an object: it is mapped, or left out for a reason. What stands in neither is unknown, and told: nothing is dropped in
 * silence. Names as bareName gives them; https://www.datatourisme.fr/ontology/core, ontology 3, with what ontology 2 had beside.
 */
import type { Json } from '../../connector.ts';
import { bareName, listOf, type Thing, thing } from './values.ts';

export const REASONS = {
  node: 'adresse ou classe d’un nœud, sans intérêt hors du fichier',
  upkeep: 'entretien de la fiche : dates, identifiants et producteurs chez le partenaire',
  private: 'personnes et moyens de les joindre',
  translation: 'traces de la traduction automatique',
  within: 'département, région et pays : connus par la commune',
  comfort: 'confort et services : à lire sur la page du partenaire',
  outline: 'tracés, surfaces et altitudes : le modèle n’a qu’un point',
  label: 'qui donne le label et quand : seul le label est repris',
  picture: 'mesures et commentaires d’une image',
  past: 'mesures de 2020 et 2021, passées',
  elsewhere: 'identifiants et liens chez d’autres',
} as const;
export type Reason = keyof typeof REASONS;

/** `mapped`, a reason, or the fates of the fields within. */
export type Fate = 'mapped' | Reason | Fates;
export interface Fates {
  readonly [name: string]: Fate;
}

const all = <F extends Fate>(fate: F, names: string): Readonly<Record<string, F>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, fate]));

const NODE = all('node', 'id type');
const TERM: Fates = { ...NODE, label: 'mapped', ...all('node', 'comment isCompliantWith availableLanguage') };
const AUDIENCE: Fates = {
  ...TERM,
  ...all('comfort', 'requiredMinPersonCount requiredMaxPersonCount suggestedGender requiredGender'),
  ...all('comfort', 'requiredMinAge requiredMaxAge suggestedMinAge suggestedMaxAge'),
};
const PERIOD: Fates = {
  ...NODE,
  ...all('mapped', 'startDate endDate startTime endTime openingDetails weekOfMonth'),
  appliesOnDay: TERM,
  hasTranslatedProperty: 'translation',
};
const HOURS: Fates = {
  ...NODE,
  ...all('mapped', 'opens closes validFrom validThrough additionalInformation weekOfMonth'),
  dayOfWeek: TERM,
  hasTranslatedProperty: 'translation',
};
const ADDRESS: Fates = {
  ...NODE,
  ...all('mapped', 'addressLocality postalCode streetAddress postOfficeBoxNumber cedex'),
  ...all('within', 'addressCountry addressRegion'),
  nationalAddressId: 'elsewhere',
  hasAddressCity: { ...NODE, insee: 'mapped', label: 'mapped', isPartOfDepartment: 'within', altInsee: 'within' },
};
const PLACE: Fates = {
  ...NODE,
  ...all('mapped', 'name label textOpeningHoursSpecification'),
  address: ADDRESS,
  geo: {
    ...NODE,
    ...all('mapped', 'latitude longitude'),
    ...all('outline', 'elevation line polygon circle box geojson latlon'),
  },
  openingHoursSpecification: HOURS,
  ...all('comfort', 'airConditioning internetAccess noSmoking petsAllowed'),
  altInsee: 'within',
  hasTranslatedProperty: 'translation',
  ...all('elsewhere', 'identifiantRNB hasExternalIdentifier rnb rnbId'),
};
const PRICE: Fates = {
  ...NODE,
  ...all('mapped', 'minPrice maxPrice price priceCurrency additionalInformation name eligibleQuantity'),
  ...all<Fate>(TERM, 'hasEligiblePolicy hasPricingMode hasPricingSeason hasPricingOffer'),
  ...all<Fate>(AUDIENCE, 'hasAudience hasEligibleAudience'),
  appliesOnPeriod: PERIOD,
  hasTranslatedProperty: 'translation',
};
const PICTURE: Fates = {
  ...NODE,
  hasAnnotation: {
    ...NODE,
    ...all('mapped', 'title credits isCoveredBy'),
    ...all('picture', 'comments abstract isDedicatedTo rightsStartDate rightsEndDate hasVersion'),
    hasTranslatedProperty: 'translation',
  },
  hasRelatedResource: {
    ...NODE,
    locator: 'mapped',
    hasMimeType: TERM,
    ...all('picture', 'fileSize height heightUnit width widthUnit'),
  },
};
/** Which contacts these are is said by withoutPersons, which leaves only this of them. */
const CONTACT: Fates = { ...NODE, ...all('mapped', 'homepage siret taxID') };
const PRACTICE: Fates = {
  ...NODE,
  ...all<Fate>(TERM, 'hasDifficultyLevel hasLocomotionMode hasPracticeLocation'),
  ...all('mapped', 'duration durationDays'),
};

/** Of an object of a flux or of the API, as it is when persons were taken out of it. */
export const FATES: Fates = {
  id: 'mapped',
  ...all('mapped', 'type label comment allowedPersons availableLanguage reducedMobilityAccess guided saleOnSite'),
  ...all('mapped', 'startDate endDate tourDistance duration durationDays minAltitude maxAltitude highDifference'),
  ...all('mapped', 'positiveCumulDifference negativeCumulDifference siret taxID'),
  ...all<Fate>(TERM, 'hasTheme hasArchitecturalStyle providesCuisineOfType providesFoodProduct hasTourType'),
  ...all<Fate>(AUDIENCE, 'hasAudience hasClientTarget'),
  ...all<Fate>(CONTACT, 'hasContact hasBookingContact'),
  hasDescription: {
    ...NODE,
    ...all('mapped', 'description shortDescription'),
    isDedicatedTo: 'comfort',
    hasTranslatedProperty: 'translation',
  },
  isLocatedAt: PLACE,
  takesPlaceAt: PERIOD,
  offers: {
    ...NODE,
    priceSpecification: PRICE,
    acceptedPaymentMethod: 'comfort',
    hasTranslatedProperty: 'translation',
  },
  hasReview: {
    ...NODE,
    hasReviewValue: { ...TERM, ratingValue: 'mapped', ...all('label', 'isRatingProvidedBy bestRating worstRating') },
    ...all('label', 'reviewDeliveryDate reviewExpirationDate datePublished reviewValidityDuration'),
    pending: 'mapped',
  },
  ...all<Fate>(PICTURE, 'hasMainRepresentation hasRepresentation'),
  hasPracticeCondition: PRACTICE,
  ...all('upkeep', 'identifier uuid creationDate lastUpdate lastUpdateDatatourisme hasCompletenessScore meta'),
  ...all('translation', 'hasTranslatedProperty'),
  ...all('comfort', 'hasFeature isEquippedWith hasNeighborhood hasGeographicReach hasFloorSize takeAway allYouCanEat'),
  ...all('outline', 'slot'),
  ...all('past', 'COVID19SpecialMeasures COVID19OpeningPeriodsConfirmed COVID19InOperationConfirmed'),
  ...all('elsewhere', 'sameAs uri hasExternalReference hasExternalIdentifier'),
};

/** The columns of the catalogue. */
export const COLUMNS: Fates = {
  ...all('mapped', 'Nom_du_POI Categories_de_POI Latitude Longitude Adresse_postale Code_postal_et_commune'),
  ...all('mapped', 'Periodes_regroupees Contacts_du_POI Classements_du_POI Description URI_ID_du_POI'),
  ...all('upkeep', 'Date_de_mise_a_jour SIT_diffuseur'),
  Createur_de_la_donnee: 'private',
  Covid19_mesures_specifiques: 'past',
};

/** The paths that are filled and have no fate, each once and sorted, without positions in lists: `isLocatedAt/newName`. */
export function unknownPaths(object: Thing, fates: Fates = FATES): readonly string[] {
  const found = new Set<string>();
  walk(object, fates, '', found);
  return [...found].sort();
}

function walk(object: Thing, fates: Fates, path: string, found: Set<string>): void {
  for (const name in object) {
    const bare = bareName(name);
    const fate = Object.hasOwn(fates, bare) ? fates[bare] : undefined;
    if (typeof fate === 'string') continue;
    const value = object[name];
    if (fate === undefined) {
      if (isFilled(value)) found.add(`${path}${bare}`);
      continue;
    }
    for (const one of listOf(value)) {
      const within = thing(one);
      if (within) walk(within, fate, `${path}${bare}/`, found);
      // Words stand where an object is expected: the partner has changed the field's type.
      else if (isFilled(one)) found.add(`${path}${bare}`);
    }
  }
}

function isFilled(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return (value as readonly Json[]).some(isFilled);
  return typeof value !== 'object' || Object.values(value).some(isFilled);
}
