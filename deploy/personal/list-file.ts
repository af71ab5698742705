/** The suppression list beside its key, in the home: a restore starts from an empty graph, and must know all the same who is not to come back. */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#graph-schema/database.ts';
import type { Suppression } from '#graph-schema/suppression/in-backup.ts';
import { keyFor, suppress } from '#graph-schema/suppression/list.ts';

const FIRST = /^trame suppression list ([0-9a-f]{16})$/;
const HASH = /^[0-9a-f]{64}$/;

/** The home's file is no such list, or not whole. Expected, and said in words. */
export class ListFileRefused extends Error {
  override readonly name = 'ListFileRefused';
  constructor(file: string) {
    super(
      `${file} n’est pas une liste d’oubliés entière : sans elle, ceux qui y sont pourraient revenir. Remettez-en une copie. / is no whole suppression list: without it those in it could come back. Put a copy of it back.`,
    );
  }
}

export function listFile(home: string): string {
  return join(home, 'suppression.list');
}

/** What the home's list says; undefined where there is none. Throws SuppressionRefused where its key is missing or another, ListFileRefused where it is no such list. */
export async function readListFile(home: string): Promise<Suppression | undefined> {
  const listed = await linesOf(home);
  return listed && { key: keyFor(listed.fingerprint), hashes: new Set(listed.hashes) };
}

/**
 * Brings the home's list into the graph, without needing the key: a graph that was begun anew, or is another one, must not take the forgotten back. One that
 * has a list of another key is left as it is. Throws ListFileRefused.
 */
export async function bringListFile(database: Database, home: string): Promise<void> {
  const listed = await linesOf(home);
  if (listed === undefined) return;
  const { records } = await database.read((tx) =>
    tx.run(
      `RETURN COLLECT { MATCH (s:Suppressed) RETURN s.fingerprint LIMIT 1 } AS standing,
              COUNT { UNWIND $hashes AS hash MATCH (s:Suppressed {hash: hash}) RETURN s } AS known`,
      { hashes: listed.hashes },
    ),
  );
  const [fingerprint = listed.fingerprint] = records[0]!.get('standing') as string[];
  if (Number(records[0]?.get('known')) === listed.hashes.length || fingerprint !== listed.fingerprint) return;
  await database.write((tx) => suppress(tx, listed, listed.hashes));
}

async function linesOf(home: string): Promise<{ readonly fingerprint: string; readonly hashes: string[] } | undefined> {
  const file = listFile(home);
  if (!existsSync(file)) return undefined;
  const [first = '', ...hashes] = (await readFile(file, 'utf8')).trim().split('\n');
  const fingerprint = FIRST.exec(first)?.[1];
  if (fingerprint === undefined || !hashes.every((hash) => HASH.test(hash))) throw new ListFileRefused(file);
  return { fingerprint, hashes };
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
