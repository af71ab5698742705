import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';

export const Code = builder.objectRef<Row>('Code').implement({
  description: words({
    fr: 'Un identifiant donné par un autre : code INSEE, Muséofile, SIRET, UAI, ROME…',
    en: 'An identifier that someone else gave: INSEE, Muséofile, SIRET, UAI, ROME code…',
  }),
  fields: (t) => ({
    scheme: t.string({
      nullable: false,
      description: words({
        fr: 'Vocabulaire : `insee`, `museofile`, `siret`…',
        en: 'Scheme: `insee`, `museofile`, `siret`…',
      }),
      resolve: byKey,
    }),
    value: t.string({
      nullable: false,
      description: words({ fr: 'Le code, toujours un texte.', en: 'The code, always a text.' }),
      resolve: byKey,
    }),
  }),
});
