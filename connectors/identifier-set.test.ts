import { describe, expect, it } from 'vitest';
import { hashOf, IdentifierSet } from './identifier-set.ts';

describe('IdentifierSet', () => {
  it('knows what was named, and how often one was named again, however many there are', () => {
    const named = new IdentifierSet();
    for (let n = 0; n < 50_000; n++) expect(named.add(`oai:essai:${n}`)).toBe(true);
    for (let n = 0; n < 50_000; n += 1000) expect(named.add(`oai:essai:${n}`)).toBe(false);
    expect([named.size, named.repeats, named.overflowed]).toEqual([50_000, 50, false]);
    expect([named.has('oai:essai:49999'), named.has('oai:essai:50000')]).toEqual([true, false]);
  });

  it('keeps no more than it may, and says so', () => {
    const named = new IdentifierSet(100);
    for (let n = 0; n < 101; n++) named.add(`${n}`);
    expect([named.size, named.overflowed]).toEqual([100, true]);
    named.clear();
    expect([named.size, named.overflowed, named.has('1')]).toEqual([0, false, false]);
  });

  it('tells similar identifiers apart', () => {
    const hashes = new Set(Array.from({ length: 100_000 }, (_, n) => hashOf(`oai:musee:A1973.${n}.1`)));
    expect(hashes.size).toBe(100_000);
  });
});
