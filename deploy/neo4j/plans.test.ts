import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  dockerEngine,
  hasDockerCommand,
  javaCommand,
  lackingForEmbedded,
  lackingForNeo4j,
} from '#deploy/setup/machine.js';
import { containerEnvironment, containerName, containerPlan, startTestContainer } from './container.ts';
import { DEFAULT_MEMORY, embeddedPlan, ensurePassword, settings } from './embedded.ts';
import { jarsAreWhole, neo4jVersion } from './jars.ts';
import { givenConnection, openNeo4j } from './open.ts';

// How each of the three ways would be run, without running it.
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trame-plans-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a given Neo4j', () => {
  const env = { NEO4J_URI: 'neo4j://graph.example:7687', NEO4J_PASSWORD: 'secret' };

  test('has the usual user and database unless told', () => {
    expect(givenConnection('data', env)).toEqual({
      uri: 'neo4j://graph.example:7687',
      user: 'neo4j',
      password: 'secret',
      database: 'neo4j',
    });
    expect(givenConnection('data', { ...env, NEO4J_USER: 'hub', NEO4J_DATABASE: 'trame' })).toMatchObject({
      user: 'hub',
      database: 'trame',
    });
    expect(givenConnection('data', {})).toBeUndefined();
  });

  test('is not wiped by tests unless its owner says so', () => {
    expect(givenConnection('test', env)).toBeUndefined();
    expect(givenConnection('test', { ...env, TRAME_TEST_NEO4J: 'yes' })).toBeUndefined();
    expect(givenConnection('test', { ...env, TRAME_TEST_NEO4J: 'given' })).toBeDefined();
  });

  test('that does not answer is told with its address', { timeout: 20_000 }, async () => {
    await withVariables({ NEO4J_URI: 'bolt://127.0.0.1:9' }, async () => {
      const opening = openNeo4j({ home: folder, purpose: 'data' });
      await expect(opening).rejects.toThrow(/bolt:\/\/127\.0\.0\.1:9 .*does not answer/);
    });
  });
});

