import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { Command } from 'commander';
import { status } from '#deploy/neo4j/background.ts';
import { openNeo4j } from '#deploy/neo4j/open.ts';
import { lackingForNeo4j } from '#deploy/setup/machine.js';
import { Database } from '#graph-schema/database.ts';
import { readSources, sourcesFolder } from '#harvesters/sources.ts';
import { tellFinding } from '../complaint.ts';
import { home } from '../hub.ts';
import { DEFAULT_PORT } from './serve.ts';

interface Check {
  readonly about: string;
  readonly ok: boolean;
  /** What was found, or what is wrong and what to do. */
  readonly words: string;
}

const LEAST_FREE_BYTES = 2 * 1024 ** 3;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('ce qui manque, ce qui ne va pas, et le remède / what is missing, what is wrong, and the remedy')
    .option('--json', 'pour un programme / for a program')
    .action(async (options: { json?: boolean }) => {
      const checks = [
        nodeVersion(),
        await neo4jPossible(),
        homeWritable(),
        ...(await sourcesReadable()),
        await neo4jAnswers(),
        await portFree(),
      ];
      if (options.json) console.log(JSON.stringify(checks, null, 2));
      else for (const { about, ok, words } of checks) console.log(`${ok ? '✓' : '✗'} ${about} : ${words}`);
      if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

function nodeVersion(): Check {
  const ok = Number(process.versions.node.split('.')[0]) >= 24;
  return {
    about: 'Node',
    ok,
    words: ok
      ? process.versions.node
      : `${process.versions.node}, il faut 24 : relancez par « npx trame » après « npm ci » / 24 is needed: run “npx trame” after “npm ci”`,
  };
}

async function neo4jPossible(): Promise<Check> {
  if (process.env['NEO4J_URI']) return { about: 'Neo4j', ok: true, words: 'donné par / given by NEO4J_URI' };
  const lacking = await lackingForNeo4j();
  return {
    about: 'Neo4j',
    ok: lacking === undefined,
    words: lacking ?? 'Docker, ou Java et Maven, sont là / are there',
  };
}

function homeWritable(): Check {
  const folder = home();
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (fault) {
    return {
      about: 'TRAME_HOME',
      ok: false,
      words: `${folder} : ${(fault as Error).message} ; donnez un dossier où vous pouvez écrire / give a folder that you may write to`,
    };
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const gigabytes = (free / 1024 ** 3).toFixed(1);
  return {
    about: 'TRAME_HOME',
    ok: free > LEAST_FREE_BYTES,
    words:
      free > LEAST_FREE_BYTES
        ? `${folder}, ${gigabytes} Go libres / GB free`
        : `${folder} : ${gigabytes} Go libres, il en faut 2 / 2 GB are needed`,
  };
}

async function sourcesReadable(): Promise<Check[]> {
  const folder = sourcesFolder();
  if (!existsSync(folder))
    return [
      {
        about: 'TRAME_SOURCES',
        ok: false,
        words: `${folder} n’existe pas ; corrigez TRAME_SOURCES / does not exist; correct TRAME_SOURCES`,
      },
    ];
  const { sources, findings } = await readSources(folder);
  return [
    { about: 'Sources', ok: true, words: `${sources.length} dans / in ${folder}` },
    ...findings.map((found) => ({ about: 'Source', ok: false, words: tellFinding(found) })),
  ];
}

/** Asks the one that runs; none running is no fault. */
async function neo4jAnswers(): Promise<Check> {
  const now = await status(home());
  if (now.state === 'stopped')
    return {
      about: 'Base / database',
      ok: true,
      words: 'arrêtée ; les commandes la démarrent elles-mêmes / stopped; commands start it themselves',
    };
  try {
    const neo4j = await openNeo4j({ home: home(), purpose: 'data' });
    const database = new Database(neo4j.connection);
    const { records } = await database.run(
      "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version, edition",
    );
    await database.close();
    const version = String(records[0]?.get('version'));
    const ok = /^(5\.(2[6-9]|[3-9]\d)|20\d\d)\./.test(version);
    return {
      about: 'Base / database',
      ok,
      words: ok
        ? `Neo4j ${version} ${records[0]?.get('edition')}`
        : `Neo4j ${version} : il faut 5.26 ou plus récent / 5.26 or later is needed`,
    };
  } catch (fault) {
    return { about: 'Base / database', ok: false, words: (fault as Error).message };
  }
}

async function portFree(): Promise<Check> {
  const free = await new Promise<boolean>((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(DEFAULT_PORT, '127.0.0.1', () => server.close(() => done(true)));
  });
  return {
    about: `Port ${DEFAULT_PORT}`,
    ok: true,
    words: free ? 'libre / free' : 'pris ; `trame serve --port` en choisit un autre / taken; choose another',
  };
}
