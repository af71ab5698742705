/** One XML element as plain data: what an XML connector hands over as (part of) a row, and an XML format reads. */

/** `name` is the local name, `ns` the namespace URI ('' for none). Attribute keys are local names, prefixed by `{uri}` where in a namespace. Text nodes are strings. */
export type XmlElement = {
  readonly name: string;
  readonly ns: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly (XmlElement | string)[];
};

/** The row of an OAI-PMH record: its header, and its metadata as received. */
export type OaiRow = {
  readonly header: { readonly identifier: string; readonly datestamp: string; readonly sets: readonly string[] };
  readonly metadata: XmlElement;
};

/** All text inside an element, in order, white space collapsed. */
export function textOf(element: XmlElement): string {
  const parts: string[] = [];
  const walk = (node: XmlElement | string): void => {
    if (typeof node === 'string') parts.push(node);
    else for (const child of node.children) walk(child);
  };
  walk(element);
  return parts.join('').replace(/\s+/g, ' ').trim();
}

/** The child elements, of any name or of one local name. */
export function childrenOf(element: XmlElement, name?: string): readonly XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** Every element below that a path of local names leads to: `descend(lido, 'descriptiveMetadata', 'eventWrap')`. */
export function descend(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  let level: readonly XmlElement[] = [element];
  for (const name of path) level = level.flatMap((one) => childrenOf(one, name));
  return level;
}

/** The texts at a path, empty ones left out. */
export function textsAt(element: XmlElement, ...path: readonly string[]): readonly string[] {
  return descend(element, ...path)
    .map(textOf)
    .filter((text) => text !== '');
}
