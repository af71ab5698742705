/**
 * The quick way through a document that is there whole: one pass over it, no events. It takes only what is plainly well-formed, within the
 * limits and in UTF-8; at the first thing that it is not sure of it gives up, and `XmlReader` decides and finds the words. Both give
 * equal elements and equal bytes: a test holds them to it.
 *
 * All markup is ASCII, so the structure is read from the bytes as Latin-1, where a character is a byte: half the work of
 * decoding a page. Only the texts that are not ASCII are decoded.
 */
import { isUtf8 } from 'node:buffer';
import type { XmlElement } from '../xml.ts';
import type { Want, XmlLimits } from '../xml-reader.ts';
import { expanded, holdsForbidden, withLineFeeds } from './characters.ts';
import { rootTags, type StartTag } from './start-tag.ts';

/** Which elements of a document are wanted, and where they go. */
export interface ScanHandlers {
  want: Want;
  /** `raw` is self-contained: the namespaces in scope are declared in its start tag. */
  element(element: XmlElement, raw: Uint8Array): void;
}

type Building = {
  name: string;
  ns: string;
  attributes: XmlElement['attributes'];
  children: (Building | string)[];
};

/** Never written to: `append` gives an element an array of its own. */
const NO_CHILDREN = Object.freeze<(Building | string)[]>([]) as (Building | string)[];

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;

const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*\?>/y;
const INSTRUCTION = /<\?(?!xml[ \t\r\n?])[A-Za-z_][\w.-]*(?=[ \t\r\n]|\?>)/iy;
const BLANKS = /[ \t\r\n]*/y;
/** A longer slice is a view into what it was cut from (V8's `SlicedString::kMinLength` is 13). */
const MAX_COPIED_CHARS = 12;
/** Instead of a place: here it gives up. */
const UNSURE = -1;

/**
 * Reads a document and hands over the wanted elements. False where it gave up: then nothing that was handed over counts. `bytes` are
 * read as UTF-8, whatever the declaration says.
 */
export function scanXml(bytes: Uint8Array, handlers: ScanHandlers, limits: XmlLimits): boolean {
  return isUtf8(bytes) && new Scan(bytes, handlers, limits).document();
}

class Scan {
  readonly #bytes: Buffer;
  readonly #text: string;
  readonly #handlers: ScanHandlers;
  readonly #limits: XmlLimits;
  /** What there is anywhere, so that it need not be looked for in each part. */
  readonly #hasReturns: boolean;
  readonly #hasReferences: boolean;
  readonly #hasSectionEnds: boolean;
  /** The open elements, outermost first, and those of them that are built: the wanted one and what is in it. */
  readonly #tags: StartTag[] = [];
  readonly #building: Building[] = [];
  #scope = rootTags();
  #top: Building | undefined;
  /** Where the wanted element begins. */
  #start = 0;

