/**
 * Cuts a file into records of Dublin Core: a saved answer of OAI-PMH (ListRecords, GetRecord), one `oai_dc:dc`, or many of them in whatever holds them.
 * Streams.
 */
import { finding } from '#graph-schema/findings/finding.ts';
import { charsetOf } from '../charset.ts';
import type { Json } from '../connector.ts';
import { childrenOf, type OaiRow, textOf, textsAt, type XmlElement } from '../xml.ts';
import { parseXml, XmlFault, type XmlItem, xmlElements } from '../xml-stream.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from './reading/file.ts';
import { isOaiToken, tellOfPage } from './shared/oai-page.ts';
import { arkIn } from './shared/text.ts';

/** A file that breaks off keeps the records before the break, and is refused at its end. */
export async function* cutDublinCore(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const refused: LocatedCut[] = [];
  let token: XmlElement | undefined;
  let position = 0;
  const options = {
    charset: file.reading?.encoding ?? charsetOf(file.mediaType),
    repaired: (kind: string, count: number) => tell(finding('dc-xml-repaired', { file: file.name, kind, count })),
    capped: (fault: XmlFault, partial: XmlElement) => refused.push(tooLarge(file, fault, partial)),
  };
  try {
    for await (const item of xmlElements(file.bytes(), isWanted, options)) {
      yield* refused.splice(0);
      if (isOaiToken(item.element.name, item.element.ns)) token = item.element;
      else {
        position += 1;
        yield cutRecord(file, item, position);
      }
    }
    position += refused.length;
    yield* refused.splice(0);
    tellOfPage(file, token, position, tell);
    if (position === 0) yield refuse(finding('dc-none', { file: file.name }));
  } catch (fault) {
    if (!(fault instanceof XmlFault)) throw fault;
    yield* refused.splice(0);
    const reason = `${fault.message.slice(0, 150)} (${fault.line}:${fault.column})`;
    yield refuse(finding('dc-xml-broken', { file: file.name, reason }));
  }
}

/** The row again from a cut's raw bytes. */
export function dublinCoreFromRaw(raw: Uint8Array): Json {
  return rowOf(parseXml(raw)) as unknown as Json;
}

/** A `record` holds its `dc`: what is within a wanted element is not asked for again. */
const isWanted = (name: string, ns: string): boolean =>
  name === 'record' || name === 'dc' || name === 'qualifieddc' || isOaiToken(name, ns);

/** The row of a record with its header, or of a bare `dc`, which is called by what it says of itself. */
function rowOf(element: XmlElement): OaiRow {
  const [header] = childrenOf(element, 'header');
  if (!header) return { header: { identifier: ownId(element) ?? '', datestamp: '', sets: [] }, metadata: element };
  const [metadata] = childrenOf(element, 'metadata').flatMap((one) => childrenOf(one));
  const said = (name: string) => textsAt(header, name)[0] ?? '';
  const sets = childrenOf(header, 'setSpec').map(textOf);
  return {
    header: { identifier: said('identifier'), datestamp: said('datestamp'), sets },
    metadata: metadata ?? header,
  };
}

/** An identifier of OAI-PMH, an ARK, or the first `dc:identifier` that is no e-mail address. */
function ownId(dc: XmlElement): string | undefined {
  const said = textsAt(dc, 'identifier').filter((text) => !text.includes('@'));
  return said.find((text) => /^oai:/i.test(text)) ?? said.map(arkIn).find(Boolean) ?? said[0];
}

function cutRecord(file: ReadableFile, { element, raw: text }: XmlItem, line: number): LocatedCut {
  const raw = new TextEncoder().encode(text);
  const row = rowOf(element);
  const { identifier: id, datestamp } = row.header;
  if (id === '') return { kind: 'rejected', line, raw, finding: finding('dc-id-missing', { file: file.name, line }) };
  const [header] = childrenOf(element, 'header');
  if (header?.attributes['status'] === 'deleted')
    return { kind: 'rejected', line, id, hides: true, finding: finding('dc-record-deleted', { id }) };
  const modified = datestamp === '' ? {} : { modified: datestamp };
  return { kind: 'record', line, id, row: row as unknown as Json, raw, ...modified };
}

function tooLarge(file: ReadableFile, fault: XmlFault, partial: XmlElement): LocatedCut {
  const { identifier } = rowOf(partial).header;
  const found = finding('dc-too-large', { file: file.name, id: identifier || '?', reason: fault.message });
  return identifier === ''
    ? { kind: 'rejected', finding: found }
    : { kind: 'rejected', id: identifier, finding: found };
}
