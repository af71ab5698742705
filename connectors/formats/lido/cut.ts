/** Cuts a file into LIDO notices: one `lido`, or a `lidoWrap` (or an OAI-PMH answer) with many. Streams. */
import { finding } from '#graph-schema/findings/finding.ts';
import { charsetOf } from '../../charset.ts';
import type { Json } from '../../connector.ts';
import { textsAt, type XmlElement } from '../../xml.ts';
import { XmlFault, xmlElements } from '../../xml-stream.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { isOaiToken, tellOfPage } from '../shared/oai-page.ts';
import { LIDO_NS } from './terms.ts';

/** A file that breaks off keeps the notices before the break, and is refused at its end. */
export async function* cutLido(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const refused: LocatedCut[] = [];
  let position = 0;
  let token: XmlElement | undefined;
  const options = {
    charset: file.reading?.encoding ?? charsetOf(file.mediaType),
    repaired: (kind: string, count: number) => tell(finding('lido-xml-repaired', { file: file.name, kind, count })),
    capped: (fault: XmlFault, partial: XmlElement) => refused.push(tooLarge(file, fault, partial)),
  };
  try {
    for await (const { element, raw } of xmlElements(file.bytes(), isWanted, options)) {
      yield* refused.splice(0);
      if (isOaiToken(element.name, element.ns)) {
        token = element;
        continue;
      }
      position += 1;
      yield cutNotice(file, element, raw, position);
    }
    yield* refused.splice(0);
    tellOfPage(file, token, position, tell);
    if (position === 0) yield refuse(finding('lido-none', { file: file.name }));
  } catch (fault) {
    if (!(fault instanceof XmlFault)) throw fault;
    yield* refused.splice(0);
    const reason = `${fault.message.slice(0, 150)} (${fault.line}:${fault.column})`;
    yield refuse(finding('lido-xml-broken', { file: file.name, reason }));
  }
}

const isWanted = (name: string, ns: string): boolean => (name === 'lido' && ns === LIDO_NS) || isOaiToken(name, ns);

function cutNotice(file: ReadableFile, element: XmlElement, text: string, line: number): LocatedCut {
  const raw = new TextEncoder().encode(text);
  const [id] = textsAt(element, 'lidoRecID');
  if (id === undefined)
    return { kind: 'rejected', line, raw, finding: finding('lido-id-missing', { file: file.name, line }) };
  return { kind: 'record', line, id, row: element as Json, raw };
}

function tooLarge(file: ReadableFile, fault: XmlFault, partial: XmlElement): LocatedCut {
  const [id] = textsAt(partial, 'lidoRecID');
  const found = finding('lido-too-large', { file: file.name, id: id ?? '?', reason: fault.message });
  return id === undefined ? { kind: 'rejected', finding: found } : { kind: 'rejected', id, finding: found };
}
