/** The reading of a tree of collections: depth first, in the partner's order, from the root or a checkpoint to the end. */
import { finding } from '#graph-schema/findings/finding.ts';
import { getJson } from '../api/json.ts';
import { type Context, type Message, SourceError } from '../connector.ts';
import { typeIn } from '../formats/shared/json-ld.ts';
import { redacted } from '../http/url.ts';
import { hashOf, IdentifierSet } from '../identifier-set.ts';
import { type CollectionPage, collectionIn, type Member } from './collection.ts';
import { readManifest } from './manifest.ts';
import type { IiifCursor, IiifOptions } from './options.ts';

export const LIMITS = { depth: 20, pages: 100_000, brokenInARow: 20, unreadNamed: 20 } as const;

/** These say that one document is not to be had, and nothing of the others. Anything else (a network that fails, a server that is busy) ends the reading. */
const OF_ONE_DOCUMENT: ReadonlySet<string> = new Set([
  'api-refused',
  'api-key-refused',
  'api-not-json',
  'http-too-large',
  'api-page-too-large',
  'http-address-invalid',
  'http-redirect-endless',
]);

/** One collection that is open: the page of it that is being read. */
interface Frame {
  readonly url: string;
  page: CollectionPage | undefined;
  /** The rank of the next member. */
  at: number;
  /** The last member that was read. */
  after: string | undefined;
  /** Members read on all pages so far; undefined where reading began in the middle. */
  members: number | undefined;
  /** How many there are on all pages, where a page before this one said so. */
  readonly total?: number | undefined;
}

type Messages<Result = void> = AsyncGenerator<Message<IiifCursor>, Result>;

/** All messages of the tree below `options.url`. Ends as a snapshot where every collection was read; else throws one SourceError after the last record. */
export async function* walk(options: IiifOptions, context: Context, from: IiifCursor | undefined): Messages {
  const walker = new Walker(options, context, from);
  yield* walker.read();
}

/** The document at an address as a collection. Throws SourceError where it is none. */
export async function fetchCollection(url: string, context: Context): Promise<CollectionPage> {
  const { json } = await getJson(context, url);
  const page = collectionIn(json);
  if (page) return page;
  const found = (json === undefined ? undefined : typeIn(json)) ?? 'JSON';
  throw new SourceError('config', finding('iiif-not-collection', { url: redacted(url), found: found.slice(0, 100) }));
}

class Walker {
  readonly #options: IiifOptions;
  readonly #context: Context;
  readonly #frames: Frame[];
  readonly #collections = new IdentifierSet();
  readonly #manifests = new IdentifierSet();
  readonly #unread: string[];
  #named: number;
  #pages = 0;
  #brokenInARow = 0;

