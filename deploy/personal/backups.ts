/** Backups that lie in the home, made anew without the persons in the suppression list. */
import { rename, rm } from 'node:fs/promises';
import { BackupRefused, type Line } from '#graph-schema/backup/format.ts';
import { readBackup, verifyBackup } from '#graph-schema/backup/read.ts';
import { writeLinesTo } from '#graph-schema/backup/write.ts';
import { type Sieve, type Suppression, sieveFor } from '#graph-schema/suppression/in-backup.ts';
import { filesIn } from './search.ts';

/** Rewrites each backup of a folder, in place, once the new file has been verified; `words` are more names, to be taken out of what quotes them. Gives the files; what is no backup is left as it is. */
export async function renewBackups(
  folder: string,
  suppression: Suppression,
  words: readonly string[],
  skip: readonly string[],
): Promise<readonly string[]> {
  const renewed: string[] = [];
  const files = (await Array.fromAsync(filesIn(folder, skip))).filter((file) => file.endsWith('.gz'));
  for (const file of files) {
    const header = await headerOf(file);
    if (header === undefined) continue;
    const draft = `${file}.renewed`;
    // Of a call that was cut short.
    await rm(draft, { force: true });
    const sieve = await sieveFor(file, suppression, words);
    await writeLinesTo(draft, sieved(file, sieve), { version: header.version, at: new Date(header.at) });
    await rename(draft, file);
    renewed.push(file);
  }
  return renewed;
}

async function headerOf(file: string) {
  try {
    return (await verifyBackup(file)).header;
  } catch (fault) {
    if (fault instanceof BackupRefused) return undefined;
    throw fault;
  }
}

async function* sieved(file: string, sieve: Sieve): AsyncGenerator<Line> {
  for await (const { line } of readBackup(file)) {
    const left = sieve(line);
    if (left !== undefined) yield left;
  }
}
