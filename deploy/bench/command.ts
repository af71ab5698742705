import { Command, InvalidArgumentError, Option } from 'commander';
import { Complaint } from '#deploy/cli/complaint.ts';
import { home, tell } from '#deploy/cli/hub.ts';
import { table } from '#deploy/cli/table.ts';
import { openNeo4j } from '#deploy/neo4j/open.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { growthRows } from './fixed/growth.ts';
import { FIXED_VERSION } from './fixed/records.ts';
import { runFixed } from './fixed/run.ts';
import { FIXED_SECTIONS, type Result } from './fixed/sections.ts';
import { BenchState } from './fixed/state.ts';
import { emptyGraph } from './graph.ts';
import { HEAD, jsonOf, markdownOf, rowOf, type Told } from './measures.ts';
import { type Bench, SECTIONS } from './sections.ts';

const DEFAULT_RECORDS = 10_000;
const MOST_RECORDS = 100_000;
const DEFAULT_OBJECTS = 80_000;
const MILLION = 1_000_000;

interface Options {
  readonly section?: string;
  readonly records: number;
  readonly objects: number;
  readonly million?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** What was measured, and what broke, in words. */
interface Measured {
  readonly told: Told[];
  readonly broken: string[];
}

/** `trame bench`: measures, prints one table. A target that is missed is told and fails nothing; a section that breaks does. */
export function benchCommand(): Command {
  return new Command('bench')
    .description(
      'mesure la vitesse, en rapports, dans un Neo4j à part : voir docs/bench.md / measure the speed, as ratios, in a Neo4j apart',
    )
    .addOption(
      new Option('--section <name>', 'une seule épreuve / one section only').choices([
        ...Object.keys(SECTIONS),
        ...Object.keys(FIXED_SECTIONS),
      ]),
    )
    .option('--records <n>', 'notices à moissonner / records to harvest', upTo(MOST_RECORDS), DEFAULT_RECORDS)
    .option(
      '--objects <n>',
      'objets du graphe fixe et de l’épreuve identity / objects of the fixed graph and of the section identity',
      upTo(MILLION),
      DEFAULT_OBJECTS,
    )
    .option(
      '--million',
      'le graphe fixe à 80 000 puis à un million d’objets ; reprend où il fut arrêté / the fixed graph at 80,000, then at a million objects; goes on from where it was stopped',
    )
    .option('--markdown', 'le tableau en Markdown / the table as Markdown')
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
  const wanted = (sections: object) =>
    Object.keys(sections).filter((name) => options.section === undefined || options.section === name);
  const done: Measured = options.million
    ? await million(wanted(FIXED_SECTIONS))
    : joined(await emptied(options, wanted(SECTIONS)), await fixed(options.objects, wanted(FIXED_SECTIONS)));
  const seconds = Math.round((performance.now() - started) / 1000);
  if (options.json)
    console.log(JSON.stringify({ seconds, measures: done.told.map(jsonOf), broken: done.broken }, null, 2));
  else
    console.log(
      `${options.markdown ? markdownOf(done.told) : table(HEAD, done.told.map(rowOf))}\n${seconds} s en tout / in all`,
    );
  if (done.broken.length > 0) throw new Complaint(done.broken.join('\n'));
}

function joined(one: Measured, other: Measured): Measured {
  return { told: [...one.told, ...other.told], broken: [...one.broken, ...other.broken] };
}

/** The sections that fill a graph themselves, in a Neo4j that is emptied before and after. */
async function emptied(options: Options, names: readonly string[]): Promise<Measured> {
  const measured: Measured = { told: [], broken: [] };
  if (names.length === 0) return measured;
  const neo4j = await openNeo4j({ home: home(), purpose: 'test', onProgress: tell });
  const { connection } = neo4j;
  const database = new Database(connection);
  const { records, objects } = options;
  const given: Bench = { home: home(), connection, database, records, objects, tell };
  try {
    await migrate(database);
    // What an earlier bench left when it was stopped half-way.
    await emptyGraph(database);
    // One after another: they share the machine. One that breaks does not keep the next from running.
    for (const name of names) {
      tell(`${name}…`);
      try {
        measured.told.push(...(await SECTIONS[name]!(given)));
      } catch (fault) {
        measured.broken.push(breakage(name, fault));
      }
    }
    await emptyGraph(database);
  } finally {
    await database.close();
    await neo4j.stop();
  }
  return measured;
}

async function fixed(objects: number, sections: readonly string[]): Promise<Measured> {
  const measured: Measured = { told: [], broken: [] };
  if (sections.length === 0) return measured;
  const onResult = (_objects: number, name: string, result: Result | Error) => {
    if (result instanceof Error) measured.broken.push(breakage(name, result));
    else measured.told.push(...result.told);
  };
  try {
    await runFixed({ home: home(), graphs: [{ objects, sections }], onResult, tell });
  } catch (fault) {
    measured.broken.push(breakage(sections.join(', '), fault));
  }
  return measured;
}

/** By sections that are kept as soon as they are through; the whole table at the end, and then the next one begins anew. */
async function million(names: readonly string[]): Promise<Measured> {
  const state = new BenchState(home(), String(FIXED_VERSION));
  const broken: string[] = [];
  const sizes = [DEFAULT_OBJECTS, MILLION];
  const graphs = sizes.map((objects) => ({ objects, sections: names.filter((name) => !state.has(objects, name)) }));
  const onResult = (objects: number, section: string, result: Result | Error) => {
    if (result instanceof Error) broken.push(breakage(`${section}, ${objects}`, result));
    else state.add({ objects, section, result });
  };
  try {
    await runFixed({ home: home(), graphs, onResult, tell });
  } catch (fault) {
    broken.push(breakage('--million', fault));
  }
  const [small, large] = sizes.map((objects) => ({
    objects,
    figures: Object.assign(
      {},
      ...state.done.filter((one) => one.objects === objects).map(({ result }) => result.figures),
    ),
  }));
  const told = state.done.flatMap(({ objects, result }) =>
    result.told.map((one): Told => ({ ...one, what: `${one.what} [${objects.toLocaleString('fr-FR')}]` })),
  );
  if (broken.length === 0) state.clear();
  return { told: [...told, ...growthRows(small!, large!)], broken };
}

function breakage(name: string, fault: unknown): string {
  return `L’épreuve ${name} a échoué / the section ${name} broke: ${(fault as Error).stack ?? String(fault)}`;
}
