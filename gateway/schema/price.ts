import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';

export const Price = builder.objectRef<Row>('Price').implement({
  description: words({
    fr: 'Un tarif comme le partenaire l’écrit, et ce que le hub en lit.',
    en: 'A price as the partner writes it, and what the hub reads in it.',
  }),
  fields: (t) => ({
    text: t.string({ nullable: false, description: words({ fr: 'Tel qu’écrit.', en: 'As written.' }), resolve: byKey }),
    from: t.float({
      description: words({
        fr: 'Le plus bas, en euros ; 0 : gratuit.',
        en: 'The lowest, in euros; 0: free of charge.',
      }),
      resolve: byKey,
    }),
    to: t.float({
      description: words({ fr: 'Le plus haut, en euros.', en: 'The highest, in euros.' }),
      resolve: byKey,
    }),
  }),
});
