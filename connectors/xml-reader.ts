/**
 * The push parser under everything that reads XML: saxes with namespaces, strict, bounded. It is given text, and hands
 * over the elements that were asked for, each with the slice of text that it was read from. `xml-stream.ts` has the
 * two functions that most callers want.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { lacking, type Namespaces, NO_NAMESPACES, within } from './xml/namespaces.ts';
import type { XmlElement } from './xml.ts';

/** What a document may hold at most. Sizes are UTF-8 bytes. */
export interface XmlLimits {
  /** One text node, comment, CDATA section or tag. */
  readonly maxTextBytes: number;
  /** One wanted element, from `<` to `>`. */
  readonly maxRecordBytes: number;
  readonly maxDepth: number;
  /** Of one element. */
  readonly maxAttributes: number;
}

export const XML_LIMITS: XmlLimits = {
  maxTextBytes: 8 * 1024 * 1024,
  maxRecordBytes: 16 * 1024 * 1024,
  maxDepth: 100,
  maxAttributes: 200,
};

/** What was wrong. `truncated`: the document ends before its root does. The last four are limits that were exceeded. */
export type XmlFaultKind =
  | 'malformed'
  | 'truncated'
  | 'charset'
  | 'doctype'
  | 'text-too-large'
  | 'record-too-large'
  | 'too-deep'
  | 'too-many-attributes';

/** A document that cannot be read, or only at the cost of a limit. `line` and `column` count from 1. */
export class XmlFault extends Error {
  readonly kind: XmlFaultKind;
  readonly line: number;
  readonly column: number;

  constructor(kind: XmlFaultKind, detail: string, line: number, column: number) {
    super(detail);
    this.name = 'XmlFault';
    this.kind = kind;
    this.line = line;
    this.column = column;
  }
}

/** Decides, for each element that is not inside a wanted one, whether it is wanted. The root's depth is 0. */
export type Want = (name: string, ns: string, depth: number) => boolean;

export interface XmlHandlers {
  /** `raw` is self-contained: the namespaces in scope are declared in its start tag, so that `parseXml(raw)` gives `element` again. */
  element(element: XmlElement, raw: string): void;
  /** A wanted element went over a limit and is left out; `partial` is what had been read of it. Where absent, the fault is thrown. */
  capped?(fault: XmlFault, partial: XmlElement, rawStart: string): void;
}

type Building = {
  name: string;
  ns: string;
  attributes: Readonly<Record<string, string>>;
  children: (Building | string)[];
};

/** Most elements have none: one object serves them all. */
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});
/** Never written to: `append` gives an element an array of its own. */
const NO_CHILDREN = Object.freeze<(Building | string)[]>([]) as (Building | string)[];
/** So much of a capped element is kept to show what it was. */
const RAW_START_CHARS = 4096;
/** So far beyond a limit, even a skipped element would fill the memory: then reading stops. */
const HOPELESS_FACTOR = 10;

/** One document. Give it text by `write`, then `end`. Throws XmlFault; after that it must not be used again. */
export class XmlReader {
  readonly #want: Want;
  readonly #handlers: XmlHandlers;
  readonly #limits: XmlLimits;
  readonly #parser: SaxesParser<{ xmlns: true; position: false; forceXMLVersion: true; defaultXMLVersion: '1.0' }>;
  /** The scopes of the open elements outside a wanted one. */
  readonly #scopes: Namespaces[] = [];
  #depth = 0;
  /** Of the tag that is being read. */
  #attributes = 0;
  #sawRoot = false;
  /** The open elements of the wanted one, outermost first. */
  #open: Building[] = [];
  #top: Building | undefined;
  /** Depth of a capped element whose end is awaited, or -1. */
  #skipped = -1;
  /** Text from `#base` on, by the parser's own count of characters. */
  #buffer = '';
  #base = 0;
  #start = 0;
  #scopeAtStart: Namespaces = NO_NAMESPACES;
  #ownAtStart: Record<string, string> = {};
  #lastEvent = 0;

