/** What is known of a request while it is answered: who asks, what it cost so far, whether the answer may be kept. */
import { type BudgetState, type Budgets, budgetOf } from '../access/budget.ts';
import { anonymous, type Caller } from '../access/caller.ts';

/** Units for being heard at all; for a question that is refused, which was read and weighed for nothing. */
export const HEARD_COST = 1;
export const REFUSED_COST = 20;

export class Asking {
  readonly #budgets: Budgets;
  readonly #ofAnonymous: number;
  #caller: Caller;
  #cost = 0;
  /** The same question would be answered otherwise at another time, or to another. */
  isPersonal = false;
  isRefused = false;
  /** Of the answer's data, where it may be compared. */
  etag: string | undefined;

  constructor(address: string, budgets: Budgets, ofAnonymous: number) {
    this.#budgets = budgets;
    this.#ofAnonymous = ofAnonymous;
    this.#caller = anonymous(address);
  }

  /** Until it is known, whoever has this address. */
  get caller(): Caller {
    return this.#caller;
  }

  set caller(caller: Caller) {
    this.#caller = caller;
  }

  /** Units asked for so far. */
  get cost(): number {
    return this.#cost;
  }

  /** @throws Refusal BUDGET_SPENT */
  take(units: number): void {
    this.#budgets.take(this.#caller.id, this.#limit, units);
    this.#cost += units;
  }

  /** Of what was done already. */
  charge(units: number): void {
    this.#budgets.charge(this.#caller.id, this.#limit, units);
    this.#cost += units;
  }

  get budget(): BudgetState {
    return this.#budgets.state(this.#caller.id, this.#limit);
  }

  get #limit(): number {
    return budgetOf(this.#caller, this.#ofAnonymous);
  }
}
