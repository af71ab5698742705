/** A small OAI-PMH repository on loopback, whose records and faults change as a play wants it. It knows its own truth. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveLoopback } from '#connectors/http/loopback.ts';
import type { Fault as Misbehaviour } from '#connectors/partners/oai-provider/faults.ts';
import { serveOai } from '#connectors/partners/oai-provider/serve.ts';
import { escapeXml } from '#connectors/partners/oai-provider/xml.ts';
import {
  createOaiProvider,
  type OaiAnswer,
  type OaiRecord,
  type OaiRepository,
} from '#connectors/partners/oai-provider.ts';
import type { Clock } from './clock.ts';
import type { Partner } from './fault.ts';
import type { Expected, Truth } from './truth.ts';

export const COUNT = 45;
export const PAGE_SIZE = 10;
/** Before what failed is asked for once more: the default is for real partners. */
const PAUSE_MS = 1;
const DC_NS = 'http://purl.org/dc/elements/1.1/';
const OAI_DC_NS = 'http://www.openarchives.org/OAI/2.0/oai_dc/';

interface Thing {
  readonly id: string;
  readonly title: string;
  readonly texts: string[];
  datestamp: string;
  revision: number;
  deleted: boolean;
  /** `leaving`: taken out while a list was read. */
  inTheList: boolean | 'leaving';
}

export interface RepositoryOptions {
  readonly count?: number;
  readonly faults?: readonly Misbehaviour[];
  readonly given?: Partial<OaiRepository>;
  /** The identifier of record `n`. */
  readonly idOf?: (n: number) => string;
  readonly titleOf?: (n: number) => string;
}

/** Answers in the repository's stead; false: let it answer itself. */
export type Instead = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Every seventh record is a tombstone. */
const isTombstone = (n: number) => n % 7 === 3;

/** Record number `n`, from 0. */
export const idOf = (n: number): string => `oai:essai:${String(n).padStart(4, '0')}`;

export class Repository {
  readonly faults: Misbehaviour[];
  /** Paths and queries of all requests so far. */
  readonly asked: URL[] = [];
  instead: Instead | undefined;
  url = '';
  origin = '';
  readonly #clock: Clock;
  readonly #things = new Map<string, Thing>();
  readonly #given: Partial<OaiRepository>;
  readonly #before = new Map<number, () => void | Promise<void>>();
  #tokens: { readonly show: (token: string) => string; readonly read: (shown: string) => string } | undefined;
  #records: readonly OaiRecord[] | undefined;
  #lists = 0;
  #generation = 0;
  #stop: () => Promise<void> = async () => undefined;

  private constructor(clock: Clock, { count = COUNT, faults = [], given = {}, ...make }: RepositoryOptions) {
    this.#clock = clock;
    this.faults = [...faults];
    this.#given = given;
    for (let n = 0; n < count; n++) {
      const id = (make.idOf ?? idOf)(n);
      const title = (make.titleOf ?? ((at) => `Navette nº ${at} & sa bobine dorée`))(n);
      this.#add(id, title, `2024-03-${String(1 + (n % 28)).padStart(2, '0')}T08:00:00Z`, isTombstone(n));
    }
  }

  static async start(clock: Clock, options: RepositoryOptions = {}): Promise<Repository> {
    const repository = new Repository(clock, options);
    await repository.#serve();
    return repository;
  }

  /** The partner as a play has it; mended, it writes the spoilt records anew. */
  partner(more: Partial<Partner> & { readonly options?: Readonly<Record<string, unknown>> } = {}): Partner {
    const { options = {}, ...rest } = more;
    return {
      source: {
        protocol: 'oai-pmh',
        format: 'oai-dc',
        options: { url: this.url, metadataPrefix: 'oai_dc', pauseMs: PAUSE_MS, ...options },
      },
      truth: () => this.truth(),
      heal: (spoilt) => {
        this.heal();
        for (const id of spoilt) this.touch(id);
      },
      stop: () => this.stop(),
      ...rest,
    };
  }

  heal(): void {
    this.faults.length = 0;
    this.instead = undefined;
  }

  /** Does something when the list is asked for the `n`th time from now on, before it answers. */
  before(n: number, work: () => void | Promise<void>): void {
    this.#before.set(this.#lists + n, work);
  }

  /** No token given so far is known any more. */
  forgetTokens(): void {
    this.#generation += 1;
  }

  /** Tokens look otherwise from now on. */
  rewriteTokens(show: (token: string) => string, read: (shown: string) => string): void {
    this.#tokens = { show, read };
  }

  add(id: string, datestamp = this.#clock.stamp()): void {
    this.#add(id, `Ajoutée ${id} à la bobine`, datestamp, false);
  }

  /** Changed: another description, and a new datestamp. */
  touch(id: string, datestamp = this.#clock.stamp()): void {
    const thing = this.#thing(id);
    thing.revision += 1;
    thing.datestamp = datestamp;
    thing.texts.unshift(`${thing.title} | ${description(thing)}`);
    this.#records = undefined;
  }

