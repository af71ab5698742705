/** Start tags, read for the scan of a whole document: strictly, and each text once. */
import type { XmlElement } from '../xml.ts';
import { attributeValue } from './characters.ts';
import { type Bindings, lacking, type Namespaces, NO_NAMESPACES, within } from './namespaces.ts';

/** A start tag, as it reads where certain namespaces are in scope. */
export interface StartTag {
  /** As written, prefix and all. */
  readonly qualified: string;
  readonly name: string;
  readonly ns: string;
  readonly attributes: XmlElement['attributes'];
  /** Declarations included. */
  readonly attributeCount: number;
  /** From `<` to `>`. */
  readonly length: number;
  readonly selfClosing: boolean;
  /** The declarations that it lacks for its element to stand alone, in memory of their own: a piece of Node's pool would keep all of it. */
  readonly lacking: Uint8Array;
  readonly inside: StartTags;
}

/** Most elements have none: one object serves them all. */
const NO_ATTRIBUTES: XmlElement['attributes'] = Object.freeze({});
/** So many different start tags are remembered; then all are forgotten, at the next document. */
const MAX_REMEMBERED = 2000;
/** Longer ones hardly repeat themselves. */
const MAX_REMEMBERED_CHARS = 1000;

const NAME = /(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)/y;
const ATTRIBUTE =
  /[ \t\r\n]+((?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*))[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /[ \t\r\n]*(\/?)>/y;

const XML_NS = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NS = 'http://www.w3.org/2000/xmlns/';

const ENCODER = new TextEncoder();

interface Attribute {
  readonly prefix: string;
  readonly local: string;
  readonly value: string;
}

/** The start tags met so far by this process, from the scope that every document begins with. */
const memory = { tags: 0, atRoot: undefined as StartTags | undefined };

/** The start tags of the scope that a document begins with. */
export function rootTags(): StartTags {
  if (memory.atRoot === undefined || memory.tags >= MAX_REMEMBERED) {
    memory.atRoot = new StartTags(NO_NAMESPACES);
    memory.tags = 0;
  }
  return memory.atRoot;
}

/**
 * The namespaces in scope somewhere, and the start tags met there: those of a partner's records are few, and come again in every record. What is
 * remembered is the text of a tag and what it means, which nothing but the namespaces around it can change.
 */
export class StartTags {
  readonly #namespaces: Namespaces;
  readonly #tags = new Map<string, StartTag>();

  constructor(namespaces: Namespaces) {
    this.#namespaces = namespaces;
  }

  /**
   * The start tag whose `<` is at `at` of a UTF-8 document read as Latin-1. Undefined where it is not plainly well-formed, or has more attributes than
   * `maxAttributes`.
   */
  at(text: string, at: number, maxAttributes: number): StartTag | undefined {
    const close = text.indexOf('>', at);
    // Cut short at a `>` within a value it is no whole tag, and none of those remembered.
    const known = close - at < MAX_REMEMBERED_CHARS ? this.#tags.get(text.slice(at + 1, close)) : undefined;
    const tag = known ?? (close === -1 ? undefined : this.#read(text, at, maxAttributes));
    if (tag === undefined || tag.attributeCount > maxAttributes) return undefined;
    if (known === undefined && tag.length < MAX_REMEMBERED_CHARS && memory.tags < MAX_REMEMBERED) {
      memory.tags++;
      this.#tags.set(latin1(text.slice(at + 1, at + tag.length - 1)), tag);
    }
    return tag;
  }

  #read(text: string, at: number, maxAttributes: number): StartTag | undefined {
    NAME.lastIndex = at + 1;
    const name = NAME.exec(text);
    if (name === null) return undefined;
    const found: Attribute[] = [];
    const own: Record<string, string> = Object.create(null);
    let end = NAME.lastIndex;
    for (;;) {
      ATTRIBUTE.lastIndex = end;
      const match = ATTRIBUTE.exec(text);
      if (match === null) break;
      end = ATTRIBUTE.lastIndex;
      const value = attributeValue(utf8(match[4] ?? match[5] ?? ''));
      if (value === undefined || found.length === maxAttributes) return undefined;
      const attribute: Attribute = { prefix: match[2] ?? '', local: utf8(match[3] as string), value };
      if (!noteDeclaration(attribute, own)) return undefined;
      found.push(attribute);
    }
    TAG_END.lastIndex = end;
    const ending = TAG_END.exec(text);
    if (ending === null) return undefined;
    const namespaces = within(this.#namespaces, own);
    const prefix = name[1] ?? '';
    const ns = uriOf(prefix, namespaces.bindings);
    const attributes = attributesOf(found, namespaces.bindings);
    if (ns === undefined || attributes === undefined) return undefined;
    return {
      qualified: latin1(name[0]),
      name: utf8(name[2] as string),
      ns,
      attributes,
      attributeCount: found.length,
      length: TAG_END.lastIndex - at,
      selfClosing: ending[1] === '/',
      lacking: ENCODER.encode(lacking(this.#namespaces, own)),
      inside: namespaces === this.#namespaces ? this : new StartTags(namespaces),
    };
  }
}

/** What was read as Latin-1, read as UTF-8: a string of its own, no slice of the document, which it would keep. */
function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

/** A string of its own that is still read as Latin-1. */
function latin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Notes a namespace declaration among its tag's `own`. False for one that is not allowed, or too rare to be read here. */
function noteDeclaration({ prefix, local, value }: Attribute, own: Record<string, string>): boolean {
  const declared = prefix === 'xmlns' ? local : prefix === '' && local === 'xmlns' ? '' : undefined;
  if (declared === undefined) return true;
  const uri = value.trim();
  if (declared === 'xml' || declared === 'xmlns' || uri === XML_NS || uri === XMLNS_NS) return false;
  if (uri === '' && declared !== '') return false;
  own[declared] = uri;
  return true;
}

/** All but the declarations. Undefined where two are the same, or a prefix is not bound. */
function attributesOf(found: readonly Attribute[], bindings: Bindings): XmlElement['attributes'] | undefined {
  if (found.length === 0) return NO_ATTRIBUTES;
  const seen = new Set<string>();
  const attributes: Record<string, string> = {};
  for (const { prefix, local, value } of found) {
    const uri = prefix === '' ? '' : prefix === 'xmlns' ? XMLNS_NS : uriOf(prefix, bindings);
    if (uri === undefined || local === '__proto__') return undefined;
    const expanded = prefix === '' ? local : `{${uri}}${local}`;
    if (seen.has(expanded)) return undefined;
    seen.add(expanded);
    if (uri !== XMLNS_NS && expanded !== 'xmlns') attributes[expanded] = value;
  }
  return attributes;
}

/** Undefined for a prefix that is not bound. */
function uriOf(prefix: string, bindings: Bindings): string | undefined {
  if (prefix === 'xml') return XML_NS;
  return bindings[prefix] ?? (prefix === '' ? '' : undefined);
}
