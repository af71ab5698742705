/** Cuts a feed into its entries: `item` of RSS (2.0, 1.0, 0.9x), `entry` of Atom. Streams. */
import { createHash } from 'node:crypto';
import { finding } from '#graph-schema/findings/finding.ts';
import { charsetOf } from '../../charset.ts';
import type { Json } from '../../connector.ts';
import { childrenOf, textOf, type XmlElement } from '../../xml.ts';
import { XmlFault, xmlElements } from '../../xml-stream.ts';
import { headOf, type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { webAddress } from '../shared/text.ts';
import { mended } from './mend.ts';

/** Its entries' name, by the root of a feed. */
const ENTRIES: Readonly<Record<string, string>> = { rss: 'item', RDF: 'item', feed: 'entry' };
const LIMITS = { maxTextBytes: 2_097_152, maxRecordBytes: 4_194_304, head: 1_024 } as const;
const MADE = 'sans-id-';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** A feed that breaks off keeps the entries before the break, and is refused at its end. One that is not well-formed is mended where that is sure, and told. */
export async function* cutFeed(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const head = new TextDecoder().decode(await headOf(file, LIMITS.head)).replace(/\0/g, '');
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype html|html)[\s>]/i.test(head))
    return yield refuse(finding('file-web-page', { file: file.name }));
  const charset = file.reading?.encoding ?? charsetOf(file.mediaType);
  const first = new Entries(file, tell, 0);
  yield* first.read(file.bytes(), charset);
  if (first.fault?.kind === 'malformed') {
    const again = await mended(file, charset);
    if (again) {
      const second = new Entries(file, tell, first.position);
      for (const [kind, count] of Object.entries(again.repairs)) tell(repaired(file, kind, count));
      yield* second.read([again.bytes], 'utf-8');
      return yield* second.refusal();
    }
  }
  yield* first.refusal();
}

const repaired = (file: ReadableFile, kind: string, count: number) =>
  finding('feed-repaired', { file: file.name, kind, count });

/** One reading of a feed, the first `skipped` entries left out. */
class Entries {
  position = 0;
  fault: XmlFault | undefined;
  readonly #file: ReadableFile;
  readonly #tell: Tell;
  readonly #skipped: number;
  #root = '';
  #made = 0;

  constructor(file: ReadableFile, tell: Tell, skipped: number) {
    this.#file = file;
    this.#tell = tell;
    this.#skipped = skipped;
  }

  async *read(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, charset: string | undefined) {
    const refused: LocatedCut[] = [];
    const options = {
      ...LIMITS,
      charset,
      repaired: (kind: string, count: number) => this.#tell(repaired(this.#file, kind, count)),
      capped: (fault: XmlFault, partial: XmlElement) => {
        this.position += 1;
        if (this.position > this.#skipped) refused.push(tooLarge(this.#file, fault, partial, this.position));
      },
    };
    try {
      for await (const { element, raw } of xmlElements(bytes, this.#want, options)) {
        yield* refused.splice(0);
        this.position += 1;
        if (this.position <= this.#skipped) continue;
        const cut = cutEntry(this.#file, element, raw, this.position);
        if (cut.kind === 'record' && cut.id.startsWith(MADE)) this.#made += 1;
        yield cut;
      }
    } catch (fault) {
      if (!(fault instanceof XmlFault)) throw fault;
      this.fault = fault;
    }
    yield* refused;
    if (this.#made > 0) this.#tell(finding('feed-ids-missing', { file: this.#file.name, count: this.#made }));
  }

  /** Why the file was not read to its end, or is no feed; nothing where all is well. */
  *refusal(): Generator<LocatedCut> {
    const file = this.#file.name;
    if (this.fault) {
      const reason = `${this.fault.message.slice(0, 150)} (${this.fault.line}:${this.fault.column})`;
      yield refuse(finding('feed-broken', { file, reason }));
    } else if (ENTRIES[this.#root] === undefined) yield refuse(finding('feed-none', { file, root: this.#root || '–' }));
  }

  readonly #want = (name: string, _: string, depth: number): boolean => {
    if (depth === 0) this.#root = name;
    return depth > 0 && name === ENTRIES[this.#root];
  };
}

function cutEntry(file: ReadableFile, element: XmlElement, text: string, line: number): LocatedCut {
  const raw = new TextEncoder().encode(text);
  const id = idOf(element) ?? madeId(element);
  if (id === undefined)
    return { kind: 'rejected', line, raw, finding: finding('feed-entry-empty', { file: file.name, line }) };
  const modified = ['updated', 'modified', 'pubDate', 'published', 'date']
    .map((name) => textIn(element, name))
    .find((one) => one !== undefined);
  return { kind: 'record', line, id, row: element as Json, raw, ...(modified === undefined ? {} : { modified }) };
}

/** From what tells one entry from another, where the partner gives it no name. */
function madeId(element: XmlElement): string | undefined {
  const said = ['title', 'pubDate', 'published', 'date'].map((name) => textIn(element, name));
  const known = said.some((text) => text !== undefined) ? said : [textIn(element, 'description')];
  if (known.every((text) => text === undefined)) return undefined;
  return `${MADE}${createHash('sha256').update(JSON.stringify(known)).digest('hex').slice(0, 20)}`;
}

function tooLarge(file: ReadableFile, fault: XmlFault, partial: XmlElement, line: number): LocatedCut {
  const found = finding('feed-entry-too-large', { file: file.name, line, reason: fault.message });
  const id = idOf(partial);
  return id === undefined ? { kind: 'rejected', line, finding: found } : { kind: 'rejected', line, id, finding: found };
}

/** `guid` or `id`; else the link, which stays as long as the page does. */
function idOf(element: XmlElement): string | undefined {
  return textIn(element, 'guid') ?? textIn(element, 'id') ?? element.attributes[`{${RDF}}about`] ?? linkOf(element);
}

function textIn(element: XmlElement, name: string): string | undefined {
  const [first] = childrenOf(element, name);
  return (first && textOf(first)) || undefined;
}

const BASE = '{http://www.w3.org/XML/1998/namespace}base';

/** An address that is relative to `xml:base` of the nearest element that has one; as it stands where none has. */
function absolute(address: string, nearest: readonly XmlElement[]): string {
  const base = nearest.map(({ attributes }) => attributes[BASE]).find((one) => one !== undefined);
  if (base === undefined || address === '' || !URL.canParse(address, base)) return address;
  return new URL(address, base).href;
}

const ATOM = /^http:\/\/(www\.w3\.org\/2005\/Atom|purl\.org\/atom\/ns#)$/;

/** The page that an entry leads to: `link` of RSS, `link[rel=alternate]` of Atom (rel may be absent); where RSS has none, a `guid` that is an address. */
export function linkOf(element: XmlElement): string | undefined {
  const links = childrenOf(element, 'link');
  const alternates = links.filter(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate');
  const addresses = alternates.map((link) => absolute(link.attributes['href'] ?? textOf(link), [link, element]));
  const [guid] = childrenOf(element, 'guid');
  const permanent = guid && guid.attributes['isPermaLink'] !== 'false' ? textOf(guid) : undefined;
  const isAtom = ATOM.test(element.ns);
  return [...addresses, isAtom ? undefined : permanent].map(webAddress).find((address) => address !== undefined);
}
