/** One answer of a repository: fetched, decoded, parsed, and good only when it is whole. */
import {
  charsetOf,
  plainUtf8,
  withEscapedAmpersands,
  withoutForbidden,
  XmlDecoder,
  type XmlRepaired,
} from '#connectors/charset.ts';
import { type HttpClient, SourceError } from '#connectors/connector.ts';
import { redacted } from '#connectors/http/url.ts';
import { scanXml } from '#connectors/xml/scan.ts';
import { textOf, type XmlElement } from '#connectors/xml.ts';
import { type Want, XML_LIMITS, XmlFault, XmlReader } from '#connectors/xml-reader.ts';
import { finding } from '#graph-schema/findings/finding.ts';

export const OAI_NS = 'http://www.openarchives.org/OAI/2.0/';

/** The start tag of the root, whatever its prefix. */
const ROOT = /<(?:[\w.-]+:)?OAI-PMH[\s>]/;

/** The bytes of one answer. */
export interface Fetched {
  /** As it may be shown. */
  readonly url: string;
  readonly status: number;
  readonly charset: string | undefined;
  readonly bytes: Uint8Array;
}

/** An element inside the answer to a verb; `capped` says which limit it went over, and then it is not whole. */
export interface Item {
  readonly element: XmlElement;
  /** UTF-8, self-contained. */
  readonly raw: Uint8Array;
  readonly capped?: string;
}

/** A whole OAI-PMH answer. */
export interface Page {
  readonly url: string;
  readonly responseDate: string;
  readonly items: readonly Item[];
  /** The repository's error, if it gave one. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

/** Asks for one page and takes all its bytes. `given` up on: what still comes is left. Throws SourceError. */
export async function fetchPage(
  http: HttpClient,
  url: string,
  maxBytes: number,
  given: { up: boolean } = { up: false },
): Promise<Fetched> {
  const response = await http.get(url, { accept: 'text/xml, application/xml;q=0.9, */*;q=0.1', maxBytes });
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) {
    if (given.up) break;
    chunks.push(chunk);
  }
  const bytes = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
  return { url: redacted(url), status: response.status, charset: charsetOf(response.headers['content-type']), bytes };
}

/**
 * Reads an answer to `verb`. Strict first; where that fails, once more with what can be mended mended and told. Throws SourceError: transient for
 * what is not a whole OAI-PMH answer, config for an HTTP status that says that there is none.
 */
export function readPage(fetched: Fetched, verb: string, repaired: XmlRepaired): Page {
  const { url, status, bytes } = fetched;
  const refused = status >= 300 ? new SourceError('config', finding('oai-http-status', { url, status })) : undefined;
  try {
    if (bytes.length === 0) throw new SourceError('transient', finding('oai-empty-body', { url }));
    const plain = quickly(fetched, verb);
    if (plain !== undefined) return plain;
    const text = decode(fetched, repaired);
    return strictly(text, url, verb) ?? mended(text, url, verb, repaired);
  } catch (thrown) {
    const fault = thrown instanceof XmlFault ? asSourceError(thrown, url, bytes.length) : thrown;
    // Some repositories send their errors with a status of 400 and more: only what is not OAI-PMH goes by its status.
    throw fault instanceof SourceError && refused !== undefined ? refused : fault;
  }
}

/** Undefined where the answer is not plainly well-formed UTF-8 with all that it should have: then it is read again, with an eye for what is wrong. */
function quickly({ url, bytes, charset }: Fetched, verb: string): Page | undefined {
  const plain = plainUtf8(bytes, charset);
  const answer = new Answer(verb);
  return plain !== undefined && scanXml(plain, answer, XML_LIMITS) && answer.isWhole ? answer.page(url) : undefined;
}

