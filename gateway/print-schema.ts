/**
 * `node gateway/print-schema.ts` writes gateway/schema.graphql: the schema as it is committed, so that every change is a diff.
 * `node gateway/print-schema.ts --publish`, at a release, makes it also the one that later changes are held against.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { schema } from './schema/schema.ts';

export const SDL_FILE = join(import.meta.dirname, 'schema.graphql');
/** The schema of the last release. */
export const PUBLISHED_FILE = join(import.meta.dirname, 'schema.published.graphql');

/** As the formatter of this project writes it: each description on lines of its own. */
export function sdl(): string {
  const printed = printSchema(schema).replaceAll(/^( *)"""(.+)"""$/gm, '$1"""\n$1$2\n$1"""');
  return `${printed}\n`;
}

if (import.meta.main) {
  for (const file of process.argv.includes('--publish') ? [SDL_FILE, PUBLISHED_FILE] : [SDL_FILE]) {
    writeFileSync(file, sdl());
    console.log(`${file}: ${sdl().split('\n').length} lines`);
  }
}
