/**
 * In a process of its own: a graph of generated museums and objects that grows from size to size, and at each a whole look for
 * identities. The nodes are put there as the writer leaves them (what describes a thing, its relations, its record's key), not
 * through it: the writer has a bench of its own.
 */
import { Database, type Neo4jAddress } from '#graph-schema/database.ts';
import { type Proposing, proposeIdentities } from '#graph-schema/identity/propose.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { answer, readInput } from './child.ts';
import { MATERIALS, THINGS, TRADES } from './generated-records.ts';
import { median } from './measures.ts';
import { peakMemory } from './memory.ts';

export interface IdentityInput {
  readonly connection: Neo4jAddress;
  /** Objects in the graph, each larger than the one before. */
  readonly sizes: readonly number[];
}

export interface IdentityAnswer {
  readonly looks: readonly {
    readonly objects: number;
    readonly pairs: number;
    readonly found: number;
    readonly seconds: number;
  }[];
  readonly peakMegabytes: number;
}

/** Of an inventory. */
const OBJECTS_PER_MUSEUM = 250;
const MUSEUMS_PER_TOWN = 3;
/** One object in so many is told by a second source too, in other words. */
const TOLD_TWICE = 50;
const BATCH = 5_000;
/** A look that takes less is made again: the first ones are of a cold server. */
const LONG_SECONDS = 10;
const MOST_ROUNDS = 3;

const { connection, sizes } = await readInput<IdentityInput>();
const database = new Database(connection);
const resolver = createResolver();

/** The middle of several where it is quick; the very first is not counted. */
async function look(objects: number, isFirst: boolean): Promise<IdentityAnswer['looks'][number]> {
  if (isFirst) await proposeIdentities(database, resolver);
  const times: number[] = [];
  let done: readonly Proposing[] = [];
  let found = 0;
  while (times.length < MOST_ROUNDS && (times.at(-1) ?? 0) < LONG_SECONDS) {
    const started = performance.now();
    done = await proposeIdentities(database, resolver);
    times.push((performance.now() - started) / 1000);
    if (done.some(({ decided, stopped }) => decided > 0 || stopped))
      throw new Error('the bench’s objects are to be asked about, not joined');
    found = await waiting();
  }
  return { objects, pairs: done.reduce((sum, { compared }) => sum + compared, 0), found, seconds: median(times) };
}

async function waiting(): Promise<number> {
  const { records } = await database.run("MATCH (p:Proposal {state: 'waiting'}) RETURN count(p) AS n");
  return Number(records[0]?.get('n'));
}

/** Objects `from` to `to`, and the museums that hold them. */
async function putObjects(from: number, to: number): Promise<void> {
  const museums = range(Math.ceil(from / OBJECTS_PER_MUSEUM), Math.ceil(to / OBJECTS_PER_MUSEUM));
  await put(
    museums.map((at) => ({
      ...museumOf(at),
      key: `musees/${at}`,
      source: 'musees',
      place: `lieu-${Math.floor(at / MUSEUMS_PER_TOWN)}`,
      town: townOf(Math.floor(at / MUSEUMS_PER_TOWN)),
    })),
    `CREATE (e:Entity:Structure {uid: row.uid, name: row.name, structureType: 'museum', codes: row.codes, digest: 'banc', changed: 1})
     WITH e, row
     MERGE (p:Entity {uid: row.place}) ON CREATE SET p:Place, p.name = row.town, p.placeType = 'commune', p.digest = 'banc', p.changed = 1
     CREATE (e)-[:LOCATED_IN]->(p)`,
  );
  const objects = range(from, to).flatMap((at) =>
    at % TOLD_TWICE === 0 ? [objectOf(at), toldAgain(at)] : [objectOf(at)],
  );
  await put(
    objects,
    `CREATE (e:Entity:HeritageObject {uid: row.uid, name: row.name, inventoryNumber: row.number, objectTypes: row.types,
             dateFrom: row.year, dateTo: row.year, codes: [], digest: 'banc', changed: 1})
     WITH e, row MATCH (h:Entity {uid: row.holder}) CREATE (e)-[:HELD_BY]->(h)`,
  );
}

/** `text` makes `e` of each `row`; its record stands beside. */
async function put(rows: readonly { readonly uid: string; readonly key: string }[], text: string): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH)
    await database.write((tx) =>
      tx.run(
        `UNWIND $rows AS row CALL (row) { ${text} }
         WITH row MATCH (e:Entity {uid: row.uid})
         CREATE (e)<-[:DESCRIBES]-(:SourceRecord {key: row.key, source: row.source, state: 'live', uid: row.uid})`,
        { rows: rows.slice(at, at + BATCH) },
      ),
    );
}

/** A name without digits: those would be taken for a postcode. */
const townOf = (at: number): string => `Ville-${[...String(at)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('a')}`;

function museumOf(at: number): { uid: string; name: string; codes: string[] } {
  const name = `Musée ${pick(THINGS, at)} et ${pick(TRADES, Math.floor(at / 10))} de la fosse ${Math.floor(at / 8)}`;
  return { uid: `musee-${at}`, name, codes: [`trame:musee-${at}`] };
}

function objectOf(at: number) {
  const [thing, trade] = [pick(THINGS, at * 7), pick(TRADES, at * 3)];
  return {
    uid: `objet-${String(at).padStart(8, '0')}`,
    key: `inventaires/${at}`,
    source: 'inventaires',
    name: `${thing} de ${trade} en ${pick(MATERIALS, at * 11)}`,
    number: `${1950 + (at % 70)}.${Math.floor(at / 70) % 40}.${at % OBJECTS_PER_MUSEUM}`,
    types: [thing],
    year: 1750 + (at % 200),
    holder: `musee-${Math.floor(at / OBJECTS_PER_MUSEUM)}`,
  };
}

/** The same number in other words: for a steward, never sure. */
function toldAgain(at: number) {
  const told = objectOf(at);
  return {
    ...told,
    uid: `encore-${String(at).padStart(8, '0')}`,
    key: `base/${at}`,
    source: 'base',
    name: 'pièce du fonds ancien',
    types: [],
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length]!;
}

await database.driver.verifyConnectivity();
const looks: IdentityAnswer['looks'][number][] = [];
for (const [at, size] of sizes.entries()) {
  await putObjects(sizes[at - 1] ?? 0, size);
  looks.push(await look(size, at === 0));
}
await database.close();
answer({ looks, peakMegabytes: peakMemory() } satisfies IdentityAnswer);
