/** The sentences and subjects that descriptions are made of. Facts of no real object: all of it is demonstration. */
import type { Random } from './random.ts';
import type { ObjectName } from './workspaces.ts';

export const NOTICE = 'Notice de démonstration, engendrée : cet objet n’existe pas.';

/** The museum's domain (Joconde's DOMN) and the subjects of each theme. */
export const DOMAINS: Readonly<Record<string, { readonly domain: string; readonly subjects: readonly string[] }>> = {
  textile: { domain: 'textile', subjects: ['industrie textile', 'travail en usine', 'laine', 'coton'] },
  ruban: { domain: 'textile', subjects: ['rubanerie', 'mercerie', 'industrie textile'] },
  broderie: { domain: 'textile', subjects: ['broderie', 'dentelle', 'mode'] },
  mine: { domain: 'sciences et techniques', subjects: ['charbon', 'bassin minier', 'travail au fond'] },
  rail: { domain: 'sciences et techniques', subjects: ['chemin de fer', 'voyage', 'transport'] },
  agriculture: { domain: 'ethnologie', subjects: ['vie rurale', 'moisson', 'machinisme agricole', 'lin'] },
  laiterie: { domain: 'ethnologie', subjects: ['lait', 'beurre', 'élevage', 'vie rurale'] },
  chicoree: { domain: 'ethnologie', subjects: ['chicorée', 'industrie alimentaire', 'publicité'] },
  tabletterie: { domain: 'arts décoratifs', subjects: ['nacre', 'bouton', 'éventail', 'jeu'] },
  hopital: { domain: 'sciences et techniques', subjects: ['santé', 'hôpital', 'orthopédie'] },
  meunerie: { domain: 'ethnologie', subjects: ['moulin', 'farine', 'pain'] },
  peche: { domain: 'ethnologie', subjects: ['pêche en mer', 'vie maritime', 'hareng'] },
  batellerie: { domain: 'ethnologie', subjects: ['canal', 'navigation intérieure', 'touage'] },
  telecom: { domain: 'sciences et techniques', subjects: ['téléphone', 'télégraphe', 'radio'] },
  confiserie: { domain: 'ethnologie', subjects: ['sucre', 'friandise', 'fête'] },
  ecole: { domain: 'ethnologie', subjects: ['école', 'enseignement', 'enfance'] },
  aviation: { domain: 'sciences et techniques', subjects: ['aviation', 'histoire militaire', 'vol'] },
  fonte: { domain: 'sciences et techniques', subjects: ['métallurgie', 'fonderie', 'enseignement technique'] },
  foret: { domain: 'ethnologie', subjects: ['forêt', 'bois', 'chasse'] },
  jeux: { domain: 'ethnologie', subjects: ['jeu traditionnel', 'fête', 'carnaval', 'spectacle'] },
  artisans: { domain: 'ethnologie', subjects: ['artisanat', 'atelier', 'outil'] },
  commerce: { domain: 'ethnologie', subjects: ['commerce', 'boutique', 'frontière', 'vie quotidienne'] },
};

const DETAILS: Readonly<Record<ObjectName['shape'], readonly string[]>> = {
  long: ['Manche poli par l’usage.', 'Extrémité renforcée.', 'Profil droit, légèrement arqué.'],
  boite: ['Assemblage à queues d’aronde.', 'Couvercle mobile.', 'Fond remplacé.'],
  roue: ['Pourtour marqué d’un numéro.', 'Moyeu usé.', 'Six rayons.'],
  pot: ['Deux anses.', 'Bord légèrement évasé.', 'Fond plat.'],
  bouteille: ['Col étroit.', 'Corps cylindrique.', 'Marque en creux sous le fond.'],
  feuille: ['Texte encadré d’un filet.', 'Trace de pliures.', 'Annotations manuscrites au dos.'],
  tissu: ['Coutures à la main.', 'Bordure ajourée.', 'Initiales brodées.'],
  machine: ['Montants assemblés.', 'Pièces numérotées.', 'Plaque de fabricant absente.'],
  lampe: ['Crochet de suspension.', 'Verre cylindrique.', 'Fermeture à vis.'],
  lame: ['Tranchant affûté à plusieurs reprises.', 'Marque frappée, illisible.', 'Rivets apparents.'],
  plaque: ['Deux trous de fixation.', 'Angles arrondis.', 'Inscription en relief.'],
  bobine: ['Joues tournées.', 'Âme percée.', 'Numéro au pochoir.'],
  figure: ['Contours adoucis.', 'Traces de couleur.', 'Dos évidé.'],
};

const STATES: readonly string[] = [
  'Bon état général.',
  'Usure d’usage.',
  'Oxydation légère.',
  'Ancienne restauration visible.',
  'Manque un élément.',
  'Traces de réparation.',
];

const INSCRIPTIONS: readonly string[] = [
  'N° 12',
  'N° 7',
  'DÉPOSÉ',
  '1re QUALITÉ',
  'MODÈLE 3',
  'N° 148',
  'B. T.',
  'FABRICATION FRANÇAISE',
];

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "de tisserand", "d’ouvrière". */
export function of(noun: string): string {
  return /^[aeiouyéèêhœ]/i.test(noun) ? `d’${noun}` : `de ${noun}`;
}

export function description(name: ObjectName, material: string, town: string, random: Random): string {
  const sentences = [`${capital(name.name)} en ${material}.`, `Usage : ${name.use}.`, random.pick(DETAILS[name.shape])];
  if (random.chance(0.4)) sentences.push(`Provenance : ${town}.`);
  if (random.chance(0.7)) sentences.push(random.pick(STATES));
  return [...sentences, NOTICE].join(' ');
}

/** What is written on about one object in nine. */
export function inscription(random: Random): string | undefined {
  return random.chance(0.11) ? random.pick(INSCRIPTIONS) : undefined;
}
