/** What `pathwayCandidates` is made of. */
import type { Row } from '../compile/entity.ts';
import { MISSING_REASONS, type MissingReason } from '../pathways/answer.ts';
import { EVIDENCE_KINDS, type EvidenceKind } from '../pathways/candidates.ts';
import { LEVEL_FITS, type LevelFit, type ScorePartName, WEIGHTS } from '../pathways/score.ts';
import { builder, byKey, enumName, words } from './builder.ts';
import { kindRef } from './connection.ts';
import { enumOf, How } from './enums.ts';
import { PositionPrecision } from './position.ts';

type Words = Parameters<typeof words>[0];

/** An enum whose every value is described. */
function told<Value extends string>(
  name: string,
  description: Words,
  values: readonly Value[],
  said: Record<Value, Words>,
) {
  return builder.enumType(name, {
    description: words(description),
    values: Object.fromEntries(values.map((value) => [enumName(value), { value, description: words(said[value]) }])),
  });
}

const CandidateEvidenceKind = told<EvidenceKind>(
  'CandidateEvidenceKind',
  { fr: 'Ce qui lie une structure au métier.', en: 'What links a structure to the trade.' },
  EVIDENCE_KINDS,
  {
    about: { fr: 'Elle concerne elle-même ce métier.', en: 'It is itself about this trade.' },
    holdings: { fr: 'Elle conserve des objets de ce métier.', en: 'It holds objects of this trade.' },
    training: {
      fr: 'Elle dispense une formation qui correspond à ce métier (ROME).',
      en: 'It gives a training that matches this trade (ROME).',
    },
    pathway: {
      fr: 'Elle est déjà ce volet d’un parcours de ce métier, que `text` nomme.',
      en: 'It is this leg of a pathway of this trade already, which `text` names.',
    },
    activity: { fr: 'Son activité (NAF) correspond à ce métier.', en: 'Its activity (NAF) matches this trade.' },
  },
);

const CandidateLevelFit = told<LevelFit>(
  'CandidateLevelFit',
  { fr: 'Le niveau demandé convient-il ?', en: 'Does the level that was asked for fit?' },
  LEVEL_FITS,
  {
    yes: { fr: 'Une offre, une ressource ou un parcours le nomme.', en: 'An offer, a resource or a pathway names it.' },
    no: { fr: 'D’autres niveaux sont nommés, pas celui-ci.', en: 'Other levels are named, not this one.' },
    'not-known': {
      fr: 'Rien n’en est dit, ou aucun n’a été demandé.',
      en: 'Nothing is said of it, or none was asked for.',
    },
  },
);

const CandidateMissingReason = told<MissingReason>(
  'CandidateMissingReason',
  { fr: 'Pourquoi un volet n’a aucune structure.', en: 'Why a leg has no structure.' },
  MISSING_REASONS,
  {
    beyond: {
      fr: 'Aucune dans la distance ; il y en a plus loin.',
      en: 'None within the distance; there are further away.',
    },
    'not-harvested': {
      fr: 'Aucune structure de cette sorte n’est connue dans la distance, pour aucun métier : la source qui les dirait n’est pas moissonnée ici.',
      en: 'No structure of this sort is known within the distance, for any trade: the source that would tell of them is not harvested here.',
    },
    'none-known': {
      fr: 'Aucune, nulle part, pour ce métier ni pour un métier proche.',
      en: 'None anywhere, for this trade or one near it.',
    },
  },
);

const CandidateScorePartName = told<ScorePartName>(
  'CandidateScorePartName',
  { fr: 'Ce qu’une note pèse.', en: 'What a score weighs.' },
  Object.keys(WEIGHTS) as ScorePartName[],
  {
    trade: {
      fr: 'Le métier même (1), un métier proche (0,6), le même secteur (0,3).',
      en: 'The very trade (1), one near it (0.6), the same sector (0.3).',
    },
    evidence: { fr: 'La sûreté de ce qui l’y lie.', en: 'How sure what links it is.' },
    level: {
      fr: 'Le niveau : convient (1), non connu (0,5), un autre (0).',
      en: 'The level: fits (1), not known (0.5), another (0).',
    },
    distance: {
      fr: 'La distance : ici même (1), au plus loin (0), non connue (0,5).',
      en: 'The distance: right here (1), at the furthest (0), not known (0.5).',
    },
  },
);

