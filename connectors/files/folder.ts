/** The files of a folder and of the folders in it. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finding } from '#graph-schema/findings/finding.ts';
import { SourceError } from '../connector.ts';

const LIMITS = { files: 10_000, depth: 16 } as const;

/** Names with `/`, relative to the folder. Linked folders are not entered (they may lead round in a circle). Throws SourceError. */
export async function filesBelow(folder: string, told: string): Promise<readonly string[]> {
  const names: string[] = [];
  await collect(folder, '', 0, told, names);
  return names;
}

async function collect(folder: string, below: string, depth: number, told: string, names: string[]): Promise<void> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((fault) => {
    throw readFault(below === '' ? told : below, fault);
  });
  for (const entry of entries) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (isDropping(name)) continue;
    if (entry.isDirectory() && depth < LIMITS.depth) await collect(folder, name, depth + 1, told, names);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(join(folder, name))))) names.push(name);
    if (names.length > LIMITS.files) {
      throw new SourceError('config', finding('file-too-many', { path: told, limit: LIMITS.files }));
    }
  }
}

/** What systems leave behind in folders and archives: never a partner's data. */
export function isDropping(name: string): boolean {
  const parts = name.split('/');
  return parts.some((part) => /^(\.|~\$|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i.test(part));
}

async function leadsToFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

/** What the file system says, as a steward should hear it. */
export function readFault(path: string, fault: unknown): SourceError {
  const code = (fault as NodeJS.ErrnoException).code ?? 'inconnu';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SourceError('config', finding('file-not-found', { path }), { cause: fault });
  }
  return new SourceError('config', finding('file-unreadable', { path, reason: code }), { cause: fault });
}

/** A file, or what an archive holds, beyond the limit of the source file. */
export const tooLarge = (file: string, maxMegabytes: number): SourceError =>
  new SourceError('config', finding('file-too-large', { file, limit: maxMegabytes }));
