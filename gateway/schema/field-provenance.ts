import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';

export const FieldProvenance = builder.objectRef<Row>('FieldProvenance').implement({
  description: words({ fr: 'D’où vient un champ d’une fiche.', en: 'Where a field of an entity comes from.' }),
  fields: (t) => ({
    field: t.string({ nullable: false, description: words({ fr: 'Le champ.', en: 'The field.' }), resolve: byKey }),
    source: t.string({
      nullable: false,
      description: words({
        fr: 'La source retenue (voir `sources`).',
        en: 'The source that was heard (see `sources`).',
      }),
      resolve: byKey,
    }),
    recordId: t.string({
      nullable: false,
      description: words({
        fr: 'L’identifiant de la notice dans cette source.',
        en: 'The identifier of the record in that source.',
      }),
      resolve: byKey,
    }),
    licence: t.string({
      description: words({
        fr: 'La licence de cette notice, telle qu’indiquée.',
        en: 'The licence of that record, as stated.',
      }),
      resolve: byKey,
    }),
    licenceLayer: t.string({
      nullable: false,
      description: words({
        fr: 'La licence, rangée : licence-ouverte, odbl, cc-by, in-copyright, unknown…',
        en: 'The licence, sorted: licence-ouverte, odbl, cc-by, in-copyright, unknown…',
      }),
      resolve: byKey,
    }),
  }),
});
