import { builder, words } from './builder.ts';

const STAGES = {
  reading: { fr: 'À lire chez le partenaire.', en: 'Reading from the partner.' },
  mapping: { fr: 'À mettre en forme.', en: 'Mapping.' },
  writing: { fr: 'À écrire dans le graphe.', en: 'Writing to the graph.' },
  sweeping: {
    fr: 'À chercher ce que la source ne nomme plus.',
    en: 'Looking for what the source no longer names.',
  },
} as const;
type Stage = keyof typeof STAGES;

const NAMES = Object.keys(STAGES) as Stage[];
const secondsOf = (stage: Stage) => `${stage}Seconds` as const;

/** As it is stored with the run. */
export type StoredStages = { readonly [Name in ReturnType<typeof secondsOf>]: number | null };
export const STAGE_COLUMNS = NAMES.map(secondsOf);

export const RunStages = builder.objectRef<StoredStages>('RunStages').implement({
  description: words({
    fr: 'À quoi une moisson a passé son temps, en secondes ; les étapes se recouvrent.',
    en: 'What a harvest spent its time on, in seconds; the stages overlap.',
  }),
  fields: (t) =>
    Object.fromEntries(
      NAMES.map((stage) => [
        stage,
        t.float({ nullable: true, description: words(STAGES[stage]), resolve: (run) => run[secondsOf(stage)] }),
      ]),
    ),
});
