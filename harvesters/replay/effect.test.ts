import { expect, test } from 'vitest';
import { Effect } from './effect.ts';
import type { EntityState } from './states.ts';

const state = (relations: EntityState['relations'], published = true): ReadonlyMap<string, EntityState> =>
  new Map([['u1', { uid: 'u1', kind: 'HeritageObject', published, name: 'Navette', fields: {}, relations }] as const]);
const edge = (to: string, how: string, rule: string | null = null) => ({ type: 'CONCERNS', to, name: to, how, rule });

test('relations are counted by type, and by how they came about, with samples', () => {
  const effect = new Effect();
  effect.add(
    state([edge('fileur', 'stated'), edge('mineur', 'inferred', 'title')]),
    state([edge('fileur', 'stated'), edge('tisserand', 'inferred', 'use')]),
  );
  expect(effect.relations.get('CONCERNS')).toEqual({ gained: 1, lost: 1 });
  expect(effect.hows.get('CONCERNS')).toEqual(new Map([['inferred', { gained: 1, lost: 1 }]]));
  expect(effect.relationSample).toEqual([
    {
      change: 'gained',
      type: 'CONCERNS',
      how: 'inferred',
      rule: 'use',
      from: 'Navette',
      to: 'tisserand',
      hidden: false,
    },
    { change: 'lost', type: 'CONCERNS', how: 'inferred', rule: 'title', from: 'Navette', to: 'mineur', hidden: false },
  ]);
});

test('what was inferred and is now stated is a loss and a gain of how, not of the relation', () => {
  const effect = new Effect();
  effect.add(state([edge('fileur', 'inferred', 'use')]), state([edge('fileur', 'stated')]));
  expect(effect.relations.size).toBe(0);
  expect(effect.hows.get('CONCERNS')).toEqual(
    new Map([
      ['stated', { gained: 1, lost: 0 }],
      ['inferred', { gained: 0, lost: 1 }],
    ]),
  );
});

test('samples are few and mark what is hidden', () => {
  const effect = new Effect();
  effect.add(
    state([], false),
    state(
      Array.from({ length: 50 }, (_, rank) => edge(`t${rank}`, 'inferred')),
      false,
    ),
  );
  expect(effect.hows.get('CONCERNS')?.get('inferred')).toEqual({ gained: 50, lost: 0 });
  expect(effect.relationSample).toHaveLength(3);
  expect(effect.relationSample.every(({ hidden }) => hidden)).toBe(true);
});
