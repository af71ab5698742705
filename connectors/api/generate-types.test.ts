import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { descriptions, stampOf } from './generate-types.ts';

test.each(descriptions())('the types of $folder are those of its description', ({ folder, hash }) => {
  const [stamp] = readFileSync(join(folder, 'api.generated.ts'), 'utf8').split('\n');
  expect(stamp, 'run `npm run api-types`').toBe(stampOf(hash));
});

test('there are descriptions', () => {
  expect(descriptions().length).toBeGreaterThan(0);
});
