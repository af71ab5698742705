import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';

export const Cue = builder.objectRef<Row>('Cue').implement({
  description: words({
    fr: 'Un passage d’un enregistrement, et ce qui y est dit.',
    en: 'A passage of a recording, and what is said in it.',
  }),
  fields: (t) => ({
    begin: t.float({
      nullable: false,
      description: words({ fr: 'Début, en secondes.', en: 'Begin, in seconds.' }),
      resolve: byKey,
    }),
    end: t.float({
      nullable: false,
      description: words({ fr: 'Fin, en secondes.', en: 'End, in seconds.' }),
      resolve: byKey,
    }),
    text: t.string({
      nullable: false,
      description: words({ fr: 'Ce qui est dit.', en: 'What is said.' }),
      resolve: byKey,
    }),
  }),
});
