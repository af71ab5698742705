import { describe, expect, it } from 'vitest';
import { LoopWatch } from './loop.ts';

describe('LoopWatch', () => {
  it('lets a constant token pass while the pages differ', () => {
    const watch = new LoopWatch([]);
    for (let page = 0; page < 5000; page++) expect(watch.circles(`page${page}`, 'constant', 10)).toBe(false);
  });

  it('sees the same page with the same token, also across a checkpoint', () => {
    const before = new LoopWatch([]);
    for (let page = 0; page < 100; page++) before.circles(`page${page}`, `token${page}`, 10);
    expect(before.recent.length).toBeLessThanOrEqual(40);
    const after = new LoopWatch(before.recent);
    expect(after.circles('page100', 'token100', 10)).toBe(false);
    expect(after.circles('page99', 'token99', 10)).toBe(true);
  });

  it('sees pages that bring nothing new under new tokens, and pages that bring nothing at all', () => {
    const repeating = new LoopWatch([]);
    const repeated = Array.from({ length: 10 }, (_, n) => repeating.circles('page', `token${n}`, n === 0 ? 10 : 0));
    expect(repeated.indexOf(true)).toBe(3);
    const empty = new LoopWatch([]);
    expect(Array.from({ length: 60 }, (_, n) => empty.circles('', `token${n}`, 0)).indexOf(true)).toBe(50);
  });

  it('sees pages that give known records in another order each time', () => {
    const shuffling = new LoopWatch([]);
    const pages = Array.from({ length: 60 }, (_, n) => shuffling.circles(`page${n}`, `token${n}`, n === 0 ? 10 : 0));
    expect(pages.indexOf(true)).toBe(51);
  });
});
