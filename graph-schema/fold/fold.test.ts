import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '../record.ts';
import { type Resolver, resolverOf } from '../vocabularies/resolver.ts';
import type { DescribingRecord } from './describing.ts';
import { explain } from './explain.ts';
import { foldEntity } from './fold.ts';
import { identifierKey, statedKeys } from './identity.ts';
import { uidOf } from './uid.ts';

const NO_WORDS: Resolver = resolverOf('none', { trades: () => [], places: () => [] });

function describing(source: string, rank: number, record: Partial<AnyRecord>): DescribingRecord {
  const whole = {
    kind: 'Structure',
    identifiers: [],
    visibility: 'public',
    fields: { name: source },
    relations: {},
    ...record,
  } as AnyRecord;
  return { source, id: '1', rank, record: whole };
}

describe('the fold', () => {
  test('takes each field from the best source that says something', () => {
    const folded = foldEntity(
      [
        describing('b', 50, { fields: { name: 'B', address: 'rue B' } }),
        describing('a', 10, { fields: { name: 'A' } }),
      ],
      NO_WORDS,
    );
    expect(folded.fields).toEqual({ name: 'A', address: 'rue B', licenceLayers: ['unknown'], sources: ['a', 'b'] });
  });

  test('says every licence of its records, whichever field each of them gives', () => {
    const folded = foldEntity(
      [
        describing('b', 50, { fields: { name: 'B', address: 'rue B', licence: 'ODbL 1.0' } }),
        describing('a', 10, { fields: { name: 'A', licence: 'Licence Ouverte 2.0' } }),
        describing('c', 60, { fields: { name: 'C', licence: 'Licence Ouverte 1.0' } }),
        describing('d', 70, { visibility: 'hidden', fields: { name: 'D', licence: 'tous droits réservés' } }),
      ],
      NO_WORDS,
    );
    expect(folded.fields).toMatchObject({
      licence: 'Licence Ouverte 2.0',
      licenceLayers: ['licence-ouverte', 'odbl'],
    });
  });

  test('a relation to one thing follows the best source, to several gathers all', () => {
    const place = (value: string) => [{ identifier: { scheme: 'insee', value } }];
    const club = (value: string) => [{ identifier: { scheme: 'trame', value } }];
    const folded = foldEntity(
      [
        describing('a', 10, { relations: { place: place('59512'), memberOf: club('rural') } }),
        describing('b', 20, { relations: { place: place('59350'), memberOf: club('textile') } }),
      ],
      NO_WORDS,
    );
    expect(folded.links.map(({ key }) => key)).toEqual([
      'Structure/trame:rural',
      'Structure/trame:textile',
      'Place/insee:59512',
    ]);
  });

  test('is the same in any order of arrival', () => {
    const record = fc.record({
      source: fc.constantFrom('a', 'b', 'c', 'd'),
      rank: fc.constantFrom(10, 50),
      visibility: fc.constantFrom('public' as const, 'hidden' as const),
      fields: fc.record(
        { name: fc.constantFrom('N', 'M'), address: fc.constantFrom('x', 'y') },
        { requiredKeys: ['name'] },
      ),
      club: fc.constantFrom('rural', 'textile'),
    });
    const all = fc
      .uniqueArray(record, { selector: ({ source }) => source, minLength: 1 })
      .chain((records) => fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })));
    const fold = (
      records: readonly {
        source: string;
        rank: number;
        visibility: 'public' | 'hidden';
        fields: object;
        club: string;
      }[],
    ) =>
      foldEntity(
        records.map(({ source, rank, visibility, fields, club }) =>
          describing(source, rank, {
            visibility,
            fields: { ...fields },
            relations: { memberOf: [{ identifier: { scheme: 'trame', value: club } }] },
          }),
        ),
        NO_WORDS,
      );
    fc.assert(
      fc.property(all, ([first, second]) => {
        expect(fold(second)).toEqual(fold(first));
      }),
    );
  });

  test('nothing of a hidden record reaches a Published entity', () => {
    const folded = foldEntity(
      [
        describing('a', 1, {
          visibility: 'hidden',
          identifiers: [{ scheme: 'siret', value: '1' }],
          fields: { name: 'secret', address: 'secret' },
        }),
        describing('b', 90, { fields: { name: 'B' } }),
      ],
      NO_WORDS,
    );
    expect(JSON.stringify(folded)).not.toMatch(/secret|siret/);
    expect(
      explain('Structure', [describing('a', 1, { visibility: 'hidden' }), describing('b', 90, {})]).map(
        ({ source }) => source,
      ),
    ).toEqual(['b']);
  });

  test('a day after which it is hidden holds only where every record has one', () => {
    expect(
      foldEntity(
        [describing('a', 1, { visibleUntil: '2026-01-01' }), describing('b', 2, { visibleUntil: '2027-01-01' })],
        NO_WORDS,
      ).visibleUntil,
    ).toBe('2027-01-01');
    expect(
      foldEntity([describing('a', 1, { visibleUntil: '2026-01-01' }), describing('b', 2, {})], NO_WORDS).visibleUntil,
    ).toBeUndefined();
  });

  test('records of two kinds for one thing are a bug, not a guess', () => {
    expect(() => foldEntity([describing('a', 1, {}), describing('b', 1, { kind: 'Place' })], NO_WORDS)).toThrow(
      /a\/1, b\/1/,
    );
  });
});

describe('identity', () => {
  test('a uid has 16 characters without look-alikes, and follows from all its parts', () => {
    expect(uidOf('source', 'id')).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
    expect(new Set([uidOf('a', 'bc'), uidOf('ab', 'c'), uidOf('a', 'bc ')]).size).toBe(3);
    expect(uidOf('source', 'id')).toBe(uidOf('source', 'id'));
  });

  test('keys carry kind and scheme; an overlong value keeps within the index bound and stays its own', () => {
    expect(identifierKey('Place', { scheme: 'insee', value: '59512' })).toBe('Place/insee:59512');
    const long = (end: string) => identifierKey('Concept', { scheme: 'concept', value: `${'x'.repeat(1_990)}${end}` });
    expect(long('a').length).toBeLessThan(400);
    expect(long('a')).not.toBe(long('b'));
  });

  test('only strong schemes identify', () => {
    const { record } = describing('a', 1, {
      identifiers: [
        { scheme: 'museofile', value: 'M1' },
        { scheme: 'inventory', value: '12' },
      ],
    });
    expect(statedKeys(record)).toEqual(['Structure/museofile:M1']);
  });
});
