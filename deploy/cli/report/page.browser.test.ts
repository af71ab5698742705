import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, chromiumPath, openBrowser } from '#deploy/setup/browser.ts';
import type { MuseumReport, ShownCorrection } from '#harvesters/corrections/report.ts';
import { reportPage } from './page.ts';

const one = (more: Partial<ShownCorrection>): ShownCorrection => ({
  column: 'Date',
  kind: 'date',
  form: 'sure',
  before: 'XXe',
  proposed: ['20e siècle'],
  why: { fr: 'Parce que.', en: 'Because.' },
  confidence: 0.9,
  codes: ['edtf:1901/2000'],
  key: '0123456789abcdef',
  id: '1',
  page: 'https://example.org/1',
  since: '2026-01-01T00:00:00Z',
  ...more,
});
const corrections = [
  one({}),
  one({
    id: '2',
    kind: 'place',
    form: 'question',
    before: '<img src=x onerror="document.title=1">',
    proposed: ['A', 'B'],
    page: 'javascript:alert(1)',
  }),
];
const report: MuseumReport = {
  records: 3,
  sure: 1,
  questions: 1,
  refused: 0,
  closed: { applied: 2, otherwise: 0, withdrawn: 0 },
  beyond: 0,
  corrections,
  rows: [],
  columns: [],
};

describe.runIf(chromiumPath() !== undefined)('the page of a museum', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test('has no fault that axe finds, is no wider than a telephone, and takes a value for text', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await page.setContent(
      reportPage({ name: 's', title: 'Musée', corrections: 'corrections.csv' }, report, new Date()),
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= 360')).toBe(true);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    expect(await page.locator('tbody tr').count()).toBe(2);
  });
});
