/** The catalogue in this thread: its store, kept in step with the graph, and the questions to it. A gateway has it in a thread of its own (open.ts). */
import { fullTextQuestion } from '../compile/question.ts';
import { coverageOf } from '../network/coverage.ts';
import { networkOf } from '../network/figures.ts';
import type { CoverageAnswer, CoverageQuestion, NetworkAnswer, NetworkQuestion } from '../network/question.ts';
import { catalogueLoading } from './absent.ts';
import { Feed, GraphBegunAnew, load } from './feed.ts';
import { HitMemory } from './hits.ts';
import { Inverse } from './inverse.ts';
import { SEARCHED } from './keep.ts';
import { Memory } from './memory.ts';
import type { Catalogue, CatalogueState, SearchAnswer, SearchQuestion, Suggestion } from './question.ts';
import { type Graph, openGraph } from './reading.ts';
import { Searcher } from './search.ts';
import { Store } from './store.ts';
import { Names } from './words/names.ts';
import { similarTo } from './words/similar.ts';

const RETRY_AFTER_MS = 1_000;
/** With no more answers than this, another way to write the words is looked for. */
const FEW_FOUND = 3;

/** All that stands on one store: begun anew together. */
interface Standing {
  readonly store: Store;
  readonly hits: HitMemory;
  readonly answers: Memory<SearchAnswer>;
  readonly networks: Memory<NetworkAnswer>;
  readonly names: Names;
  readonly inverse: Inverse;
  readonly searcher: Searcher;
  readonly feed: Feed;
}

export interface LocalOptions {
  readonly connection: {
    readonly uri: string;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  /** Told when it became ready, read on, or cannot. */
  readonly onState?: (state: CatalogueState) => void;
  /** Takes what only the operator may see. */
  readonly log: (message: string, fault: unknown) => void;
}

export class LocalCatalogue implements Catalogue {
  readonly #graph: Graph;
  readonly #options: LocalOptions;
  #standing: Standing | undefined;
  #state: CatalogueState = { ready: false, loaded: 0, expected: 0, asOf: 0 };
  #isClosed = false;
  #starting: Promise<void>;

  /** Begins to read at once; `ready` waits for the end of that. */
  constructor(options: LocalOptions) {
    this.#options = options;
    this.#graph = openGraph(options.connection);
    this.#starting = this.#start();
  }

  /** Once it can be asked, or is closed. */
  async ready(): Promise<void> {
    for (let starting: Promise<void> | undefined; starting !== this.#starting; ) {
      starting = this.#starting;
      await starting;
    }
  }

  /** Brings it to the latest change now. Throws what the driver throws. */
  async look(): Promise<void> {
    await this.#standing?.feed.look();
  }

  state(): CatalogueState {
    return this.#state;
  }

  async search(question: SearchQuestion): Promise<SearchAnswer> {
    const standing = this.#ready();
    const key = JSON.stringify(question);
    const kept = standing.answers.get(key);
    if (kept) return kept;
    const before = standing.store.asOf;
    const answer = await this.#answer(standing, question);
    const parts = answer.facets.reduce((sum, { values }) => sum + values.length, answer.rows.length);
    // While its hits were read the graph may have changed.
    if (before === standing.store.asOf) standing.answers.keep(key, answer, parts);
    return answer;
  }

  async #answer({ hits, names, searcher }: Standing, question: SearchQuestion): Promise<SearchAnswer> {
    const text = question.text?.trim() ?? '';
    if (text === '') return searcher.answer(question, undefined);
    const { index, lucene } = fullTextQuestion(text);
    const answer = searcher.answer(question, await hits.find(index, lucene));
    if (!question.didYouMean || answer.total > FEW_FOUND) return answer;
    const meant = names.didYouMean(text, question.today);
    if (meant === undefined) return answer;
    const other = fullTextQuestion(meant);
    const found = await hits.find(other.index, other.lucene);
    const { total } = searcher.answer({ ...question, facets: [], first: 0 }, found);
    return total > answer.total ? { ...answer, didYouMean: meant } : answer;
  }

  async suggest(...args: Parameters<Catalogue['suggest']>): Promise<readonly Suggestion[]> {
    const [typed, kinds, first, today] = args;
    return this.#ready().names.suggest(typed, kinds.length > 0 ? kinds : SEARCHED, first, today);
  }

  async similar(uid: string, first: number, today: string): ReturnType<Catalogue['similar']> {
    const { store, inverse } = this.#ready();
    return similarTo(store, inverse, uid, first, today);
  }

  async network(question: NetworkQuestion): Promise<NetworkAnswer> {
    const { store, inverse, networks } = this.#ready();
    const key = JSON.stringify(question);
    const kept = networks.get(key);
    if (kept) return kept;
    const answer = networkOf(store, inverse, question);
    networks.keep(key, answer, answer.nodes.length + answer.edges.length);
    return answer;
  }

  async coverage(question: CoverageQuestion): Promise<CoverageAnswer> {
    const { store, inverse } = this.#ready();
    return coverageOf(store, inverse, question);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#standing?.feed.stop();
    await this.#graph.driver.close();
  }

  #ready(): Standing {
    if (this.#standing === undefined) throw catalogueLoading();
    return this.#standing;
  }

  async #start(): Promise<void> {
    while (!this.#isClosed) {
      try {
        this.#standing = await this.#read();
        this.#tell({ ready: true, asOf: this.#standing.store.asOf });
        this.#standing.feed.start();
        return;
      } catch (fault) {
        if (this.#isClosed) return;
        this.#options.log('the catalogue cannot be read; it is tried again', fault);
        await new Promise((done) => setTimeout(done, RETRY_AFTER_MS));
      }
    }
  }

  async #read(): Promise<Standing> {
    const store = new Store();
    const hits = new HitMemory(this.#graph, store);
    const answers = new Memory<SearchAnswer>();
    const networks = new Memory<NetworkAnswer>();
    const names = new Names(store);
    const watcher = { written: (row: number) => names.put(row) };
    await load(this.#graph, store, watcher, (loaded, expected) => this.#tell({ loaded, expected }));
    const feed = new Feed(this.#graph, store, {
      ...watcher,
      moved: () => {
        hits.forget();
        answers.forget();
        networks.forget();
        this.#tell({ asOf: store.asOf, loaded: store.size });
      },
      failed: (fault) => this.#failed(fault),
    });
    return { store, hits, answers, networks, names, inverse: new Inverse(store), searcher: new Searcher(store), feed };
  }

  #failed(fault: unknown): void {
    if (!(fault instanceof GraphBegunAnew)) {
      this.#options.log('the catalogue cannot be kept in step; it is tried again', fault);
      return;
    }
    const old = this.#standing;
    this.#standing = undefined;
    this.#tell({ ready: false, loaded: 0 });
    void old?.feed.stop();
    this.#starting = this.#start();
  }

  #tell(change: Partial<CatalogueState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState?.(this.#state);
  }
}