describe('a container', () => {
  const options = { engine: 'unix:///run/engine.sock', memory: DEFAULT_MEMORY, logsKept: '1G size' };

  test('publishes on loopback only, keeps its data in a volume of the home, and shows no password', () => {
    const plan = containerPlan('/home/a/.trame/neo4j', 'secret', 7777, options);
    const line = [plan.server.command, ...plan.server.args].join(' ');
    const name = containerName('/home/a/.trame/neo4j');
    expect(line).toContain('--publish 127.0.0.1:7777:7687 ');
    expect(line).toContain(`--volume ${name}:/data `);
    expect(line).toContain(plan.mark);
    expect(line).not.toContain('secret');
    expect(plan.server.env).toEqual({ NEO4J_AUTH: 'neo4j/secret', DOCKER_HOST: 'unix:///run/engine.sock' });
    expect(name).not.toBe(containerName('/home/b/.trame/neo4j'));
  });

  test('takes settings in the spelling of the image', () => {
    const environment = containerEnvironment(DEFAULT_MEMORY, '1G size');
    expect(environment).toMatchObject({
      NEO4J_server_memory_heap_max__size: '1024m',
      NEO4J_dbms_usage__report_enabled: 'false',
      NEO4J_db_tx__log_rotation_retention__policy: '1G size',
    });
  });

  test('an engine is found where one answers /_ping, and quickly not where none does', async () => {
    const socketPath = join(folder, 'engine.sock');
    const engine = createServer((request, response) => response.writeHead(request.url === '/_ping' ? 200 : 404).end());
    await new Promise<void>((resolve) => engine.listen(socketPath, resolve));
    expect(await dockerEngine({ DOCKER_HOST: `unix://${socketPath}` })).toBe(`unix://${socketPath}`);
    await new Promise((resolve) => engine.close(resolve));
    const start = performance.now();
    expect(await dockerEngine({ DOCKER_HOST: `unix://${socketPath}` })).toBeUndefined();
    expect(await dockerEngine({ DOCKER_HOST: 'tcp://127.0.0.1:9' })).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  test('for tests is not tried where no engine answers', async () => {
    await withEngineAt('unix:///nowhere.sock', async () => {
      expect(await startTestContainer(() => undefined)).toBeUndefined();
    });
  });

  test('once it keeps the data, nothing else is opened in its place', async () => {
    mkdirSync(join(folder, 'neo4j'));
    writeFileSync(join(folder, 'neo4j', 'in-a-volume'), '');
    await withEngineAt('unix:///nowhere.sock', async () => {
      const opening = openNeo4j({ home: folder, purpose: 'data' });
      await expect(opening).rejects.toThrow(/in a Docker volume, and no Docker engine answers: start Docker/);
    });
  });

  test.skipIf(!hasDockerCommand())('that the engine refuses is told with what docker said', async () => {
    mkdirSync(join(folder, 'neo4j'));
    writeFileSync(join(folder, 'neo4j', 'in-a-volume'), '');
    const socketPath = join(folder, 'engine.sock');
    const engine = createServer((request, response) => response.writeHead(request.url === '/_ping' ? 200 : 500).end());
    await new Promise<void>((resolve) => engine.listen(socketPath, resolve));
    await withEngineAt(`unix://${socketPath}`, async () => {
      const opening = openNeo4j({ home: folder, purpose: 'data' });
      await expect(opening).rejects.toThrow(/ended while it was starting[\s\S]*docker: /);
    });
    await new Promise((resolve) => engine.close(resolve));
  });
});

describe('the embedded one', () => {
  const options = { memory: { heapInitialMb: 256, heapMaxMb: 768, pageCacheMb: 128 }, logsKept: '1G size' };

  test('answers on loopback only, with a password, and reports to nobody', () => {
    expect(settings(7777, options.memory, options.logsKept)).toMatchObject({
      'server.bolt.listen_address': '127.0.0.1:7777',
      'server.http.enabled': 'false',
      'server.memory.pagecache.size': '128m',
      'dbms.security.auth_enabled': 'true',
      'dbms.usage_report.enabled': 'false',
    });
  });

  test.skipIf(javaCommand() === undefined)('sets the password once, and never on a command line', () => {
    const plan = embeddedPlan(folder, join(folder, 'lib'), 7777, options);
    const password = readFileSync(join(folder, 'password'), 'utf8');
    expect(plan.server.args).toContain('-Xmx768m');
    expect(plan.server.args).toContain(plan.mark);
    expect(JSON.stringify([plan.before, plan.server])).not.toContain(password);
    expect(plan.files.find((file) => file.once)?.text).toContain(password);
    mkdirSync(join(folder, 'data', 'databases', 'system'), { recursive: true });
    expect(embeddedPlan(folder, join(folder, 'lib'), 7777, options).before).toEqual([]);
  });

  test('keeps its password for this user alone, in letters that no tool takes for an option', () => {
    const password = ensurePassword(folder);
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(ensurePassword(folder)).toBe(password);
    expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
  });

  test('with data and no password says so', () => {
    mkdirSync(join(folder, 'data', 'databases', 'system'), { recursive: true });
    expect(() => ensurePassword(folder)).toThrow(/password.*is gone.*put it back/);
  });

  test('a half-finished or older download is not taken for a whole one', () => {
    const put = (marker: object, jars: number) => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      for (let number = 0; number < jars; number += 1) writeFileSync(join(folder, `${number}.jar`), '');
      writeFileSync(join(folder, 'complete.json'), JSON.stringify(marker));
      return jarsAreWhole(folder);
    };
    expect(put({ version: neo4jVersion(), jars: 3 }, 3)).toBe(true);
    expect(put({ version: neo4jVersion(), jars: 3 }, 2)).toBe(false);
    expect(put({ version: '5.0.0', jars: 3 }, 3)).toBe(false);
    rmSync(join(folder, 'complete.json'));
    expect(jarsAreWhole(folder)).toBe(false);
  });
});

describe('a machine that lacks something', () => {
  test('is told what, how to install it, and the other ways, in one line', async () => {
    const bare = { PATH: folder, DOCKER_HOST: 'unix:///nowhere.sock' };
    const line = await lackingForNeo4j(bare);
    expect(line).toMatch(/Java 17\+ and Maven cannot be found\. Install .*start Docker, or set NEO4J_URI/);
    expect(line).not.toContain('\n');
    expect(lackingForEmbedded(true, bare)).toMatch(/Java 17\+ cannot be found/);
    expect(await lackingForNeo4j({ ...bare, NEO4J_URI: 'bolt://graph.example' })).toBeUndefined();
  });
});

/** As if no Neo4j were given and the engine were there. */
function withEngineAt(address: string, work: () => Promise<void>): Promise<void> {
  return withVariables({ NEO4J_URI: undefined, DOCKER_HOST: address }, work);
}

async function withVariables(variables: Record<string, string | undefined>, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env };
  try {
    for (const [name, value] of Object.entries(variables)) setVariable(name, value);
    await work();
  } finally {
    for (const name of Object.keys(variables)) setVariable(name, before[name]);
  }
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
