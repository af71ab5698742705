import { describe, expect, test } from 'vitest';
import { Totals } from './ask.ts';

const count = { text: 'RETURN COUNT { MATCH (n0:Trade) } AS total', parameters: { today: '2026-05-01', p0: 'lin' } };

describe('remembered totals', () => {
  test('hold while the graph stands at the change at which they were counted', () => {
    const totals = new Totals();
    expect(totals.get(count, 7)).toBeUndefined();
    totals.keep(count, 7, 12);
    expect(totals.get(count, 7)).toBe(12);
    expect(totals.get(count, 8)).toBeUndefined();
    totals.keep(count, 8, 13);
    expect([totals.get(count, 8), totals.get(count, 7)]).toEqual([13, undefined]);
  });

  test('are of one question on one day', () => {
    const totals = new Totals();
    totals.keep(count, 7, 12);
    expect(totals.get({ ...count, parameters: { ...count.parameters, p0: 'laine' } }, 7)).toBeUndefined();
    expect(totals.get({ ...count, parameters: { ...count.parameters, today: '2026-05-02' } }, 7)).toBeUndefined();
  });

  test('are not kept of a graph whose change is not known', () => {
    const totals = new Totals();
    totals.keep(count, null, 12);
    expect(totals.get(count, null)).toBeUndefined();
  });

  test('are bounded: the one not asked for longest goes first', () => {
    const totals = new Totals();
    const nth = (at: number) => ({ text: `RETURN ${at}`, parameters: {} });
    for (let at = 0; at < 2_000; at += 1) totals.keep(nth(at), 7, at);
    totals.get(nth(0), 7);
    totals.keep(nth(2_000), 7, 2_000);
    expect([totals.get(nth(0), 7), totals.get(nth(1), 7), totals.get(nth(2_000), 7)]).toEqual([0, undefined, 2_000]);
  });
});
