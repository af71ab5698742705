import { Command, InvalidArgumentError, Option } from 'commander';
import { Complaint } from '#deploy/cli/complaint.ts';
import { home, tell } from '#deploy/cli/hub.ts';
import { table } from '#deploy/cli/table.ts';
import { openNeo4j } from '#deploy/neo4j/open.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { emptyGraph } from './graph.ts';
import { HEAD, jsonOf, rowOf, type Told } from './measures.ts';
import { type Bench, SECTIONS } from './sections.ts';

const DEFAULT_RECORDS = 10_000;
const MOST_RECORDS = 100_000;
const DEFAULT_OBJECTS = 200_000;
const MOST_OBJECTS = 1_000_000;

interface Options {
  readonly section?: string;
  readonly records: number;
  readonly objects: number;
  readonly json?: boolean;
}

/** `trame bench`: measures, prints one table. A target that is missed is told and fails nothing; a section that breaks does. */
export function benchCommand(): Command {
  return new Command('bench')
    .description(
      'mesure la vitesse, en rapports, dans un Neo4j à part : voir docs/bench.md / measure the speed, as ratios, in a Neo4j apart',
    )
    .addOption(new Option('--section <name>', 'une seule épreuve / one section only').choices(Object.keys(SECTIONS)))
    .option('--records <n>', 'notices à moissonner / records to harvest', upTo(MOST_RECORDS), DEFAULT_RECORDS)
    .option(
      '--objects <n>',
      'objets du plus grand graphe de l’épreuve identity / objects of the largest graph of the section identity',
      upTo(MOST_OBJECTS),
      DEFAULT_OBJECTS,
    )
    .option('--json', 'le résultat pour un programme / for a program')
    .action(bench);
}

const LEAST = 1_000;

function upTo(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < LEAST || number > most)
      throw new InvalidArgumentError(`un nombre de ${LEAST} à ${most} / a number from ${LEAST} to ${most}`);
    return number;
  };
}

async function bench(options: Options): Promise<void> {
  const started = performance.now();
  const neo4j = await openNeo4j({ home: home(), purpose: 'test', onProgress: tell });
  const database = new Database(neo4j.connection);
  const given: Bench = {
    home: home(),
    connection: neo4j.connection,
    database,
    records: options.records,
    objects: options.objects,
    tell,
  };
  let done: Awaited<ReturnType<typeof runSections>>;
  try {
    await migrate(database);
    // What an earlier bench left when it was stopped half-way.
    await emptyGraph(database);
    done = await runSections(given, options.section === undefined ? Object.keys(SECTIONS) : [options.section]);
    await emptyGraph(database);
  } finally {
    await database.close();
    await neo4j.stop();
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  if (options.json)
    console.log(JSON.stringify({ seconds, measures: done.told.map(jsonOf), broken: done.broken }, null, 2));
  else console.log(`${table(HEAD, done.told.map(rowOf))}\n${seconds} s en tout / in all`);
  if (done.broken.length > 0) throw new Complaint(done.broken.join('\n'));
}

/** One after another: they share the machine. One that breaks does not keep the next from running. */
async function runSections(given: Bench, names: readonly string[]): Promise<{ told: Told[]; broken: string[] }> {
  const told: Told[] = [];
  const broken: string[] = [];
  for (const name of names) {
    tell(`${name}…`);
    try {
      told.push(...(await SECTIONS[name]!(given)));
    } catch (fault) {
      broken.push(`L’épreuve ${name} a échoué / the section ${name} broke: ${(fault as Error).stack ?? String(fault)}`);
    }
  }
  return { told, broken };
}
