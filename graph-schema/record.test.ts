import { describe, expect, test } from 'vitest';
import { parseRecord } from './record.ts';

const GOOD = {
  kind: 'HeritageObject',
  identifiers: [],
  visibility: 'public',
  fields: { name: ' Navette ' },
  relations: { heldBy: [{ identifier: { scheme: 'museofile', value: 'M0017' } }], techniques: [{ text: 'bois' }] },
};
const issuesOf = (candidate: unknown) => {
  const result = parseRecord(candidate);
  return 'issues' in result ? result.issues.map(({ path }) => path) : [];
};

describe('a HeritageRecord', () => {
  test('is taken, its texts trimmed', () => {
    const result = parseRecord(GOOD);
    expect('record' in result && result.record.fields['name']).toBe('Navette');
  });

  test.each([
    ['a kind that is not declared', { ...GOOD, kind: 'Spaceship' }, 'kind'],
    ['no name', { ...GOOD, fields: {} }, 'fields.name'],
    ['a field that the kind does not have', { ...GOOD, fields: { name: 'x', wheels: 4 } }, 'fields'],
    ['a relation that the kind does not have', { ...GOOD, relations: { stops: [] } }, 'relations'],
    ['a value outside the list', { ...GOOD, fields: { name: 'x', objectKind: 'ship' } }, 'fields.objectKind'],
    ['an address that is not one', { ...GOOD, fields: { name: 'x', page: 'javascript:alert(1)' } }, 'fields.page'],
    [
      'words where no vocabulary reads them',
      { ...GOOD, relations: { heldBy: [{ text: 'musée' }] } },
      'relations.heldBy.0',
    ],
    ['no visibility', { ...GOOD, visibility: undefined }, 'visibility'],
    ['null', null, 'kind'],
  ])('with %s is refused, and where is told', (_what, candidate, path) => {
    expect(issuesOf(candidate)).toContain(path);
  });

  test('a megabyte in one text is refused', () => {
    expect(issuesOf({ ...GOOD, fields: { name: 'x', description: 'a'.repeat(1_000_000) } })).toEqual([
      'fields.description',
    ]);
  });
});
