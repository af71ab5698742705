/** The folder of the source files, read again when something in it has changed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { readSources, type Source } from '../sources.ts';

export interface Reading {
  /** The sources that can be read. */
  readonly sources: readonly Source[];
  /** What is wrong with the others, and was not told before. */
  readonly findings: readonly Finding[];
}

/** Gives a function to be called at every tick: it reads the files only where one is new, gone, or of another date or size. Throws what `readdir` throws. */
export function watchedFolder(folder: string, environment: NodeJS.ProcessEnv = process.env): () => Promise<Reading> {
  let seen: string | undefined;
  let sources: readonly Source[] = [];
  let told = new Set<string>();
  return async () => {
    const signature = await signatureOf(folder);
    if (signature === seen) return { sources, findings: [] };
    const read = await readSources(folder, environment);
    const findings = read.findings.filter((found) => !told.has(JSON.stringify(found)));
    told = new Set(read.findings.map((found) => JSON.stringify(found)));
    sources = read.sources;
    seen = signature;
    return { sources, findings };
  };
}

async function signatureOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const parts = await Promise.all(
    names.map(async (name) => {
      // Gone between the two calls: the next look sees it.
      const found = await stat(join(folder, name)).catch(() => undefined);
      return `${name} ${found?.mtimeMs} ${found?.size}`;
    }),
  );
  return parts.join('\n');
}
