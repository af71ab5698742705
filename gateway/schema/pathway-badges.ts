/** What can be said of a pathway at a glance. */
import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';
import { kindRef } from './connection.ts';
import { enumOf } from './enums.ts';

const PathwayBadges = builder.objectRef<Row>('PathwayBadges').implement({
  description: words({
    fr: 'Ce qu’on peut dire d’un parcours d’un coup d’œil. Validé et testé sont indépendants : l’un n’entraîne pas l’autre.',
    en: 'What can be said of a pathway at a glance. Validated and tested are independent: neither follows from the other.',
  }),
  fields: (t) => ({
    confirmedLegs: t.int({
      nullable: false,
      description: words({
        fr: 'Combien de volets leur partenaire a confirmés.',
        en: 'How many legs their partner confirmed.',
      }),
      resolve: byKey,
    }),
    legCount: t.int({
      nullable: false,
      description: words({ fr: 'Combien de volets en tout.', en: 'How many legs in all.' }),
      resolve: byKey,
    }),
    isValidated: t.boolean({
      nullable: false,
      description: words({ fr: 'Tous les volets sont confirmés.', en: 'All legs are confirmed.' }),
      resolve: byKey,
    }),
    missingLegs: t.field({
      type: [enumOf('Leg', 'role')],
      nullable: false,
      description: words({
        fr: 'Les volets pour lesquels il manque un partenaire.',
        en: 'The legs that lack a partner.',
      }),
      resolve: byKey,
    }),
    isTested: t.boolean({
      nullable: false,
      description: words({
        fr: 'Une classe l’a essayé : voyez `testDate` et `testPupils`.',
        en: 'A class has tried it: see `testDate` and `testPupils`.',
      }),
      resolve: byKey,
    }),
    isStale: t.boolean({
      description: words({
        fr: 'Le dernier test a plus de vingt-quatre mois ; rien sans date de test.',
        en: 'The latest test is more than twenty-four months old; null without the date of a test.',
      }),
      resolve: byKey,
    }),
  }),
});

builder.objectField(kindRef('Pathway'), 'badges', (t) =>
  t.field({
    type: PathwayBadges,
    nullable: false,
    description: words({ fr: 'Ce qu’on en peut dire d’un coup d’œil.', en: 'What can be said of it at a glance.' }),
    resolve: byKey,
  }),
);
