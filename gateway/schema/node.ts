import { compileNode } from '../compile/roots.ts';
import { selectionOfField } from '../compile/selection.ts';
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
