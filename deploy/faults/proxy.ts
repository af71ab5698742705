/** A way to Neo4j that fails when it is told to: every connection cut, refused for a while, held up, or cut at the very moment of a commit. */

import type { AddressInfo } from 'node:net';
import { createServer, connect as open, type Socket } from 'node:net';
import { Database, type Neo4jAddress } from '#graph-schema/database.ts';

/** Bolt 4 and 5: a message of two bytes, a structure without fields, COMMIT. https://neo4j.com/docs/bolt/current/ */
const COMMIT = Buffer.from([0x00, 0x02, 0xb0, 0x12]);

type Pair = readonly [Socket, Socket];
interface Failing {
  refuse: boolean;
  cutAtCommit: boolean;
  /** Connections that are made before this instant are held too. */
  heldUntil: number;
}

export class FailingWay {
  readonly database: Database;
  /** The address of this way, for whoever connects by it with a driver of their own. */
  readonly address: Neo4jAddress;
  readonly #stop: () => Promise<void>;
  readonly #pairs: Set<Pair>;
  readonly #state: Failing;

  private constructor(address: Neo4jAddress, pairs: Set<Pair>, state: Failing, stop: () => Promise<void>) {
    this.address = address;
    this.database = new Database(address);
    this.#pairs = pairs;
    this.#state = state;
    this.#stop = stop;
  }

  /** Throws where the address is encrypted: nothing could be seen of what goes by. */
  static async start(address: Neo4jAddress): Promise<FailingWay> {
    const { protocol, hostname, port } = new URL(address.uri);
    if (protocol.includes('+s'))
      throw new Error(`the faults of the engine need an unencrypted Neo4j, not ${address.uri}`);
    const pairs = new Set<Pair>();
    const state: Failing = { refuse: false, cutAtCommit: false, heldUntil: 0 };
    const server = createServer((client) => {
      client.on('error', () => undefined);
      if (state.refuse) client.destroy();
      else pass(client, open(Number(port || 7687), hostname), pairs, state);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const uri = `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const way = new FailingWay({ ...address, uri }, pairs, state, async () => {
      cut(pairs);
      await way.database.close();
      await new Promise((resolve) => server.close(resolve));
    });
    return way;
  }

  /** Every connection is cut, and refused for so long. */
  goneFor(ms: number): void {
    this.#state.refuse = true;
    cut(this.#pairs);
    setTimeout(() => {
      this.#state.refuse = false;
    }, ms).unref();
  }

  /** Nothing goes by for so long, on connections that are made meanwhile neither. */
  holdFor(ms: number): void {
    this.#state.heldUntil = Date.now() + ms;
    for (const pair of this.#pairs) hold(pair, this.#state);
  }

  /** The next commit reaches Neo4j; its confirmation does not come back. */
  cutAtNextCommit(): void {
    this.#state.cutAtCommit = true;
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

function hold(pair: Pair, { heldUntil }: Failing): void {
  const left = heldUntil - Date.now();
  if (left <= 0) return;
  for (const socket of pair) socket.pause();
  setTimeout(() => {
    for (const socket of pair) socket.resume();
  }, left);
}

function cut(pairs: Set<Pair>): void {
  for (const [client, server] of pairs) {
    client.destroy();
    server.destroy();
  }
}

function pass(client: Socket, server: Socket, pairs: Set<Pair>, state: Failing): void {
  const pair = [client, server] as const;
  let drops = false;
  pairs.add(pair);
  client.on('data', (data: Buffer) => {
    if (state.cutAtCommit && data.includes(COMMIT)) {
      state.cutAtCommit = false;
      drops = true;
    }
    server.write(data);
  });
  server.on('data', (data: Buffer) => {
    if (drops) client.destroy();
    else client.write(data);
  });
  server.on('error', () => client.destroy());
  hold(pair, state);
  for (const [one, other] of [pair, [server, client]] as const) {
    one.on('close', () => {
      pairs.delete(pair);
      other.destroy();
    });
  }
}
