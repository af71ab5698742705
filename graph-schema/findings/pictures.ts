import type { Words } from './finding.ts';

/** Thumbnails: why none was made of a picture. */
export const PICTURE_FINDINGS = {
  'picture-gone': {
    severity: 'warning',
    fr: 'L’image {url} n’est plus là (réponse {status}).',
    en: 'The picture {url} is not there (status {status}).',
    remedyFr:
      'Signalez l’adresse au partenaire. Elle sera redemandée dans quelques jours ; une vignette déjà faite est retirée.',
    remedyEn:
      'Tell the partner of the address. It is asked for again in a few days; a thumbnail that was made is taken away.',
  },
  'picture-refused': {
    severity: 'warning',
    fr: 'Le serveur de l’image {url} ne la donne pas (réponse {status}).',
    en: 'The server of the picture {url} does not hand it over (status {status}).',
    remedyFr:
      'Demandez au partenaire si ses images peuvent être lues par le hub. Elle sera redemandée dans quelques jours.',
    remedyEn: 'Ask the partner whether the hub may read its pictures. It is asked for again in a few days.',
  },
  'picture-type-unread': {
    severity: 'warning',
    fr: 'Ce que donne {url} n’est pas une image JPEG, PNG, WebP, TIFF ou GIF ({type}).',
    en: 'What {url} gives is no JPEG, PNG, WebP, TIFF or GIF picture ({type}).',
    remedyFr:
      'Rien à faire si c’est une page ou un dessin SVG : l’adresse d’origine reste. Sinon signalez-le au partenaire.',
    remedyEn: 'Nothing to do where it is a page or an SVG drawing: the original address stays. Else tell the partner.',
  },
  'picture-broken': {
    severity: 'warning',
    fr: 'L’image {url} est abîmée ou incomplète ({detail}).',
    en: 'The picture {url} is damaged or incomplete ({detail}).',
    remedyFr: 'Signalez-la au partenaire, qui peut la déposer de nouveau.',
    remedyEn: 'Tell the partner, who can upload it again.',
  },
  'picture-too-large': {
    severity: 'warning',
    fr: 'L’image {url} a trop de pixels : plus de {limit} millions.',
    en: 'The picture {url} has too many pixels: more than {limit} million.',
    remedyFr: 'Demandez au partenaire l’adresse d’une copie plus petite.',
    remedyEn: 'Ask the partner for the address of a smaller copy.',
  },
} as const satisfies Readonly<Record<string, Words>>;
