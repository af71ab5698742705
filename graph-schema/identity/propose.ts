/**
 * Which structures, objects and events of the graph may be one: what is sure is decided (`by` says which rule), what is likely is
 * put before a steward, the rest stays apart. Never against what a steward said; never again after it was undone.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../database.ts';
import { compare } from '../fold/describing.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { BLOCKING_LIMITS, type BlockingLimits, candidatePairs } from './candidates.ts';
import { everyTwo, joinable, membersOf, spanning } from './components.ts';
import { decideSame } from './decide.ts';
import type { Described } from './described.ts';
import { ask, keepClosed, type Question, settleGone } from './proposals.ts';
import { decidedOn, pairKey } from './propose-decided.ts';
import { evidenceOf, PROPOSED_KINDS, type ProposedKind, type Sort, withSort } from './propose-sorts.ts';
import { type IdentityThreshold, identityThresholdsText, readIdentityThresholds } from './thresholds.ts';

export interface ProposeOptions {
  /** Default: all three. */
  readonly kinds?: readonly ProposedKind[];
  /** Only pairs of which one side changed after this change number. Default 0: all. */
  readonly since?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Proposing) => void;
}

/** What came of one kind. */
export interface Proposing {
  readonly kind: ProposedKind;
  /** Things read; pairs worth comparing; those looked at, as one side had changed. */
  described: number;
  pairs: number;
  compared: number;
  /** Decided by a rule; put before a steward now; settled by themselves. */
  decided: number;
  asked: number;
  settled: number;
  /** Stopped before its end: what was done stays, the rest comes the next time. */
  stopped: boolean;
}

/** Descriptions held at once: one of an object takes about a kilobyte. */
const MEMBERS_AT_ONCE = 400_000;
/** Counters of blocks for each thing, and at most: it has some ten blocks, and two that share a counter are seldom told apart. */
const COUNTERS = { each: 64, most: 2 ** 26 } as const;
/** Sure pairs that are weighed together. What goes beyond is put before a steward: a rule that is sure so often is wrong. */
const MOST_SURE = 20_000;
/** Pairs looked up, and questions written, at once. */
const PAGE = 500;

/** Raise it when a rule changes what is alike: all is then compared again. */
const RULES = 4;
/** Of the rules and thresholds. */
export const identityRules = (): string =>
  createHash('sha256').update(`rules ${RULES}\0${identityThresholdsText()}`).digest('hex').slice(0, 16);

/** Looks through the graph once. Throws what the driver throws; what was decided and asked until then stands. */
export async function proposeIdentities(
  database: Database,
  resolver: Resolver,
  options: ProposeOptions = {},
): Promise<readonly Proposing[]> {
  const thresholds = readIdentityThresholds(identityThresholdsText());
  const done: Proposing[] = [];
  // In the order of the kinds: objects are compared by their holders.
  for (const kind of PROPOSED_KINDS.filter((one) => options.kinds?.includes(one) ?? true))
    done.push(
      await withSort(kind, (sort) => new Search(database, resolver, sort, thresholds[sort.what], options).run()),
    );
  return done;
}

/** Two that are likely one. */
interface Found<C> {
  readonly a: Described<C>;
  readonly b: Described<C>;
  readonly score: number;
  readonly why: string;
}

/** One look at one kind. */
class Search<C> {
  readonly #database: Database;
  readonly #resolver: Resolver;
  readonly #sort: Sort<C>;
  readonly #threshold: IdentityThreshold;
  readonly #options: ProposeOptions;
  readonly #id = randomUUID();
  readonly #done: Proposing;
  readonly #sure: Found<C>[] = [];
  #likely: Found<C>[] = [];

  constructor(
    database: Database,
    resolver: Resolver,
    sort: Sort<C>,
    threshold: IdentityThreshold,
    options: ProposeOptions,
  ) {
    this.#database = database;
    this.#resolver = resolver;
    this.#sort = sort;
    this.#threshold = threshold;
    this.#options = options;
    const nothing = { described: 0, pairs: 0, compared: 0, decided: 0, asked: 0, settled: 0, stopped: false };
    this.#done = { kind: sort.kind, ...nothing };
  }

