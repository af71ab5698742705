/** What an object of DATAtourisme is, by its classes. An object names all that it belongs to, the general ones too. */
import type { STRUCTURE_TYPES } from '#graph-schema/model.ts';

export type ObjectKind = 'Event' | 'Structure' | 'Route' | 'Offer';

const GENERAL: readonly (readonly [string, ObjectKind])[] = [
  ['EntertainmentAndEvent', 'Event'],
  ['Tour', 'Route'],
  ['PlaceOfInterest', 'Structure'],
  ['Product', 'Offer'],
  ['Practice', 'Offer'],
];

/** Some of the special classes, where the general one is left out (the catalogue does). */
const SPECIAL: Readonly<Record<string, ObjectKind>> = {
  ...of('Event', 'Exhibition Festival Concert CulturalEvent SocialEvent SportsEvent BusinessEvent SaleEvent'),
  ...of('Event', 'Conference OpenDay TheaterEvent ShowEvent TraditionalCelebration Commemoration Market FairOrShow'),
  ...of('Route', 'WalkingTour CyclingTour RoadTour HorseTour FluvialTour UnderwaterRoute'),
  ...of('Structure', 'CulturalSite Museum TechnicalHeritage IndustrialSite CraftsmanShop TastingProvider Store Mill'),
  ...of(
    'Structure',
    'RemarkableBuilding ReligiousSite ArcheologicalSite NaturalHeritage FoodEstablishment Accommodation',
  ),
  ...of(
    'Structure',
    'TouristInformationCenter LocalTouristOffice InterpretationCentre Library ArtGalleryOrExhibitionGallery',
  ),
  ...of('Offer', 'Visit Tasting Practice Rental AccommodationProduct'),
};

function of(kind: ObjectKind, names: string): Readonly<Record<string, ObjectKind>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

/** Undefined where none of the classes is known. A product that has dates takes place: it is an Event. */
export function kindOfClasses(classes: readonly string[], dated: boolean): ObjectKind | undefined {
  const kind =
    GENERAL.find(([name]) => classes.includes(name))?.[1] ??
    classes.map((name) => (Object.hasOwn(SPECIAL, name) ? SPECIAL[name] : undefined)).find((one) => one !== undefined);
  return kind === 'Offer' && dated ? 'Event' : kind;
}

const FIRMS = [
  'CraftsmanShop',
  'TastingProvider',
  'Store',
  'FoodEstablishment',
  'IndustrialSite',
  'ServiceProvider',
  'Accommodation',
  'Cellar',
];
const PUBLIC = ['LocalTouristOffice', 'TouristInformationCenter'];

export function structureTypeOf(classes: readonly string[]): (typeof STRUCTURE_TYPES)[number] {
  if (classes.includes('Museum')) return 'museum';
  if (FIRMS.some((name) => classes.includes(name))) return 'firm';
  return PUBLIC.some((name) => classes.includes(name)) ? 'public-body' : 'other';
}

/** Classes that say something to a reader, in French. */
const WORDS: Readonly<Record<string, string>> = {
  Museum: 'musée',
  TechnicalHeritage: 'patrimoine technique',
  IndustrialSite: 'site industriel',
  CraftsmanShop: 'boutique d’artisan',
  TastingProvider: 'dégustation',
  Mill: 'moulin',
  ReligiousSite: 'édifice religieux',
  RemarkableBuilding: 'édifice remarquable',
  InterpretationCentre: 'centre d’interprétation',
  Exhibition: 'exposition',
  Festival: 'festival',
  Concert: 'concert',
  Conference: 'conférence',
  OpenDay: 'portes ouvertes',
  Market: 'marché',
  FairOrShow: 'foire ou salon',
  Workshop: 'atelier',
  TheaterEvent: 'théâtre',
  TraditionalCelebration: 'fête traditionnelle',
  Visit: 'visite',
  Tasting: 'dégustation',
  WalkingTour: 'itinéraire pédestre',
  CyclingTour: 'itinéraire cyclable',
  RoadTour: 'itinéraire routier',
  CulturalEvent: 'événement culturel',
  ShowEvent: 'spectacle',
  ExhibitionEvent: 'exposition',
  Commemoration: 'commémoration',
  SaleEvent: 'vente',
  BricABrac: 'brocante',
  Parade: 'défilé',
  Recital: 'récital',
  Carnival: 'carnaval',
  ScreeningEvent: 'projection',
  Reading: 'lecture',
  Competition: 'concours',
  HorseTour: 'itinéraire équestre',
  FluvialTour: 'itinéraire fluvial',
  Rental: 'location',
  Practice: 'activité',
  SportsEvent: 'événement sportif',
  SocialEvent: 'événement local',
  BusinessEvent: 'événement professionnel',
  ...places(),
  CulturalSite: 'site culturel',
};

/** Sights and places, the more special first. */
function places(): Readonly<Record<string, string>> {
  return {
    Abbey: 'abbaye',
    Aqueduct: 'aqueduc',
    ArcheologicalSite: 'site archéologique',
    ArtGalleryOrExhibitionGallery: 'galerie d’art ou d’exposition',
    Basilica: 'basilique',
    Belfry: 'beffroi',
    Bridge: 'pont',
    Calvary: 'calvaire',
    Castle: 'château',
    CastleAndPrestigeMansion: 'château ou demeure',
    Cathedral: 'cathédrale',
    Cemetery: 'cimetière',
    Chapel: 'chapelle',
    Church: 'église',
    Citadel: 'citadelle',
    CivicBuilding: 'édifice civil',
    Cloister: 'cloître',
    Collegiate: 'collégiale',
    Convent: 'couvent',
    DefenceSite: 'site défensif',
    Dungeon: 'donjon',
    Forge: 'forge',
    Fort: 'fort',
    FortifiedCastle: 'château fort',
    Fountain: 'fontaine',
    Library: 'bibliothèque',
    Lighthouse: 'phare',
    MilitaryCemetery: 'cimetière militaire',
    Mine: 'mine',
    Monastery: 'monastère',
    NaturalHeritage: 'patrimoine naturel',
    Palace: 'palais',
    ParkAndGarden: 'parc et jardin',
    Priory: 'prieuré',
    Ramparts: 'remparts',
    RemarkableHouse: 'demeure remarquable',
    RemembranceSite: 'lieu de mémoire',
    Ruins: 'ruines',
    Synagogue: 'synagogue',
    Temple: 'temple',
    Theater: 'théâtre',
    Tower: 'tour',
    Viaduct: 'viaduc',
    Winery: 'domaine viticole',
    Brewery: 'brasserie',
    Distillery: 'distillerie',
    LocalProductsShop: 'produits du terroir',
    Store: 'commerce',
    LocalTouristOffice: 'office de tourisme',
    Restaurant: 'restaurant',
    Accommodation: 'hébergement',
  };
}

/** The words of the classes, the more special first. */
export function classWords(classes: readonly string[]): readonly string[] {
  const named = new Set(classes);
  return Object.keys(WORDS).flatMap((name) => (named.has(name) ? [WORDS[name] ?? ''] : []));
}
