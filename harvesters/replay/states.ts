/** Entities as they are before and after a replay, in the words in which the difference is told. */
import type { ManagedTransaction } from 'neo4j-driver';
import { KINDS, type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';

export interface EntityState {
  readonly uid: string;
  readonly kind: KindName;
  readonly published: boolean;
  readonly name: string;
  /** As stored, without what is only kept about it. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly relations: readonly {
    readonly type: string;
    readonly to: string;
    readonly name: string;
    /** `stated`, `label` or `inferred`. */
    readonly how: string;
    readonly rule: string | null;
  }[];
}

const KEPT: ReadonlySet<string> = new Set([
  'uid',
  'created',
  'changed',
  'lock',
  'digest',
  'stamp',
  'search',
  'sort',
  'said',
  'deletedAt',
]);

/** Those of these uids that are things: neither gone, nor tombstones, nor only referred to. */
export async function statesOf(tx: ManagedTransaction, uids: readonly string[]): Promise<Map<string, EntityState>> {
  const { records } = await tx.run(
    `UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) WHERE NOT e:Tombstone AND (e.digest IS NOT NULL OR e.said IS NOT NULL)
     RETURN uid, labels(e) AS labels, properties(e) AS properties,
            COLLECT { MATCH (e)-[r]->(t:Entity) RETURN {type: type(r), to: t.uid, name: coalesce(t.name, r.via), how: r.how, rule: r.rule} } AS relations`,
    { uids },
  );
  const states = records.flatMap((row) => {
    const labels = row.get('labels') as string[];
    const properties = row.get('properties') as Record<string, unknown>;
    const kind = KINDS.find((one) => labels.includes(one));
    if (kind === undefined) return [];
    const uid = row.get('uid') as string;
    const state: EntityState = {
      uid,
      kind,
      published: labels.includes('Published'),
      name: String(properties['name'] ?? ''),
      fields: Object.fromEntries(Object.entries(properties).filter(([name]) => !KEPT.has(name))),
      relations: row.get('relations') as EntityState['relations'],
    };
    return [[uid, state] as const];
  });
  return new Map(states);
}

/** The database's clock, as it gives it. */
export async function clockOf(tx: ManagedTransaction): Promise<unknown> {
  return (await tx.run('RETURN datetime.realtime() AS now')).records[0]?.get('now');
}

/** The uids that were merged away into one of these since then. */
export async function mergedAway(tx: ManagedTransaction, into: readonly string[], since: unknown): Promise<string[]> {
  const { records } = await tx.run(
    'UNWIND $into AS uid MATCH (gone:Retired {by: uid}) WHERE gone.at >= $since RETURN gone.uid AS uid',
    { into, since },
  );
  return records.map((row) => row.get('uid') as string);
}

/** What an entity can be found by, beside its words: `facet` to values, as the filters of the API have them. */
export function facetsOf({ kind, fields, relations }: EntityState): Map<string, readonly string[]> {
  const facets = new Map<string, readonly string[]>([['kind', [kind]]]);
  for (const [name, property] of Object.entries(propertiesOf(kind))) {
    if (property.values && fields[name] !== undefined) facets.set(`${kind}.${name}`, [String(fields[name])]);
    if (property.type === 'when' && property.index && typeof fields[`${name}From`] === 'number')
      facets.set(`${kind}.${name}`, [century(fields[`${name}From`] as number)]);
  }
  for (const [name, relation] of Object.entries(kindOf(kind).relations)) {
    if (relation.to === 'Media') continue;
    const targets = relations.filter(({ type }) => type === relation.type).map((target) => target.name);
    if (targets.length > 0) facets.set(`${kind}.${name}`, targets);
  }
  return facets;
}

function century(year: number): string {
  const first = Math.floor((year - 1) / 100) * 100 + 1;
  return `${first}–${first + 99}`;
}
