/** The parts of an EDM record in RDF/XML, whatever the spelling: typed elements, or `rdf:Description` with an `rdf:type`. */
import { childrenOf, textOf, type XmlElement } from '../../xml.ts';
import { tidy, unique } from '../shared/text.ts';

export const RDF_NS = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const EDM_NS = 'http://www.europeana.eu/schemas/edm/';
const LANGUAGE = '{http://www.w3.org/XML/1998/namespace}lang';
const rdf = (name: string): string => `{${RDF_NS}}${name}`;

/** What an element is: its own name, or that of its `rdf:type`. */
export function classOf(element: XmlElement): string {
  if (element.name !== 'Description' || element.ns !== RDF_NS) return element.name;
  const types = childrenOf(element, 'type').map((type) => nameIn(resourceOf(type)));
  return types.find((type) => type !== undefined) ?? 'Description';
}

/** The last part of an address: `…/edm/ProvidedCHO` gives `ProvidedCHO`. */
function nameIn(address: string | undefined): string | undefined {
  return /[^/#]+$/.exec(address ?? '')?.[0];
}

/** What an element is about: `rdf:about`, `rdf:ID` or `rdf:nodeID`. */
export function aboutOf(element: XmlElement): string | undefined {
  const { attributes } = element;
  const about = attributes[rdf('about')] ?? attributes['about'];
  const name = attributes[rdf('ID')] ?? attributes[rdf('nodeID')];
  return (about ?? (name === undefined ? undefined : `#${name}`))?.trim() || undefined;
}

/** Deeper, nodes within nodes say nothing that a record has a field for. */
const DEEPEST = 6;

/** Every node of an RDF document or part of it: those that stand side by side, and those written within a property of another (as the Rijksmuseum does). */
export function nodesIn(nodes: readonly XmlElement[], depth = 0): readonly XmlElement[] {
  if (depth > DEEPEST) return [];
  return nodes.flatMap((node) => {
    const within = childrenOf(node).flatMap((property) => childrenOf(property));
    return within.length === 0 ? [node] : [node, ...nodesIn(within, depth + 1)];
  });
}

/** What a property leads to: `rdf:resource`, `rdf:nodeID`, or the element that it holds. */
export function resourceOf(property: XmlElement): string | undefined {
  const { attributes } = property;
  const resource = attributes[rdf('resource')] ?? attributes['resource'];
  if (resource !== undefined) return resource.trim() || undefined;
  const node = attributes[rdf('nodeID')];
  if (node !== undefined) return `#${node}`;
  const [inner] = childrenOf(property);
  return inner && aboutOf(inner);
}

/** Whether a property holds words, and leads to nothing else. */
export function isLiteral(property: XmlElement): boolean {
  return resourceOf(property) === undefined && childrenOf(property).length === 0;
}

/** The properties of some parts, of one name. */
export function propertiesOf(parts: readonly XmlElement[], name: string): readonly XmlElement[] {
  return parts.flatMap((part) => childrenOf(part, name));
}

/** Every address to which properties of these names lead: resources, and texts that a partner wrote in their place. */
export function addressesIn(parts: readonly XmlElement[], ...names: readonly string[]): readonly string[] {
  return unique(
    names.flatMap((name) => propertiesOf(parts, name).map((one) => resourceOf(one) ?? (textOf(one) || undefined))),
  );
}

/** Languages by preference; '' is what is not marked. */
const PREFERRED = ['fr', '', 'en', 'nl'] as const;

/** Of literals in several languages, those of the preferred one with those of none behind them, and the others. */
export function byLanguage(literals: readonly XmlElement[]): {
  readonly chosen: readonly XmlElement[];
  readonly others: readonly XmlElement[];
} {
  const languageOf = (one: XmlElement) => (one.attributes[LANGUAGE] ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
  const filled = literals.filter((one) => one.children.length > 0 && textOf(one) !== '');
  const [first] = filled;
  if (!first) return { chosen: [], others: [] };
  const language = PREFERRED.find((wanted) => filled.some((one) => languageOf(one) === wanted)) ?? languageOf(first);
  const unmarked = language === '' ? [] : filled.filter((one) => languageOf(one) === '');
  const chosen = [...filled.filter((one) => languageOf(one) === language), ...unmarked];
  return { chosen, others: filled.filter((one) => !chosen.includes(one)) };
}

/** The words of a literal, paragraphs kept. */
export function wordsOf(literal: XmlElement): string | undefined {
  const written = literal.children.length === 1 ? literal.children[0] : undefined;
  return tidy(typeof written === 'string' ? written : textOf(literal));
}
