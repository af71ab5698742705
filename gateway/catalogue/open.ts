/** The catalogue as a gateway has it: in a thread of its own, so that counting a million rows keeps no other request waiting. */
import { Worker } from 'node:worker_threads';
import { Neo4jError } from 'neo4j-driver';
import type { Log } from '../errors.ts';
import type { CoverageAnswer, NetworkAnswer } from '../network/question.ts';
import { Refusal } from '../refusal.ts';
import { catalogueLoading } from './absent.ts';
import type { LocalOptions } from './local.ts';
import { type Asked, CLOSE, type Fault, type Method, type Told } from './messages.ts';
import type { Catalogue, CatalogueState, SearchAnswer, Suggestion } from './question.ts';

const RESTART_AFTER_MS = 1_000;
const CLOSE_WITHIN_MS = 5_000;
const NOTHING_YET: CatalogueState = { ready: false, loaded: 0, expected: 0, asOf: 0 };

/** Begins to read the graph; questions are refused with CATALOGUE_LOADING until that is through. The caller closes it. */
export function openCatalogue(connection: LocalOptions['connection'], log: Log): Catalogue {
  return new CatalogueThread(connection, log);
}

interface Waiting {
  readonly answered: (answer: never) => void;
  readonly failed: (fault: unknown) => void;
}

class CatalogueThread implements Catalogue {
  readonly #connection: LocalOptions['connection'];
  readonly #log: Log;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker;
  #next = 0;
  #state = NOTHING_YET;
  #isClosed = false;

  constructor(connection: LocalOptions['connection'], log: Log) {
    this.#connection = connection;
    this.#log = log;
    this.#worker = this.#start();
  }

  search(...args: Parameters<Catalogue['search']>): Promise<SearchAnswer> {
    return this.#ask('search', args);
  }

  suggest(...args: Parameters<Catalogue['suggest']>): Promise<readonly Suggestion[]> {
    return this.#ask('suggest', args);
  }

  similar(...args: Parameters<Catalogue['similar']>): ReturnType<Catalogue['similar']> {
    return this.#ask('similar', args);
  }

  network(...args: Parameters<Catalogue['network']>): Promise<NetworkAnswer> {
    return this.#ask('network', args);
  }

  coverage(...args: Parameters<Catalogue['coverage']>): Promise<CoverageAnswer> {
    return this.#ask('coverage', args);
  }

  state(): CatalogueState {
    return this.#state;
  }

  /** A thread that is ended from without while it loads its code may take the process with it: it is asked to end, and ended only where it does not. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    if (worker.threadId < 0) return;
    const ended = new Promise<void>((done) => worker.once('exit', () => done()));
    worker.postMessage(CLOSE);
    const late = setTimeout(() => void worker.terminate(), CLOSE_WITHIN_MS);
    await ended;
    clearTimeout(late);
  }

  #ask<T>(method: Method, args: readonly unknown[]): Promise<T> {
    if (!this.#state.ready) return Promise.reject(catalogueLoading());
    this.#next += 1;
    const number = this.#next;
    return new Promise<T>((answered, failed) => {
      this.#waiting.set(number, { answered, failed });
      this.#worker.postMessage({ number, method, args } satisfies Asked);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { connection: this.#connection },
      name: 'catalogue',
    });
    worker.on('message', (told: Told) => this.#hear(told));
    worker.on('error', (fault) => this.#log('the catalogue’s thread broke; it is started again', fault));
    worker.on('exit', () => this.#ended());
    return worker;
  }

  #hear(told: Told): void {
    if (told.is === 'state') this.#state = told.state;
    else if (told.is === 'log') this.#log(told.message, asError(told.fault));
    else {
      const waiting = this.#waiting.get(told.number);
      this.#waiting.delete(told.number);
      if (told.is === 'answer') waiting?.answered(told.answer as never);
      else if (told.is === 'refused')
        waiting?.failed(new Refusal(told.refused.code, told.refused.message, told.refused.en));
      else waiting?.failed(asError(told.fault));
    }
  }

  /** Who waited is told; a new thread reads everything again. */
  #ended(): void {
    this.#state = NOTHING_YET;
    for (const { failed } of this.#waiting.values()) failed(catalogueLoading());
    this.#waiting.clear();
    if (this.#isClosed) return;
    setTimeout(() => {
      if (!this.#isClosed) this.#worker = this.#start();
    }, RESTART_AFTER_MS).unref();
  }
}

/** As the thread met it: what the database said is told from a bug by its type (errors.ts). */
function asError({ message, stack, code }: Fault): Error {
  const error = code === undefined ? new Error(message) : new Neo4jError(message, code, '', message);
  return stack === undefined ? error : Object.assign(error, { stack });
}
