import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, graphql } from 'graphql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Complaint } from '../complaint.ts';
import { clientCommand } from './client.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-client-'));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const generate = (...args: readonly string[]) =>
  clientCommand().parseAsync(['generate', ...args, '--out', join(folder, 'out')], { from: 'user' });

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test('a folder of documents becomes a client beside its operations, in TypeScript and in JavaScript', async () => {
  await write('a.graphql', 'query Counts { counts { kind count } }');
  await write('b.graphql', 'query Names { trades { nodes { name } } }');
  await write('notes.txt', 'not a document');
  await generate(folder);
  expect((await readdir(join(folder, 'out'))).sort()).toEqual([
    'client.js',
    'client.ts',
    'operations.generated.js',
    'operations.generated.json',
    'operations.generated.ts',
  ]);
  const { CountsDocument, NamesDocument } = await import(join(folder, 'out', 'operations.generated.js'));
  expect([CountsDocument.kind, NamesDocument.kind]).toEqual(['query', 'query']);
});

test('the schema of another hub is asked of it', async () => {
  const schema = buildSchema('type Query { elsewhere: Int }');
  const hub = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    response.end(JSON.stringify(await graphql({ schema, source: JSON.parse(body).query })));
  });
  await new Promise<void>((done) => hub.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/graphql`;
  const document = await write('a.graphql', 'query Elsewhere { elsewhere }');
  await generate(document, '--schema', url);
  hub.closeAllConnections();
  await new Promise((done) => hub.close(done));
  expect(await readFile(join(folder, 'out', 'operations.generated.ts'), 'utf8')).toContain('elsewhere: number | null');
  await expect(generate(document, '--schema', url)).rejects.toThrow(Complaint);
});

test.each([
  ['a document that does not fit the schema', 'query A { nothing }'],
  ['a document that cannot be read', 'query A {'],
])('%s is a complaint, and nothing is written', async (_, text) => {
  const document = await write('a.graphql', text);
  await expect(generate(document)).rejects.toThrow(Complaint);
  expect(await readdir(folder)).toEqual(['a.graphql']);
});

test('what is not there, and a folder without documents, are complaints', async () => {
  await expect(generate(join(folder, 'nowhere'))).rejects.toThrow('n’existe pas');
  await expect(generate(folder)).rejects.toThrow('0 fichiers .graphql');
  await expect(
    generate(await write('a.graphql', 'query A { counts { count } }'), '--schema', join(folder, 'x')),
  ).rejects.toThrow(Complaint);
});
