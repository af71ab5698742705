/** In a thread of its own: the catalogue, asked by messages (open.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import { Neo4jError } from 'neo4j-driver';
import { Refusal } from '../refusal.ts';
import { LocalCatalogue, type LocalOptions } from './local.ts';
import { type Asked, CLOSE, type Fault, type Told } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');
const tell = (told: Told) => port.postMessage(told);

const catalogue = new LocalCatalogue({
  connection: (workerData as Pick<LocalOptions, 'connection'>).connection,
  onState: (state) => tell({ is: 'state', state }),
  log: (message, fault) => tell({ is: 'log', message, fault: asPlain(fault) }),
});

port.on('message', (asked: Asked | typeof CLOSE) => {
  if (asked === CLOSE) return void catalogue.close().finally(() => port.close());
  const { number, method, args } = asked;
  const ask = catalogue[method] as (...given: readonly unknown[]) => Promise<unknown>;
  ask.apply(catalogue, [...args]).then(
    (answer) => tell({ is: 'answer', number, answer }),
    (fault: unknown) => {
      if (fault instanceof Refusal) {
        const { code, message, en } = fault;
        tell({ is: 'refused', number, refused: { code, message, en } });
      } else tell({ is: 'fault', number, fault: asPlain(fault) });
    },
  );
});

function asPlain(fault: unknown): Fault {
  if (!(fault instanceof Error)) return { message: String(fault) };
  const { message, stack } = fault;
  return fault instanceof Neo4jError ? { message, stack, code: fault.code } : { message, stack };
}
