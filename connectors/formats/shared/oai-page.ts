/** What a saved answer of OAI-PMH says of the list that it is a page of: `resumptionToken`. https://www.openarchives.org/OAI/openarchivesprotocol.html#FlowControl */
import { finding } from '#graph-schema/findings/finding.ts';
import { textOf, type XmlElement } from '../../xml.ts';
import type { ReadableFile, Tell } from '../reading/file.ts';

export const OAI_NS = 'http://www.openarchives.org/OAI/2.0/';

export const isOaiToken = (name: string, ns: string): boolean => name === 'resumptionToken' && ns === OAI_NS;

/** Tells that a longer list goes on behind this page, so that what the page does not name is not held to be gone. A last page has an empty token, or none. */
export function tellOfPage(file: ReadableFile, token: XmlElement | undefined, rows: number, tell: Tell): void {
  if (token === undefined || textOf(token) === '') return;
  const size = token.attributes['completeListSize']?.trim() ?? '';
  const total = /^\d{1,12}$/.test(size) ? Number(size) : 0;
  tell(finding('file-one-page', { file: file.name, rows, total }));
}
