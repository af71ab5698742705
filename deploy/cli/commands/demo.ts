import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { status } from '#deploy/neo4j/background.ts';
import { EXAMPLES } from '#gateway/examples.ts';
import type { RunningGateway } from '#gateway/server.ts';
import type { Database } from '#graph-schema/database.ts';
import { KINDS } from '#graph-schema/model.ts';
import type { RunReport } from '#harvesters/report.ts';
import { inOrder, readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { exitCodeOf, harvestAll } from '../harvesting.ts';
import { type Hub, home, tell, untilEnded, withHub } from '../hub.ts';
import { lookForIdentities } from '../identities.ts';
import { pictureKeeper } from '../pictures.ts';
import { table } from '../table.ts';
import { summary } from './harvest.ts';
import { startStandIns } from './partners.ts';
import { DEFAULT_PORT, readPort, serve } from './serve.ts';

interface DemoOptions {
  readonly once?: boolean;
  readonly port?: number;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'démarre tout et moissonne la démonstration : Neo4j, partenaires, moissons, GraphQL / start everything and harvest the demonstration',
    )
    .option('--once', 'finit après la moisson, avec un bilan / end after the harvest, with a summary')
    .option('--port <port>', `port de GraphQL / port of GraphQL (${DEFAULT_PORT})`, readPort)
    .action(demo);
}

async function demo(options: DemoOptions): Promise<void> {
  await refuseSecond();
  await withHub(async (hub) => {
    note();
    tell(hub.neo4j.describe());
    tell(
      hub.neo4j.fresh
        ? 'Graphe vide : tout va être moissonné / empty graph: everything will be harvested.'
        : `Graphe déjà là : on repart de ce qui y est / starting from what is there (${await totalOf(hub.database)} objets / objects).`,
    );
    const partners = await startStandIns();
    try {
      tell(`Partenaires de démonstration / partners’ stand-ins : ${partners.url}`);
      const { reports, wanted, sources } = await harvestDemo(hub, partners.url);
      // Side by side: thumbnails touch nothing of the graph.
      await Promise.all([lookForIdentities(hub), hub.signal.aborted ? undefined : pictureKeeper(hub)(sources)]);
      console.log(`\n${summary(reports)}`);
      const exitCode = exitCodeOf(reports, wanted);
      if (hub.signal.aborted) return;
      await answer(hub, options);
      process.exitCode = exitCode;
    } finally {
      await partners.close();
      rmSync(noteFile(), { force: true });
    }
  });
}

/** A second demo on the same home would harvest the same sources: it is told where the first is. */
async function refuseSecond(): Promise<void> {
  const now = await status(home());
  const first = readNote();
  const isAlive = first !== undefined && first.pid !== process.pid && lives(first.pid);
  if (!isAlive && (now.state !== 'running' || now.ownerPid === undefined)) return;
  throw new Complaint(
    isAlive
      ? `Une démonstration tourne déjà (processus ${first.pid})${first.url ? ` : ${first.url}` : ', elle moissonne encore / still harvesting'}\nA demonstration is running already. Ctrl-C dans son terminal l’arrête / Ctrl-C in its terminal stops it; TRAME_HOME=autre-dossier en démarre une autre / starts another.`
      : `Une autre commande de Trame utilise Neo4j (processus ${'ownerPid' in now ? now.ownerPid : '?'}) : attendez sa fin, ou donnez un autre TRAME_HOME.\nAnother Trame command uses this Neo4j: wait for its end, or give another TRAME_HOME.`,
  );
}

const noteFile = () => join(home(), 'demo.json');

interface DemoNote {
  readonly pid: number;
  /** Once it serves. */
  readonly url?: string;
}

