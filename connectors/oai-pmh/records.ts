/** What stands in a ListRecords page: records and tombstones, as messages. */
import { createHash } from 'node:crypto';
import type { Message } from '#connectors/connector.ts';
import { childrenOf, type OaiRow, textOf, type XmlElement } from '#connectors/xml.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { type Item, OAI_NS, type Page } from './page.ts';

/** `token` is empty on the last page of a list. */
export interface Token {
  readonly token: string;
  readonly expires: string | undefined;
  readonly completeListSize: number | undefined;
}

/** The token of a page; undefined where the page has no such element. */
export function tokenOf(page: Page): Token | undefined {
  const element = page.items.findLast(
    ({ element: { name, ns } }) => name === 'resumptionToken' && ns === OAI_NS,
  )?.element;
  if (element === undefined) return undefined;
  const { attributes } = element;
  const size = attributes['completeListSize']?.trim() ?? '';
  return {
    // Not collapsed: a token is opaque. But a pretty-printer's line breaks are none of it.
    token: element.children
      .filter((child) => typeof child === 'string')
      .join('')
      .trim(),
    expires: attributes['expirationDate'],
    completeListSize: /^\d{1,12}$/.test(size) ? Number(size) : undefined,
  };
}

/** The records of a page, tombstones included. */
export function recordsOf(page: Page): readonly Item[] {
  return page.items.filter(({ element: { name, ns } }) => name === 'record' && ns === OAI_NS);
}

/** The identifier of a record, '' where it has none. */
export function identifierOf({ element }: Item): string {
  const header = ours(element, 'header');
  return header === undefined ? '' : text(header, 'identifier');
}

/** A fingerprint of the identifiers of a page, '' where it has no record. */
export function fingerprint(identifiers: readonly string[]): string {
  return identifiers.length === 0
    ? ''
    : createHash('sha256').update(identifiers.join('\n')).digest('base64url').slice(0, 16);
}

/** One record as a message. */
export function messageOf<Cursor>(item: Item, url: string): Message<Cursor> {
  const id = identifierOf(item);
  const { raw } = item;
  if (item.capped !== undefined) {
    const known = id === '' ? {} : { id };
    return {
      kind: 'rejected',
      ...known,
      finding: finding('oai-record-capped', { id: id || url, limit: item.capped }),
      raw,
    };
  }
  if (id === '') return { kind: 'rejected', finding: finding('oai-record-without-identifier', { url }), raw };
  const header = ours(item.element, 'header') as XmlElement;
  const datestamp = text(header, 'datestamp');
  const modified = datestamp === '' ? {} : { modified: datestamp };
  if (header.attributes['status'] === 'deleted') return { kind: 'deleted', id, ...modified };
  const row = rowOf(item.element);
  if (row === undefined) return { kind: 'rejected', id, finding: finding('oai-record-without-metadata', { id }), raw };
  return { kind: 'record', id, row, raw, ...modified };
}

/** The row of a `<record>` element; undefined where it has no header or no metadata. */
export function rowOf(record: XmlElement): OaiRow | undefined {
  const header = ours(record, 'header');
  const metadata = ours(record, 'metadata')?.children.find((child) => typeof child !== 'string');
  if (header === undefined || metadata === undefined) return undefined;
  const sets = childrenOf(header, 'setSpec').map(textOf);
  return { header: { identifier: text(header, 'identifier'), datestamp: text(header, 'datestamp'), sets }, metadata };
}

function ours(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    if (typeof child !== 'string' && child.name === name && child.ns === OAI_NS) return child;
  }
  return undefined;
}

function text(header: XmlElement, name: string): string {
  const element = ours(header, name);
  if (element === undefined) return '';
  // Nearly always one text without a blank: asked several times of every record.
  const only = element.children.length === 1 ? element.children[0] : undefined;
  return typeof only === 'string' && !/\s/.test(only) ? only : textOf(element);
}
