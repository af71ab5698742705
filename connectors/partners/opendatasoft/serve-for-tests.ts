/** A stand alone on loopback, that counts what it is asked and can break off: for the tests of the connectors. */
import { type Loopback, serveLoopback } from '../../http/loopback.ts';
import { type Answer, NOT_FOUND, send } from '../answer.ts';

export interface ServedStand extends Loopback {
  /** Addresses asked, in order. */
  readonly asked: URL[];
  /** From now on every answer after this many is broken off. */
  breakOffAfter: number;
}

export async function serveStand(open: (base: () => string) => (url: URL) => Answer | undefined): Promise<ServedStand> {
  const asked: URL[] = [];
  let origin = '';
  const stand = open(() => origin);
  const loopback = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', origin);
    asked.push(url);
    if (asked.length > served.breakOffAfter) response.destroy();
    else send(request, response, stand(url) ?? NOT_FOUND);
  });
  origin = loopback.origin;
  const served: ServedStand = { ...loopback, asked, breakOffAfter: Number.POSITIVE_INFINITY };
  return served;
}
