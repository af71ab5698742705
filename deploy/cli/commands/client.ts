import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import type { DocumentFile } from '#gateway/client/generate.ts';
import { Complaint } from '../complaint.ts';

/** What this checkout's gateway serves. */
const SDL_FILE = fileURLToPath(import.meta.resolve('#gateway/schema.graphql'));
const SCHEMA_WITHIN_MS = 20_000;
const MOST_DOCUMENTS = 1_000;

export function clientCommand(): Command {
  return new Command('client')
    .description('client typé pour partenaires (docs/client.md) / typed client for partners')
    .addCommand(generateCommand());
}

function generateCommand(): Command {
  return new Command('generate')
    .description('de fichiers .graphql à un client typé / from .graphql files to a typed client')
    .argument('<documents>', 'fichier .graphql, ou dossier / .graphql file, or folder')
    .requiredOption('--out <folder>', 'dossier à écrire / folder to write')
    .option(
      '--schema <where>',
      'schéma (SDL) : fichier, ou adresse d’un hub ; sinon celui d’ici / schema (SDL): file, or a hub’s address; else the one here',
      SDL_FILE,
    )
    .action(async (documents: string, { out, schema }: { out: string; schema: string }) => {
      const files = await readDocuments(documents);
      const sdl = /^https?:/.test(schema) ? await askSchema(schema) : await readText(schema);
      // The generator is large, and no other command needs it.
      const { clientFiles, DocumentRefused, generateOperations } = await import('#gateway/client/generate.ts');
      const operations = await generateOperations(sdl, files).catch((fault: unknown) => {
        throw fault instanceof DocumentRefused ? new Complaint(fault.message) : fault;
      });
      const generated = { ...operations, ...(await clientFiles()) };
      await mkdir(out, { recursive: true });
      for (const [name, text] of Object.entries(generated)) {
        await writeFile(join(out, name), text);
        console.log(join(out, name));
      }
    });
}

async function readDocuments(path: string): Promise<readonly DocumentFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Complaint(`${path} n’existe pas / does not exist.`);
  const names = found.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path];
  const documents = names.filter((name) => name.endsWith('.graphql')).sort();
  if (documents.length === 0 || documents.length > MOST_DOCUMENTS)
    throw new Complaint(
      `${path} : ${documents.length} fichiers .graphql ; il en faut de 1 à ${MOST_DOCUMENTS} / .graphql files; from 1 to ${MOST_DOCUMENTS} are needed.`,
    );
  return Promise.all(documents.map(async (name) => ({ name, text: await readText(name) })));
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((fault: unknown) => {
    throw new Complaint(`${path} : ${(fault as Error).message}`);
  });
}

/** The schema as a hub tells it. */
async function askSchema(url: string): Promise<string> {
  const body = JSON.stringify({ query: getIntrospectionQuery({ descriptions: true }) });
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(SCHEMA_WITHIN_MS),
    });
    const { data } = (await response.json()) as { data?: IntrospectionQuery };
    if (data === undefined) throw new Error(`HTTP ${response.status}`);
    return printSchema(buildClientSchema(data));
  } catch (fault) {
    throw new Complaint(
      `${url} n’a pas donné son schéma : ${(fault as Error).message} / did not give its schema. L’adresse se termine par /graphql ; sinon, donnez un fichier / the address ends in /graphql; else give a file.`,
    );
  }
}
