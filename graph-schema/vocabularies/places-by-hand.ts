/** What places.csv holds beside the official tables: countries, and places that have no code of their own. */

export interface HandmadePlace {
  readonly name: string;
  readonly alternativeNames?: readonly string[];
  readonly placeType: 'former-commune' | 'country';
  readonly country: string;
  readonly identifier: readonly [scheme: 'iso-3166' | 'trame', value: string];
  readonly within?: readonly [scheme: 'insee' | 'nis', value: string];
}

/** Communes whose point the table of points lacks: a commune's that was merged into it stands for it. */
export const POINT_FROM: Readonly<Record<string, string>> = { '60694': '60054' };

/** Communes that no table of points has. */
export const WITHOUT_POINT: ReadonlySet<string> = new Set(['27676']);

/** The project's regions: their communes are places of the graph, all others wait until a record names them. */
export const REGIONS: readonly string[] = ['32', '28'];

/** ISO 3166-1 alpha-2, French names, and other names in use, of the countries that notices name. */
const COUNTRIES = `FR France; BE Belgique|België|Belgium; DE Allemagne|Deutschland|Germany; AT Autriche; AU Australie; BG Bulgarie; BR Brésil; CA Canada; CD République démocratique du Congo|Congo belge;
  CH Suisse; CI Côte d'Ivoire; CM Cameroun; CN Chine; CZ Tchéquie|République tchèque; DK Danemark; DZ Algérie; EG Égypte; ES Espagne; FI Finlande; GB Royaume-Uni|Grande-Bretagne|United Kingdom;
  GR Grèce; HU Hongrie; ID Indonésie; IE Irlande; IN Inde; IR Iran|Perse; IT Italie; JP Japon; LU Luxembourg; MA Maroc; MG Madagascar; ML Mali; MX Mexique; NL Pays-Bas|Nederland; NO Norvège; PE Pérou; PL Pologne;
  PT Portugal; RO Roumanie; RU Russie; SE Suède; SN Sénégal; TN Tunisie; TR Turquie; UA Ukraine; US États-Unis|États-Unis d'Amérique|USA; VN Viêt Nam|Vietnam`;

/** A section of a Belgian municipality has no code, nor has a delegated commune that gave its code to the new one: their ids are the project's. */
export const PLACES: readonly HandmadePlace[] = [
  ...COUNTRIES.split(';').map(countryOf),
  {
    name: 'Comines',
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
    name: 'Saint-Martin-en-Campagne',
    placeType: 'former-commune',
    country: 'FR',
    identifier: ['trame', 'saint-martin-en-campagne'],
    within: ['insee', '76618'],
  },
];

function countryOf(entry: string): HandmadePlace {
  const [code = '', ...words] = entry.trim().split(' ');
  const [name = '', ...alternativeNames] = words.join(' ').split('|');
  return { name, alternativeNames, placeType: 'country', country: code, identifier: ['iso-3166', code] };
}
