/** `node gateway/print-schema.ts` writes gateway/schema.graphql: the schema as it is committed, so that every change is a diff. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { schema } from './schema/schema.ts';

export const SDL_FILE = join(import.meta.dirname, 'schema.graphql');

/** As the formatter of this project writes it: each description on lines of its own. */
export function sdl(): string {
  const printed = printSchema(schema).replaceAll(/^( *)"""(.+)"""$/gm, '$1"""\n$1$2\n$1"""');
  return `${printed}\n`;
}

if (import.meta.main) {
  writeFileSync(SDL_FILE, sdl());
  console.log(`schema.graphql: ${sdl().split('\n').length} lines`);
}
