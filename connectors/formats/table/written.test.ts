/** The forms in which volunteers write values (issue: sheets that volunteers make), each through a map and out as a field. */
import { expect, test } from 'vitest';
import { mapRow } from './table.ts';

const YEAR = 2024;

function read(
  kind: string,
  field: string,
  cell: string,
  more: object = {},
): readonly [value: unknown, ...codes: string[]] {
  const map = { kind, id: ['Nom'], fields: { name: { column: 'Nom' }, [field]: { column: 'Valeur', ...more } } };
  const mapped = mapRow({ Nom: 'exemple', Valeur: cell }, map as never, { id: '1' });
  if (!('record' in mapped)) return ['rejected', mapped.rejected.code];
  const fields = mapped.record.fields as unknown as Readonly<Record<string, unknown>>;
  return [fields[field], ...(mapped.notes ?? []).map(({ code }) => code)];
}

const day = (begin: string, end = begin) => ({ begin, end });

test.each<[form: string, occurrences: readonly object[] | undefined, ...codes: string[]]>([
  ['12/05/2024', [day('2024-05-12')]],
  ['2024-05-12', [day('2024-05-12')]],
  ['45424', [day('2024-05-12')]],
  ['45424.5', [day('2024-05-12T12:00:00+02:00')]],
  ['mai 2024', [day('2024-05-01', '2024-05-31')]],
  ['samedi 11 et dimanche 12 mai', [day('2024-05-11'), day('2024-05-12')]],
  ['du 14 au 30 mai', [day('2024-05-14', '2024-05-30')]],
  ['12/05/2024 de 14h à 18h', [day('2024-05-12T14:00:00+02:00', '2024-05-12T18:00:00+02:00')]],
  ['12/05/2024 à 14h30 et 16h', [day('2024-05-12T14:30:00+02:00'), day('2024-05-12T16:00:00+02:00')]],
  ['12/05/2024 à 14h30, 16h', [day('2024-05-12T14:30:00+02:00'), day('2024-05-12T16:00:00+02:00')]],
  ['12/05/2024 14h 18h', [day('2024-05-12T14:00:00+02:00', '2024-05-12T18:00:00+02:00')]],
  ['14/05/2026 (tel 06 12 34 56 78)', [day('2026-05-14')], 'table-contact-left-out'],
  ['14/05/2026, contact : exemple@example.org', [day('2026-05-14')], 'table-contact-left-out'],
  ['05 06 07 08 09 mai 2024', ['05', '06', '07', '08', '09'].map((one) => day(`2024-05-${one}`))],
  ['samedi 12 mai', [day('2024-05-12')], 'table-weekday-amiss'],
  ['sur rendez-vous', undefined, 'format-value-unread'],
  ['32/05/2024', undefined, 'format-value-unread'],
  ['/'.repeat(100_000), undefined, 'format-value-unread'],
])('dates: %.40s', (form, ...expected) => {
  expect(read('Event', 'occurrences', form, { year: YEAR })).toEqual(expected);
});

test.each<[form: string, price: object | undefined]>([
  ['3,50 €', { text: '3,50 €', from: 3.5, to: 3.5 }],
  ['gratuit', { text: 'gratuit', from: 0, to: 0 }],
  ['3.5', { text: '3,50 €', from: 3.5, to: 3.5 }],
  ['0', { text: 'gratuit', from: 0, to: 0 }],
  ['12', { text: '12 €', from: 12, to: 12 }],
  ['NC', undefined],
  ['sur devis', { text: 'sur devis' }],
])('prices: %s', (form, price) => {
  expect(read('Event', 'price', form)).toEqual([price]);
});

test.each([
  ['oui', true],
  ['x', true],
  ['Non', false],
  ['peut-être', undefined],
])('yes and no: %s', (form, value) => {
  expect(read('Exhibition', 'bookable', form)[0]).toBe(value);
});

test.each<[form: string, value: number | undefined]>([
  ['1 234', 1234],
  ['1.000', 1000],
  ['12.0', 12],
  ['1,000', undefined],
  ['12,5', undefined],
])('whole numbers: %s', (form, value) => {
  expect(read('Stop', 'position', form)[0]).toBe(value);
});

test.each([
  ['du 1er juin au 15 septembre 2026', '2026-06-01/2026-09-15', 2026, 2026],
  ['du 14 décembre 2025 au 3 janvier 2026', '2025-12-14/2026-01-03', 2025, 2026],
  ['du 14 au 30 mai', '2024-05-14/2024-05-30', 2024, 2024],
  ['12 mai 2024 à 14h', '2024-05-12', 2024, 2024],
  ['été 2026', '2026-22', 2026, 2026],
])('periods: %s', (text, edtf, from, to) => {
  expect(read('Exhibition', 'period', text, { year: YEAR })).toMatchObject([{ text, edtf, from, to }]);
});

test('a period without its year, or in other words, keeps its text, and is told', () => {
  expect(read('Exhibition', 'period', 'du 14 au 30 mai')).toEqual([{ text: 'du 14 au 30 mai' }, 'table-year-missing']);
  expect(read('Exhibition', 'period', 'à la belle saison')).toEqual([
    { text: 'à la belle saison' },
    'format-date-unread',
  ]);
});

test('postcodes get their zero back; hours in prose stay; levels come apart', () => {
  expect(read('Structure', 'postcode', '2100')).toEqual(['02100', 'table-zero-put-back']);
  const hours = 'du mardi au dimanche de 14h à 18h, fermé le 1er mai';
  expect(read('Structure', 'openingHours', hours)).toEqual([hours]);
  expect(read('Offer', 'levels', 'CE2 à CM2, 6e')).toEqual([['CE2', 'CM1', 'CM2', '6e']]);
});
