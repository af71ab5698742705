import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type DemonstrationObject, objectAt, objectsOf, rankOf } from './objects.ts';
import { seededRandom } from './random.ts';
import { DOMAINS, NOTICE } from './words.ts';
import { THEMES, WAYS, WORKSPACES } from './workspaces.ts';

function everyObject(): DemonstrationObject[] {
  return WORKSPACES.flatMap((workspace) => [...objectsOf(workspace)]);
}

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const ALL = everyObject();

test('34 workspaces hold exactly 37,428 objects, of which exactly 30,353 are visible', () => {
  expect(WORKSPACES).toHaveLength(34);
  expect(new Set(WORKSPACES.map(({ name }) => name)).size).toBe(34);
  expect(new Set(WORKSPACES.map(({ holder }) => holder)).size).toBe(34);
  expect(ALL).toHaveLength(37_428);
  expect(ALL.filter(({ visible }) => visible)).toHaveLength(30_353);
  for (const workspace of WORKSPACES) {
    const visible = [...objectsOf(workspace)].filter((object) => object.visible).length;
    expect([workspace.name, visible]).toEqual([workspace.name, workspace.visible]);
  }
});

test('every way of speaking has its workspaces', () => {
  const count = (way: string) => WORKSPACES.filter((workspace) => workspace.way === way).length;
  expect(WAYS.map(count)).toEqual([14, 12, 4, 4]);
});

test('the same objects come out every time, alone or in a row', () => {
  expect(hash(everyObject())).toBe(hash(ALL));
  for (const workspace of WORKSPACES) {
    const inARow = [...objectsOf(workspace)];
    for (const rank of [workspace.objects - 1, 0, Math.floor(workspace.objects / 2)]) {
      expect(objectAt(workspace, rank)).toEqual(inARow[rank]);
    }
  }
});

test('the numbers of a seed never change', () => {
  const random = seededRandom('trame');
  expect([random.int(0, 999), random.int(0, 999), random.int(0, 999)]).toMatchInlineSnapshot(`
    [
      529,
      41,
      230,
    ]
  `);
});

test('all of it is made in less than three seconds of processor', () => {
  const before = process.cpuUsage();
  everyObject();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(3);
});

test('at least 14 themes of at least 25 object names, each with a domain, and no workspace without its themes', () => {
  expect(THEMES.size).toBeGreaterThanOrEqual(14);
  for (const [theme, names] of THEMES) {
    expect(new Set(names.map(({ name }) => name)).size, theme).toBeGreaterThanOrEqual(25);
    expect(DOMAINS[theme]?.subjects.length, theme).toBeGreaterThan(1);
  }
  for (const { themes } of WORKSPACES) for (const theme of themes) expect(THEMES.has(theme), theme).toBe(true);
});

test('every object says that it is demonstration', () => {
  for (const { description } of ALL) if (!description.endsWith(NOTICE)) expect(description).toContain(NOTICE);
});

test('about half of the visible objects have a picture, no hidden one has', () => {
  const pictured = ALL.filter((object) => object.pictured);
  expect(pictured.every((object) => object.visible)).toBe(true);
  expect(pictured.length / 30_353).toBeGreaterThan(0.45);
  expect(pictured.length / 30_353).toBeLessThan(0.55);
});

test('ids are unique in a workspace; inventory numbers too, but for the workspace whose fault it is', () => {
  for (const workspace of WORKSPACES) {
    const objects = [...objectsOf(workspace)];
    expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length);
    const numbers = new Set(objects.map(({ inventoryNumber }) => inventoryNumber)).size;
    if (workspace.fault === 'numeros-en-double') expect(numbers).toBeLessThan(objects.length);
    else expect([workspace.name, numbers]).toEqual([workspace.name, objects.length]);
  }
});

test('an address leads back to its rank, and a foreign one nowhere', () => {
  const workspace = WORKSPACES[0]!;
  expect(rankOf(workspace, objectAt(workspace, 12).id)).toBe(12);
  expect(rankOf(workspace, '1000')).toBeUndefined();
  expect(rankOf(workspace, String(1001 + workspace.objects))).toBeUndefined();
  expect(rankOf(workspace, '12a')).toBeUndefined();
});
