/** In a thread of its own: the catalogue, asked by messages (open.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import { Neo4jError } from 'neo4j-driver';
import { Refusal } from '../refusal.ts';
import { LocalCatalogue, type LocalOptions } from './local.ts';
import type { CatalogueState } from './question.ts';

/** What can be asked: methods of Catalogue that answer. */
export type Method = 'search' | 'suggest' | 'similar' | 'network' | 'coverage';

export interface Asked {
  readonly number: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

/** What a refusal is made of: a class does not pass between threads. */
export type Refused = Pick<Refusal, 'code' | 'message' | 'en'>;

/** What an error is made of. `code`: of a fault of the database. */
export interface Fault {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string;
}

export type Told =
  | { readonly is: 'state'; readonly state: CatalogueState }
  | { readonly is: 'log'; readonly message: string; readonly fault: Fault }
  | { readonly is: 'answer'; readonly number: number; readonly answer: unknown }
  | { readonly is: 'refused'; readonly number: number; readonly refused: Refused }
  | { readonly is: 'fault'; readonly number: number; readonly fault: Fault };

const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');
const tell = (told: Told) => port.postMessage(told);

const catalogue = new LocalCatalogue({
  connection: (workerData as Pick<LocalOptions, 'connection'>).connection,
  onState: (state) => tell({ is: 'state', state }),
  log: (message, fault) => tell({ is: 'log', message, fault: asPlain(fault) }),
});

port.on('message', ({ number, method, args }: Asked) => {
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