const CandidateScorePart = builder.objectRef<Row>('CandidateScorePart').implement({
  description: words({ fr: 'Une part d’une note.', en: 'A part of a score.' }),
  fields: (t) => ({
    name: t.field({
      type: CandidateScorePartName,
      nullable: false,
      description: words({ fr: 'Ce qui est pesé.', en: 'What is weighed.' }),
      resolve: byKey,
    }),
    weight: t.int({
      nullable: false,
      description: words({ fr: 'Son poids parmi les autres.', en: 'Its weight among the others.' }),
      resolve: byKey,
    }),
    value: t.float({
      nullable: false,
      description: words({ fr: 'Sa valeur, de 0 à 1.', en: 'Its value, 0 to 1.' }),
      resolve: byKey,
    }),
  }),
});

const CandidateEvidence = builder.objectRef<Row>('CandidateEvidence').implement({
  description: words({
    fr: 'Une raison de penser à une structure pour un métier.',
    en: 'A reason to think of a structure for a trade.',
  }),
  fields: (t) => ({
    kind: t.field({
      type: CandidateEvidenceKind,
      nullable: false,
      description: words({ fr: 'Ce qui les lie.', en: 'What links them.' }),
      resolve: byKey,
    }),
    trade: t.field({
      type: kindRef('Trade'),
      description: words({
        fr: 'Le métier lié : celui demandé ou un métier proche.',
        en: 'The trade linked: the one asked for or one near it.',
      }),
      resolve: byKey,
    }),
    match: t.float({
      nullable: false,
      description: words({
        fr: 'Proximité avec le métier demandé : 1, 0,6 ou 0,3.',
        en: 'How near to the trade asked for: 1, 0.6 or 0.3.',
      }),
      resolve: byKey,
    }),
    how: t.field({
      type: How,
      nullable: false,
      description: words({ fr: 'D’où le hub le tient.', en: 'How the hub knows of it.' }),
      resolve: byKey,
    }),
    confidence: t.float({
      nullable: false,
      description: words({ fr: 'Sûreté, de 0 à 1.', en: 'How sure it is, 0 to 1.' }),
      resolve: byKey,
    }),
    rule: t.string({
      description: words({
        fr: 'La règle qui l’a lu ou déduit (docs/inference.md).',
        en: 'The rule that read or inferred it (docs/inference.md).',
      }),
      resolve: byKey,
    }),
    text: t.string({
      description: words({
        fr: 'Ce qui le dit : des mots de la source, un code et son libellé.',
        en: 'What says so: words of the source, a code and its label.',
      }),
      resolve: byKey,
    }),
    objects: t.int({
      description: words({
        fr: 'Combien d’objets de ce métier elle conserve.',
        en: 'How many objects of this trade it holds.',
      }),
      resolve: byKey,
    }),
  }),
});

const PathwayCandidate = builder.objectRef<Row>('PathwayCandidate').implement({
  description: words({ fr: 'Une structure qui peut être un volet.', en: 'A structure that could be a leg.' }),
  fields: (t) => ({
    structure: t.field({
      type: kindRef('Structure'),
      description: words({ fr: 'La structure.', en: 'The structure.' }),
      resolve: byKey,
    }),
    metres: t.int({
      description: words({
        fr: 'Mètres, à vol d’oiseau ; rien où sa position n’est pas connue.',
        en: 'Metres, as the crow flies; null where its position is not known.',
      }),
      resolve: byKey,
    }),
    precision: t.field({
      type: PositionPrecision,
      description: words({
        fr: 'De quoi cette distance est la distance.',
        en: 'What that distance is the distance of.',
      }),
      resolve: byKey,
    }),
    score: t.float({
      nullable: false,
      description: words({
        fr: 'Note sur 100 : la somme pondérée de ses parts.',
        en: 'Score out of 100: the weighted sum of its parts.',
      }),
      resolve: byKey,
    }),
    parts: t.field({
      type: [CandidateScorePart],
      nullable: false,
      description: words({ fr: 'Les parts de la note.', en: 'The parts of the score.' }),
      resolve: byKey,
    }),
    evidence: t.field({
      type: [CandidateEvidence],
      nullable: false,
      description: words({
        fr: 'Ce qui la lie au métier ; le plus proche et le plus sûr d’abord.',
        en: 'What links it to the trade; the nearest and surest first.',
      }),
      resolve: byKey,
    }),
    levels: t.field({
      type: ['String'],
      nullable: false,
      description: words({
        fr: 'Les niveaux que nomment ses offres, ses ressources et ses parcours.',
        en: 'The levels that its offers, resources and pathways name.',
      }),
      resolve: byKey,
    }),
    levelFit: t.field({
      type: CandidateLevelFit,
      nullable: false,
      description: words({ fr: 'Le niveau demandé convient-il ?', en: 'Does the level that was asked for fit?' }),
      resolve: byKey,
    }),
    offers: t.field({
      type: [kindRef('Offer')],
      nullable: false,
      description: words({
        fr: 'Ses offres en cours : Pass’Musées et semblables (10 au plus).',
        en: 'Its offers in force (10 at most).',
      }),
      resolve: byKey,
    }),
    pathways: t.field({
      type: [kindRef('Pathway')],
      nullable: false,
      description: words({
        fr: 'Les parcours dont elle est déjà (10 au plus).',
        en: 'The pathways that it is part of already (10 at most).',
      }),
      resolve: byKey,
    }),
  }),
});