  constructor(bytes: Uint8Array, handlers: ScanHandlers, limits: XmlLimits) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#text = this.#bytes.toString('latin1');
    this.#handlers = handlers;
    this.#limits = limits;
    this.#hasReturns = this.#text.includes('\r');
    this.#hasReferences = this.#text.includes('&');
    this.#hasSectionEnds = this.#text.includes(']]>');
  }

  document(): boolean {
    const text = this.#text;
    if (holdsForbidden(text)) return false;
    DECLARATION.lastIndex = 0;
    const root = this.#besideRoot(DECLARATION.test(text) ? DECLARATION.lastIndex : 0);
    if (root === UNSURE || text.charCodeAt(root) !== LESS) return false;
    const after = this.#root(root);
    return (
      after !== UNSURE && text.length - after <= this.#limits.maxTextBytes && this.#besideRoot(after) === text.length
    );
  }

  /** White space, comments and instructions: gives the place of what comes after them. */
  #besideRoot(from: number): number {
    let at = from;
    for (;;) {
      BLANKS.lastIndex = at;
      BLANKS.test(this.#text);
      at = BLANKS.lastIndex;
      if (this.#text.startsWith('<!--', at)) at = this.#comment(at);
      else if (this.#text.startsWith('<?', at)) at = this.#instruction(at);
      else return at;
      if (at === UNSURE) return UNSURE;
    }
  }

  /** From the root's `<` to behind its end tag. */
  #root(from: number): number {
    const text = this.#text;
    let at = this.#startTag(from);
    while (at !== UNSURE && this.#tags.length > 0) {
      const next = text.indexOf('<', at);
      if (next === -1 || (next > at && !this.#append(this.#characters(at, next)))) return UNSURE;
      const code = text.charCodeAt(next + 1);
      if (code === SLASH) at = this.#endTag(next);
      else if (code === BANG) at = text.startsWith('--', next + 2) ? this.#comment(next) : this.#section(next);
      else if (code === QUESTION) at = this.#instruction(next);
      else at = this.#startTag(next);
    }
    return at;
  }

  #startTag(at: number): number {
    const depth = this.#tags.length;
    const tag = this.#scope.at(this.#text, at, this.#limits.maxAttributes);
    if (tag === undefined || depth >= this.#limits.maxDepth) return UNSURE;
    const after = at + tag.length;
    const top = this.#top;
    if (top === undefined && !this.#handlers.want(tag.name, tag.ns, depth)) {
      if (!tag.selfClosing) this.#enter(tag);
      return after;
    }
    const element: Building = { name: tag.name, ns: tag.ns, attributes: tag.attributes, children: NO_CHILDREN };
    if (top === undefined) this.#start = at;
    else append(top, element);
    if (tag.selfClosing) return top === undefined ? this.#handOver(element, tag, after) : after;
    this.#enter(tag);
    this.#building.push(element);
    this.#top = element;
    return after;
  }

  #enter(tag: StartTag): void {
    this.#tags.push(tag);
    this.#scope = tag.inside;
  }

  #endTag(at: number): number {
    const tag = this.#tags.pop() as StartTag;
    const end = this.#behindEndTag(tag, at);
    if (end === UNSURE) return UNSURE;
    const around = this.#tags.at(-1);
    if (around !== undefined) this.#scope = around.inside;
    if (this.#top === undefined) return end;
    const element = this.#building.pop() as Building;
    this.#top = this.#building.at(-1);
    return this.#top === undefined ? this.#handOver(element, tag, end) : end;
  }

  #behindEndTag({ qualified }: StartTag, at: number): number {
    const text = this.#text;
    if (!text.startsWith(qualified, at + 2)) return UNSURE;
    let end = at + 2 + qualified.length;
    if (text.charCodeAt(end) !== GREATER) {
      BLANKS.lastIndex = end;
      BLANKS.test(text);
      end = BLANKS.lastIndex;
    }
    return text.charCodeAt(end) === GREATER ? end + 1 : UNSURE;
  }

  /** The wanted element, which ends at `end`. */
  #handOver(element: Building, { qualified, lacking }: StartTag, end: number): number {
    if (end - this.#start + lacking.length > this.#limits.maxRecordBytes) return UNSURE;
    const nameEnd = this.#start + 1 + qualified.length;
    const bytes = this.#bytes;
    const raw = Buffer.allocUnsafe(end - this.#start + lacking.length);
    bytes.copy(raw, 0, this.#start, nameEnd);
    raw.set(lacking, nameEnd - this.#start);
    bytes.copy(raw, nameEnd - this.#start + lacking.length, nameEnd, end);
    this.#handlers.element(element, raw);
    return end;
  }

  /** The text between two tags. Undefined where it is not sure. */
  #characters(start: number, end: number): string | undefined {
    const written = this.#decoded(start, end);
    if (this.#hasSectionEnds && written.includes(']]>')) return undefined;
    return this.#hasReferences ? expanded(written) : written;
  }

  /** A string of its own: a slice of thirteen characters or more would keep the whole document alive (V8 copies shorter ones). */
  #decoded(start: number, end: number): string {
    const short = end - start <= MAX_COPIED_CHARS && this.#isAscii(start, end);
    const text = short ? this.#text.slice(start, end) : this.#bytes.toString('utf8', start, end);
    return this.#hasReturns ? withLineFeeds(text) : text;
  }

  #isAscii(start: number, end: number): boolean {
    const bytes = this.#bytes;
    for (let at = start; at < end; at++) if ((bytes[at] as number) > 0x7f) return false;
    return true;
  }

  /** Adds to the innermost wanted element. False where there is too much, or `text` is undefined. */
  #append(text: string | undefined): boolean {
    const top = this.#top;
    if (text === undefined) return false;
    if (top === undefined) return true;
    const last = top.children.length - 1;
    const before = top.children[last];
    const whole = typeof before === 'string' ? before + text : text;
    if (typeof before === 'string') top.children[last] = whole;
    else append(top, whole);
    // Of the characters that UTF-16 counts as one, none takes more than three bytes.
    return whole.length * 3 <= this.#limits.maxTextBytes;
  }

  #comment(at: number): number {
    const dashes = this.#text.indexOf('--', at + 4);
    return dashes !== -1 && this.#text.charCodeAt(dashes + 2) === GREATER ? dashes + 3 : UNSURE;
  }

  #instruction(at: number): number {
    INSTRUCTION.lastIndex = at;
    if (!INSTRUCTION.test(this.#text)) return UNSURE;
    const end = this.#text.indexOf('?>', INSTRUCTION.lastIndex);
    return end === -1 ? UNSURE : end + 2;
  }

  #section(at: number): number {
    if (!this.#text.startsWith('<![CDATA[', at)) return UNSURE;
    const end = this.#text.indexOf(']]>', at + 9);
    return end !== -1 && this.#append(this.#decoded(at + 9, end)) ? end + 3 : UNSURE;
  }
}

/** Most elements have one child: an array made with it has no room to spare, where a push into an empty one takes room for seventeen. */
function append(parent: Building, child: Building | string): void {
  if (parent.children === NO_CHILDREN) parent.children = [child];
  else parent.children.push(child);
}
