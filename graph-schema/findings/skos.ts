/** The words of what can be found in a vocabulary in SKOS. */
import type { Words } from './finding.ts';

export const SKOS_FINDINGS = {
  'skos-unread': {
    severity: 'error',
    fr: 'Le fichier {file} n’est pas un vocabulaire SKOS lisible ({reason}).',
    en: 'The file {file} is no SKOS vocabulary that can be read ({reason}).',
    remedyFr: 'Demandez-le en Turtle, en N-Triples ou en RDF/XML, et vérifiez qu’il est entier.',
    remedyEn: 'Ask for it in Turtle, N-Triples or RDF/XML, and check that it is whole.',
  },
  'skos-none': {
    severity: 'error',
    fr: 'Le fichier {file} ne contient aucun skos:Concept.',
    en: 'The file {file} holds no skos:Concept.',
    remedyFr: 'Vérifiez que c’est bien le fichier du vocabulaire, et non celui de sa description.',
    remedyEn: 'Check that it is the vocabulary’s file, and not that of its description.',
  },
  'skos-too-large': {
    severity: 'error',
    fr: 'Le vocabulaire {file} dépasse {limit} caractères.',
    en: 'The vocabulary {file} is longer than {limit} characters.',
    remedyFr: 'Demandez-en la partie utile, ou découpez-le par schéma.',
    remedyEn: 'Ask for the part that is needed, or cut it by scheme.',
  },
  'skos-deprecated': {
    severity: 'info',
    fr: 'La notion {id} est abandonnée par son vocabulaire ; elle n’est pas montrée.',
    en: 'The concept {id} is deprecated by its vocabulary; it is not shown.',
    remedyFr: 'Rien à faire : le vocabulaire l’a remplacée ou retirée.',
    remedyEn: 'Nothing to do: the vocabulary has replaced or withdrawn it.',
  },
} as const satisfies Readonly<Record<string, Words>>;
