/** What stands in a ListIdentifiers page: headers, which name what there is without giving it. */
import { childrenOf, textOf, type XmlElement } from '#connectors/xml.ts';
import { OAI_NS, type Page } from './page.ts';

export interface Header {
  /** '' where it has none. */
  readonly id: string;
  /** As given, '' where it has none. */
  readonly datestamp: string;
  readonly deleted: boolean;
}

export function headersOf(page: Page): readonly Header[] {
  return page.items
    .filter(({ element: { name, ns } }) => name === 'header' && ns === OAI_NS)
    .map(({ element }) => ({
      id: said(element, 'identifier'),
      datestamp: said(element, 'datestamp'),
      deleted: element.attributes['status'] === 'deleted',
    }));
}

function said(header: XmlElement, name: string): string {
  const [element] = childrenOf(header, name);
  return element === undefined ? '' : textOf(element);
}
