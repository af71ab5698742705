import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createResolver } from './resolver.ts';
import { tableRows, tableText } from './tables.ts';

const resolver = createResolver();
const placeOf = (text: string): string | undefined => {
  const found = resolver.place(text);
  return found && `${found.identifier.scheme}:${found.identifier.value}`;
};

describe('places', () => {
  test.each([
    ['Roubaix', 'insee:59512', 0.9],
    ['ROUBAIX', 'insee:59512', 0.9],
    ['à Roubaix', 'insee:59512', 0.9],
    ['ville de Roubaix', 'insee:59512', 0.9],
    ['Roubaix (Nord)', 'insee:59512', 1],
    ['Roubaix (Nord, France)', 'insee:59512', 1],
    ['Lille (59)', 'insee:59350', 1],
    ['59100 Roubaix', 'insee:59512', 1],
    ['F-59100 Roubaix', 'insee:59512', 1],
    ['59021 Lille Cedex', 'insee:59350', 1],
    ['59100', 'insee:59512', 0.8],
    ['France, Nord, Roubaix (lieu de création)', 'insee:59512', 1],
    ['France, Nord-Pas-de-Calais, Nord, Roubaix', 'insee:59512', 1],
    ['Europe, France, Picardie, Somme, Amiens', 'insee:80021', 1],
    ["France, Nord, Roubaix, quartier de l'Épeule", 'insee:59512', 0.8],
    ['Saint-Amand-les-Eaux', 'insee:59526', 0.9],
    ['St-Amand-les-Eaux', 'insee:59526', 0.9],
    ['Boulogne s/ Mer', 'insee:62160', 0.9],
    ['Villeneuve d’Ascq', 'insee:59009', 0.9],
    ['Bassée (La)', 'insee:59051', 0.9],
    ['Étaples-sur-Mer', 'insee:62318', 0.9],
    ['Lomme', 'insee:59355', 0.9],
    ['Brie (80)', 'insee:80141', 1],
    ['Comines (Nord)', 'insee:59152', 1],
    ['Belgique, Comines', 'trame:comines-belgique', 1],
    ['Belgique, Tournai', 'nis:57081', 1],
    ['Tournai (B)', 'nis:57081', 1],
    ['7700 Mouscron', 'nis:57096', 1],
    ['Hauts-de-France', 'insee-reg:32', 0.9],
    ['Roubaix, usine Motte', 'insee:59512', 0.8],
    ['France, Saône-et-Loire, Autun (lieu de création)', 'insee:71014', 1],
    ['département du Nord', 'insee-dep:59', 0.9],
    ['la Somme', 'insee-dep:80', 0.9],
  ])('%s is %s', (text, identifier, confidence) => {
    expect(placeOf(text)).toBe(identifier);
    expect(resolver.place(text)?.confidence).toBe(confidence);
  });

  test.each([
    ['Brie', 'three communes of that name'],
    ['Comines', 'one in France, one in Belgium'],
    ['Lens', 'one in France, one in Belgium'],
    ['59230', 'several communes share the postcode'],
    ['59100 Lille', 'the postcode is another commune’s'],
    ['Lille (71)', 'the department is another'],
    ['Lille (Somme)', 'the department is another'],
    ['France, Saône-et-Loire, Fleury', 'a namesake elsewhere'],
    ['Roubaix, Delexemple', 'not understood whole'],
    ['Roubaix ; Tourcoing', 'two places'],
    ['Picardie', 'a region no more'],
    ['lieu inconnu', 'nothing'],
    ['__proto__', 'nothing'],
    ['constructor, Nord', 'nothing'],
    ['', 'nothing'],
    ['Roubaix '.repeat(100), 'too long'],
  ])('%s stays a word: %s', (text) => {
    expect(resolver.place(text)).toBeUndefined();
  });

  test('every commune is found by its name and department, whatever its namesakes', () => {
    const communes = tableRows(tableText('places')).filter((row) => row['placeType'] === 'commune' && row['insee']);
    const found = communes.map((row) => placeOf(`${row['name']} (${row['within-insee-dep']})`));
    expect(found).toEqual(communes.map((row) => row['id']));
  });
});

describe('trades', () => {
  test.each([
    ['tisserand', 'tisserand', 1, 'label'],
    ['TISSERAND(E)', 'tisserand', 1, 'label'],
    ['tisserand·e', 'tisserand', 1, 'label'],
    ['le tisserand', 'tisserand', 1, 'label'],
    ['tisserand / tisserande', 'tisserand', 1, 'label'],
    ['marin pêcheur', 'marin-pecheur', 1, 'label'],
    ['tisseur', 'tisserand', 0.95, 'synonym'],
    ['institutrice', 'instituteur', 0.95, 'synonym'],
    ['tisserands', 'tisserand', 0.95, 'plural'],
    ['marins-pêcheurs', 'marin-pecheur', 0.95, 'plural'],
    ['maréchaux-ferrants', 'marechal-ferrant', 0.95, 'plural'],
    ['souffleurs de verre', 'souffleur-de-verre', 0.95, 'plural'],
    ['Dentelliere', 'dentellier', 0.9, 'feminine'],
    ['dentellières', 'dentellier', 0.9, 'feminine'],
    ['ouvrières de filature', 'fileur', 0.9, 'feminine'],
    ['technicienne des télécommunications', 'technicien-des-telecommunications', 0.9, 'feminine'],
    ['bobineuse (femme)', 'bobineur', 0.9, 'feminine'],
    ['repasseuse', 'repasseuse', 1, 'label'],
    ['tissage', 'tisserand', 0.8, 'activity'],
    ['mouture', 'meunerie', 0.8, 'activity'],
    ['brasserie', 'brasserie', 1, 'label'],
  ])('%s is %s', (text, id, confidence, rule) => {
    const found = resolver.trade(text);
    expect(found?.identifier).toEqual({ scheme: 'trame', value: id });
    expect([found?.confidence, found?.rule]).toEqual([confidence, rule]);
  });

  test.each([
    ['bobineuse', 'a machine or a woman'],
    ['moissonneuse', 'a machine or a woman'],
    ['pilote', 'of an aeroplane or of a port'],
    ['charbonnier', 'makes charcoal or sells coal'],
    ['tisserand ou fileur', 'two trades'],
    ['mineur (musique)', 'not understood whole'],
    ['bois', 'a material'],
    ['', 'nothing'],
  ])('%s stays a word: %s', (text) => {
    expect(resolver.trade(text)).toBeUndefined();
  });

  test('every label names its own trade', () => {
    for (const row of tableRows(tableText('trades'))) {
      expect(resolver.trade(row['label'] ?? '')?.identifier.value).toBe(row['id']);
    }
  });
});

test('any text is answered without an error, and again the same', () => {
  const words = fc.constantFrom(
    'Roubaix',
    'Nord',
    '59100',
    ',',
    '(',
    ')',
    'France',
    'lieu',
    '/',
    "l'",
    'tisserand',
    'e',
    '(e)',
    'de',
    'Cedex',
    'St',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 10 }).map((list) => list.join(' ')),
  );
  const again = createResolver();
  fc.assert(
    fc.property(texts, (text) => {
      expect(again.place(text)).toEqual(resolver.place(text));
      expect(again.trade(text)).toEqual(resolver.trade(text));
    }),
    { numRuns: 1000 },
  );
  expect(again.version).toBe(resolver.version);
  expect(resolver.version).toMatch(/^[0-9a-f]{16}$/);
});
