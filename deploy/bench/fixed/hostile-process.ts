/** In a process of its own: clients that mean harm, one after the other's answer without a pause, until its parent ends it. */
import { Agent, request } from 'undici';
import { answer, readInput } from '../child.ts';

export interface HostileInput {
  /** Of the gateway. */
  readonly url: string;
  /** A key with the budget that every key has: ten times what those without one have. */
  readonly key: string;
}

const CLIENTS = 4;
const DEPTH = 60;
const ALIASES = 1_000;
const LARGE_BODY_BYTES = 10_000_000;

const many = (count: number, write: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => write(at)).join(' ');

/** What they send, in turn. Nothing of it should reach the database but the last, which is only dear. */
const BODIES: readonly string[] = [
  `{ heritageObjects { nodes { ${'heldBy { holdings { nodes { '.repeat(DEPTH)} uid ${'} } } '.repeat(DEPTH)} } } }`,
  `{ ${many(ALIASES, (at) => `a${at}: heritageObjects(first: 1) { totalCount }`)} }`,
  '{ heritageObjects(first: 1000000) { nodes { uid } } }',
  '{ heritageObjects(first: 5, after: "forgé par la main d’un autre") { nodes { uid } } }',
  '{ search(query: "a* b* c* OR (") { totalCount } }',
  `{ heritageObjects(first: 1, filter: { search: "${'x'.repeat(LARGE_BODY_BYTES)}" }) { nodes { uid } } }`,
  '{ heritageObjects(first: 100) { totalCount nodes { trades(first: 50) { nodes { uid } } } } }',
].map((query) => JSON.stringify({ query }));

const { url, key } = await readInput<HostileInput>();
const dispatcher = new Agent({ connections: CLIENTS });
for (let client = 0; client < CLIENTS; client += 1) void harm(client);
answer({ ready: true });

async function harm(first: number): Promise<never> {
  for (let turn = first; ; turn += 1) {
    try {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${key}`,
      };
      const body = BODIES[turn % BODIES.length]!;
      const { body: said } = await request(`${url}/graphql`, { method: 'POST', headers, body, dispatcher });
      await said.dump();
    } catch {
      // Cut off: it begins again.
    }
  }
}
