import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Inverse } from '../inverse.ts';
import { SEARCHED } from '../keep.ts';
import type { EntityRow } from '../store.ts';
import { GRAPH, storeOf, TODAY, withoutHidden } from '../testing/graphs.ts';
import { Names } from './names.ts';
import { similarTo } from './similar.ts';

vi.setConfig({ testTimeout: 60_000 });

function similar(rows: readonly EntityRow[], uid: string) {
  const store = storeOf(rows);
  return similarTo(store, new Inverse(store), uid, 50, TODAY);
}

const UID = fc.integer({ min: 0, max: 33 }).map((id) => `u${String(id).padStart(3, '0')}`);

test('what is hidden changes nothing of what is alike, nor of what is suggested or meant', () => {
  fc.assert(
    fc.property(GRAPH, UID, (rows, uid) => {
      const without = withoutHidden(rows);
      expect(similar(rows, uid)).toEqual(similar(without, uid));
      const [all, seen] = [rows, without].map((some) => {
        const store = storeOf(some);
        const names = new Names(store);
        for (const { uid: one } of some) names.put(store.ordinalOfUid(one));
        return [names.suggest('na', SEARCHED, 20, TODAY), names.didYouMean('navete rouets metier', TODAY)];
      });
      expect(all).toEqual(seen);
    }),
  );
});

test('alike are things of one kind that share something, best first, never itself, with what they share', () => {
  fc.assert(
    fc.property(GRAPH, UID, (rows, uid) => {
      const row = rows.find((one) => one.uid === uid)!;
      const alike = similar(rows, uid);
      expect(alike.map(({ score }) => score)).toEqual(alike.map(({ score }) => score).sort((a, b) => b - a));
      for (const { uid: other, score, shared } of alike) {
        const found = rows.find((one) => one.uid === other)!;
        expect(found.kind).toBe(row.kind);
        expect(other).not.toBe(uid);
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
        const leads = (from: EntityRow) => from.relations.map(([, id]) => rows[id]!.uid);
        for (const thing of shared) expect(leads(row).includes(thing) && leads(found).includes(thing)).toBe(true);
        expect(shared.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('what is shared by few counts more than what is shared by many', () => {
  const base = storeOf([]);
  expect(base.size).toBe(0);
  const thing = (id: number, relations: EntityRow['relations'], name = `objet ${id}`): EntityRow => ({
    id,
    uid: `u${id}`,
    changed: id,
    created: id,
    published: true,
    kind: id < 10 ? 'Trade' : 'HeritageObject',
    described: true,
    name,
    sort: name,
    type: undefined,
    scheme: undefined,
    from: undefined,
    to: undefined,
    position: undefined,
    occurrences: [],
    visibleUntil: undefined,
    demonstration: false,
    sources: [],
    licenceLayers: [],
    pictureRights: [],
    relations,
  });
  const rows = [
    thing(1, []),
    thing(2, []),
    thing(
      10,
      [
        ['CONCERNS', 1],
        ['CONCERNS', 2],
      ],
      'a',
    ),
    thing(11, [['CONCERNS', 1]], 'b'),
    thing(12, [['CONCERNS', 2]], 'c'),
    thing(13, [['CONCERNS', 2]], 'd'),
    thing(14, [['CONCERNS', 2]], 'e'),
  ];
  expect(similar(rows, 'u10').map(({ uid }) => uid)).toEqual(['u11', 'u12', 'u13', 'u14']);
  expect(similar(rows, 'u10')[0]!.shared).toEqual(['u1']);
});
