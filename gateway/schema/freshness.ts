/** How fresh a source promises to be, and is: judged by graph-schema/freshness.ts, as the alerts are. */
import {
  DEFAULT_FRESHNESS,
  FRESHNESS,
  FRESHNESS_HOURS,
  type Freshness,
  type Judged,
  judgeFreshness,
  PROMISES,
} from '#graph-schema/freshness.ts';
import { numberOf } from '../compile/cypher.ts';
import { builder, capital, enumName, words } from './builder.ts';

/** What is stored of it with the source; times are texts. */
export interface StoredFreshness {
  /** Null for a source that was not harvested since promises are kept. */
  readonly promise: string | null;
  readonly intervalSeconds: number | null;
  readonly firstRun: string | null;
  readonly lastComplete: string | null;
}

interface FreshnessRow extends Judged {
  readonly promise: Freshness;
  readonly lastComplete: string | null;
}

/** Judges a source at `now`. */
export function freshnessOf(
  { promise: stored, intervalSeconds, firstRun, lastComplete }: StoredFreshness,
  now: Date,
): FreshnessRow {
  const promise = FRESHNESS.find((one) => one === stored) ?? DEFAULT_FRESHNESS;
  const facts = {
    promise,
    intervalSeconds: intervalSeconds === null ? undefined : numberOf(intervalSeconds),
    firstRun: dateOf(firstRun),
    lastComplete: dateOf(lastComplete),
  };
  return { ...judgeFreshness(facts, now), promise, lastComplete };
}

function dateOf(instant: string | null): Date | undefined {
  return instant === null ? undefined : new Date(instant);
}

const FreshnessEnum = builder.enumType('Freshness', {
  description: words({
    fr: 'Promesse de fraîcheur : l’âge que peut prendre la dernière moisson complète.',
    en: 'Freshness promise: how old the latest complete harvest may grow.',
  }),
  values: Object.fromEntries(
    FRESHNESS.map((promise) => {
      const { fr, en } = PROMISES[promise];
      const hours = FRESHNESS_HOURS[promise];
      return [
        enumName(promise),
        {
          value: promise,
          description: words({ fr: `${capital(fr)} (${hours} h).`, en: `${capital(en)} (${hours} h).` }),
        },
      ];
    }),
  ),
});

const FreshnessState = builder.enumType('FreshnessState', {
  description: words({ fr: 'Si la promesse est tenue.', en: 'Whether the promise is kept.' }),
  values: {
    FRESH: { value: 'fresh', description: words({ fr: 'Elle est tenue.', en: 'It is kept.' }) },
    LATE: {
      value: 'late',
      description: words({
        fr: 'La dernière moisson complète est plus vieille d’un quart que promis.',
        en: 'The latest complete harvest is older than promised by a quarter.',
      }),
    },
    NEVER: {
      value: 'never',
      description: words({ fr: 'Aucune moisson n’a encore été complète.', en: 'No harvest has been complete yet.' }),
    },
  },
});

export const SourceFreshness = builder.objectRef<FreshnessRow>('SourceFreshness').implement({
  description: words({ fr: 'La fraîcheur d’une source.', en: 'How fresh a source is.' }),
  fields: (t) => ({
    promise: t.field({
      type: FreshnessEnum,
      nullable: false,
      description: words({ fr: 'Ce qui est promis.', en: 'What is promised.' }),
      resolve: ({ promise }) => promise as never,
    }),
    state: t.field({
      type: FreshnessState,
      nullable: false,
      description: words({ fr: 'Si c’est tenu.', en: 'Whether it is kept.' }),
      resolve: ({ state }) => state as never,
    }),
    lastComplete: t.field({
      type: 'Instant',
      nullable: true,
      description: words({ fr: 'Fin de la dernière moisson complète.', en: 'End of the latest complete harvest.' }),
      resolve: ({ lastComplete }) => lastComplete,
    }),
    ageSeconds: t.int({
      nullable: true,
      description: words({ fr: 'Depuis combien de secondes.', en: 'So many seconds ago.' }),
      resolve: ({ ageSeconds }) => ageSeconds ?? null,
    }),
    dueAt: t.field({
      type: 'Instant',
      nullable: true,
      description: words({
        fr: 'Sans nouvelle moisson complète, elle sera en retard à partir de là.',
        en: 'Without another complete harvest it is late from then on.',
      }),
      resolve: ({ dueAt }) => dueAt?.toISOString() ?? null,
    }),
  }),
});
