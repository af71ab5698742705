/**
 * Under which licence a text or a picture is, from what its partner wrote about it: so that what is free, what is shared alike and what is reserved is never
 * mixed silently. Only what is said counts: what nobody said is `unknown`, and never taken for free.
 */
import { fold } from './text.ts';

interface Declared {
  readonly fr: string;
  readonly en: string;
  /** Whether it may be shown again elsewhere; absent where nothing tells. */
  readonly republishable?: boolean;
  /** What says so in words (folded, addresses left out), and in an address. */
  readonly words?: RegExp;
  readonly address?: RegExp;
}

const cc = (name: string, republishable: boolean, words: RegExp, address: RegExp): Declared => ({
  fr: `Creative Commons ${name}`,
  en: `Creative Commons ${name}`,
  republishable,
  words,
  address,
});

/** A word for openness that is denied, or comes under a condition that no open licence knows: "non libre de droits", "hors domaine public", "CC BY, usage non commercial". */
function restrictedInWords(): RegExp {
  return new RegExp(
    [
      /\b(?:non|pas|hors|sauf|excepte|not|except)\b(?: \S+){0,3} (?:libres? de droits?|domaine public|public domain|open licen[cs]e|licence ouverte)/,
      /\bnon[ -]?(?:commercia\w*)|(?:utilisation|usage|exploitation) commerciale? (?:est )?(?:interdite?|soumise?|exclue?)/,
      /\b(?:soumise?s? a|sur|sous reserve d.?|apres) ?(?:une? )?(?:autorisation|accord)|autorisation (?:prealable|ecrite|requise|necessaire)/,
      /\b(?:usage|utilisation) (?:strictement )?(?:prive|personnel|pedagogique|scolaire)\w*|permission required/,
    ]
      .map(({ source }) => source)
      .join('|'),
  );
}

/** In the order in which they are looked for: what restricts comes before what permits. */
const DECLARED = {
  'cc-by-nc-nd': cc('BY-NC-ND', false, /\bby[ -]nc[ -]nd\b/, /licenses\/by-nc-nd/),
  'cc-by-nc-sa': cc('BY-NC-SA', false, /\bby[ -]nc[ -]sa\b/, /licenses\/by-nc-sa/),
  'cc-by-nc': cc('BY-NC', false, /\bnc\b|pas d.?utilisation commerciale/, /creativecommons\.org\/licenses\/[a-z-]*nc/),
  'cc-by-nd': cc('BY-ND', false, /\bnd\b|pas de modification/, /creativecommons\.org\/licenses\/[a-z-]*nd/),
  'in-copyright': {
    fr: 'Tous droits réservés',
    en: 'All rights reserved',
    republishable: false,
    words:
      /tous droits reserves|all rights reserved|reproduction interdite|droits reserves|in ?copyright|rightsstatements\.org\/vocab\/inc/,
    address: /rightsstatements\.org\/vocab\/inc/,
  },
  restricted: {
    fr: 'Réutilisation restreinte',
    en: 'Restricted reuse',
    republishable: false,
    words: restrictedInWords(),
    address: /rightsstatements\.org\/vocab\/(cne|und|noc-nc|noc-cr|noc-oklr)/,
  },
  cc0: cc('CC0', true, /\bcc0\b/, /publicdomain\/zero/),
  'public-domain': {
    fr: 'Domaine public',
    en: 'Public domain',
    republishable: true,
    words: /domaine public|public domain/,
    address: /publicdomain\/mark/,
  },
  'cc-by-sa': cc('BY-SA', true, /\bcc[ -]?by[ -]+sa\b/, /creativecommons\.org\/licenses\/by-sa\//),
  'cc-by': cc('BY', true, /\bcc[ -]?by\b/, /creativecommons\.org\/licenses\/by\//),
  odbl: {
    fr: 'Open Database License (ODbL)',
    en: 'Open Database License (ODbL)',
    republishable: true,
    words: /\bodbl\b|open database licen/,
    address: /opendatacommons\.org\/licenses\/odbl/,
  },
  'licence-ouverte': {
    fr: 'Licence Ouverte (Etalab)',
    en: 'Open Licence (Etalab)',
    republishable: true,
    words: /licence ouverte|open licen[cs]e|etalab|\blov[12]\b/,
    address: /etalab\.gouv\.fr/,
  },
  mit: { fr: 'MIT', en: 'MIT', republishable: true, words: /^mit$/ },
  open: {
    fr: 'Libre de droits, sans autre précision',
    en: 'Free of rights, nothing more said',
    republishable: true,
    words: /libre de droits/,
    address: /opendefinition\.org/,
  },
  demonstration: { fr: 'Donnée de démonstration', en: 'Demonstration data', words: /^demonstration$/ },
  unknown: { fr: 'Inconnue', en: 'Unknown' },
} as const satisfies Readonly<Record<string, Declared>>;

export type LicenceLayer = keyof typeof DECLARED;
export const LICENCE_LAYERS = Object.keys(DECLARED) as readonly LicenceLayer[];

const ADDRESS = /https?:\/\/\S+/g;
/** Hyphens and dashes as word processors set them, blanks around them included. */
const DASHES = /\s*[\u2010-\u2015\u2212]\s*/g;
const CLAIMED = /©|\(c\)|copyright/i;
const WITHOUT_RIGHTS: ReadonlySet<LicenceLayer> = new Set(['public-domain', 'cc0', 'open']);

/** The layer of what was written: words, which may hold an address, and an address beside them. */
export function layerOf(said: string | undefined, uri?: string): LicenceLayer {
  const words = fold((said ?? '').replace(ADDRESS, ' ').replace(DASHES, '-')).replace(/\s+/g, ' ');
  const address = fold([uri ?? '', ...(said?.match(ADDRESS) ?? [])].join(' '));
  const found = LICENCE_LAYERS.find((layer) => {
    const declared: Declared = DECLARED[layer];
    return declared.words?.test(words) === true || declared.address?.test(address) === true;
  });
  // Somebody claims rights in what is said to have none: whose word holds is not ours to say.
  if (found !== undefined && WITHOUT_RIGHTS.has(found) && CLAIMED.test(said ?? '')) return 'unknown';
  return found ?? 'unknown';
}

/** Whether what is under it may be shown again: undefined where nothing tells. */
export function republishableUnder(layer: LicenceLayer): boolean | undefined {
  const declared: Declared = DECLARED[layer];
  return declared.republishable;
}

/** Its name for people. */
export function layerInWords(layer: LicenceLayer): { readonly fr: string; readonly en: string } {
  const { fr, en } = DECLARED[layer];
  return { fr, en };
}
