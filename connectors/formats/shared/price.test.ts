import { expect, test } from 'vitest';
import { readPrice } from './price.ts';

const CASES: readonly (readonly [text: string, from: number | undefined, to: number | undefined])[] = [
  ['3,50 €', 3.5, 3.5],
  ['3.5€', 3.5, 3.5],
  ['5€50', 5.5, 5.5],
  ['6 euros', 6, 6],
  ['€ 4', 4, 4],
  ['7', 7, 7],
  ['3-5', 3, 5],
  ['2024', undefined, undefined],
  ['1 200 €', 1200, 1200],
  ['1.200,00 EUR', 1200, 1200],
  ['gratuit', 0, 0],
  ['Entrée libre', 0, 0],
  ['Gratuit sur réservation', 0, 0],
  ['Gratuit pour les moins de 12 ans', 0, undefined],
  ['Non gratuit', undefined, undefined],
  ['de 3 à 5 €', 3, 5],
  ['3/5 €', 3, 5],
  ['Tarif : 3 – 5 €', 3, 5],
  ['adulte 6 € / enfant 3 €', 3, 6],
  ['5€ (réduit : 3€)', 3, 5],
  ['Plein 6 €, gratuit pour les moins de 18 ans', 0, 6],
  ['de 6 à 12 ans : 3 €', 3, 3],
  ['le 12/05/2024 à 5 €', 5, 5],
  ['en 2024 - 5 €', 5, 5],
  ['à 14h30 - 4 €', 4, 4],
  ['Famille (2 adultes + 2 enfants) 15 €', 15, 15],
  ['à partir de 5 €', 5, undefined],
  ["jusqu'à 10 €", undefined, 10],
  ['2 € de réduction', undefined, undefined],
  ['150 € ; caution de 300 €', 150, 150],
  ['prix libre', 0, undefined],
  ['7/5/3 €', 3, 7],
  ['8€ - 6€ - 4€', 4, 8],
  ['5,00€/pers.', 5, 5],
  ['tarif unique 5 euros', 5, 5],
  ['Gratuit -26 ans', 0, undefined],
  ['6 € (gratuit le premier dimanche du mois)', 0, 6],
  ['Groupe (10 pers.) : 3€50 ; individuel : 5 €', 3.5, 5],
  ['0 €', 0, 0],
  ['sur devis', undefined, undefined],
  ['12 CHF', undefined, undefined],
];

test.each(CASES)('%s: from %s to %s euros', (text, from, to) => {
  const price = readPrice(text);
  expect(price?.text).toBe(text);
  expect([price?.from, price?.to]).toEqual([from, to]);
});

test.each(['', '  ', 'NC', 'n.c.', 'Non communiqué', '?', '-', '#N/A'])('“%s” says nothing', (text) => {
  expect(readPrice(text)).toBeUndefined();
});

test('a no-break space before the sign is a space', () => {
  expect(readPrice('3,50\u00a0€')).toEqual({ text: '3,50 €', from: 3.5, to: 3.5 });
});
