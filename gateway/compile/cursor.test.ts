import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readCursor, readSearchCursor, writeCursor, writeSearchCursor } from './cursor.ts';

vi.setConfig({ testTimeout: 60_000 });

test('what was written is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.string(), (key, uid) => {
      expect(readCursor('name', writeCursor('name', [key, uid]))).toEqual([key, uid]);
    }),
  );
  expect(readSearchCursor('relevance', writeSearchCursor('relevance', [0.123456789, 'u']))).toEqual([0.123456789, 'u']);
});

test('what was not written by this order is refused in words', () => {
  const refused = expect.objectContaining({ code: 'CURSOR_INVALID' });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => readCursor('name', text)).toThrow(refused);
    }),
  );
  const forged = [
    '["n",1,"u"]',
    '["n","a"]',
    '["s",1,"u"]',
    '{"0":"n"}',
    'null',
    '["n","a","u","x"]',
    '["n",{"$gt":1},"u"]',
  ];
  for (const json of forged) expect(() => readCursor('name', Buffer.from(json).toString('base64url'))).toThrow(refused);
  expect(() => readCursor('begin', writeCursor('name', ['a', 'u']))).toThrow(refused);
  expect(() => readSearchCursor('name', writeCursor('name', ['a', 'u']))).toThrow(refused);
  expect(() => readSearchCursor('date', writeSearchCursor('name', ['a', 'u']))).toThrow(refused);
  expect(() => readCursor('name', writeCursor('name', ['a'.repeat(2_000), 'u']))).toThrow(refused);
});
