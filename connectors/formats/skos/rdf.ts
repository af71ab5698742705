/** The statements of a file of RDF: Turtle, TriG, N-Triples, N-Quads (by n3) or RDF/XML (by rdfxml-streaming-parser). */
import { Readable } from 'node:stream';
import { Parser, type Quad } from 'n3';
import { RdfXmlParser } from 'rdfxml-streaming-parser';

/** A statement, its terms widened: `literal` has the language of a text, empty where none is said. */
export interface Statement {
  readonly subject: string;
  readonly predicate: string;
  readonly object: { readonly value: string; readonly literal: boolean; readonly language: string };
}

/** A text that is not RDF, or breaks off: expected, with the parser's own words. */
export class RdfFault extends Error {}

/** Statements are read to the end, or not at all: a vocabulary that breaks off has lost relations that nobody would miss. Throws RdfFault. */
export async function statementsOf(text: string): Promise<readonly Statement[]> {
  const start = text.trimStart().slice(0, 2_000);
  if (start.startsWith('{') || start.startsWith('[{')) throw new RdfFault('JSON');
  return /^<(\?xml|!DOCTYPE|!--|(\w+:)?RDF\b)/.test(start) ? fromXml(text) : fromTurtle(text);
}

function fromTurtle(text: string): Statement[] {
  try {
    // Relative addresses are read against one that is nobody's, so that they stay the same wherever the file lies.
    return new Parser({ baseIRI: 'urn:trame:skos/' }).parse(text).map(statementOf);
  } catch (fault) {
    throw new RdfFault((fault as Error).message);
  }
}

/** Entities that hold entities could grow without end (the "billion laughs"). */
const NESTED_ENTITY = /<!ENTITY\s+\S+\s+(["'])(?:(?!\1)[\s\S])*&\w/;

const ENTITY = /<!ENTITY\s+\S+\s+(["'])((?:(?!\1)[\s\S])*)\1/g;
/** Characters that entities may add to a file: they are short for addresses, which stand in memory anyway. */
const MOST_GROWN = 100_000_000;

/** How much longer the text could be with its entities written out: every reference taken for the longest. */
function grownBy(text: string): number {
  let longest = 0;
  for (const [, , value = ''] of text.matchAll(ENTITY)) longest = Math.max(longest, value.length);
  if (longest === 0) return 0;
  let references = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) references += 1;
  return longest * references;
}

async function fromXml(text: string): Promise<Statement[]> {
  if (NESTED_ENTITY.test(text)) throw new RdfFault('entité qui en contient une autre / nested entity');
  if (grownBy(text) > MOST_GROWN) throw new RdfFault('entités trop longues / entities too long');
  // The parser takes an end in the middle for the end.
  const root = /<((?:[\w.-]+:)?RDF)[\s>]/.exec(text)?.[1];
  if (root === undefined || !text.includes(`</${root}>`)) throw new RdfFault('fichier coupé / file cut off');
  const statements: Statement[] = [];
  try {
    const parser = new RdfXmlParser({ baseIRI: 'urn:trame:skos/' });
    for await (const quad of Readable.from([text]).pipe(parser)) statements.push(statementOf(quad as Quad));
  } catch (fault) {
    throw new RdfFault((fault as Error).message);
  }
  return statements;
}

function statementOf({ subject, predicate, object }: Quad): Statement {
  const literal = object.termType === 'Literal';
  return {
    subject: subject.value,
    predicate: predicate.value,
    object: { value: object.value, literal, language: literal ? object.language.toLowerCase() : '' },
  };
}
