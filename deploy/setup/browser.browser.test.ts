import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, chromiumPath, openBrowser } from './browser.ts';

describe.runIf(chromiumPath() !== undefined)('a page in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test('is looked at by axe, which finds a picture without words and a page without a language', async () => {
    const page = await browser.newPage();
    await page.setContent('<title>Essai</title><main><h1>Essai</h1><img src="data:,"></main>');
    const faults = (await accessibilityFaults(page)).map((fault) => fault.split(':')[0]);
    expect(faults.sort()).toEqual(['html-has-lang', 'image-alt']);
    await page.setContent('<html lang="fr"><title>Essai</title><main><h1>Essai</h1><p>Un texte.</p></main></html>');
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
