/**
 * Cuts RDF/XML into EDM records: an RDF document of one record or of thousands, or RDF documents within an OAI-PMH answer. Streams. The parts of a record
 * (the thing, its aggregation, its pictures, the places and people that it names) find each other while they stand within
 * 4 MB: so any order will do in a small file, and in a large one each record must stand near its parts, as exports write them.
 */
import { finding } from '#graph-schema/findings/finding.ts';
import { charsetOf } from '../../charset.ts';
import type { Json } from '../../connector.ts';
import { childrenOf, type XmlElement } from '../../xml.ts';
import { parseXml, XmlFault, type XmlItem, xmlElements } from '../../xml-stream.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { isOaiToken, tellOfPage } from '../shared/oai-page.ts';
import { JOIN_LIMITS, Joiner, type JoinLimits } from './join.ts';
import { aboutOf, classOf, nodesIn, RDF_NS } from './rdf.ts';

/** A file that breaks off keeps the records before the break, and is refused at its end. */
export async function* cutEdm(
  file: ReadableFile,
  tell: Tell,
  limits: JoinLimits = JOIN_LIMITS,
): AsyncGenerator<LocatedCut> {
  const refused: LocatedCut[] = [];
  const joiner = new Joiner(limits);
  let rootIsRdf = false;
  let position = 0;
  let token: XmlElement | undefined;
  const want = (name: string, ns: string, depth: number): boolean => {
    const isRdf = name === 'RDF' && ns === RDF_NS;
    if (depth === 0) rootIsRdf = isRdf;
    return depth > 0 && (rootIsRdf || isRdf || isOaiToken(name, ns));
  };
  const options = {
    charset: file.reading?.encoding ?? charsetOf(file.mediaType),
    repaired: (kind: string, count: number) => tell(finding('edm-xml-repaired', { file: file.name, kind, count })),
    capped: (fault: XmlFault, partial: XmlElement) => refused.push(tooLarge(file, fault, partial)),
  };
  try {
    for await (const item of xmlElements(file.bytes(), want, options)) {
      yield* refused.splice(0);
      if (!rootIsRdf && isOaiToken(item.element.name, item.element.ns)) {
        token = item.element;
        continue;
      }
      for (const cut of rootIsRdf ? joiner.add(item).map(cutOf(file)) : wholeDocument(file, item)) {
        position += 1;
        yield { ...cut, line: position };
      }
    }
    for (const cut of joiner.end().map(cutOf(file))) {
      position += 1;
      yield { ...cut, line: position };
    }
    yield* refused.splice(0);
    tellOfLoneParts(file, joiner, tell);
    tellOfPage(file, token, position, tell);
    if (position === 0) yield refuse(finding('edm-none', { file: file.name }));
  } catch (fault) {
    if (!(fault instanceof XmlFault)) throw fault;
    yield* joiner.end().map(cutOf(file));
    yield* refused.splice(0);
    const reason = `${fault.message.slice(0, 150)} (${fault.line}:${fault.column})`;
    yield refuse(finding('edm-xml-broken', { file: file.name, reason }));
  }
}

/** The row again from a cut's raw bytes. */
export function edmFromRaw(raw: Uint8Array): Json {
  return parseXml(new TextDecoder().decode(raw)) as Json;
}

type Joined = { readonly id: string | undefined; readonly parts: readonly XmlItem[] };

const cutOf =
  (file: ReadableFile) =>
  ({ id, parts }: Joined): Exclude<LocatedCut, { wholeFile: true }> => {
    const raw = new TextEncoder().encode(
      `<rdf:RDF xmlns:rdf="${RDF_NS}">${parts.map((part) => part.raw).join('')}</rdf:RDF>`,
    );
    if (id === undefined) return { kind: 'rejected', raw, finding: finding('edm-id-missing', { file: file.name }) };
    const row = { name: 'RDF', ns: RDF_NS, attributes: {}, children: parts.map((part) => part.element) };
    return { kind: 'record', id, row: row as Json, raw };
  };

/** An RDF document within another: a record of its own. */
function wholeDocument(file: ReadableFile, { element, raw }: XmlItem): Exclude<LocatedCut, { wholeFile: true }>[] {
  const thing = nodesIn(childrenOf(element)).find((node) => classOf(node) === 'ProvidedCHO');
  if (!thing) return [];
  const id = aboutOf(thing);
  const bytes = new TextEncoder().encode(raw);
  if (id === undefined)
    return [{ kind: 'rejected', raw: bytes, finding: finding('edm-id-missing', { file: file.name }) }];
  return [{ kind: 'record', id, row: element as Json, raw: bytes }];
}

function tooLarge(file: ReadableFile, fault: XmlFault, partial: XmlElement): LocatedCut {
  const id = aboutOf(partial);
  const found = finding('edm-too-large', { file: file.name, id: id ?? '?', reason: fault.message });
  return id === undefined || classOf(partial) !== 'ProvidedCHO'
    ? { kind: 'rejected', finding: found }
    : { kind: 'rejected', id, finding: found };
}

function tellOfLoneParts(file: ReadableFile, { alone, example }: Joiner, tell: Tell): void {
  if (alone > 0) tell(finding('edm-parts-alone', { file: file.name, count: alone, example: example ?? '?' }));
}
