/**
 * The digest of a graph: the same for two graphs that say the same, on any machine and after any history. It leaves out what only
 * tells when something was done (change numbers, locks, instants) and what nothing describes and nothing leads to.
 */
import { createHash } from 'node:crypto';
import type { Database } from '../database.ts';
import { canonical } from './canonical.ts';
import { compare } from './describing.ts';

/** Of a graph, or of the entities of one kind in it. */
export interface Digest {
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly entities: number;
  /** Outgoing ones. */
  readonly relations: number;
}

export interface GraphDigest extends Digest {
  /** By kind, sorted; `Tombstone` among them. */
  readonly kinds: Readonly<Record<string, Digest>>;
}

/** What is digested of one entity. */
export interface DigestedEntity {
  readonly uid: string;
  readonly kind: string;
  readonly relations: number;
  /** All that counts, as one line: two graphs differ where these do. */
  readonly text: string;
}

const PAGE = 2_000;

/** When something was done, or how it is kept: never what an entity is. */
const NOT_DIGESTED: ReadonlySet<string> = new Set([
  'uid',
  'created',
  'changed',
  'lock',
  'digest',
  'stamp',
  'deletedAt',
  'notSeenSince',
]);

/** Digests the whole graph in uid order. Memory is one page; each page is what was committed when it was read. */
export async function digest(
  database: Database,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (entities: number) => void } = {},
): Promise<GraphDigest> {
  const all = new Summing();
  const kinds = new Map<string, Summing>();
  for await (const entity of digestedEntities(database)) {
    signal?.throwIfAborted();
    all.add(entity);
    const kind = kinds.get(entity.kind) ?? new Summing();
    kinds.set(entity.kind, kind.add(entity));
    if (all.entities % PAGE === 0) onProgress?.(all.entities);
  }
  const byKind = [...kinds].sort(([a], [b]) => compare(a, b)).map(([kind, sum]) => [kind, sum.done()]);
  return { ...all.done(), kinds: Object.fromEntries(byKind) };
}

class Summing {
  readonly #hash = createHash('sha256');
  entities = 0;
  #relations = 0;

  add({ text, relations }: DigestedEntity): this {
    this.#hash.update(text).update('\n');
    this.entities += 1;
    this.#relations += relations;
    return this;
  }

  done(): Digest {
    return { digest: this.#hash.digest('hex'), entities: this.entities, relations: this.#relations };
  }
}

interface Row {
  readonly uid: string;
  readonly labels: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly counts: boolean;
  readonly relations: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[];
}

/** Every entity that counts, in uid order. */
export async function* digestedEntities(database: Database): AsyncGenerator<DigestedEntity> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows: Row[] = await page(database, after);
    for (const row of rows) if (row.counts) yield digested(row);
    after = rows.length < PAGE ? undefined : rows.at(-1)?.uid;
  }
}

async function page(database: Database, after: string): Promise<Row[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (e:Entity) WHERE e.uid > $after WITH e ORDER BY e.uid LIMIT ${PAGE}
       RETURN e.uid AS uid, labels(e) AS labels, properties(e) AS properties,
              e:Tombstone OR EXISTS { (e)<--(:Entity) }
                OR EXISTS { MATCH (e)<-[:DESCRIBES]-(r:SourceRecord) WHERE r.state IN ['live', 'missing'] } AS counts,
              COLLECT { MATCH (e)-[r]->(t:Entity) RETURN [type(r), t.uid, properties(r)] } AS relations
       ORDER BY uid`,
      { after },
    ),
  );
  return records.map((row) => row.toObject() as unknown as Row);
}

const NOT_KINDS: ReadonlySet<string> = new Set(['Entity', 'Published', 'Withdrawn']);

function digested({ uid, labels, properties, relations }: Row): DigestedEntity {
  if (labels.includes('Tombstone')) return { uid, kind: 'Tombstone', relations: 0, text: JSON.stringify([uid]) };
  const kind = labels
    .filter((label) => !NOT_KINDS.has(label))
    .sort(compare)
    .join('+');
  const edges = relations.map(([type, to, said]) => JSON.stringify([type, to, canonical(said)])).sort(compare);
  const text = JSON.stringify([
    uid,
    kind,
    labels.includes('Published'),
    canonical(properties, NOT_DIGESTED),
    // Since when is the clock's; that it is not seen any more is what the entity is.
    (properties['notSeenSince'] ?? null) !== null,
    edges,
  ]);
  return { uid, kind, relations: edges.length, text };
}
