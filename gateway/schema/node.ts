import { KINDS } from '#graph-schema/model.ts';
import { compileGivenEntities, readingAny } from '../compile/entities.ts';
import { MOST_FIRST } from '../compile/page.ts';
import { compileNode } from '../compile/roots.ts';
import { selectionOfField } from '../compile/selection.ts';
import { Refusal } from '../refusal.ts';
import { builder, words } from './builder.ts';
import { Entity } from './entity.ts';

builder.queryField('node', (t) =>
  t.field({
    type: Entity,
    nullable: true,
    description: words({
      fr: 'N’importe quelle fiche, par son identifiant ; rien s’il n’y en a pas. L’identifiant d’une fiche fusionnée mène à celle qui l’a reprise.',
      en: 'Any entity, by its identifier; null where there is none. The identifier of a merged entity leads to the one that took over.',
    }),
    args: {
      id: t.arg.id({ required: true, description: words({ fr: 'Son `id` (ou `uid`).', en: 'Its `id` (or `uid`).' }) }),
    },
    resolve: async (_root, _args, { ask, audience }, info) =>
      (await ask(compileNode(selectionOfField(info), audience))) as never,
  }),
);

/** As many as a page may hold. */
const MOST_NODES = MOST_FIRST;

builder.queryField('nodes', (t) =>
  t.field({
    type: t.listRef(Entity, { nullable: true }),
    nullable: false,
    description: words({
      fr: `Des fiches, par leurs identifiants et dans leur ordre, ${MOST_NODES} au plus ; rien à la place de celles qu’il n’y a pas.`,
      en: `Entities, by their identifiers and in their order, ${MOST_NODES} at most; null in place of those that there are not.`,
    }),
    args: {
      ids: t.arg.idList({
        required: true,
        description: words({ fr: 'Leurs `id` (ou `uid`).', en: 'Their `id` (or `uid`).' }),
      }),
    },
    resolve: async (_root, { ids }, { ask, audience }, info) => {
      if (ids.length > MOST_NODES)
        throw new Refusal(
          'FIRST_TOO_LARGE',
          `\`ids\` prend ${MOST_NODES} identifiants au plus.`,
          `\`ids\` takes ${MOST_NODES} identifiers at most.`,
        );
      const uids = ids.map(String);
      const question = compileGivenEntities(uids, audience, readingAny(KINDS, selectionOfField(info), audience));
      const found = (await ask(question)) as ReturnType<typeof question.read>;
      return uids.map((uid) => found.get(uid) ?? null) as never;
    },
  }),
);
