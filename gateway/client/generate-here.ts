/** Writes what is generated in this folder: `node gateway/client/generate-here.ts`, after a change of the client, of an example or of the schema. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { SDL_FILE } from '../print-schema.ts';
import { type Generated, generateOperations } from './generate.ts';

const HERE = new URL('./', import.meta.url);
const EXAMPLES = new URL('examples/', HERE);

/** The files as they ought to be, by their path from this folder: the examples' documents, and the client without its types. */
export async function filesNow(): Promise<Generated> {
  const names = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.graphql')).sort();
  const documents = names.map(async (name) => ({ name, text: await readFile(new URL(name, EXAMPLES), 'utf8') }));
  const generated = await generateOperations(
    await readFile(SDL_FILE, 'utf8'),
    await Promise.all(documents),
    '../client.ts',
  );
  const examples = Object.entries(generated).map(([name, text]) => [`examples/${name}`, text]);
  const client = await readFile(new URL('client.ts', HERE), 'utf8');
  return { ...Object.fromEntries(examples), 'client.generated.js': withoutTypes(client) };
}

/** The files as they are. */
export async function filesKept(names: readonly string[]): Promise<Generated> {
  const texts = names.map(async (name) => [name, await readFile(new URL(name, HERE), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** The types are taken out, and the white space that they leave. No text of the client has two spaces side by side. */
function withoutTypes(typescript: string): string {
  const bare = stripTypeScriptTypes(typescript)
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/(?<=\S) {2,}(?=\S)/g, ' ')
    .replaceAll(/(?<=[\w)]) +(?=[,;)])/g, '');
  return `${bare.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}

if (import.meta.main)
  for (const [name, text] of Object.entries(await filesNow())) await writeFile(new URL(name, HERE), text);
