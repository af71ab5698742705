import { expect, test } from 'vitest';
import { identityThresholdsText, readIdentityThresholds } from './thresholds.ts';

test('the packaged table says both thresholds of each', () => {
  const { structures, objects, events } = readIdentityThresholds(identityThresholdsText());
  for (const { linked, proposed } of [structures, objects, events]) expect(proposed).toBeLessThan(linked);
});

test.each([
  ['what,linked,proposed\nstructures,0.9,0.5\nobjects,0.9,0.5', /says nothing of events/],
  ['what,linked,proposed\nstructures,0.5,0.9', /proposed lies above linked/],
  ['what,linked,proposed\nstructures,2,1', /./],
  ['what,linked,proposed\npeople,0.9,0.5', /./],
])('a broken table is refused', (text, said) => {
  expect(() => readIdentityThresholds(text)).toThrow(said);
});
