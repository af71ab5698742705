/** Who asks, and what they may still ask: so that a client can show both. */
import type { BudgetState } from '../access/budget.ts';
import { type Caller, ROLES, type Role } from '../access/caller.ts';
import { builder, words } from './builder.ts';

const ROLE_WORDS: Readonly<Record<Role, { readonly fr: string; readonly en: string }>> = {
  partner: { fr: 'Qui donne des sources au hub.', en: 'Who gives sources to the hub.' },
  builder: { fr: 'Qui compose des parcours.', en: 'Who puts pathways together.' },
  steward: { fr: 'Qui veille sur les données et décide.', en: 'Who looks after the data, and decides.' },
  analyst: { fr: 'Qui étudie le réseau et ses lacunes.', en: 'Who studies the network and its gaps.' },
  admin: { fr: 'Qui administre le hub : tout, et les clés.', en: 'Who administers the hub: everything, and the keys.' },
};

export const RoleEnum = builder.enumType('Role', {
  description: words({ fr: 'Ce que l’on peut faire, au-delà de lire.', en: 'What one may do, beyond reading.' }),
  values: Object.fromEntries(
    ROLES.map((role) => [role.toUpperCase(), { value: role, description: words(ROLE_WORDS[role]) }]),
  ) as Readonly<Record<string, { readonly value: Role; readonly description: string }>>,
});

const Budget = builder.objectRef<BudgetState>('Budget').implement({
  description: words({
    fr: 'Un budget d’unités, de nouveau plein après une minute.',
    en: 'A budget of units, full again after a minute.',
  }),
  fields: (t) => ({
    limit: t.exposeInt('limit', {
      nullable: false,
      description: words({ fr: 'Unités par minute.', en: 'Units a minute.' }),
    }),
    remaining: t.exposeInt('remaining', {
      nullable: false,
      description: words({ fr: 'Unités qui restent.', en: 'Units that are left.' }),
    }),
    resetSeconds: t.exposeInt('resetSeconds', {
      nullable: false,
      description: words({ fr: 'Secondes jusqu’à ce qu’il soit plein.', en: 'Seconds until it is full.' }),
    }),
  }),
});

const Me = builder.objectRef<Caller>('Me').implement({
  description: words({ fr: 'Qui pose cette question.', en: 'Who asks this question.' }),
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: words({
        fr: 'Le nom de la clé ou de la personne ; nul sans clé.',
        en: 'The name of the key or of the person; null without a key.',
      }),
      resolve: ({ name }) => name ?? null,
    }),
    roles: t.field({
      type: [RoleEnum],
      nullable: false,
      description: words({ fr: 'Ses rôles.', en: 'Their roles.' }),
      resolve: ({ roles }) => [...roles],
    }),
    budget: t.field({
      type: Budget,
      nullable: false,
      description: words({ fr: 'Ce qui peut encore être demandé.', en: 'What can still be asked.' }),
      resolve: (_caller, _args, { budget }) => budget(),
    }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: Me,
    nullable: false,
    description: words({
      fr: 'Qui pose cette question, et ce qui peut encore être demandé.',
      en: 'Who asks this question, and what can still be asked.',
    }),
    resolve: (_root, _args, { caller }) => caller,
  }),
);
