/** What passes between a gateway and the thread of its catalogue. */
import type { Refusal } from '../refusal.ts';
import type { CatalogueState } from './question.ts';

/** What can be asked: methods of Catalogue that answer. */
export type Method = 'search' | 'suggest' | 'similar' | 'network' | 'coverage';

/** The thread is to end by itself, when it has read what it is reading. */
export const CLOSE = 'close';

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
