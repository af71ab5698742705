/**
 * Writes `api.generated.ts` beside every `openapi.yaml` of the connectors: `npm run api-types`. openapi-typescript wants TypeScript 5 beside our 7, so it is
 * called by npm in a place of its own, its version pinned here.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CONNECTORS = join(import.meta.dirname, '..');
const TOOLS = ['--package=openapi-typescript@7.13.0', '--package=typescript@5.9.3'];

/** The descriptions, by the folder of their connector. */
export function descriptions(): readonly { readonly folder: string; readonly hash: string }[] {
  return globSync('*/openapi.yaml', { cwd: CONNECTORS })
    .sort()
    .map((path) => {
      const file = join(CONNECTORS, path);
      return { folder: dirname(file), hash: createHash('sha256').update(readFileSync(file)).digest('hex') };
    });
}

/** The first line of the types: which description they were made from. */
export function stampOf(hash: string): string {
  return `// Made from openapi.yaml (sha256 ${hash}) by \`npm run api-types\`: change that file, not this one.`;
}

function generate({ folder, hash }: { readonly folder: string; readonly hash: string }): void {
  const types = execFileSync('npm', ['exec', '--yes', ...TOOLS, '--', 'openapi-typescript', 'openapi.yaml'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writeFileSync(join(folder, 'api.generated.ts'), `${stampOf(hash)}\n${types}`);
}

if (import.meta.main) for (const description of descriptions()) generate(description);
