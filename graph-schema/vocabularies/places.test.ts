import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PLACE_TYPES } from '../model.ts';
import { makeElsewhere, makePlaces, readMaterial } from './make-places.ts';
import { placeIndex, placeKey } from './place-index.ts';
import { packagedPlaces, placeElsewhere } from './places-packaged.ts';
import { type Row, tableRows, tableText } from './tables.ts';

const places = tableRows(tableText('places'));
const elsewhere = tableRows(tableText('places-elsewhere'));
const names = tableRows(tableText('place-names'));
const homonyms = tableRows(tableText('place-homonyms'));
const ids = new Set(places.map((row) => row['id']));
const ROOT = join(import.meta.dirname, '..', '..');
const PACKAGE = join(ROOT, 'node_modules', '@etalab', 'decoupage-administratif', 'data');
const POINTS = join(ROOT, '..', 'shared', 'reference', 'communes.csv');

/** The ids of the rows of which something does not hold. */
function wrong(rows: readonly Row[], holds: (row: Row) => boolean): (string | undefined)[] {
  return rows.filter((row) => !holds(row)).map((row) => row['id'] ?? row['insee']);
}

describe('places.csv', () => {
  test('has every commune of the two regions, Hainaut and West Flanders, what lies in them and what they lie in', () => {
    const count = (type: string, country: string): number =>
      places.filter((place) => place['placeType'] === type && place['country'] === country).length;
    expect([count('commune', 'FR'), count('former-commune', 'FR'), count('commune', 'BE')]).toEqual([6426, 599, 133]);
    expect([count('department', 'FR'), count('region', 'FR')]).toEqual([109, 13]);
    const types: readonly string[] = PLACE_TYPES;
    expect(wrong(places, (place) => types.includes(place['placeType'] ?? ''))).toEqual([]);
    expect(ids.size).toBe(places.length);
  });

  test('has a point for every French commune but one, and for nothing else', () => {
    const french = (place: Row): boolean => place['placeType'] === 'commune' && place['country'] === 'FR';
    expect(
      wrong(places, (place) => (french(place) ? Number(place['latitude']) > 48 : place['latitude'] === '')),
    ).toEqual(['insee:27676']);
  });

  test('says of every place one that it lies in and that is there, of countries none', () => {
    const liesWell = (place: Row): boolean => {
      const within = Object.entries(place).filter(([name, value]) => name.startsWith('within-') && value !== '');
      const there = within.every(([name, value]) => ids.has(`${name.slice('within-'.length)}:${value}`));
      return there && within.length === (place['placeType'] === 'country' ? 0 : 1);
    };
    expect(wrong(places, liesWell)).toEqual([]);
  });
});

test('places-elsewhere.csv has the other communes, plain cells, and is small', () => {
  expect(elsewhere.length).toBeGreaterThan(30_000);
  expect(tableText('places-elsewhere')).not.toContain('"');
  expect(tableText('places-elsewhere').length).toBeLessThan(1_500_000);
  expect(wrong(elsewhere, (row) => !ids.has(`insee:${row['insee']}`))).toEqual([]);
});

test('the Belgian codes have five digits, of the province they stand under, and none twice', () => {
  const belgium = tableRows(tableText('places-belgium'));
  const head: Readonly<Record<string, string>> = { Hainaut: '5', 'Flandre occidentale': '3' };
  expect(
    wrong(belgium, ({ nis = '', province = '' }) => /^\d{5}$/.test(nis) && nis.startsWith(head[province] ?? '-')),
  ).toEqual([]);
  const codes = belgium.flatMap(({ nis, formerNis }) => [nis, formerNis]).filter((code) => code !== '');
  expect(new Set(codes).size).toBe(codes.length);
});

test('other names are of places that are there, words are names of communes; a broken table is told', () => {
  const known = packagedPlaces().byName;
  expect(homonyms.filter(({ word = '' }) => !known.has(placeKey(word)))).toEqual([]);
  expect(new Set(homonyms.map(({ word }) => word)).size).toBe(homonyms.length);
  expect(wrong(names, ({ kind = '' }) => ['dutch', 'english', 'former', 'usual', 'part'].includes(kind))).toEqual([]);
  const tables = { places, elsewhere: tableText('places-elsewhere'), names, homonyms };
  expect(() => placeIndex(tables)).not.toThrow();
  expect(() => placeIndex({ ...tables, names: [{ id: 'insee:00000', name: 'X', kind: 'part' }] })).toThrow(
    /insee:00000/,
  );
  expect(() => placeIndex({ ...tables, places: [{ id: 'insee:1', insee: '1', 'within-insee': '2' }] })).toThrow(
    /insee:2/,
  );
});

test('a commune elsewhere is described, one of ours is left to its source', () => {
  expect(placeElsewhere('87085')).toEqual({ name: 'Limoges', placeType: 'commune', country: 'FR' });
  expect([placeElsewhere('59512'), placeElsewhere('00000')]).toEqual([undefined, undefined]);
});

test.runIf(existsSync(PACKAGE) && existsSync(POINTS))('the tables are what their script makes', () => {
  const material = readMaterial(PACKAGE, POINTS);
  expect(makePlaces(material)).toBe(tableText('places'));
  expect(makeElsewhere(material)).toBe(tableText('places-elsewhere'));
});
