import { cypher, whole } from '../compile/cypher.ts';
import { compiled } from '../compile/roots.ts';
import { builder, words } from './builder.ts';
import { freshnessOf, SourceFreshness, type StoredFreshness } from './freshness.ts';
import { RUN_COLUMNS, Run, type RunRow } from './run.ts';

/** As it is stored, but for times, which are texts. */
export interface SourceRow extends StoredFreshness {
  readonly name: string;
  readonly title: string | null;
  readonly owner: string | null;
  readonly licence: string | null;
  readonly contact: string | null;
  readonly schedule: string | null;
  readonly protocol: string | null;
  readonly format: string | null;
  readonly lastRun: RunRow | null;
}

const Source = builder.objectRef<SourceRow>('Source').implement({
  description: words({
    fr: 'Une source que le hub moissonne, et sa fraîcheur.',
    en: 'A source that the hub harvests, and how fresh it is.',
  }),
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      description: words({ fr: 'Nom court, stable.', en: 'Short name, stable.' }),
    }),
    title: t.exposeString('title', { description: words({ fr: 'Titre.', en: 'Title.' }) }),
    owner: t.exposeString('owner', { description: words({ fr: 'À qui elle appartient.', en: 'Whose it is.' }) }),
    licence: t.exposeString('licence', {
      description: words({ fr: 'Licence des données.', en: 'Licence of the data.' }),
    }),
    contact: t.exposeString('contact', { description: words({ fr: 'À qui écrire.', en: 'Whom to write to.' }) }),
    schedule: t.exposeString('schedule', {
      description: words({ fr: 'Quand elle est moissonnée (cron).', en: 'When it is harvested (cron).' }),
    }),
    protocol: t.exposeString('protocol', { description: words({ fr: 'Protocole.', en: 'Protocol.' }) }),
    format: t.exposeString('format', { description: words({ fr: 'Format.', en: 'Format.' }) }),
    lastComplete: t.field({
      type: 'Instant',
      nullable: true,
      description: words({ fr: 'Fin de la dernière moisson complète.', en: 'End of the latest complete harvest.' }),
      resolve: (source) => source.lastComplete,
    }),
    freshness: t.field({
      type: SourceFreshness,
      nullable: false,
      description: words({
        fr: 'Ce qu’elle promet de fraîcheur, et si elle le tient.',
        en: 'How fresh it promises to be, and whether it keeps that.',
      }),
      resolve: (source) => freshnessOf(source, new Date()),
    }),
    lastRun: t.field({
      type: Run,
      nullable: true,
      description: words({ fr: 'Dernière moisson.', en: 'Latest harvest.' }),
      resolve: (source) => source.lastRun,
    }),
  }),
});

/** A hub has tens of sources, at most hundreds. */
const MOST_SOURCES = 1_000;

builder.queryField('sources', (t) =>
  t.field({
    type: [Source],
    nullable: false,
    description: words({ fr: 'Les sources publiques, par nom.', en: 'The public sources, by name.' }),
    resolve: async (_root, _args, { ask }) => (await ask(compileSources())) as SourceRow[],
  }),
);

export function compileSources() {
  const piece = cypher`MATCH (s:Source) WHERE s.visible WITH s ORDER BY s.name LIMIT ${whole(MOST_SOURCES)} RETURN collect(s {.name, .title, .owner, .licence, .contact, .schedule, .protocol, .format, promise: s.freshness, .intervalSeconds, lastComplete: toString(s.lastComplete), firstRun: toString(coalesce(s.firstRun, head(COLLECT { MATCH (run:Run)-[:OF]->(s) RETURN run.startedAt ORDER BY run.startedAt LIMIT 1 }))), lastRun: head(COLLECT { MATCH (run:Run)-[:OF]->(s) WITH run ORDER BY run.startedAt DESC, run.id LIMIT 1 RETURN ${RUN_COLUMNS} })}) AS sources`;
  return compiled(piece, (row) => row?.['sources'] ?? []);
}
