import { expect, test } from 'vitest';
import { publicId, withoutContacts } from './contacts.ts';

test('telephone numbers and e-mail addresses leave a text, and the brackets that held nothing else', () => {
  expect(withoutContacts('Visite du moulin (06 12 34 56 78)')).toBe('Visite du moulin');
  expect(withoutContacts('Visite (rens. au musée 03.20.00.00.00)')).toBe('Visite (rens. au musée)');
  expect(withoutContacts('Inventaire 2019.3.1, 45 x 30 cm')).toBe('Inventaire 2019.3.1, 45 x 30 cm');
});

test('an identifier that is made of a text keeps no way to reach somebody, and stays apart from its neighbours', () => {
  expect(publicId('Visite du moulin/Lille')).toBe('Visite du moulin/Lille');
  const [first, second] = ['06 12 34 56 78', '06 12 34 56 79'].map((number) =>
    publicId(`Visite du moulin (${number})`),
  );
  expect(first).toMatch(/^Visite du moulin [\w-]{10}$/);
  expect(second).not.toBe(first);
  expect(publicId('personne@example.org')).toMatch(/^[\w-]{10}$/);
});
