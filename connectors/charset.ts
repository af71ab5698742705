/**
 * Bytes become text. The byte order mark, the declaration and the transport may each name a charset, and each may lie:
 * what is valid UTF-8 is UTF-8, and a stray byte in UTF-8 is read as windows-1252. Every repair is counted, none is silent.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { isXmlCharacter } from './xml/characters.ts';
import { XmlFault } from './xml-reader.ts';

/**
 * What was mended: `bytes` that were not UTF-8 (read as windows-1252), `characters` that XML forbids, `ampersands` that were not
 * escaped, a `charset` that was named and was not the one used, something `leading` before or `trailing` after the document.
 */
export type XmlRepairKind = 'bytes' | 'characters' | 'ampersands' | 'charset' | 'leading' | 'trailing';
export type XmlRepaired = (kind: XmlRepairKind, count: number) => void;

/** Enough for a byte order mark and an XML declaration. Bytes. */
const HEAD_BYTES = 512;
const WINDOWS_1252 = new TextDecoder('windows-1252');

/** Decodes one XML document, in pieces of any size. Throws XmlFault `charset` for one that cannot be decoded. */
export class XmlDecoder {
  readonly #named: string | undefined;
  readonly #repaired: XmlRepaired;
  /** Bytes not yet decoded: the head of the document, or the start of a character. */
  #held: Uint8Array = new Uint8Array(0);
  #charset: string | undefined;
  #decoder: TextDecoder | undefined;
  /** A single-byte charset was named, and only ASCII was seen: it may yet turn out to be UTF-8. */
  #doubtful = false;

  /** `named` is the charset that the transport names, if any. */
  constructor(named: string | undefined, repaired: XmlRepaired) {
    this.#named = named;
    this.#repaired = repaired;
  }

  decode(chunk: Uint8Array): string {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = new Uint8Array(0);
    if (this.#charset === undefined) {
      if (bytes.length < HEAD_BYTES) {
        this.#held = bytes;
        return '';
      }
      this.#choose(bytes);
    }
    return this.#text(bytes, false);
  }

  end(): string {
    if (this.#charset === undefined) this.#choose(this.#held);
    return this.#text(this.#held, true);
  }

  #choose(bytes: Uint8Array): void {
    const marked = markedCharset(bytes);
    const label = marked ?? this.#named ?? declaredCharset(bytes) ?? 'utf-8';
    try {
      this.#decoder = new TextDecoder(label, { fatal: true, ignoreBOM: false });
      this.#charset = this.#decoder.encoding;
    } catch {
      this.#repaired('charset', 1);
      this.#charset = 'utf-8';
    }
    if (marked === undefined && this.#charset.startsWith('utf-16')) {
      // Read as text at all, its declaration cannot be in UTF-16.
      this.#repaired('charset', 1);
      this.#charset = 'utf-8';
    }
    this.#doubtful = !this.#charset.startsWith('utf-');
  }

  #text(bytes: Uint8Array, last: boolean): string {
    if (this.#doubtful && !isAscii(bytes)) {
      this.#doubtful = false;
      if (isUtf8(last ? bytes : bytes.subarray(0, wholeCharacters(bytes)))) {
        this.#repaired('charset', 1);
        this.#charset = 'utf-8';
      }
    }
    if (this.#charset === 'utf-8') return this.#utf8(bytes, last);
    try {
      return (this.#decoder as TextDecoder).decode(bytes, { stream: !last });
    } catch {
      throw new XmlFault('charset', `these bytes are not ${this.#charset}`, 1, 1);
    }
  }

  #utf8(bytes: Uint8Array, last: boolean): string {
    const end = last ? bytes.length : wholeCharacters(bytes);
    if (end < bytes.length) this.#held = bytes.slice(end);
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, end);
    if (isUtf8(whole)) return whole.toString('utf8');
    const parts: string[] = [];
    let repaired = 0;
    let good = 0;
    for (let at = 0; at < end; ) {
      const length = characterLength(whole, at);
      if (length > 0) {
        at += length;
        continue;
      }
      parts.push(whole.toString('utf8', good, at), WINDOWS_1252.decode(whole.subarray(at, at + 1)));
      repaired++;
      good = ++at;
    }
    parts.push(whole.toString('utf8', good));
    this.#repaired('bytes', repaired);
    return parts.join('');
  }
}

/**
 * The bytes of a document that `XmlDecoder` would take for UTF-8 and find nothing to mend in, without their byte order mark. Undefined for
 * any other, and where it is not plain to see.
 */
export function plainUtf8(bytes: Uint8Array, named: string | undefined): Uint8Array | undefined {
  const marked = markedCharset(bytes);
  const label = marked ?? named ?? declaredCharset(bytes) ?? 'utf-8';
  if (!/^utf-?8$/i.test(label) || !isUtf8(bytes)) return undefined;
  return marked === undefined ? bytes : bytes.subarray(3);
}

/** The charset parameter of a Content-Type, if there is one. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return contentType?.match(/;\s*charset\s*=\s*"?([^\s";]+)/i)?.[1];
}

function markedCharset(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return undefined;
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  return head.match(/^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/)?.[1];
}

/** How many bytes go before a character that may be cut at the end of `bytes`. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** The length of the UTF-8 character at `at`, 0 where there is none. */
function characterLength(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const FORBIDDEN_ALL = new RegExp(FORBIDDEN.source, 'g');
const REFERENCE = /&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}));/g;

/**
 * Replaces what XML 1.0 forbids: a vertical tab or form feed (line breaks of old databases) by a line break, any other by U+FFFD,
 * also where written as a reference.
 */
export function withoutForbidden(text: string, repaired: XmlRepaired): string {
  let count = 0;
  const replacement = (code: number): string => {
    count++;
    return code === 0x0b || code === 0x0c ? '\n' : '\ufffd';
  };
  let clean = text;
  if (FORBIDDEN.test(clean)) clean = clean.replace(FORBIDDEN_ALL, (character) => replacement(character.charCodeAt(0)));
  if (clean.includes('&#')) {
    clean = clean.replace(REFERENCE, (reference, hex: string | undefined, decimal: string | undefined) => {
      const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
      return isXmlCharacter(code) ? reference : replacement(code);
    });
  }
  if (count > 0) repaired('characters', count);
  return clean;
}

/** HTML's names for the characters 160 to 255, in their order, and for some more: XML knows none of them (HTML 4.01, 24). */
const HTML_NAMES = new Map(
  (
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
    'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
    'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
  )
    .split(' ')
    .map((name, index) => [name, String.fromCharCode(160 + index)]),
);
for (const [name, character] of Object.entries({
  OElig: 'Œ',
  oelig: 'œ',
  euro: '€',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
}))
  HTML_NAMES.set(name, character);

/** Reads the references that only HTML knows, and escapes each ampersand that begins none at all, outside CDATA sections and comments. */
export function withEscapedAmpersands(text: string, repaired: XmlRepaired): string {
  let count = 0;
  const mended = text.replace(
    /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|&([A-Za-z][A-Za-z0-9]*);|&(?!#x[0-9a-fA-F]+;|#[0-9]+;)/g,
    (found, name: string | undefined) => {
      if (!found.startsWith('&') || (name !== undefined && XML_NAMES.has(name))) return found;
      count++;
      return (name === undefined ? undefined : HTML_NAMES.get(name)) ?? `&amp;${found.slice(1)}`;
    },
  );
  if (count > 0) repaired('ampersands', count);
  return mended;
}

const XML_NAMES: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);
