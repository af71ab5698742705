import { KINDS, type KindName } from '#graph-schema/model.ts';
import { type Audience, visibleStart } from '../compile/audience.ts';
import { cypher, join, numberOf } from '../compile/cypher.ts';
import { compiled } from '../compile/roots.ts';
import { builder, words } from './builder.ts';
import { KindEnum } from './enums.ts';

interface KindCountRow {
  readonly kind: KindName;
  readonly count: number;
}

const KindCount = builder.objectRef<KindCountRow>('KindCount').implement({
  description: words({ fr: 'Combien de fiches d’une nature.', en: 'How many entities of a kind.' }),
  fields: (t) => ({
    kind: t.field({
      type: KindEnum,
      nullable: false,
      description: words({ fr: 'La nature.', en: 'The kind.' }),
      resolve: ({ kind }) => kind,
    }),
    count: t.exposeInt('count', { nullable: false, description: words({ fr: 'Combien.', en: 'How many.' }) }),
  }),
});

builder.queryField('counts', (t) =>
  t.field({
    type: [KindCount],
    nullable: false,
    description: words({
      fr: 'Combien de fiches que tous peuvent voir, par nature.',
      en: 'How many entities everyone may see, by kind.',
    }),
    resolve: async (_root, _args, { ask, audience }) => (await ask(compileCounts(audience))) as KindCountRow[],
  }),
);

export function compileCounts(audience: Audience) {
  const counts = KINDS.map((kind) => cypher`COUNT { MATCH (n0:${kind}) WHERE ${visibleStart('n0', kind, audience)} }`);
  return compiled(cypher`RETURN [${join(counts, ', ')}] AS counts`, (row) => {
    const found = (row?.['counts'] ?? []) as readonly unknown[];
    return KINDS.map((kind, index) => ({ kind, count: numberOf(found[index]) }));
  });
}
