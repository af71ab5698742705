import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealWith } from './seal.ts';

test('what was sealed is read again, by the same key only', () => {
  const mine = sealWith('a');
  const other = sealWith('b');
  fc.assert(
    fc.property(fc.nat(), (number) => {
      const sealed = mine.seal(number);
      expect(sealed).toMatch(/^[\w-]{22}$/);
      expect(mine.unseal(sealed)).toBe(number);
      expect(other.unseal(sealed)).toBeUndefined();
      expect(sealWith('a').seal(number)).toBe(sealed);
    }),
  );
});

test('what was not sealed is nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(sealWith('a').unseal(text)).toBeUndefined();
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(sealWith('a').unseal(Buffer.from(bytes).toString('base64url'))).toBeUndefined();
    }),
  );
});

test('numbers that follow one another do not look so', () => {
  const { seal } = sealWith('a');
  const [one, two] = [seal(1), seal(2)].map((text) => Buffer.from(text, 'base64url'));
  const same = [...one!].filter((byte, index) => byte === two![index]).length;
  expect(same).toBeLessThan(5);
});
