/** The paper archives that were digitised with the network's help: nine structures, of which the report names three, and 112 documents of one. Every document is made up and says so. */
import { seededRandom } from '../webmuseo/random.ts';

export interface Archive {
  /** As it stands in an address. */
  readonly name: string;
  readonly title: string;
  readonly documents: number;
}

/** Its collection holds the six that the report does not name. */
export const OTHERS = 'autres';

/** The number of documents is the report's for the first, the demonstration's for the others. */
export const ARCHIVES: readonly Archive[] = [
  { name: 'musee-gadzarts', title: 'Musée Gadzarts', documents: 112 },
  { name: 'ampave', title: 'Ampave', documents: 14 },
  { name: 'musee-godewaersvelde', title: 'Musée de Godewaersvelde', documents: 18 },
  ...Array.from({ length: 6 }, (_, index) => ({
    name: `structure-${index + 4}`,
    title: `Structure accompagnée n° ${index + 4} (démonstration)`,
    documents: 6 + index * 2,
  })),
];

export interface Paper {
  readonly number: number;
  readonly kind: string;
  readonly title: string;
  readonly date: string;
  readonly shelfmark: string;
  readonly subjects: readonly string[];
  readonly size: string;
  readonly views: number;
}

const KINDS = [
  'Registre',
  'Catalogue',
  'Plan',
  'Photographie',
  'Lettre',
  'Carte postale',
  'Brochure',
  'Facture',
] as const;
const SUBJECTS = [
  'atelier',
  'apprentissage',
  'outillage',
  'commerce',
  'publicité',
  'machine',
  'vie quotidienne',
] as const;

/** The document of a number, from 1. The same one every time. */
export function paperAt(archive: Archive, number: number): Paper {
  const random = seededRandom(`iiif/${archive.name}/${number}`);
  const kind = random.pick(KINDS);
  const year = random.int(1880, 1965);
  return {
    number,
    kind,
    title: `${kind} de démonstration n° ${number}`,
    date: random.pick([String(year), `vers ${year}`, `${year}-${year + 4}`, 's.d.']),
    shelfmark: `DEMO ${archive.name.slice(0, 3).toUpperCase()} ${number}`,
    subjects: [random.pick(SUBJECTS), random.pick(SUBJECTS)],
    size: `${random.int(14, 40)} x ${random.int(10, 30)} cm`,
    views: random.int(1, 12),
  };
}