  constructor(want: Want, handlers: XmlHandlers, limits: Partial<XmlLimits> = {}) {
    this.#want = want;
    this.#handlers = handlers;
    this.#limits = { ...XML_LIMITS, ...limits };
    const parser = new SaxesParser({
      xmlns: true,
      position: false,
      forceXMLVersion: true,
      defaultXMLVersion: '1.0',
    } as const);
    this.#parser = parser;
    // Only what is needed: from the seventh handler on V8 keeps the parser as a dictionary, five times slower. Without
    // a handler for errors saxes throws them.
    parser.on('doctype', (text) => {
      // Only the internal subset can declare entities; without one a DOCTYPE is harmless.
      if (text.includes('[')) throw this.#fault('doctype', 'the document declares entities of its own');
      this.#progress();
    });
    // saxes gathers all attributes of a tag before it tells of the tag.
    const hopeless = this.#limits.maxAttributes * HOPELESS_FACTOR;
    parser.on('attribute', () => {
      if (++this.#attributes > hopeless) throw this.#fault('too-many-attributes', `more than ${hopeless} attributes`);
    });
    parser.on('opentag', (tag) => this.#opened(tag));
    parser.on('closetag', (tag) => this.#closed(tag));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
  }

  get line(): number {
    return this.#parser.line;
  }

  /** Reads on. `text` may end anywhere, within a tag too. */
  write(text: string): void {
    this.#keep();
    this.#buffer = this.#buffer === '' ? text : this.#buffer + text;
    this.#strictly(() => this.#parser.write(text));
    const consumed = this.#base + this.#buffer.length;
    const unended = consumed - this.#lastEvent;
    const { maxTextBytes } = this.#limits;
    if (unended > maxTextBytes && this.#top !== undefined) this.#cap('text-too-large');
    if (unended > (this.#skipped < 0 ? maxTextBytes : maxTextBytes * HOPELESS_FACTOR)) {
      throw this.#fault('text-too-large', `more than ${maxTextBytes} bytes without an end`);
    }
    if (this.#top !== undefined && consumed - this.#start > this.#limits.maxRecordBytes) this.#cap('record-too-large');
  }

  /** The document has ended. Throws XmlFault `truncated` where its root has not. */
  end(): void {
    if (!this.#sawRoot || this.#depth > 0) {
      throw this.#fault('truncated', this.#sawRoot ? `${this.#depth} elements are still open` : 'there is no element');
    }
    this.#strictly(() => this.#parser.close());
  }

  /** saxes throws a plain Error for what is not well-formed, and nothing else does. */
  #strictly(step: () => void): void {
    try {
      step();
    } catch (thrown) {
      if (thrown instanceof Error && thrown.constructor === Error) throw this.#fault('malformed', thrown.message);
      throw thrown;
    }
  }

  #fault(kind: XmlFaultKind, detail: string): XmlFault {
    return new XmlFault(kind, detail, this.#parser.line, this.#parser.columnIndex + 1);
  }

  #progress(): void {
    this.#lastEvent = this.#parser.position;
  }

  /** Forgets the text that no wanted element can need any more: all before the last `<`, which may begin one. */
  #keep(): void {
    const from = this.#top === undefined ? this.#buffer.lastIndexOf('<') : this.#start - this.#base;
    const kept = from < 0 ? this.#buffer.length : from;
    this.#base += kept;
    this.#buffer = this.#buffer.slice(kept);
  }

  #opened(tag: SaxesTagNS): void {
    this.#sawRoot = true;
    this.#attributes = 0;
    this.#progress();
    const depth = this.#depth++;
    if (this.#skipped >= 0) {
      if (depth > this.#limits.maxDepth * HOPELESS_FACTOR) throw this.#fault('too-deep', `deeper than ${depth}`);
      return;
    }
    if (this.#top === undefined) {
      const outer = this.#scopes.at(-1) ?? NO_NAMESPACES;
      if (!this.#want(tag.local, tag.uri, depth)) {
        if (depth >= this.#limits.maxDepth) throw this.#fault('too-deep', `deeper than ${this.#limits.maxDepth}`);
        this.#scopes.push(within(outer, tag.ns));
        return;
      }
      this.#start = this.#base + this.#buffer.lastIndexOf('<', this.#parser.position - this.#base - 1);
      this.#scopeAtStart = outer;
      this.#ownAtStart = tag.ns;
    }
    const attributes: Record<string, string> = {};
    const count = copyAttributes(tag, attributes);
    const building: Building = {
      name: tag.local,
      ns: tag.uri,
      attributes: count === 0 ? NO_ATTRIBUTES : attributes,
      children: NO_CHILDREN,
    };
    if (this.#top !== undefined) append(this.#top, building);
    this.#open.push(building);
    this.#top = building;
    if (count > this.#limits.maxAttributes) this.#cap('too-many-attributes');
    else if (depth >= this.#limits.maxDepth) this.#cap('too-deep');
  }

  #text(text: string): void {
    this.#progress();
    const top = this.#top;
    if (top === undefined) return;
    const last = top.children.length - 1;
    const before = top.children[last];
    const whole = typeof before === 'string' ? before + text : text;
    if (typeof before === 'string') top.children[last] = whole;
    else append(top, whole);
    if (exceeds(whole, this.#limits.maxTextBytes)) this.#cap('text-too-large');
  }

  #closed(tag: SaxesTagNS): void {
    this.#progress();
    const depth = --this.#depth;
    if (this.#skipped >= 0) {
      if (depth === this.#skipped) this.#skipped = -1;
      return;
    }
    const done = this.#open.pop();
    if (done === undefined) {
      this.#scopes.pop();
      return;
    }
    this.#top = this.#open.at(-1);
    if (this.#top === undefined) this.#done(done, tag);
  }

  /** A wanted element has ended. */
  #done(done: Building, tag: SaxesTagNS): void {
    // saxes closes what is open at a wrong end tag, and only then finds fault with it: no element is made of that.
    if (!tag.isSelfClosing && !this.#endsWithTag(tag.name)) return;
    const raw = this.#raw();
    if (exceeds(raw, this.#limits.maxRecordBytes)) this.#capped(this.#fault('record-too-large', ''), done, raw);
    else this.#handlers.element(done, raw);
  }

  /** Asked of the whole text: asked of `raw`, it would copy each element. */
  #endsWithTag(name: string): boolean {
    const end = this.#parser.position - this.#base;
    const from = this.#buffer.lastIndexOf('</', end - 1) + 2;
    return this.#buffer.startsWith(name, from) && this.#buffer.slice(from + name.length, end - 1).trim() === '';
  }

  /** The text of the wanted element up to here, the namespaces around it declared in its start tag. */
  #raw(): string {
    const slice = this.#buffer.slice(this.#start - this.#base, this.#parser.position - this.#base);
    const missing = lacking(this.#scopeAtStart, this.#ownAtStart);
    if (missing === '') return slice;
    const nameEnd = slice.search(/[\s/>]/);
    return slice.slice(0, nameEnd) + missing + slice.slice(nameEnd);
  }

  /** Leaves the wanted element that is open, and goes on after its end. */
  #cap(kind: XmlFaultKind): void {
    const outermost = this.#open[0] as Building;
    this.#skipped = this.#depth - this.#open.length;
    this.#open = [];
    this.#top = undefined;
    this.#capped(
      this.#fault(kind, ''),
      outermost,
      this.#buffer.slice(this.#start - this.#base).slice(0, RAW_START_CHARS),
    );
  }

  #capped(fault: XmlFault, partial: XmlElement, raw: string): void {
    fault.message = `element ${partial.name} exceeds a limit: ${fault.kind}`;
    if (this.#handlers.capped === undefined) throw fault;
    this.#handlers.capped(fault, partial, raw.slice(0, RAW_START_CHARS));
  }
}

/** Whether `text` is more than `limit` bytes of UTF-8; counts only where it is close. */
function exceeds(text: string, limit: number): boolean {
  return text.length * 3 > limit && (text.length > limit || Buffer.byteLength(text) > limit);
}

/** Most elements have one child: an array made with it has no room to spare, where a push into an empty one takes room for seventeen. */
function append(parent: Building, child: Building | string): void {
  if (parent.children === NO_CHILDREN) parent.children = [child];
  else parent.children.push(child);
}

/** Copies all but namespace declarations; gives their number, declarations included. */
function copyAttributes(tag: SaxesTagNS, into: Record<string, string>): number {
  let count = 0;
  for (const name in tag.attributes) {
    count++;
    const { prefix, local, uri, value } = tag.attributes[name]!;
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    into[prefix === '' ? local : `{${uri}}${local}`] = value;
  }
  return count;
}
