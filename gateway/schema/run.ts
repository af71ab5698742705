import {
  FINDING_CODES,
  type FindingCode,
  words as findingWords,
  type Particulars,
} from '#graph-schema/findings/finding.ts';
import { cypher, Piece, value, whole } from '../compile/cypher.ts';
import { pageSize } from '../compile/page.ts';
import { compiled } from '../compile/roots.ts';
import { builder, words } from './builder.ts';
import { RunStages, STAGE_COLUMNS, type StoredStages } from './run-stages.ts';

/** As it is stored, but for times, which are texts. */
export interface RunRow extends StoredStages {
  readonly id: string;
  readonly source: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly particulars: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly seconds: number | null;
  readonly full: boolean | null;
  /** Whether every record of the source may be seen. */
  readonly allVisible: boolean | null;
  readonly seen: number | null;
  readonly created: number | null;
  readonly updated: number | null;
  readonly unchanged: number | null;
  readonly deleted: number | null;
  readonly held: number | null;
  readonly rejected: number | null;
  readonly resumesAt: string | null;
}

const FIGURES = {
  seen: { fr: 'Notices vues.', en: 'Records seen.' },
  created: { fr: 'Notices nouvelles.', en: 'New records.' },
  updated: { fr: 'Notices changées.', en: 'Changed records.' },
  unchanged: { fr: 'Notices inchangées.', en: 'Unchanged records.' },
  deleted: { fr: 'Notices que la source a retirées.', en: 'Records that the source took away.' },
  held: { fr: 'Retraits qui attendent une décision.', en: 'Deletions that wait for a decision.' },
  rejected: {
    fr: 'Notices illisibles, gardées en quarantaine.',
    en: 'Records that could not be read, kept in quarantine.',
  },
} as const;

/** The columns of a run that is bound to `run`. */
export const RUN_COLUMNS = new Piece(
  `run {.id, .source, .outcome, .reason, .particulars, .seconds, .full, .allVisible, ${[
    ...Object.keys(FIGURES),
    ...STAGE_COLUMNS,
  ]
    .map((name) => `.${name}`)
    .join(
      ', ',
    )}, startedAt: toString(run.startedAt), endedAt: toString(run.endedAt), resumesAt: toString(run.resumesAt)}`,
);

const RunOutcome = builder.enumType('RunOutcome', {
  description: words({ fr: 'Comment une moisson a fini.', en: 'How a harvest ended.' }),
  values: {
    RUNNING: { value: 'running', description: words({ fr: 'En cours.', en: 'Under way.' }) },
    COMPLETE: {
      value: 'complete',
      description: words({
        fr: 'La source a dit qu’elle avait tout donné.',
        en: 'The source said that it had given all.',
      }),
    },
    PARTIAL: {
      value: 'partial',
      description: words({
        fr: 'Interrompue ; elle reprendra où elle en était.',
        en: 'Cut short; it will go on from where it was.',
      }),
    },
    FAILED: { value: 'failed', description: words({ fr: 'Rien n’a pu être lu.', en: 'Nothing could be read.' }) },
  },
});

interface Reason {
  readonly code: string;
  readonly fr: string | null;
  readonly en: string | null;
}

const RunReason = builder.objectRef<Reason>('RunReason').implement({
  description: words({ fr: 'Pourquoi une moisson n’est pas complète.', en: 'Why a harvest is not complete.' }),
  fields: (t) => ({
    code: t.exposeString('code', { nullable: false, description: words({ fr: 'Code stable.', en: 'Stable code.' }) }),
    fr: t.exposeString('fr', { description: words({ fr: 'En français.', en: 'In French.' }) }),
    en: t.exposeString('en', { description: words({ fr: 'En anglais.', en: 'In English.' }) }),
  }),
});

