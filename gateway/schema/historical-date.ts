import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';

export const HistoricalDate = builder.objectRef<Row>('HistoricalDate').implement({
  description: words({
    fr: 'Une date comme les musées l’écrivent, et comment le hub la lit.',
    en: 'A date as museums write it, and how the hub reads it.',
  }),
  fields: (t) => ({
    text: t.string({
      nullable: false,
      description: words({ fr: 'Telle qu’écrite.', en: 'As written.' }),
      resolve: byKey,
    }),
    edtf: t.string({
      description: words({ fr: 'Intervalle EDTF, où elle est lisible.', en: 'EDTF interval, where it can be read.' }),
      resolve: byKey,
    }),
    from: t.int({ description: words({ fr: 'Première année.', en: 'First year.' }), resolve: byKey }),
    to: t.int({ description: words({ fr: 'Dernière année.', en: 'Last year.' }), resolve: byKey }),
    confidence: t.float({
      description: words({ fr: 'Sûreté de cette lecture, de 0 à 1.', en: 'How sure that reading is, 0 to 1.' }),
      resolve: byKey,
    }),
  }),
});