  async run(): Promise<Proposing> {
    await this.#compare();
    const { sure, doubtful } = joinable(this.#sure, (a, b) => this.#mayBeOne(a, b));
    for (const one of doubtful) await this.#ask(one);
    for (const group of sure) {
      if (this.#isStopped()) break;
      await this.#join(group);
    }
    await this.#askAll();
    if (!this.#isStopped()) {
      const { since = 0 } = this.#options;
      this.#done.settled = await settleGone(this.#database, { kind: this.#sort.kind, run: this.#id, since });
    }
    this.#done.stopped = this.#isStopped();
    this.#options.onProgress?.(this.#done);
    return this.#done;
  }

  async #compare(): Promise<void> {
    const { since = 0 } = this.#options;
    const limits = await this.#limits();
    const pairs = candidatePairs({
      open: () => this.#read(),
      blocksOf: ({ compared }) => this.#sort.blocksOf(compared),
      limits,
      tell: ({ descriptions, pairs: count }) => Object.assign(this.#done, { described: descriptions, pairs: count }),
    });
    for await (const [a, b] of pairs) {
      if (this.#isStopped()) return;
      if ((a.changed <= since && b.changed <= since) || areOneSources(a, b)) continue;
      this.#done.compared += 1;
      if (this.#done.compared % 10_000 === 0) this.#options.onProgress?.(this.#done);
      const { score, why } = this.#sort.likeness(a.compared, b.compared);
      if (score < this.#threshold.proposed) continue;
      const found = { a, b, score, why };
      if (score >= this.#threshold.linked && this.#sure.length < MOST_SURE) this.#sure.push(found);
      else await this.#ask(found);
    }
  }

  /** Ends early where it is told to stop: a large graph takes minutes to read. */
  async *#read(): AsyncGenerator<Described<C>> {
    for await (const one of this.#sort.read(this.#database)) {
      if (this.#isStopped()) return;
      yield one;
    }
  }

  async #limits(): Promise<BlockingLimits> {
    const { records } = await this.#database.read((tx) => tx.run(`MATCH (e:${this.#sort.kind}) RETURN count(e) AS n`));
    const wanted = 2 ** Math.ceil(Math.log2(COUNTERS.each * (1 + Number(records[0]?.get('n')))));
    return { ...BLOCKING_LIMITS, membersAtOnce: MEMBERS_AT_ONCE, counters: Math.min(wanted, COUNTERS.most) };
  }

  #mayBeOne(a: Described<C>, b: Described<C>): boolean {
    return !areOneSources(a, b) && this.#sort.likeness(a.compared, b.compared).score >= this.#threshold.proposed;
  }

  async #join(group: readonly Found<C>[]): Promise<void> {
    const pairs = everyTwo(membersOf(group)).map(([a, b]) => ({ a: a.uid, b: b.uid }));
    const decided = await decidedOn(this.#database, pairs);
    // What a steward has parted, or undone, makes its whole group a matter for stewards: they know more than the rule.
    if ([...decided.values()].some((before) => before !== 'same')) for (const found of group) await this.#ask(found);
    else {
      const open = group.filter((found) => !decided.has(pairKey(pairOf(found))));
      for (const found of this.#sort.merges ? spanning(open) : open) await this.#decide(found);
    }
  }

  async #decide(found: Found<C>): Promise<void> {
    const question = this.#question(found);
    const by = `trame (${this.#sort.what} : ${found.why})`;
    const said = { score: question.score, rule: question.rule };
    const result = await decideSame(this.#database, this.#resolver, [question.a, question.b], { by, data: said });
    // Somebody else decided meanwhile, or what they said changed: the next look knows.
    if ('refused' in result) return;
    this.#done.decided += 1;
    const closed = { state: 'accepted', by, decision: result.decision } as const;
    await this.#database.write((tx) => keepClosed(tx, question, this.#id, closed));
  }

  async #ask(found: Found<C>): Promise<void> {
    this.#likely.push(found);
    if (this.#likely.length >= PAGE) await this.#askAll();
  }

  async #askAll(): Promise<void> {
    const likely = this.#likely;
    this.#likely = [];
    if (likely.length === 0) return;
    const decided = await decidedOn(this.#database, likely.map(pairOf));
    const open = likely.filter((found) => (decided.get(pairKey(pairOf(found))) ?? 'undone') === 'undone');
    const questions = open.map((found) => this.#question(found));
    this.#done.asked += await this.#database.write((tx) => ask(tx, questions, this.#id));
  }

  #question({ a, b, score, why }: Found<C>): Question {
    const [first, second] = compare(a.key, b.key) < 0 ? [a, b] : [b, a];
    const facets = [this.#sort.facets(first.compared), this.#sort.facets(second.compared)] as const;
    const { agrees, differs } = evidenceOf(...facets);
    const differing = differs.map((name) => [name, facets[0][name], facets[1][name]]);
    return {
      kind: this.#sort.kind,
      a: first.key,
      b: second.key,
      uidA: first.uid,
      uidB: second.uid,
      score: Math.round(score * 1000) / 1000,
      rule: why,
      agrees,
      differs,
      compared: createHash('sha256')
        .update(JSON.stringify([why, differing]))
        .digest('hex')
        .slice(0, 16),
    };
  }

  #isStopped(): boolean {
    return this.#options.signal?.aborted ?? false;
  }
}

const pairOf = <C>({ a, b }: Found<C>) => ({ a: a.uid, b: b.uid });

/** What one source gives two identifiers is two things. */
function areOneSources<C>(a: Described<C>, b: Described<C>): boolean {
  return a.sources.some((source) => b.sources.includes(source));
}
