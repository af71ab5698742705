/** The keys and what they ask, for who administers the hub. */
import { readKeyUse, type Use } from '../access/key-use.ts';
import { type ApiKey, listKeys } from '../access/keys.ts';
import { builder, words } from './builder.ts';
import { RoleEnum } from './me.ts';

const NONE: Use = { requests: 0, cost: 0, refusals: 0 };

interface KeyRow extends ApiKey {
  readonly today: Use;
  readonly month: Use;
}

const KeyUse = builder.objectRef<Use>('KeyUse').implement({
  description: words({ fr: 'Ce qu’une clé a demandé.', en: 'What a key asked.' }),
  fields: (t) => ({
    requests: t.exposeFloat('requests', { nullable: false, description: words({ fr: 'Demandes.', en: 'Requests.' }) }),
    cost: t.exposeFloat('cost', { nullable: false, description: words({ fr: 'Unités.', en: 'Units.' }) }),
    refusals: t.exposeFloat('refusals', {
      nullable: false,
      description: words({ fr: 'Demandes refusées.', en: 'Refused requests.' }),
    }),
  }),
});

export const ApiKeyType = builder.objectRef<KeyRow>('ApiKey').implement({
  description: words({
    fr: 'Une clé d’accès. La clé elle-même n’est conservée nulle part.',
    en: 'An access key. The key itself is kept nowhere.',
  }),
  fields: (t) => {
    const instant = (field: 'createdAt' | 'expiresAt' | 'revokedAt' | 'lastUsedAt', fr: string, en: string) =>
      t.field({
        type: 'Instant',
        nullable: field !== 'createdAt',
        description: words({ fr, en }),
        resolve: (key) => key[field] as never,
      });
    return {
      id: t.exposeString('id', {
        nullable: false,
        description: words({ fr: 'Son numéro, public.', en: 'Its id, public.' }),
      }),
      name: t.exposeString('name', {
        nullable: false,
        description: words({ fr: 'À qui ou à quoi elle sert.', en: 'Who or what it is for.' }),
      }),
      roles: t.field({
        type: [RoleEnum],
        nullable: false,
        description: words({ fr: 'Ses rôles.', en: 'Its roles.' }),
        resolve: ({ roles }) => [...roles],
      }),
      budget: t.exposeInt('budget', {
        nullable: true,
        description: words({
          fr: 'Unités par minute ; nul : le budget ordinaire d’une clé.',
          en: 'Units a minute; null: the usual budget of a key.',
        }),
      }),
      createdAt: instant('createdAt', 'Faite le.', 'Made at.'),
      createdBy: t.exposeString('createdBy', {
        nullable: false,
        description: words({ fr: 'Par qui.', en: 'By whom.' }),
      }),
      expiresAt: instant(
        'expiresAt',
        'Premier instant où elle n’ouvre plus.',
        'First instant at which it opens nothing.',
      ),
      revokedAt: instant('revokedAt', 'Révoquée le.', 'Revoked at.'),
      revokedBy: t.exposeString('revokedBy', {
        nullable: true,
        description: words({ fr: 'Révoquée par.', en: 'Revoked by.' }),
      }),
      lastUsedAt: instant('lastUsedAt', 'Dernier usage, à la minute près.', 'Last used, to the minute or so.'),
      today: t.field({
        type: KeyUse,
        nullable: false,
        description: words({ fr: 'Ce jour (UTC).', en: 'Today (UTC).' }),
        resolve: ({ today }) => today,
      }),
      month: t.field({
        type: KeyUse,
        nullable: false,
        description: words({ fr: 'Ce mois (UTC).', en: 'This month (UTC).' }),
        resolve: ({ month }) => month,
      }),
    };
  },
});

builder.queryField('apiKeys', (t) =>
  t.field({
    type: [ApiKeyType],
    nullable: false,
    authScopes: { role: 'admin' },
    description: words({
      fr: 'Toutes les clés, les plus récentes d’abord, et ce qu’elles demandent (rôle admin). `trame key` les fait et les révoque.',
      en: 'Every key, the newest first, and what they ask (role admin). `trame key` makes and revokes them.',
    }),
    resolve: async (_root, _args, { database }) => {
      const [keys, use] = await Promise.all([listKeys(database), readKeyUse(database)]);
      return keys.map((key) => ({ ...key, today: NONE, month: NONE, ...use.get(key.id) }));
    },
  }),
);
