/**
 * XML as plain data, streamed: `xmlElements` hands over chosen elements of a document of any size, one at a time;
 * `parseXml` reads a small text whole. Strict, with namespaces, bounded; no entity but the five of XML is expanded.
 */
import { withoutForbidden, XmlDecoder, type XmlRepaired, type XmlRepairKind } from './charset.ts';
import { scanXml } from './xml/scan.ts';
import type { XmlElement } from './xml.ts';
import { type Want, XML_LIMITS, XmlFault, type XmlLimits, XmlReader } from './xml-reader.ts';

export { XML_LIMITS, XmlFault, type XmlFaultKind, type XmlLimits } from './xml-reader.ts';
export type { Want, XmlRepaired, XmlRepairKind };

/** `raw` is the element's own text, with the namespaces around it declared in its start tag: `parseXml(raw)` gives `element` again. */
export interface XmlItem {
  readonly element: XmlElement;
  readonly raw: string;
}

export interface XmlOptions extends Partial<XmlLimits> {
  /** The charset that the transport names (`charsetOf(contentType)`). */
  readonly charset?: string | undefined;
  /** Told once a kind, at the end of the document or before its fault, how much was mended. */
  readonly repaired?: XmlRepaired;
  /** A wanted element that goes over a limit: told, left out, and the reading goes on. Where absent, the fault is thrown. */
  readonly capped?: (fault: XmlFault, partial: XmlElement, rawStart: string) => void;
}

/** Larger pieces are cut, so that what waits to be taken stays small. Bytes. */
const PIECE_BYTES = 64 * 1024;

/**
 * The elements of a document for which `want` says yes (asked from the root, depth 0, downwards; never inside a wanted one), in order.
 * Reads on only as they are taken. Mends bytes that are not in the charset and characters that XML forbids, and tells so.
 * Throws XmlFault (with line and column) for anything else that is not well-formed, also when the document breaks off; the elements before
 * are handed over first.
 */
export async function* xmlElements(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  want: Want,
  options: XmlOptions = {},
): AsyncGenerator<XmlItem, void, undefined> {
  const repairs = new Map<XmlRepairKind, number>();
  const repaired: XmlRepaired = (kind, count) => repairs.set(kind, (repairs.get(kind) ?? 0) + count);
  let ready: XmlItem[] = [];
  const handlers = {
    element: (element: XmlElement, raw: string) => ready.push({ element, raw }),
    ...(options.capped === undefined ? {} : { capped: options.capped }),
  };
  const reader = new XmlReader(want, handlers, definedLimits(options));
  const decoder = new XmlDecoder(options.charset, repaired);
  const writer = cleaning(reader, repaired);
  let fault: XmlFault | undefined;
  const attempt = (step: () => void): void => {
    try {
      step();
    } catch (thrown) {
      if (!(thrown instanceof XmlFault)) throw thrown;
      fault = thrown;
    }
  };
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && fault === undefined; at += PIECE_BYTES) {
        attempt(() => writer(decoder.decode(chunk.subarray(at, at + PIECE_BYTES)), false));
        const taken = ready;
        ready = [];
        yield* taken;
      }
      if (fault !== undefined) throw fault;
    }
    attempt(() => {
      writer(decoder.end(), true);
      reader.end();
    });
    yield* ready;
    if (fault !== undefined) throw fault;
  } finally {
    for (const [kind, count] of repairs) options.repaired?.(kind, count);
  }
}

/** The root element of a small document or of a stored `raw`: a text, or its UTF-8 bytes. Throws XmlFault. */
export function parseXml(document: string | Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  let root: XmlElement | undefined;
  const handlers = {
    want: () => true,
    element: (element: XmlElement) => {
      root = element;
    },
  };
  const whole = { ...XML_LIMITS, ...limits };
  // What cannot be written in UTF-8 is for the strict reader to refuse.
  const bytes = typeof document !== 'string' ? document : document.isWellFormed() ? Buffer.from(document) : undefined;
  if (bytes === undefined || !scanXml(bytes, handlers, whole)) {
    const reader = new XmlReader(handlers.want, handlers, whole);
    reader.write(typeof document === 'string' ? document : UTF8.decode(document));
    reader.end();
  }
  return root as unknown as XmlElement;
}

const UTF8 = new TextDecoder();

/** Hands clean text on: what stands before the document goes, and a reference that is cut by a piece's end waits for its rest. */
function cleaning(reader: XmlReader, repaired: XmlRepaired): (text: string, last: boolean) => void {
  let begun = false;
  let held = '';
  return (text, last) => {
    let whole = held + text;
    held = '';
    if (!begun) {
      if (whole.startsWith('\ufeff')) whole = whole.slice(1);
      const trimmed = whole.replace(/^[\s\ufeff]+/, '');
      if (trimmed.length < whole.length) repaired('leading', 1);
      begun = trimmed !== '';
      whole = trimmed;
    }
    const cut = last ? -1 : whole.indexOf('&', whole.length - REFERENCE_CHARS);
    if (cut >= 0 && !whole.includes(';', cut)) {
      held = whole.slice(cut);
      whole = whole.slice(0, cut);
    }
    if (whole !== '') reader.write(withoutForbidden(whole, repaired));
  };
}

/** The longest numeric reference that is mended. */
const REFERENCE_CHARS = 12;

function definedLimits({ maxTextBytes, maxRecordBytes, maxDepth, maxAttributes }: XmlOptions): Partial<XmlLimits> {
  return {
    ...(maxTextBytes === undefined ? {} : { maxTextBytes }),
    ...(maxRecordBytes === undefined ? {} : { maxRecordBytes }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(maxAttributes === undefined ? {} : { maxAttributes }),
  };
}
