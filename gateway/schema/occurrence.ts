import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';

export const Occurrence = builder.objectRef<Row>('Occurrence').implement({
  description: words({ fr: 'Une des dates d’un événement.', en: 'One of the dates of an event.' }),
  fields: (t) => ({
    begin: t.field({
      type: 'Instant',
      nullable: false,
      description: words({ fr: 'Début.', en: 'Begin.' }),
      resolve: byKey,
    }),
    end: t.field({ type: 'Instant', nullable: false, description: words({ fr: 'Fin.', en: 'End.' }), resolve: byKey }),
  }),
});