function decode({ bytes, charset }: Fetched, repaired: XmlRepaired): string {
  const decoder = new XmlDecoder(charset, repaired);
  const text = decoder.decode(bytes) + decoder.end();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Undefined where the text is not well-formed and another reading may help. */
function strictly(text: string, url: string, verb: string): Page | undefined {
  try {
    return parse(text, url, verb);
  } catch (thrown) {
    if (thrown instanceof XmlFault && thrown.kind === 'malformed') return undefined;
    throw thrown;
  }
}

function mended(text: string, url: string, verb: string, repaired: XmlRepaired): Page {
  if (!ROOT.test(text)) {
    if (/<html[\s>]/i.test(text)) throw webPage(url, text);
    throw otherDocument(url, text.trim().slice(0, 100));
  }
  const repairs: Parameters<XmlRepaired>[] = [];
  const note: XmlRepaired = (...repair) => repairs.push(repair);
  const page = parse(withEscapedAmpersands(withoutForbidden(documentIn(text, note), note), note), url, verb);
  for (const repair of repairs) repaired(...repair);
  return page;
}

/** The document without what some servers print before and after it (blank lines, warnings). */
function documentIn(text: string, repaired: XmlRepaired): string {
  const start = text.search(/<\?xml\s|<(?:[\w.-]+:)?OAI-PMH[\s>]/);
  const closing = [...text.slice(-100_000).matchAll(/<\/(?:[\w.-]+:)?OAI-PMH\s*>/g)].at(-1);
  const end =
    closing === undefined ? text.length : Math.max(0, text.length - 100_000) + closing.index + closing[0].length;
  if (start > 0) repaired('leading', 1);
  if (text.slice(end).trim() !== '') repaired('trailing', 1);
  return text.slice(Math.max(0, start), end);
}

function parse(text: string, url: string, verb: string): Page {
  const answer = new Answer(verb);
  const want: Want = (name, ns, depth) => {
    if (depth === 0) checkRoot(name, ns, url, text);
    return answer.want(name, ns, depth);
  };
  const reader = new XmlReader(want, {
    element: (element, raw) => answer.element(element, Buffer.from(raw)),
    capped: (fault, element, raw) => answer.items.push({ element, raw: Buffer.from(raw), capped: fault.kind }),
  });
  reader.write(text);
  reader.end();
  if (answer.isWhole) return answer.page(url);
  const { found } = answer;
  throw otherDocument(url, found.length === 0 ? 'OAI-PMH sans réponse' : `OAI-PMH ${found.join(', ')}`);
}

function checkRoot(name: string, ns: string, url: string, text: string): void {
  // Something printed before the document: it is looked for once more.
  if (name !== 'OAI-PMH' && ROOT.test(text)) throw new XmlFault('malformed', `<${name}> before <OAI-PMH>`, 1, 1);
  if (name.toLowerCase() === 'html') throw webPage(url, text);
  if (name !== 'OAI-PMH' || ns !== OAI_NS) throw otherDocument(url, `<${name} xmlns="${ns}">`);
}

/** An answer to a verb, gathered while it is read. */
class Answer {
  readonly items: Item[] = [];
  /** What stands beside responseDate and error: the verb, where all is well. */
  readonly found: string[] = [];
  readonly #verb: string;
  #isOai = false;
  #responseDate = '';
  #error: Page['error'];

  constructor(verb: string) {
    this.#verb = verb;
  }

  get isWhole(): boolean {
    return this.#isOai && (this.#error !== undefined || this.found.includes(this.#verb));
  }

  page(url: string): Page {
    return { url, responseDate: this.#responseDate, items: this.items, error: this.#error };
  }

  want(name: string, ns: string, depth: number): boolean {
    if (depth === 0) this.#isOai = name === 'OAI-PMH' && ns === OAI_NS;
    if (depth === 1) {
      if (ns === OAI_NS && (name === 'responseDate' || name === 'error')) return true;
      this.found.push(name);
    }
    return depth === 2 && this.found.at(-1) === this.#verb;
  }

  element(element: XmlElement, raw: Uint8Array): void {
    if (element.name === 'responseDate' && this.found.length === 0) this.#responseDate = textOf(element);
    else if (element.name === 'error' && !this.found.includes(this.#verb))
      this.#error ??= { code: element.attributes['code'] ?? '', message: textOf(element) };
    else this.items.push({ element, raw });
  }
}

function webPage(url: string, text: string): SourceError {
  const title =
    text
      .match(/<title[^>]*>([^<]*)/i)?.[1]
      ?.replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200) ?? '';
  return new SourceError('transient', finding('oai-html', { url, title }));
}

function otherDocument(url: string, detail: string): SourceError {
  return new SourceError('transient', finding('oai-other-document', { url, detail: detail.slice(0, 300) }));
}

function asSourceError(fault: XmlFault, url: string, bytes: number): SourceError {
  const found =
    fault.kind === 'truncated'
      ? finding('oai-page-cut', { url, bytes })
      : finding('oai-page-malformed', { url, line: fault.line, column: fault.column, detail: fault.message });
  return new SourceError('transient', found, { cause: fault });
}
