/**
 * Two tiers of an object, in the spirit of Europeana's Publishing Framework (content tiers 0–4, metadata tiers A–C), as far as our model has what they ask: the
 * size of a picture is not known here, so rights and an address stand for it. Pure.
 */
import type { QualityCode } from '../findings/quality.ts';
import { layerOf, republishableUnder } from '../licences.ts';
import type { AnyRecord } from '../record.ts';
import { wordsIn } from './judge.ts';

export const CONTENT_TIERS = [0, 1, 2, 3, 4] as const;
export type ContentTier = (typeof CONTENT_TIERS)[number];
export const METADATA_TIERS = ['0', 'A', 'B', 'C'] as const;
export type MetadataTier = (typeof METADATA_TIERS)[number];

/** What each tier asks, in French and English: what the pages and the guide say. */
export const TIERS_IN_WORDS = {
  content: {
    0: ['ni image ni page', 'neither picture nor page'],
    1: [
      'une page chez le partenaire, ou une image dont les droits ne sont pas dits',
      'a page at the partner’s, or a picture of unsaid rights',
    ],
    2: [
      'une image dont les droits sont dits et ne permettent pas de la republier',
      'a picture whose rights are said, and reserve it',
    ],
    3: [
      'une image que l’on peut republier à des conditions (partage à l’identique, « libre de droits »)',
      'a picture that may be shown again under conditions',
    ],
    4: ['une image vraiment ouverte : domaine public, CC0, CC BY, Licence Ouverte', 'a picture that is truly open'],
  },
  metadata: {
    '0': ['un titre, et rien qui aide à trouver', 'a title, and nothing that helps to find it'],
    A: [
      'au moins un élément qui aide : date, lieu, type, matière, sujet, auteur, métier',
      'at least one element that helps',
    ],
    B: [
      'au moins trois éléments, dont un relié à un vocabulaire',
      'at least three elements, one of them linked to a vocabulary',
    ],
    C: [
      'au moins cinq éléments, dont deux reliés, et une description de dix mots',
      'at least five elements, two of them linked, and a description of ten words',
    ],
  },
} as const;

const OPEN: ReadonlySet<string> = new Set(['public-domain', 'cc0', 'cc-by', 'licence-ouverte']);

/** By the best of its pictures, sounds and films; one whose address is among the `dead` is none, and so is such a page. */
export function contentTier(record: AnyRecord, dead: ReadonlySet<string>): ContentTier {
  const media = (record.relations['media'] ?? []).flatMap((link) => ('media' in link ? [link.media] : []));
  const best = media
    .filter(({ url }) => url !== undefined && !dead.has(url))
    .map(({ rights, rightsUri }): ContentTier => {
      const layer = layerOf(rights, rightsUri);
      if (OPEN.has(layer)) return 4;
      const may = republishableUnder(layer);
      return may === true ? 3 : may === false ? 2 : 1;
    });
  const page: ContentTier = record.fields['page'] === undefined || dead.has(String(record.fields['page'])) ? 0 : 1;
  return [page, ...best].reduce((a, b) => (b > a ? b : a));
}

/** `linked`: how many sorts of relations of its thing lead to an entry of a vocabulary (place, trade, type, technique, period). */
export function metadataTier(record: AnyRecord, linked: number): MetadataTier {
  return metadataOf(countsOf(record, linked));
}

/** What a metadata tier is decided by. */
interface Counts {
  readonly said: number;
  readonly linked: number;
  /** Words of the description. */
  readonly described: number;
}

function countsOf(record: AnyRecord, linked: number): Counts {
  const said = ELEMENTS.filter((name) => {
    const value = record.fields[name] ?? record.relations[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  }).length;
  return { said, linked, described: wordsIn(String(record.fields['description'] ?? '')) };
}

function metadataOf({ said, linked, described }: Counts): MetadataTier {
  if (said >= 5 && linked >= 2 && described >= 10) return 'C';
  if (said >= 3 && linked >= 1) return 'B';
  return said >= 1 ? 'A' : '0';
}

/** What mending a finding adds, where it is mended well: a place, type or trade that is known is said and linked. */
const MENDED: Readonly<Partial<Record<QualityCode, Partial<Counts>>>> = {
  'quality-no-date': { said: 1 },
  'quality-no-place': { said: 1, linked: 1 },
  'quality-no-type': { said: 1, linked: 1 },
  'quality-no-trade': { said: 1, linked: 1 },
  'quality-place-unread': { linked: 1 },
  'quality-words-unread': { linked: 1 },
  'quality-no-description': { described: 10 },
  'quality-description-short': { described: 10 },
};
/** A picture whose rights are said is of tier 2 at least. */
const RIGHTS_SAID: ContentTier = 2;

/** Of the findings of an object, those whose mend alone would lift it to a higher tier, of content or of metadata. */
export function lifting(
  codes: Iterable<QualityCode>,
  { record, linked, dead }: { readonly record: AnyRecord; readonly linked: number; readonly dead: ReadonlySet<string> },
): readonly QualityCode[] {
  const counts = countsOf(record, linked);
  const [content, alive] = [contentTier(record, dead), contentTier(record, new Set())];
  const lifts = (code: QualityCode): boolean => {
    if (code === 'quality-picture-dead' || code === 'quality-page-dead') return alive > content;
    if (code === 'quality-no-picture' || code === 'quality-picture-rights') return content < RIGHTS_SAID;
    const added = MENDED[code];
    if (added === undefined) return false;
    const after = {
      said: counts.said + (added.said ?? 0),
      linked: counts.linked + (added.linked ?? 0),
      described: counts.described + (added.described ?? 0),
    };
    return metadataOf(after) !== metadataOf(counts);
  };
  return [...new Set(codes)].filter(lifts);
}

const ELEMENTS = [
  'date',
  'madeIn',
  'objectTypes',
  'techniques',
  'subjects',
  'creators',
  'trades',
  'periods',
  'use',
  'dimensions',
];