  constructor(options: IiifOptions, context: Context, from: IiifCursor | undefined) {
    this.#options = options;
    this.#context = context;
    const isBegun = from !== undefined && from.of === hashOf(options.url) && from.open.length > 0;
    const open = isBegun ? from.open : [{ url: options.url }];
    this.#frames = open.map(({ url, after }: { url: string; after?: string | undefined }) => ({
      url,
      page: undefined,
      at: 0,
      after,
      members: after === undefined ? 0 : undefined,
    }));
    this.#unread = isBegun ? [...(from.unread ?? [])] : [];
    this.#named = isBegun ? from.manifests : 0;
    for (const { url } of this.#frames) this.#collections.add(url);
  }

  async *read(): Messages {
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      this.#stopIfTold();
      const page = await this.#pageOf(frame);
      const member = page?.members[frame.at];
      if (page === undefined) this.#close(frame);
      else if (member === undefined) this.#turn(frame, page);
      else {
        frame.at += 1;
        if (frame.members !== undefined) frame.members += 1;
        yield* this.#readMember(frame, member);
      }
    }
    yield* this.#end();
  }

  /** The page that is open; fetched where it is not here yet. Undefined where it cannot be read, which is remembered. */
  async #pageOf(frame: Frame): Promise<CollectionPage | undefined> {
    if (frame.page) return frame.page;
    const isRoot = frame.url === this.#options.url;
    try {
      this.#pages += 1;
      if (this.#pages > LIMITS.pages) throw this.#tooDeep(frame.url);
      const page = await fetchCollection(frame.url, this.#context);
      frame.page = page;
      frame.at = this.#resumeAt(frame, page);
      return page;
    } catch (fault) {
      if (isRoot || !(fault instanceof SourceError) || !isOfOneDocument(fault)) throw fault;
      this.#context.tell(fault.finding);
      this.#unread.push(frame.url);
      return undefined;
    }
  }

  /** After the member that was read last; the whole page again where that is no longer there. */
  #resumeAt(frame: Frame, page: CollectionPage): number {
    if (frame.after === undefined) return 0;
    const rank = page.members.findIndex(({ id }) => id === frame.after);
    if (rank < 0) this.#context.tell(finding('iiif-collection-changed', { url: redacted(frame.url) }));
    return rank + 1;
  }

  #close(frame: Frame): void {
    this.#frames.splice(this.#frames.indexOf(frame), 1);
  }

  /** The next page of the same collection takes the place of this one. */
  #turn(frame: Frame, page: CollectionPage): void {
    this.#close(frame);
    const total = page.total ?? frame.total;
    const next = page.next === undefined ? undefined : absolute(page.next, frame.url);
    if (next !== undefined && this.#collections.add(next)) {
      this.#frames.push({ url: next, page: undefined, at: 0, after: undefined, members: frame.members, total });
      return;
    }
    if (next !== undefined) this.#context.tell(finding('iiif-collection-again', { url: redacted(next) }));
    if (total === undefined || frame.members === undefined || frame.members >= total) return;
    const particulars = { api: redacted(frame.url), expected: total, found: frame.members };
    this.#context.tell(finding('api-count-short', particulars));
    this.#unread.push(frame.url);
  }

  async *#readMember(frame: Frame, { kind, id }: Member): Messages {
    if (id === undefined) {
      yield {
        kind: 'rejected',
        finding: finding('iiif-member-nameless', { url: redacted(frame.url), rank: frame.at }),
      };
      return;
    }
    frame.after = id;
    const url = absolute(id, frame.url) ?? id;
    if (kind === 'collection') this.#open(url);
    else if (this.#manifests.add(id)) {
      this.#named += 1;
      yield await this.#manifest(id, url);
      yield { kind: 'checkpoint', cursor: this.#cursor() };
    }
  }

  #open(url: string): void {
    if (this.#frames.length >= LIMITS.depth) throw this.#tooDeep(url);
    if (this.#collections.add(url)) {
      this.#frames.push({ url, page: undefined, at: 0, after: undefined, members: 0 });
    } else this.#context.tell(finding('iiif-collection-again', { url: redacted(url) }));
  }

  /** The record of a manifest, or why it is none: one that is broken does not stop its neighbours. */
  async #manifest(id: string, url: string): Promise<Message<IiifCursor>> {
    try {
      const message = await readManifest(id, url, this.#context, this.#options);
      this.#brokenInARow = 0;
      return message;
    } catch (fault) {
      if (!(fault instanceof SourceError) || !isOfOneDocument(fault)) throw fault;
      this.#brokenInARow += 1;
      if (this.#brokenInARow >= LIMITS.brokenInARow) {
        const particulars = { count: this.#brokenInARow, id: redacted(id) };
        throw new SourceError('transient', finding('iiif-many-unread', particulars), { cause: fault });
      }
      return {
        kind: 'rejected',
        id,
        finding: finding('iiif-manifest-unread', { id: redacted(id), reason: fault.message }),
        // Behind a login since: the version that everyone saw goes too.
        ...(fault.finding.code === 'api-key-refused' ? { hides: true as const } : {}),
      };
    }
  }

  *#end(): Generator<Message<IiifCursor>> {
    if (this.#named === 0 && this.#unread.length === 0)
      throw new SourceError('config', finding('api-nothing', { api: redacted(this.#options.url) }));
    yield { kind: 'checkpoint', cursor: { open: [], manifests: 0 }, passEnded: true };
    if (this.#unread.length > 0) {
      const names = this.#unread.slice(0, LIMITS.unreadNamed).map(redacted).join(', ');
      throw new SourceError('transient', finding('iiif-collections-unread', { count: this.#unread.length, names }));
    }
    yield { kind: 'end', coverage: 'snapshot', expected: this.#named };
  }

  #cursor(): IiifCursor {
    const open = this.#frames.map(({ url, after }) => (after === undefined ? { url } : { url, after }));
    const unread = this.#unread.slice(0, LIMITS.unreadNamed);
    return { open, of: hashOf(this.#options.url), manifests: this.#named, ...(unread.length === 0 ? {} : { unread }) };
  }

  #stopIfTold(): void {
    if (this.#context.signal.aborted) throw new SourceError('transient', finding('api-stopped', { api: 'iiif' }));
  }

  #tooDeep(url: string): SourceError {
    const particulars = { url: redacted(url), limit: LIMITS.depth, most: LIMITS.pages };
    return new SourceError('config', finding('iiif-too-deep', particulars));
  }
}

function isOfOneDocument({ finding: { code } }: SourceError): boolean {
  return OF_ONE_DOCUMENT.has(code) || code === 'api-answer-unexpected' || code === 'iiif-not-collection';
}

/** An address as it is asked for: relative ones stand against the document that names them. */
function absolute(address: string, base: string): string | undefined {
  return URL.parse(address, base)?.href;
}
