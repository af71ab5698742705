import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A record flows connectors → harvesters → graph-schema → gateway. Who may import whom: */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'graph-schema': [],
  connectors: ['graph-schema'],
  harvesters: ['graph-schema', 'connectors'],
  gateway: ['graph-schema'],
};
const ROOT = join(import.meta.dirname, '..');

test.each(Object.entries(MAY_IMPORT))('%s imports only %j', async (folder, allowed) => {
  const files = (await readdir(join(ROOT, folder), { recursive: true })).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const isTest = /\.test\.ts$|(^|\/)testing\//.test(file);
    const text = await readFile(join(ROOT, folder, file), 'utf8');
    for (const [, imported] of text.matchAll(/from '#([a-z-]+)\//g)) {
      if (imported === folder || (isTest && imported === 'deploy')) continue;
      expect(allowed, `${folder}/${file} imports #${imported}`).toContain(imported);
    }
    for (const [, up] of text.matchAll(/from '((?:\.\.\/)+)[a-z-]+/g)) {
      expect((up?.length ?? 0) / 3, `${folder}/${file} leaves its folder by a relative path`).toBeLessThan(
        file.split('/').length,
      );
    }
  }
});
