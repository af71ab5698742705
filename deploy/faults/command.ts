import { Command } from 'commander';
import { emptyGraph } from '#deploy/bench/graph.ts';
import { Complaint } from '#deploy/cli/complaint.ts';
import { home, tell } from '#deploy/cli/hub.ts';
import { table } from '#deploy/cli/table.ts';
import { openNeo4j } from '#deploy/neo4j/open.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { FAMILIES } from './fault.ts';
import { FAULTS } from './faults.ts';
import { type KillRound, killRound } from './kill/kill.ts';
import { playAll } from './matrix.ts';
import type { Row } from './play.ts';

/** Of a harvester, with `--full`. */
const KILLS = 50;

interface Options {
  readonly full?: boolean;
  readonly only?: string;
  readonly json?: boolean;
}

/** `trame faults`: plays every fault, and prints the matrix. Fails where a row is neither complete and right, nor partial with a reason and a way on. */
export function faultsCommand(): Command {
  return new Command('faults')
    .description(
      'joue toutes les pannes connues, dans un Neo4j à part, et en donne le tableau / play every known fault, in a Neo4j apart, and print the matrix',
    )
    .option(
      '--full',
      'à plusieurs endroits des listes, et les pannes lentes / at several places of the lists, and the slow ones',
    )
    .option('--only <name>', `une panne, ou une famille / one fault, or a family (${FAMILIES.join(', ')})`)
    .option('--json', 'le résultat pour un programme / for a program')
    .action(faults);
}

async function faults(options: Options): Promise<void> {
  const { only } = options;
  if (only !== undefined && !FAULTS.some(({ name, family }) => name === only || family === only)) {
    throw new Complaint(
      `Aucune panne ne s’appelle ${only} / no fault is called ${only}.\n${FAULTS.map(({ name }) => name).join(' ')}`,
    );
  }
  const neo4j = await openNeo4j({ home: home(), purpose: 'test', shortLived: true, onProgress: tell });
  const database = new Database(neo4j.connection);
  let rows: Row[];
  let killed: KillRound | undefined;
  try {
    await migrate(database);
    // What an earlier matrix left: the plays take their sources for new.
    await emptyGraph(database);
    rows = await playAll({ database, address: neo4j.connection }, { ...options, onRow: (row) => tell(lineOf(row)) });
    // Into an emptied graph of its own: last.
    if (options.full && only === undefined) killed = await killRound(neo4j.connection, KILLS, 'trame 50', tell);
  } finally {
    await database.close();
    await neo4j.stop();
  }
  if (options.json) console.log(JSON.stringify(rows, null, 2));
  else console.log(matrixOf(rows));
  if (killed) {
    tell(
      `kill -9 × ${killed.kills} (${killed.met} en pleine moisson / at work) : ${killed.outcome}, ${killed.records} notices, ${killed.undisturbed}, ${killed.disturbed}`,
    );
    if (killed.outcome !== 'complete' || killed.undisturbed !== killed.disturbed)
      throw new Complaint(
        'Après des kill -9, le graphe n’est pas celui d’une moisson sans incident / after kill -9 the graph is not that of an undisturbed harvest.',
      );
  }
  const outside = rows.filter(({ wrong }) => wrong.length > 0);
  if (outside.length === 0) return;
  const told = outside.map(({ name, wrong }) => `${name}\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  throw new Complaint(
    `${outside.length} pannes sur ${rows.length} ne sont ni complètes et justes, ni partielles avec une raison et une suite / faults of ${rows.length} are neither complete and right, nor partial with a reason and a way on:\n${told.join('\n')}`,
  );
}

function lineOf({ name, outcome, seconds, wrong }: Row): string {
  return `${wrong.length === 0 ? '✓' : '✗'} ${name} ${outcome} ${seconds.toFixed(1)} s`;
}

/** The matrix as a text: fault × outcome × records kept × seconds, and what each means. */
export function matrixOf(rows: readonly Row[]): string {
  const head = ['panne / fault', 'issue / outcome', 'raison / reason', 'gardées / kept', 'ensuite / then', 's', ''];
  const lines = rows.map((row) => [
    row.name,
    row.outcome,
    row.reason,
    `${row.keptAtOnce}/${row.records}`,
    row.harvests > 1 ? `${row.kept}/${row.records} (${row.harvests - 1})` : '',
    Number(row.seconds.toFixed(1)),
    row.wrong.length === 0 ? '' : 'HORS / OUTSIDE',
  ]);
  const outside = rows.filter(({ wrong }) => wrong.length > 0).length;
  const seconds = Math.round(rows.reduce((sum, row) => sum + row.seconds, 0));
  return `${table(head, lines)}\n${rows.length} pannes / faults, ${outside} hors / outside, ${seconds} s`;
}
