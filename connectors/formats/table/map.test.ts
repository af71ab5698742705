import { describe, expect, test } from 'vitest';
import { columnsOf, type TableMap, tableMap } from './map.ts';

const GOOD = { kind: 'Structure', id: 'Code', fields: { name: 'Nom' } };

function issuesOf(map: unknown): readonly { path: string; message: string }[] {
  const result = tableMap.safeParse(map);
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
}

describe('a map that is right', () => {
  test('everything that a source file may write', () => {
    const map = {
      kind: 'Structure',
      id: ['Code', 'Suite'],
      fields: {
        name: 'Nom',
        alternativeNames: { column: 'Autres noms', split: ';' },
        description: { columns: ['Texte', 'Suite'], join: ' ' },
        structureType: { column: 'Nature', values: { musée: 'museum' }, otherwise: 'other' },
        founded: { column: 'Création', as: 'date' },
        point: { latitude: 'Lat', longitude: 'Lon', precision: 'site' },
        demonstration: { value: true },
      },
      identifiers: { trame: 'Code', museofile: 'Muséofile' },
      relations: {
        place: [{ column: 'INSEE', identifier: 'insee' }, { column: 'Lieu' }],
        memberOf: { column: 'Clubs', split: ';', identifier: 'trame', facts: { since: 'Depuis' } },
        partOf: { column: 'Dépend de', identifier: 'prefixed' },
        trades: 'Métiers',
        media: { column: 'Image', rights: 'Droits', credit: 'Crédit' },
      },
    };
    expect(issuesOf(map)).toEqual([]);
    const parsed = tableMap.safeParse(map) as { data: TableMap };
    expect(parsed.data.relations?.['trades']).toEqual([{ column: 'Métiers' }]);
    expect(parsed.data.id).toEqual(['Code', 'Suite']);
    expect(columnsOf(parsed.data)).toEqual(
      expect.arrayContaining(['Nom', 'Suite', 'Lat', 'Lon', 'INSEE', 'Depuis', 'Droits', 'Muséofile']),
    );
  });
});

describe('a map that is wrong says where, and what may stand there', () => {
  test.each([
    ['unknown kind', { ...GOOD, kind: 'Musée' }, 'kind', /Structure, Trade, HeritageObject/],
    ['no map at all', undefined, 'kind', /Structure/],
    ['no id', { kind: 'Structure', fields: { name: 'Nom' } }, 'id', /./],
    ['no name', { kind: 'Structure', id: 'Code', fields: {} }, 'fields.name', /./],
    ['unknown key', { ...GOOD, champs: {} }, 'champs', /kind, id, fields, identifiers, relations/],
    [
      'unknown field',
      { ...GOOD, fields: { name: 'Nom', nom: 'Nom' } },
      'fields.nom',
      /un champ de Structure.*structureType/,
    ],
    ['unknown relation', { ...GOOD, relations: { lieu: 'INSEE' } }, 'relations.lieu', /place, memberOf/],
    [
      'value outside the model',
      { ...GOOD, fields: { name: 'Nom', structureType: { column: 'N', values: { a: 'musee' } } } },
      'fields.structureType.values.a',
      /museum/,
    ],
    [
      'wrong reading',
      { ...GOOD, fields: { name: 'Nom', founded: { column: 'C', as: 'integer' } } },
      'fields.founded.as',
      /date/,
    ],
    [
      'point without precision',
      { ...GOOD, fields: { name: 'Nom', point: { latitude: 'a', longitude: 'b' } } },
      'fields.point.precision',
      /site, street, commune, area/,
    ],
    [
      'point of one column without order',
      { ...GOOD, fields: { name: 'Nom', point: { column: 'a', precision: 'site' } } },
      'fields.point',
      /order/,
    ],
    [
      'words where there are none',
      { ...GOOD, relations: { memberOf: 'Clubs' } },
      'relations.memberOf.0.identifier',
      /trame.*prefixed/,
    ],
    [
      'scheme that the target does not have',
      { ...GOOD, relations: { place: { column: 'x', identifier: 'siret' } } },
      'relations.place.0.identifier',
      /insee/,
    ],
    [
      'unknown fact',
      { ...GOOD, relations: { memberOf: { column: 'x', identifier: 'trame', facts: { depuis: 'y' } } } },
      'relations.memberOf.0.facts.depuis',
      /since, role/,
    ],
    ['two origins', { ...GOOD, fields: { name: { column: 'a', value: 'b' } } }, 'fields.name', /un seul des trois/],
  ])('%s', (_, map, path, message) => {
    const issues = issuesOf(map);
    expect(issues.map((issue) => issue.path)).toContain(path);
    expect(issues.find((issue) => issue.path === path)?.message).toMatch(message);
  });
});