const CandidateMissing = builder.objectRef<Row>('CandidateMissing').implement({
  description: words({ fr: 'Un volet sans aucune structure, et pourquoi.', en: 'A leg without a structure, and why.' }),
  fields: (t) => ({
    reason: t.field({
      type: CandidateMissingReason,
      nullable: false,
      description: words({ fr: 'Pourquoi.', en: 'Why.' }),
      resolve: byKey,
    }),
    nearest: t.field({
      type: kindRef('Structure'),
      description: words({
        fr: 'La plus proche de celles qui sont trop loin.',
        en: 'The nearest of those that are too far away.',
      }),
      resolve: byKey,
    }),
    metres: t.int({
      description: words({ fr: 'À combien de mètres elle se trouve.', en: 'How many metres away it is.' }),
      resolve: byKey,
    }),
  }),
});

const PathwayLegCandidates = builder.objectRef<Row>('PathwayLegCandidates').implement({
  description: words({ fr: 'Les structures qui peuvent être un volet.', en: 'The structures that could be a leg.' }),
  fields: (t) => ({
    role: t.field({
      type: enumOf('Leg', 'role'),
      nullable: false,
      description: words({ fr: 'Le volet.', en: 'The leg.' }),
      resolve: byKey,
    }),
    candidates: t.field({
      type: [PathwayCandidate],
      nullable: false,
      description: words({ fr: 'La meilleure note d’abord.', en: 'The best score first.' }),
      resolve: byKey,
    }),
    missing: t.field({
      type: CandidateMissing,
      description: words({
        fr: 'Pourquoi il n’y en a aucune ; rien s’il y en a.',
        en: 'Why there is none; null where there is one.',
      }),
      resolve: byKey,
    }),
  }),
});

const CandidatesOrigin = builder.objectRef<Row>('CandidatesOrigin').implement({
  description: words({
    fr: 'D’où les distances sont mesurées, WGS 84.',
    en: 'Where distances are measured from, WGS 84.',
  }),
  fields: (t) => ({
    latitude: t.float({
      nullable: false,
      description: words({ fr: 'Latitude nord, degrés décimaux.', en: 'Latitude north, decimal degrees.' }),
      resolve: byKey,
    }),
    longitude: t.float({
      nullable: false,
      description: words({ fr: 'Longitude est, degrés décimaux.', en: 'Longitude east, decimal degrees.' }),
      resolve: byKey,
    }),
  }),
});

export const PathwayCandidates = builder.objectRef<Row>('PathwayCandidates').implement({
  description: words({
    fr: 'Ce qui peut faire un parcours autour d’un métier.',
    en: 'What could make a pathway around a trade.',
  }),
  fields: (t) => ({
    trade: t.field({
      type: kindRef('Trade'),
      description: words({ fr: 'Le métier.', en: 'The trade.' }),
      resolve: byKey,
    }),
    from: t.field({
      type: CandidatesOrigin,
      nullable: false,
      description: words({ fr: 'D’où les distances sont mesurées.', en: 'Where distances are measured from.' }),
      resolve: byKey,
    }),
    legs: t.field({
      type: [PathwayLegCandidates],
      nullable: false,
      description: words({
        fr: 'Les trois volets : patrimoine, entreprise, formation.',
        en: 'The three legs: heritage, firm, training.',
      }),
      resolve: byKey,
    }),
  }),
});