export const Run = builder.objectRef<RunRow>('Run').implement({
  description: words({
    fr: 'Une moisson d’une source, et ses chiffres en notices ; ceux d’une source qui cache des notices ne sont pas publics.',
    en: 'One harvest of a source, and its figures in records; those of a source that hides records are not public.',
  }),
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: words({ fr: 'Identifiant.', en: 'Identifier.' }) }),
    source: t.exposeString('source', {
      nullable: false,
      description: words({ fr: 'Nom de la source.', en: 'Name of the source.' }),
    }),
    outcome: t.field({
      type: RunOutcome,
      nullable: false,
      description: words({ fr: 'Comment elle a fini.', en: 'How it ended.' }),
      resolve: (run) => run.outcome as never,
    }),
    reason: t.field({
      type: RunReason,
      nullable: true,
      description: words({ fr: 'Pourquoi elle n’est pas complète.', en: 'Why it is not complete.' }),
      resolve: reasonOf,
    }),
    startedAt: t.field({
      type: 'Instant',
      nullable: false,
      description: words({ fr: 'Début.', en: 'Begin.' }),
      resolve: (run) => run.startedAt,
    }),
    endedAt: t.field({
      type: 'Instant',
      nullable: true,
      description: words({ fr: 'Fin.', en: 'End.' }),
      resolve: (run) => run.endedAt,
    }),
    seconds: t.float({
      nullable: true,
      description: words({ fr: 'Durée, en secondes.', en: 'Duration, in seconds.' }),
      resolve: (run) => run.seconds,
    }),
    stages: t.field({
      type: RunStages,
      nullable: true,
      description: words({
        fr: 'Sa durée par étape ; pas publique là où la source cache des notices.',
        en: 'Its duration by stage; not public where the source hides records.',
      }),
      resolve: (run) => (run.allVisible ? run : null),
    }),
    resumesAt: t.field({
      type: 'Instant',
      nullable: true,
      description: words({
        fr: 'Quand une moisson interrompue reprendra.',
        en: 'When a harvest that was cut short goes on.',
      }),
      resolve: (run) => run.resumesAt,
    }),
    full: t.boolean({
      nullable: false,
      description: words({ fr: 'Toute la source a été relue.', en: 'The whole source was read again.' }),
      resolve: (run) => run.full ?? false,
    }),
    ...Object.fromEntries(
      Object.entries(FIGURES).map(([name, said]) => [
        name,
        t.int({
          nullable: true,
          description: words(said),
          resolve: (run) => figureOf(run, name as keyof typeof FIGURES),
        }),
      ]),
    ),
  }),
});

/** Beside the counts of what is Published, the figures of a source that hides records would tell how many. */
function figureOf(run: RunRow, name: keyof typeof FIGURES): number | null {
  return run.allVisible ? (run[name] ?? 0) : null;
}

/**
 * The words of the reason. Its particulars may name addresses and records that are nobody's business: only numbers are filled in,
 * and those only where the figures are public.
 */
function reasonOf({ reason, particulars, source, allVisible }: RunRow): Reason | null {
  if (reason === null) return null;
  if (!(FINDING_CODES as readonly string[]).includes(reason)) return { code: reason, fr: null, en: null };
  const given = JSON.parse(particulars ?? '{}') as Particulars;
  const filled: Particulars = Object.fromEntries(
    Object.entries(given).map(([name, one]) => [
      name,
      typeof one === 'number' && allVisible ? one : name === 'source' ? source : '…',
    ]),
  );
  const found = { code: reason as FindingCode, particulars: filled };
  return { code: reason, fr: findingWords(found, 'fr').text, en: findingWords(found, 'en').text };
}

builder.queryField('runs', (t) =>
  t.field({
    type: [Run],
    nullable: false,
    description: words({
      fr: 'Les dernières moissons des sources publiques, les plus récentes d’abord.',
      en: 'The latest harvests of the public sources, newest first.',
    }),
    args: {
      source: t.arg.string({ description: words({ fr: 'Seulement de cette source.', en: 'Of this source only.' }) }),
      first: t.arg.int({
        required: true,
        defaultValue: 20,
        description: words({ fr: 'Combien au plus, de 0 à 100.', en: 'How many at most, 0 to 100.' }),
      }),
    },
    resolve: async (_root, args, { ask }) => (await ask(compileRuns(args))) as RunRow[],
  }),
);

export function compileRuns(args: { readonly source?: string | null | undefined; readonly first: number }) {
  const of = args.source == null ? cypher`MATCH (s:Source)` : cypher`MATCH (s:Source {name: ${value(args.source)}})`;
  const piece = cypher`${of} WHERE s.visible MATCH (run:Run)-[:OF]->(s) WITH run ORDER BY run.startedAt DESC, run.id LIMIT ${whole(pageSize(args))} RETURN collect(${RUN_COLUMNS}) AS runs`;
  return compiled(piece, (row) => row?.['runs'] ?? []);
}
