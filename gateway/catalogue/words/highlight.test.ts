import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { highlight, lookedFor } from './highlight.ts';
import { momentsOf } from './moments.ts';
import { tokensOf } from './stem.ts';

vi.setConfig({ testTimeout: 60_000 });

function marked(text: string, typed: string): string | undefined {
  const passage = highlight(text, lookedFor(typed));
  if (passage === undefined) return undefined;
  let shown = '';
  let at = 0;
  for (const [begin, end] of passage.marks) {
    shown += `${passage.text.slice(at, begin)}[${passage.text.slice(begin, end)}]`;
    at = end;
  }
  return shown + passage.text.slice(at);
}

test.each([
  ['Métier à tisser', 'metiers', '[Métier] à tisser'],
  ['L’Échoppe du sabotier', 'échoppe', 'L’[Échoppe] du sabotier'],
  ['Tissage et tisserands', 'tiss*', '[Tissage] et [tisserands]'],
  ['La dentelle de Calais', 'la dentelle de Calais', 'La [dentelle] de [Calais]'],
  ['Deux chevaux', 'cheval', 'Deux [chevaux]'],
  ['Rouet', 'navette', undefined],
  ['Œuvre d’un fondeur', 'oeuvres', '[Œuvre] d’un fondeur'],
])('%s, for %s: %s', (text, typed, expected) => expect(marked(text, typed)).toBe(expected));

test('of a long text, the piece that has most of the words', () => {
  const filler = 'mot '.repeat(100);
  const shown = marked(`navette ${filler}une navette et son rouet ${filler}`, 'navette rouet')!;
  expect(shown).toContain('une [navette] et son [rouet]');
  expect(shown.length).toBeLessThan(230);
});

test('marks lie within the piece, in order, none over another, each a word that was looked for', () => {
  const text = fc
    .array(fc.constantFrom('navette', 'Navettes', 'l’écluse', 'é', '😀', 'rouet,', '—', 'métier', 'a\u0301tre'), {
      maxLength: 80,
    })
    .map((some) => some.join(' '));
  const typed = fc.constantFrom('navette', 'rouet metier', 'écluse', 'nav*', 'atre');
  fc.assert(
    fc.property(text, typed, (said, asked) => {
      const looked = lookedFor(asked);
      const passage = highlight(said, looked);
      const isThere = tokensOf(said).some(
        ({ stem, word }) => looked.stems.has(stem) || looked.beginnings.some((one) => word.startsWith(one)),
      );
      expect(passage !== undefined).toBe(isThere);
      if (passage === undefined) return;
      expect(said).toContain(passage.text);
      expect(passage.marks.length).toBeGreaterThan(0);
      let last = 0;
      for (const [begin, end] of passage.marks) {
        expect(begin).toBeGreaterThanOrEqual(last);
        expect(end).toBeLessThanOrEqual(passage.text.length);
        const [token] = tokensOf(passage.text.slice(begin, end));
        expect(looked.stems.has(token!.stem) || looked.beginnings.some((one) => token!.word.startsWith(one))).toBe(
          true,
        );
        last = end;
      }
    }),
  );
});

test('what is said, and when: the cues with most of the words first', () => {
  const transcript = [
    '12.5/15/On prenait la navette',
    '15/20/et le soir/la pluie',
    '20/25/la navette passait dans le rouet',
    '30/31/rien',
  ];
  const moments = momentsOf(transcript, lookedFor('navettes rouet'), 5);
  expect(moments.map(({ begin, end, text }) => [begin, end, text])).toEqual([
    [20, 25, 'la navette passait dans le rouet'],
    [12.5, 15, 'On prenait la navette'],
  ]);
  expect(momentsOf(transcript, lookedFor('pluie'), 5)[0]!.text).toBe('et le soir/la pluie');
  expect(momentsOf(transcript, lookedFor('navettes'), 1)).toHaveLength(1);
  expect(momentsOf([], lookedFor('navettes'), 1)).toEqual([]);
});
