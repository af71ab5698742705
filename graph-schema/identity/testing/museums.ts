/** For tests: a graph of a few museums, written and decided upon by way of what a harvest and a steward do. Nothing in it exists. */
import type { Database } from '../../database.ts';
import type { Finding } from '../../findings/finding.ts';
import { digestedEntities } from '../../fold/digest.ts';
import type { Item } from '../../fold/items.ts';
import { snapshotId } from '../../fold/snapshot.ts';
import { RESOLVER } from '../../fold/testing/histories.ts';
import { uidOf } from '../../fold/uid.ts';
import { type Written, writeBatch } from '../../fold/write.ts';
import type { AnyRecord, Link } from '../../record.ts';
import { decideDistinct, decideSame, type IdentityDecided, undoIdentity } from '../decide.ts';

const RANKS: Readonly<Record<string, number>> = { museofile: 10, sheet: 40, agenda: 60 };
const SNAPSHOT = snapshotId(new Date(Date.UTC(2026, 0, 1)), 'run');

const codeOf = (text: string) => ({ scheme: text.split(':')[0]!, value: text.split(':')[1]! });
export const leadingTo = (...codes: string[]): Link[] => codes.map((code) => ({ identifier: codeOf(code) }));

export function item(id: string, record: Partial<AnyRecord> & { name?: string }): Item {
  const { name = id, fields = {}, ...more } = record;
  const whole: AnyRecord = {
    kind: 'HeritageObject',
    identifiers: [],
    visibility: 'public',
    relations: {},
    ...more,
    fields: { name, ...fields },
  };
  const text = JSON.stringify(whole);
  return { kind: 'record', id, raw: Buffer.from(text), hash: uidOf(text), mapping: 'test', notes: [], record: whole };
}

export function museum(id: string, name: string, codes: readonly string[] = [], more: Partial<AnyRecord> = {}): Item {
  return item(id, { kind: 'Structure', name, identifiers: codes.map(codeOf), ...more });
}

export const STEWARD = { by: 'alice' };

/** A graph to write to and to ask. */
export function worldOf(database: Database) {
  const rows = async <T = Record<string, unknown>>(query: string, parameters = {}): Promise<T[]> =>
    (await database.run(query, parameters)).records.map((row) => row.toObject() as T);
  return {
    rows,
    async empty(): Promise<void> {
      await database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
    },
    write(source: string, ...items: Item[]): Promise<Written> {
      const pass = { source: { name: source, rank: RANKS[source] ?? 50 }, run: 'run', snapshot: SNAPSHOT };
      return database.write((tx) => writeBatch(tx, pass, items, RESOLVER));
    },
    same: (a: string, b: string) => decideSame(database, RESOLVER, [a, b], STEWARD),
    distinct: (a: string, b: string) => decideDistinct(database, RESOLVER, [a, b], STEWARD),
    undo: (decision: string) => undoIdentity(database, RESOLVER, decision, 'bob'),
    /** The museums that everyone may see: name, and how many records and objects each has. */
    museums: () =>
      rows<{ name: string; records: number; held: number }>(
        `MATCH (n:Structure:Published) RETURN n.name AS name, COUNT { (n)<-[:DESCRIBES]-() } AS records, COUNT { (n)<-[:HELD_BY]-() } AS held ORDER BY name`,
      ),
    uidOf: async (record: string) =>
      (await rows<{ uid: string }>('MATCH (r:SourceRecord {key: $record}) RETURN r.uid AS uid', { record }))[0]!.uid,
    redirects: () =>
      rows<{ uid: string; by: string }>('MATCH (g:Retired) RETURN g.uid AS uid, g.by AS by ORDER BY uid'),
    /** What every entity says, so that a difference shows where it is. */
    async graph(): Promise<string[]> {
      const entities: string[] = [];
      for await (const { text } of digestedEntities(database)) entities.push(text);
      return entities;
    },
  };
}

export type World = ReturnType<typeof worldOf>;

/** What was decided; fails where it was refused. */
export function done(decided: IdentityDecided | { refused: Finding }): IdentityDecided {
  if ('refused' in decided) throw new Error(`refused: ${JSON.stringify(decided.refused)}`);
  return decided;
}

/** Why it was refused; fails where it was not. */
export function refusal(decided: IdentityDecided | { refused: Finding }): Finding {
  if ('refused' in decided) return decided.refused;
  throw new Error('not refused');
}
