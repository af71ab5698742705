/** Reading LIDO: the words of its elements, in French where they are given in several languages. Names are matched whatever their prefix. */
import { descend, textOf, textsAt, type XmlElement } from '../../xml.ts';
import { tidyLine, unique } from '../shared/text.ts';

export const LIDO_NS = 'http://www.lido-schema.org';
const LANGUAGE = '{http://www.w3.org/XML/1998/namespace}lang';
const RDF_ABOUT = '{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about';

/** An attribute of LIDO, with its namespace (as 1.1 writes it) or without. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes[`{${LIDO_NS}}${name}`] ?? element.attributes[name];
}

/** Of several languages, the French ones; where there are none, those without a language, else all. */
export function inFrench(elements: readonly XmlElement[]): readonly XmlElement[] {
  const filled = elements.filter((one) => textOf(one) !== '');
  const french = filled.filter((one) => /^fr\b/i.test(one.attributes[LANGUAGE] ?? ''));
  if (french.length > 0) return french;
  const unmarked = filled.filter((one) => one.attributes[LANGUAGE] === undefined);
  return unmarked.length > 0 ? unmarked : filled;
}

/** Of several, the preferred one, in French: its text. */
export function preferredText(elements: readonly XmlElement[]): string | undefined {
  const french = inFrench(elements);
  const chosen = french.find(
    (one) => /preferred$/.test(attribute(one, 'pref') ?? '') && !/alternat/.test(attribute(one, 'pref') ?? ''),
  );
  const element = chosen ?? french[0];
  return element && tidyLine(textOf(element));
}

/** The word of a concept: its `term`, else the label of its SKOS concept. */
export function termOf(concept: XmlElement): string | undefined {
  return preferredText(descend(concept, 'term')) ?? preferredText(descend(concept, 'Concept', 'prefLabel'));
}

/** The words of all concepts at a path, each once. */
export function termsAt(element: XmlElement, ...path: readonly string[]): readonly string[] {
  return unique(descend(element, ...path).map(termOf));
}

/** The addresses by which a concept is identified. */
export function conceptUris(concept: XmlElement): readonly string[] {
  const about = descend(concept, 'Concept').map((one) => one.attributes[RDF_ABOUT]);
  return unique([...textsAt(concept, 'conceptID'), ...about]);
}

/** The name in an element that holds `appellationValue`s. */
export function nameAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  return preferredText(descend(element, ...path, 'appellationValue'));
}

/** The French texts at a path, each once. */
export function frenchAt(element: XmlElement, ...path: readonly string[]): readonly string[] {
  return unique(inFrench(descend(element, ...path)).map((one) => tidyLine(textOf(one))));
}
