/** The collections and manifests of the archives: odd numbers in Presentation 2, even ones in 3, for partners give both. */
import { ARCHIVES, type Archive, OTHERS, type Paper } from './documents.ts';

const V2 = 'http://iiif.io/api/presentation/2/context.json';
const V3 = 'http://iiif.io/api/presentation/3/context.json';
const PAGE_SIZE = 50;
const MADE_UP = 'Document engendré pour la démonstration : il n’existe pas.';
const CC0 = 'https://creativecommons.org/publicdomain/zero/1.0/';

export const rootOf = (base: string): string => `${base}/iiif/archives`;
const collectionOf = (base: string, name: string): string => `${rootOf(base)}/${name}/collection.json`;
const placeOf = (base: string, archive: Archive, number: number): string => `${rootOf(base)}/${archive.name}/${number}`;
export const manifestOf = (base: string, archive: Archive, number: number): string =>
  `${placeOf(base, archive, number)}/manifest.json`;

/** All archives; `more` are addresses of further collections. */
export function root(base: string, more: readonly string[] = []): object {
  const named = ARCHIVES.filter(({ name }) => !name.startsWith('structure-'));
  const names = [...named.map(({ name }) => collectionOf(base, name)), collectionOf(base, OTHERS), ...more];
  return {
    '@context': V3,
    id: `${rootOf(base)}/collection.json`,
    type: 'Collection',
    label: { fr: ['Archives papier numérisées (démonstration)'] },
    items: names.map((id) => ({ id, type: 'Collection', label: { fr: [id.split('/').at(-2) ?? ''] } })),
  };
}

/** The structures that the report does not name, in version 2. */
export function others(base: string): object {
  const archives = ARCHIVES.filter(({ name }) => name.startsWith('structure-'));
  return {
    '@context': V2,
    '@id': collectionOf(base, OTHERS),
    '@type': 'sc:Collection',
    label: 'Autres structures accompagnées (démonstration)',
    collections: archives.map(({ name, title }) => ({
      '@id': collectionOf(base, name),
      '@type': 'sc:Collection',
      label: title,
    })),
  };
}

/** The collection of one archive: on pages in version 2 where it is long, `members` in version 2, `items` in version 3. */
export function collection(
  base: string,
  archive: Archive,
  page: number | undefined,
  total = archive.documents,
): object {
  const id = collectionOf(base, archive.name);
  const numbers = Array.from({ length: archive.documents }, (_, index) => index + 1);
  if (archive.documents > PAGE_SIZE) return pageOf(id, archive, page, total, base);
  if (archive.documents % 4 === 2) {
    const members = numbers.map((number) => ({
      '@id': manifestOf(base, archive, number),
      '@type': 'sc:Manifest',
      label: String(number),
    }));
    return { '@context': V2, '@id': id, '@type': 'sc:Collection', label: archive.title, members };
  }
  const items = numbers.map((number) => ({
    id: manifestOf(base, archive, number),
    type: 'Manifest',
    label: { none: [String(number)] },
  }));
  return { '@context': V3, id, type: 'Collection', label: { fr: [archive.title] }, items };
}

function pageOf(id: string, archive: Archive, page: number | undefined, total: number, base: string): object {
  const whole = { '@context': V2, '@type': 'sc:Collection', label: archive.title, total };
  if (page === undefined) return { ...whole, '@id': id, first: `${id}?page=1` };
  const first = (page - 1) * PAGE_SIZE + 1;
  const last = Math.min(page * PAGE_SIZE, archive.documents);
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const manifests = numbers.map((number) => ({
    '@id': manifestOf(base, archive, number),
    '@type': 'sc:Manifest',
    label: String(number),
  }));
  const next = last < archive.documents ? { next: `${id}?page=${page + 1}` } : {};
  return { ...whole, '@id': `${id}?page=${page}`, within: id, startIndex: first - 1, manifests, ...next };
}

/** The manifest of a document. */
export function manifest(base: string, archive: Archive, paper: Paper): object {
  return paper.number % 2 === 1 ? version2(base, archive, paper) : version3(base, archive, paper);
}

const canvases = ({ views }: Paper): readonly number[] => Array.from({ length: views }, (_, index) => index + 1);

function version2(base: string, archive: Archive, paper: Paper): object {
  const place = placeOf(base, archive, paper.number);
  return {
    '@context': V2,
    '@id': manifestOf(base, archive, paper.number),
    '@type': 'sc:Manifest',
    label: paper.title,
    description: `<p>${MADE_UP}</p>`,
    attribution: `<span>${archive.title} – démonstration</span>`,
    related: { '@id': place, format: 'text/html' },
    within: collectionOf(base, archive.name),
    metadata: [
      { label: 'Type', value: paper.kind },
      { label: 'Cote', value: paper.shelfmark },
      {
        label: [
          { '@value': 'Date', '@language': 'fr' },
          { '@value': 'Date', '@language': 'en' },
        ],
        value: paper.date,
      },
      { label: 'Sujet', value: paper.subjects },
      { label: 'Dimensions', value: paper.size },
      { label: 'Contact', value: 'archives@example.org' },
    ],
    sequences: [
      {
        '@type': 'sc:Sequence',
        canvases: canvases(paper).map((view) => ({
          '@id': `${place}/canvas/${view}`,
          '@type': 'sc:Canvas',
          label: `Vue ${view}`,
          height: 360,
          width: 480,
          images: [
            {
              '@type': 'oa:Annotation',
              motivation: 'sc:painting',
              on: `${place}/canvas/${view}`,
              resource: { '@id': `${place}/vue-${view}.svg`, '@type': 'dctypes:Image', format: 'image/svg+xml' },
            },
          ],
        })),
      },
    ],
  };
}

function version3(base: string, archive: Archive, paper: Paper): object {
  const place = placeOf(base, archive, paper.number);
  const pair = (fr: string, en: string, ...values: readonly string[]) => ({
    label: { fr: [fr], en: [en] },
    value: { fr: values },
  });
  return {
    '@context': V3,
    id: manifestOf(base, archive, paper.number),
    type: 'Manifest',
    label: { fr: [paper.title], en: [`Demonstration document no. ${paper.number}`] },
    summary: { fr: [MADE_UP], en: ['Made up for the demonstration: it does not exist.'] },
    requiredStatement: { label: { fr: ['Attribution'] }, value: { fr: [`${archive.title} – démonstration`] } },
    rights: CC0,
    homepage: [{ id: place, type: 'Text', format: 'text/html', label: { fr: ['Notice'] } }],
    thumbnail: [{ id: `${place}/vue-1.svg`, type: 'Image', format: 'image/svg+xml' }],
    metadata: [
      pair('Type', 'Type', paper.kind),
      pair('Cote', 'Shelfmark', paper.shelfmark),
      pair('Date', 'Date', paper.date),
      pair('Sujets', 'Subjects', ...paper.subjects),
      pair('Dimensions', 'Dimensions', paper.size),
    ],
    items: canvases(paper).map((view) => ({
      id: `${place}/canvas/${view}`,
      type: 'Canvas',
      height: 360,
      width: 480,
      items: [
        {
          type: 'AnnotationPage',
          items: [
            {
              type: 'Annotation',
              motivation: 'painting',
              target: `${place}/canvas/${view}`,
              body: { id: `${place}/vue-${view}.svg`, type: 'Image', format: 'image/svg+xml' },
            },
          ],
        },
      ],
    })),
  };
}
