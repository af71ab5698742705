/** The suppression list in the graph: one node a forgotten record, its keyed hash and the fingerprint of the key; nothing else. */
import type { ManagedTransaction } from 'neo4j-driver';
import { type Finding, finding, words } from '../findings/finding.ts';
import { readSuppressionKey, type SuppressionKey, suppressionKeyFile } from './key.ts';

/** There is a list, and it cannot be read: nothing may be stored. Expected, and said in words. */
export class SuppressionRefused extends Error {
  readonly finding: Finding;
  constructor(found: Finding) {
    super(words(found).text);
    this.name = 'SuppressionRefused';
    this.finding = found;
  }
}

/** The key that the graph's list was made with; undefined where the list is empty. Throws SuppressionRefused where the key is missing or another. */
export async function keyOfList(
  tx: ManagedTransaction,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<SuppressionKey | undefined> {
  const { records } = await tx.run('MATCH (s:Suppressed) RETURN s.fingerprint AS fingerprint LIMIT 1');
  const fingerprint = records[0]?.get('fingerprint') as string | undefined;
  return fingerprint === undefined ? undefined : keyFor(fingerprint, environment);
}

/** The key with this fingerprint. Throws SuppressionRefused where it is missing, or another. */
export function keyFor(fingerprint: string, environment: NodeJS.ProcessEnv = process.env): SuppressionKey {
  const key = readSuppressionKey(environment);
  const file = suppressionKeyFile(environment);
  if (key === undefined) throw new SuppressionRefused(finding('suppression-key-missing', { file }));
  if (key.fingerprint !== fingerprint) throw new SuppressionRefused(finding('suppression-key-differs', { file }));
  return key;
}

/** Those of these ids that are in the list: one look-up, by the unique key. */
export async function suppressedAmong(
  tx: ManagedTransaction,
  key: SuppressionKey,
  source: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const byHash = new Map(ids.map((id) => [key.hashOf(source, id), id]));
  const { records } = await tx.run('UNWIND $hashes AS hash MATCH (s:Suppressed {hash: hash}) RETURN s.hash AS hash', {
    hashes: [...byHash.keys()],
  });
  return new Set(records.map((row) => byHash.get(row.get('hash') as string)!));
}

/** Adds hashes to the list. */
export async function suppress(
  tx: ManagedTransaction,
  { fingerprint }: Pick<SuppressionKey, 'fingerprint'>,
  hashes: readonly string[],
): Promise<void> {
  await tx.run('UNWIND $hashes AS hash MERGE (s:Suppressed {hash: hash}) SET s.fingerprint = $fingerprint', {
    hashes,
    fingerprint,
  });
}