  /** Taken back, with a tombstone. */
  bury(id: string): void {
    const thing = this.#thing(id);
    thing.deleted = true;
    thing.datestamp = this.#clock.stamp();
    this.#records = undefined;
  }

  /** A tombstone that lives again. */
  revive(id: string): void {
    this.#thing(id).deleted = false;
    this.touch(id);
  }

  /** Taken out of the list, without a word. */
  remove(id: string, whileRead = false): void {
    this.#thing(id).inTheList = whileRead ? 'leaving' : false;
    this.#records = undefined;
  }

  /** Everything, without a word. */
  empty(): void {
    for (const id of this.#things.keys()) this.remove(id);
  }

  /** What was taken out of the list is in it again, as it was. */
  restore(): void {
    for (const thing of this.#things.values()) thing.inTheList = true;
    this.#records = undefined;
  }

  /** Of the living. */
  ids(): string[] {
    return [...this.#things.values()]
      .filter(({ inTheList, deleted }) => inTheList === true && !deleted)
      .map(({ id }) => id);
  }

  truth(): Truth {
    const entries = [...this.#things.values()].map(({ id, texts, deleted, inTheList }): [string, Expected] => {
      const there = deleted ? 'gone' : 'kept';
      return [id, { is: inTheList === true ? there : inTheList === 'leaving' ? 'leaving' : 'absent', texts }];
    });
    return new Map(entries);
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  #add(id: string, title: string, datestamp: string, deleted: boolean): void {
    const thing = { id, title, datestamp, deleted, revision: 1, inTheList: true, texts: [] as string[] };
    thing.texts.push(`${title} | ${description(thing)}`);
    this.#things.set(id, thing);
    this.#records = undefined;
  }

  #thing(id: string): Thing {
    const thing = this.#things.get(id);
    if (thing === undefined) throw new Error(`the repository has no ${id}`);
    return thing;
  }

  async #serve(): Promise<void> {
    const answer = createOaiProvider({
      name: 'Essai',
      adminEmail: 'oai@example.org',
      earliestDatestamp: '2024-01-01T00:00:00Z',
      granularity: 'YYYY-MM-DDThh:mm:ssZ',
      deletedRecord: 'persistent',
      pageSize: PAGE_SIZE,
      formats: [{ prefix: 'oai_dc', schema: `${OAI_DC_NS}.xsd`, namespace: OAI_DC_NS }],
      sets: [{ spec: 'inventaire', name: 'Inventaire' }],
      records: () => this.#list(),
      now: this.#clock.now,
      ...this.#given,
    });
    const serve = serveOai(
      (url, method, body) => this.#shown(answer(this.#understood(url), method, body)),
      this.faults,
      (url) => void this.asked.push(url),
    );
    const { origin, stop } = await serveLoopback((request, response) => {
      void this.#prepared(request).then(() => {
        if (!(this.instead?.(request, response) ?? false)) serve(request, response);
      });
    });
    this.origin = origin;
    this.url = `${origin}/oai`;
    this.#stop = stop;
  }

  async #prepared(request: IncomingMessage): Promise<void> {
    if (!/[?&]verb=ListRecords\b/.test(request.url ?? '')) return;
    this.#lists += 1;
    const work = this.#before.get(this.#lists);
    this.#before.delete(this.#lists);
    await work?.();
  }

  /** The request, its token as the provider below gave it. */
  #understood(url: URL): URL {
    const shown = url.searchParams.get('resumptionToken');
    if (shown === null) return url;
    const [token, generation = '0'] = (this.#tokens?.read(shown) ?? shown).split('.');
    const other = new URL(url);
    other.searchParams.set('resumptionToken', Number(generation) === this.#generation ? (token ?? '') : 'forgotten');
    return other;
  }

  #shown(answer: OaiAnswer): OaiAnswer {
    const body = answer.body.replace(/(<resumptionToken[^>]*>)([^<]+)/g, (_all, tag: string, token: string) => {
      const ours = this.#generation === 0 ? token : `${token}.${this.#generation}`;
      return tag + escapeXml(this.#tokens?.show(ours) ?? ours);
    });
    return { ...answer, body };
  }

  #list(): readonly OaiRecord[] {
    this.#records ??= [...this.#things.values()].filter(({ inTheList }) => inTheList === true).map(recordOf);
    return this.#records;
  }
}

function description({ id, revision }: Pick<Thing, 'id' | 'revision'>): string {
  return `Tissée à Roubaix, l'été ; notice ${id}, révision ${revision}.`;
}

function recordOf(thing: Thing): OaiRecord {
  const fields = `<dc:title>${escapeXml(thing.title)}</dc:title><dc:description>${escapeXml(description(thing))}</dc:description>`;
  const xml = `<oai_dc:dc xmlns:oai_dc="${OAI_DC_NS}" xmlns:dc="${DC_NS}">${fields}</oai_dc:dc>`;
  return {
    identifier: thing.id,
    datestamp: thing.datestamp,
    sets: ['inventaire'],
    ...(thing.deleted ? { deleted: true } : {}),
    metadata: (prefix) => (prefix === 'oai_dc' ? xml : undefined),
  };
}