/** Says to a second demonstration that this one runs, and where. */
function note(url?: string): void {
  mkdirSync(home(), { recursive: true });
  writeFileSync(noteFile(), JSON.stringify({ pid: process.pid, url }));
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function readNote(): DemoNote | undefined {
  try {
    return JSON.parse(readFileSync(noteFile(), 'utf8')) as DemoNote;
  } catch {
    return undefined;
  }
}

async function harvestDemo(
  hub: Hub,
  partnersUrl: string,
): Promise<{ reports: RunReport[]; wanted: number; sources: readonly Source[] }> {
  const { sources, findings } = await readSources(sourcesFolder(), { ...process.env, TRAME_PARTNERS: partnersUrl });
  for (const found of findings) tell(tellFinding(found));
  tell(`Moisson de ${sources.length} sources / harvesting ${sources.length} sources :`);
  return { reports: await harvestAll(inOrder(sources), hub, { progress: true }), wanted: sources.length, sources };
}

/** Serves, shows what there is, asks the first question; then waits for Ctrl-C, unless this is a demo of one round. */
async function answer(hub: Hub, options: DemoOptions): Promise<void> {
  const gateway = await serveSomewhere(hub, options);
  try {
    console.log(`\n${await totals(hub.database)}`);
    await searchable(gateway.url, hub.signal);
    const answered = JSON.stringify(await ask(gateway.url, { query: FIRST_QUERY }));
    console.log(`\nPremière question / first query: ${FIRST_QUERY}\n→ ${answered}`);
    if (options.once) return;
    // Asked once here, so that whoever opens them first does not wait for Neo4j to plan them.
    for (const example of EXAMPLES) await ask(gateway.url, example);
    note(`${gateway.url}/graphql`);
    console.log(
      `\nGraphiQL : ${gateway.url}/graphql — ${EXAMPLES.length} exemples y sont prêts / examples are ready there :`,
    );
    for (const { title } of EXAMPLES) console.log(`  · ${title}`);
    console.log(
      '\nUne clé, pour les rôles et un plus grand budget / a key, for roles and a larger budget : npx trame key add ESSAI --role steward (docs/access.md)',
    );
    console.log(
      '\nCtrl-C arrête tout, Neo4j compris ; les données restent pour la prochaine fois.\nCtrl-C stops everything, Neo4j included; the data stay for the next time.',
    );
    await untilEnded(hub.signal);
    tell('\nArrêt / stopping…');
  } finally {
    await gateway.stop();
  }
}

const SEARCHABLE_WITHIN_MS = 60_000;

/** Waits until the gateway has read the graph; a first question that finds it still reading would be told so. */
async function searchable(url: string, signal: AbortSignal): Promise<void> {
  for (const until = Date.now() + SEARCHABLE_WITHIN_MS; Date.now() < until && !signal.aborted; ) {
    if ((await fetch(`${url}/readyz`)).ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function serveSomewhere(hub: Hub, { port, once }: DemoOptions): Promise<RunningGateway> {
  if (port !== undefined) return serve(hub, port);
  if (once) return serve(hub, 0);
  try {
    return await serve(hub, DEFAULT_PORT);
  } catch (fault) {
    if (!(fault instanceof Complaint)) throw fault;
    tell(`Le port ${DEFAULT_PORT} est pris : un port libre est choisi / is taken: a free port is chosen.`);
    return serve(hub, 0);
  }
}

async function ask(
  url: string,
  { query, variables }: { query: string; variables?: Readonly<Record<string, unknown>> },
): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

const FIRST_QUERY =
  '{ heritageObjects(first: 0) { totalCount } search(query: "dentellières", first: 2) { totalCount nodes { name uid } } }';

/** Counts by kind: all that is in the graph, and what everyone may see. */
async function totals(database: Database): Promise<string> {
  const rows: [string, number, number][] = [];
  for (const kind of KINDS) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (n:${kind}) WHERE n.sort IS NOT NULL RETURN count(n) AS all, sum(CASE WHEN n:Published THEN 1 ELSE 0 END) AS published`,
      ),
    );
    const row = records[0]!;
    if (Number(row.get('all')) > 0) rows.push([kind, Number(row.get('all')), Number(row.get('published'))]);
  }
  const { harvested, visible } = await museumObjects(database);
  const [harvestedFr, visibleFr] = [harvested, visible].map((count) => count.toLocaleString('fr-FR'));
  return `${table(['dans le graphe / in the graph', 'en tout', 'visibles'], rows)}\n\nDes 34 inventaires WebMuseo : ${harvestedFr} notices d’objets moissonnées, ${visibleFr} objets visibles / of the 34 WebMuseo inventories: ${harvested} object records harvested, ${visible} objects visible`;
}

/** Of the inventories that the report counts: what the films, archives and testimonies bring is beside them. */
async function museumObjects(database: Database): Promise<{ harvested: number; visible: number }> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.source STARTS WITH 'webmuseo-' AND r.state IN ['live', 'missing']
       RETURN count(r) AS harvested, count(CASE WHEN r.visibility = 'public' THEN 1 END) AS visible`,
    ),
  );
  return { harvested: Number(records[0]!.get('harvested')), visible: Number(records[0]!.get('visible')) };
}

async function totalOf(database: Database): Promise<number> {
  const { records } = await database.read((tx) =>
    tx.run("MATCH (r:SourceRecord {kind: 'HeritageObject'}) WHERE r.state IN ['live', 'missing'] RETURN count(r) AS n"),
  );
  return Number(records[0]?.get('n') ?? 0);
}
