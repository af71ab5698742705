import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Parser } from 'n3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningNeo4j } from '#deploy/neo4j/open.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { vocabularyAsTurtle } from '#gateway/linked-data/skos.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { readSources } from '#harvesters/sources.ts';
import { harvestAll } from '../harvesting.ts';

const ABOUT = `owner: Essai
licence: démonstration
contact: l’équipe
agreement: { date: 2026-01-01, scope: essai }
protocol: files
schedule: '0 3 * * *'
visibility: everything
rank: 10
`;
const VOCABULARY = `@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://example.org/v/> .
:bois a skos:Concept ; skos:prefLabel "bois"@fr, "hout"@nl .
:chene a skos:Concept ; skos:prefLabel "chêne"@fr ; skos:altLabel "bois de chêne"@fr ; skos:broader :bois .
`;
const OBJECTS = `cote,titre,matière,visible
1,Rabot,bois de chêne,oui
2,Varlope,Chêne,oui
3,Maillet,gaïac,non
`;

let database: Database;
let folder: string;
const one = async (query: string) => (await database.run(query)).records[0]?.toObject();

async function harvest() {
  const { sources, findings } = await readSources(folder, {});
  expect(findings).toEqual([]);
  const hub = { neo4j: undefined as unknown as RunningNeo4j, database, signal: new AbortController().signal };
  const reports = await harvestAll(sources, hub, { progress: false });
  expect(reports.map(({ outcome }) => outcome)).toEqual(sources.map(() => 'complete'));
}

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  folder = await mkdtemp(join(tmpdir(), 'trame-vocabulary-'));
  const put = (name: string, text: string) => writeFile(join(folder, name), text);
  await put('objets.csv', OBJECTS);
  await put(
    'objets.yaml',
    `name: objets\ntitle: Objets\n${ABOUT.replace('everything', '{ field: visible, values: [oui] }')}options: { path: objets.csv }\nmap: { kind: HeritageObject, id: cote, fields: { name: titre }, relations: { techniques: { column: matière } } }\n`,
  );
  await harvest();
  await put('notions.ttl', VOCABULARY);
  await put(
    'vocabulaire.yaml',
    `name: vocabulaire\ntitle: Vocabulaire\n${ABOUT}options: { path: notions.ttl }\nformat: skos\nmap: { scheme: technique }\n`,
  );
  await harvest();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.close();
});

test('a vocabulary that comes in later joins the spellings that notices were minted under', async () => {
  const row = await one(
    `MATCH (c:Concept:Published {name: 'chêne'})-[:BROADER]->(b:Concept:Published) MATCH (o:HeritageObject:Published)-[:MADE_WITH]->(c) RETURN count(o) AS objects, b.name AS broader`,
  );
  expect({ ...row, objects: Number(row?.['objects']) }).toEqual({ objects: 2, broader: 'bois' });
  const concepts = await one("MATCH (c:Concept:Published {scheme: 'technique'}) RETURN count(c) AS n");
  expect(Number(concepts?.['n'])).toBe(2);
});

test('what goes out is what everyone may see, and comes in the same', async () => {
  const texts: string[] = [];
  for await (const piece of vocabularyAsTurtle(database, 'concepts', { base: 'https://example.org/id/' }))
    texts.push(piece);
  const turtle = texts.join('');
  expect(turtle).toContain('"chêne"@fr');
  expect(turtle).toContain('"bois de chêne"@fr');
  expect(turtle).not.toContain('gaïac');
  await writeFile(join(folder, 'notions.ttl'), turtle);
  const before = await one("MATCH (c:Concept:Published) WHERE c.scheme = 'technique' RETURN collect(c.name) AS names");
  await harvest();
  const after = await one("MATCH (c:Concept:Published) WHERE c.scheme = 'technique' RETURN collect(c.name) AS names");
  expect(new Set(after?.['names'] as string[])).toEqual(new Set(before?.['names'] as string[]));
});

test('what goes out breaks none of the rules of SKOS, whatever the graph holds', async () => {
  await one(
    `CREATE (a:Entity:Trade:Published {uid: 'a', codes: [], name: 'fileur', alternativeNames: ['fileur', 'filateur'], dutchNames: ['spinner', 'spinner']}),
            (b:Entity:Trade:Published {uid: 'b', codes: [], name: 'ouvrier'}),
            (a)-[:BROADER]->(a), (a)-[:BROADER]->(b), (a)-[:RELATED]->(b), (a)-[:MATCHES {match: 'broad'}]->(b), (a)-[:MATCHES {match: 'exact'}]->(b)`,
  );
  const texts: string[] = [];
  for await (const piece of vocabularyAsTurtle(database, 'trades', { base: 'urn:x:' })) texts.push(piece);
  const said = new Parser().parse(texts.join('')).filter(({ subject }) => subject.value === 'urn:x:a');
  const of = (name: string) =>
    said.flatMap(({ predicate, object }) => (predicate.value.endsWith(`core#${name}`) ? [object.value] : []));
  expect(of('prefLabel')).toEqual(['fileur', 'spinner']);
  expect(of('altLabel')).toEqual(['filateur']);
  expect([of('broader'), of('related')]).toEqual([['urn:x:b'], []]);
  expect([of('exactMatch'), of('broadMatch')]).toEqual([['urn:x:b'], []]);
});
