/** A server of Node that slow, silent or countless clients cannot keep from the others, and that ends in order. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LIMITS } from '../limits.ts';

export interface Listening {
  /** `http://host:port`, without a path. */
  readonly url: string;
  /** Takes no more, finishes what it answers (for 10 s at most), and ends. */
  stop(): Promise<void>;
}

export interface Place {
  readonly port: number;
  readonly host: string;
  /** Behind proxies all connections come from one address. */
  readonly proxies: number;
}

type Limits = { readonly [name in keyof typeof LIMITS]: number };

/** Throws what listening throws (EADDRINUSE …). */
export async function listen(
  answer: RequestListener,
  { port, host, proxies }: Place,
  limits: Limits = LIMITS,
): Promise<Listening> {
  let isEnding = false;
  const server = createServer(
    {
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.connectionsCheckedEveryMs,
      keepAliveTimeout: limits.keepAliveMs,
    },
    (request, response) => {
      if (isEnding) response.setHeader('connection', 'close');
      // A connection that is kept alive after its last answer would keep an ending server waiting.
      response.once('close', () => isEnding && setImmediate(() => server.closeIdleConnections()));
      answer(request, response);
    },
  );
  server.maxConnections = limits.connections;
  // Somebody who does not read what they asked for.
  server.setTimeout(limits.idleMs, (socket) => socket.destroy());
  if (proxies === 0) server.on('connection', fewFromEach(limits.connectionsOfAddress));
  await bind(server, port, host);
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      isEnding = true;
      const closed = new Promise((done) => server.close(done));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), limits.stopMs);
      await closed;
      clearTimeout(late);
    },
  };
}

/** Ends what one address opens beyond `most`. */
function fewFromEach(most: number): (socket: Socket) => void {
  const open = new Map<string, number>();
  return (socket) => {
    const address = socket.remoteAddress ?? '?';
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) return void socket.destroy();
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  };
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}
