/** The suppression list beside its key, in the home: a restore starts from an empty graph, and must know all the same who is not to come back. */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#graph-schema/database.ts';
import type { Suppression } from '#graph-schema/suppression/in-backup.ts';
import { keyFor } from '#graph-schema/suppression/list.ts';

const FIRST = /^trame suppression list ([0-9a-f]{16})$/;
const HASH = /^[0-9a-f]{64}$/;

export function listFile(home: string): string {
  return join(home, 'suppression.list');
}

/** What the home's list says; undefined where there is none. Throws SuppressionRefused where its key is missing or another, and an Error where it is no such list. */
export async function readListFile(home: string): Promise<Suppression | undefined> {
  const file = listFile(home);
  if (!existsSync(file)) return undefined;
  const [first = '', ...hashes] = (await readFile(file, 'utf8')).trim().split('\n');
  const fingerprint = FIRST.exec(first)?.[1];
  if (fingerprint === undefined || !hashes.every((hash) => HASH.test(hash)))
    throw new Error(`${file} is not a suppression list: put back a copy of it that is whole`);
  return { key: keyFor(fingerprint), hashes: new Set(hashes) };
}

/** Writes the graph's list, and what the file had before, to the home. Nothing is written where both are empty. */
export async function keepListFile(database: Database, home: string): Promise<void> {
  const { records } = await database.read((tx) =>
    tx.run('MATCH (s:Suppressed) RETURN s.hash AS hash, s.fingerprint AS fingerprint ORDER BY hash'),
  );
  const fingerprint = records[0]?.get('fingerprint') as string | undefined;
  if (fingerprint === undefined) return;
  const before = await readListFile(home);
  const hashes = new Set([...(before?.hashes ?? []), ...records.map((row) => row.get('hash') as string)]);
  const file = listFile(home);
  await writeFile(`${file}.part`, `trame suppression list ${fingerprint}\n${[...hashes].sort().join('\n')}\n`, {
    mode: 0o600,
  });
  await rename(`${file}.part`, file);
}
