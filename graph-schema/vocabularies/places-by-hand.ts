/** What places.csv holds beside the communes: countries, regions, departments' names, Belgium, and names in use that the official table lacks. */

export interface HandmadePlace {
  readonly name: string;
  readonly alternativeNames?: readonly string[];
  readonly placeType: 'commune' | 'former-commune' | 'region' | 'country';
  readonly country: 'FR' | 'BE';
  readonly identifier: readonly [scheme: 'insee' | 'insee-reg' | 'iso-3166' | 'nis' | 'trame', value: string];
  readonly within?: readonly [scheme: 'insee' | 'iso-3166' | 'nis', value: string];
}

/** Names of the departments of Hauts-de-France and Normandy, by INSEE code. */
export const DEPARTMENTS: Readonly<Record<string, string>> = {
  '02': 'Aisne',
  '14': 'Calvados',
  '27': 'Eure',
  '50': 'Manche',
  '59': 'Nord',
  '60': 'Oise',
  '61': 'Orne',
  '62': 'Pas-de-Calais',
  '76': 'Seine-Maritime',
  '80': 'Somme',
};

/** Names in use, by INSEE code. Spellings (St, s/, lès) are the resolver's rules and no data. */
export const ALTERNATIVE_NAMES: Readonly<Record<string, readonly string[]>> = {
  '02684': ['Saint-Michel-en-Thiérache'],
  '62108': ['Berck-sur-Mer'],
  '62318': ['Étaples-sur-Mer'],
};

/** Les Hauts-Talican has no point in the table: that of Beaumont-les-Nonains, its main commune before the merger, stands for it. */
export const POINT_FROM: Readonly<Record<string, string>> = { '60694': '60054' };

const FRANCE = ['iso-3166', 'FR'] as const;
const BELGIUM = ['iso-3166', 'BE'] as const;

/** Belgian municipalities carry the NIS code in force since 2019 and no point. A section of one has no code: its id is the project's. */
export const PLACES: readonly HandmadePlace[] = [
  { name: 'France', placeType: 'country', country: 'FR', identifier: FRANCE },
  { name: 'Belgique', alternativeNames: ['België'], placeType: 'country', country: 'BE', identifier: BELGIUM },
  { name: 'Hauts-de-France', placeType: 'region', country: 'FR', identifier: ['insee-reg', '32'], within: FRANCE },
  { name: 'Normandie', placeType: 'region', country: 'FR', identifier: ['insee-reg', '28'], within: FRANCE },
  { name: 'Bernissart', placeType: 'commune', country: 'BE', identifier: ['nis', '51009'], within: BELGIUM },
  { name: 'Chièvres', placeType: 'commune', country: 'BE', identifier: ['nis', '51014'], within: BELGIUM },
  {
    name: 'Tournai',
    alternativeNames: ['Doornik'],
    placeType: 'commune',
    country: 'BE',
    identifier: ['nis', '57081'],
    within: BELGIUM,
  },
  {
    name: 'Mouscron',
    alternativeNames: ['Moeskroen'],
    placeType: 'commune',
    country: 'BE',
    identifier: ['nis', '57096'],
    within: BELGIUM,
  },
  {
    name: 'Comines-Warneton',
    alternativeNames: ['Komen-Waasten'],
    placeType: 'commune',
    country: 'BE',
    identifier: ['nis', '57097'],
    within: BELGIUM,
  },
  {
    name: 'Comines',
    alternativeNames: ['Komen'],
    placeType: 'former-commune',
    country: 'BE',
    identifier: ['trame', 'comines-belgique'],
    within: ['nis', '57097'],
  },
  {
    name: 'Huissignies',
    placeType: 'former-commune',
    country: 'BE',
    identifier: ['trame', 'huissignies'],
    within: ['nis', '51014'],
  },
  {
    name: 'Hellemmes',
    alternativeNames: ['Hellemmes-Lille'],
    placeType: 'former-commune',
    country: 'FR',
    identifier: ['insee', '59298'],
    within: ['insee', '59350'],
  },
  {
    name: 'Lomme',
    placeType: 'former-commune',
    country: 'FR',
    identifier: ['insee', '59355'],
    within: ['insee', '59350'],
  },
  {
    name: 'Saint-Martin-en-Campagne',
    placeType: 'former-commune',
    country: 'FR',
    identifier: ['trame', 'saint-martin-en-campagne'],
    within: ['insee', '76618'],
  },
];
