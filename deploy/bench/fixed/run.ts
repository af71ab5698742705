/** The fixed graph is filled, the gateway and @neo4j/graphql are started on it, and the sections are run that were not yet. */
import type { Database } from '#graph-schema/database.ts';
import { startScript } from '../child.ts';
import type { RivalAnswer, RivalInput } from '../rival-process.ts';
import { type GraphqlClient, graphqlClient } from './ask.ts';
import { fillTo } from './fill.ts';
import { type FixedGraph, openFixedGraph } from './open.ts';
import { FIXED_SECTIONS, type FixedBench, type Result } from './sections.ts';
import { PRODUCTION, startGatewayProcess } from './start.ts';

/** A million objects are indexed for it first. */
const READY_WITHIN_MS = 600_000;

export interface Wanted {
  readonly home: string;
  /** Each graph, the smaller ones first, and the sections that are to be run on it. */
  readonly graphs: readonly { readonly objects: number; readonly sections: readonly string[] }[];
  /** Called as soon as a section is through, or has broken. */
  readonly onResult: (objects: number, section: string, result: Result | Error) => void;
  readonly tell: (line: string) => void;
}

/** A section that breaks does not keep the next from running. Throws where the graph or who answers about it cannot be had. */
export async function runFixed({ home, graphs, onResult, tell }: Wanted): Promise<void> {
  const graph = await openFixedGraph(home, tell);
  try {
    for (const { objects, sections } of graphs.filter((one) => one.sections.length > 0)) {
      await fillTo(graph.database, objects, tell);
      await withAnswerers(graph, objects, tell, async (bench) => {
        for (const name of sections) {
          tell(`${name}, ${objects} objets…`);
          onResult(objects, name, await FIXED_SECTIONS[name]!(bench).catch((fault: Error) => fault));
        }
      });
    }
  } finally {
    await graph.close();
  }
}

async function withAnswerers(
  { connection, database }: FixedGraph,
  objects: number,
  tell: (line: string) => void,
  work: (bench: FixedBench) => Promise<void>,
): Promise<void> {
  // The gateway's start is measured, not Neo4j's.
  await warm(database);
  const gateway = await startGatewayProcess(connection);
  const input: RivalInput = { connection };
  const child = startScript<RivalAnswer>('rival-process.ts', input, READY_WITHIN_MS, PRODUCTION);
  let rival: GraphqlClient | undefined;
  try {
    rival = graphqlClient((await child.answer).url);
    await work({ objects, database, gateway, rival, tell });
  } finally {
    await rival?.close();
    await child.stop();
    await gateway.stop();
  }
}

const WARM_UP = 30;

/** Reads the objects from the disk once, and lets the server grow quick. */
async function warm(database: Database): Promise<void> {
  await database.run('MATCH (o:HeritageObject)-->(t) RETURN count(o.search), count(t.sort)');
  for (let turn = 0; turn < WARM_UP; turn += 1)
    await database.run("MATCH (o:HeritageObject) WHERE o.sort > '' RETURN o.uid ORDER BY o.sort LIMIT 20");
}
