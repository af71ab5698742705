/** What a reading of a paged list has seen, and what that says of the list: that it is short, goes in a circle, or moved while it was read. */
import { SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { hashOf, IdentifierSet } from '../identifier-set.ts';
import type { ApiCursor, ApiPage } from './paged.ts';

/** However large a partner is, a list of more pages than this does not end. */
const MOST_PAGES = 1_000_000;

/** The identifiers that a page names, in its order. Nameless rows are left out. */
export type Named = readonly string[];

/** One reading: a first pass, gone on with or from the beginning, and passes that look again for what the first may have passed over. */
export class Tally {
  readonly api: string;
  /** Rows given in this pass, repeated and nameless ones included; of several lists, in the one that is read. */
  rows: number;
  /** A row came in this pass, or before the checkpoint that it went on from. */
  isAnyGiven: boolean;
  /** The list named a record twice, or its count changed: it moved while it was read, and may have passed over some. */
  isUnsettled: boolean;
  /** The list is read again, for what is new alone. */
  isAgain = false;
  /** All that was ever named since this reading was begun or gone on with. */
  readonly identifiers = new IdentifierSet();
  /** What the partner announced last, of the list that is read. */
  total: number | undefined;
  #before = 0;
  #pages = 0;
  #positions = new IdentifierSet();
  #list: string | undefined;
  /** Named in this pass, by the list that is read. */
  #named: IdentifierSet = this.identifiers;
  /** Of rows that were named before, in this pass and list. */
  #repeats = 0;
  #longestPage = 0;
  /** Hashes of the first page of the list and of the latest: what can be known of them after a reading was cut short. */
  #first: number | undefined;
  #latest: number | undefined;

  constructor(api: string, from: ApiCursor | undefined) {
    this.api = api;
    this.rows = from?.rows ?? 0;
    this.isAnyGiven = from !== undefined;
    this.isUnsettled = from?.repeated === true;
    this.total = from?.total;
    [this.#first, this.#latest] = from?.pages ?? [];
    if (from?.at !== undefined) this.#positions.add(JSON.stringify(from.at));
  }

  /** The hashes of the list's first page and of the latest one, for the cursor. */
  get pages(): [number, number] | undefined {
    return this.#first === undefined || this.#latest === undefined ? undefined : [this.#first, this.#latest];
  }

  /** Begins a pass that is to find what the ones before passed over. */
  lookAgain(): void {
    this.isAgain = true;
    this.isUnsettled = false;
    this.isAnyGiven = false;
    this.#before = this.identifiers.size;
    this.#positions = new IdentifierSet();
    this.#pages = 0;
    this.#turnTo(undefined);
  }

  /** Ends such a pass: one that found something new was not the last. */
  settle(): void {
    if (this.identifiers.size > this.#before) this.isUnsettled = true;
  }

  /** Turns to the list that a page is of, and notes what it announces. */
  enter({ list, total }: ApiPage): void {
    if (list !== this.#list) {
      // A reading that goes on stands in the list of its first page.
      const goesOn = this.#list === undefined && this.#pages === 0 && !this.isAgain;
      const { rows, total: announced } = this;
      const [first, latest] = [this.#first, this.#latest];
      this.#turnTo(list);
      if (goesOn) [this.rows, this.total, this.#first, this.#latest] = [rows, announced, first, latest];
    }
    if (total === undefined) return;
    if (this.total !== undefined && this.total !== total) this.isUnsettled = true;
    this.total = total;
  }

  #turnTo(list: string | undefined): void {
    this.#list = list;
    this.rows = 0;
    this.total = undefined;
    this.#named = list === undefined && !this.isAgain ? this.identifiers : new IdentifierSet();
    this.#repeats = 0;
    this.#longestPage = 0;
    this.#first = this.#latest = undefined;
  }

  /** Throws where a page leads nowhere: to a position that was there before, or, its rows being those of an earlier one, round in a circle. */
  notePage(page: ApiPage, named: Named): void {
    this.#pages += 1;
    const isKnownPosition = page.next !== undefined && !this.#positions.add(JSON.stringify(page.next));
    if (isKnownPosition || this.#pages > MOST_PAGES || this.#saysNothingNew(page, named))
      throw new SourceError('transient', finding('api-loop', { api: this.api, pages: this.#pages }));
    this.#longestPage = Math.max(this.#longestPage, page.rows.length);
    if (named.length === 0) return;
    this.#latest = hashOfPage(named);
    this.#first ??= this.#latest;
  }

  #saysNothingNew(page: ApiPage, named: Named): boolean {
    if (named.length === 0) return false;
    const hash = hashOfPage(named);
    if (hash === this.#first || hash === this.#latest) return true;
    if (named.some((id) => !this.#named.has(id))) return false;
    // A short last page may hold what the list, moving, has pushed on from the page before.
    const isLast = page.next === undefined || page.listEnds === true;
    return !isLast || page.rows.length >= this.#longestPage;
  }

  /** Throws where a list gave less than was announced, or more. What follows is counted anew. One that moved is looked at again instead. */
  leave(page: ApiPage): void {
    const { api, total } = this;
    if (total !== undefined && !this.isUnsettled) {
      const particulars = { api, expected: total, found: this.rows };
      if (this.rows < total) throw new SourceError('transient', finding('api-count-short', particulars));
      // Where a list ends is often reckoned from its count: one that is too low hides the rest.
      if (this.rows - this.#repeats > total)
        throw new SourceError('transient', finding('api-count-exceeded', particulars));
    }
    if (page.next !== undefined) this.#turnTo(this.#list);
  }

  /** Whether an empty page stands before the end: another page follows it, or the partner announced more than it gave. */
  isShortOf({ total, next, listEnds }: ApiPage): boolean {
    if (next !== undefined && !listEnds) return true;
    return total !== undefined && this.rows < total;
  }

  /** Notes a record. `elsewhere`: an earlier list, or an earlier pass, gave it. */
  note(id: string): 'new' | 'again' | 'elsewhere' {
    const isNewHere = !this.#named.has(id);
    const isNew = this.identifiers.add(id);
    if (this.#named !== this.identifiers) this.#named.add(id);
    if (!isNewHere) this.#repeats += 1;
    if (isNew) return 'new';
    return isNewHere ? 'elsewhere' : 'again';
  }
}

/** The same for the same records in any order. */
function hashOfPage(named: Named): number {
  return hashOf(named.toSorted().join('\n'));
}
