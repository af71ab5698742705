/**
 * Pieces of Cypher and the values that go with them. Every value becomes a parameter and every other part is a name that the
 * model declares, so that what a client sends can never become Cypher, and equal questions give equal texts (the plan cache hits).
 */
import neo4j, { type Integer } from 'neo4j-driver';

const HOLE = '\u0000';
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A text with a hole for each of its values, in order. */
export class Piece {
  readonly text: string;
  readonly values: readonly unknown[];

  constructor(text: string, values: readonly unknown[] = []) {
    this.text = text;
    this.values = values;
  }

  /** Equal keys: the same text with the same values. */
  get key(): string {
    return this.values.length === 0 ? this.text : `${this.text}${HOLE}${JSON.stringify(this.values)}`;
  }
}

/** The text as written, pieces put in, bare strings allowed only where they are names. */
export function cypher(texts: TemplateStringsArray, ...parts: readonly (Piece | string)[]): Piece {
  let text = texts[0] ?? '';
  const values: unknown[] = [];
  for (const [index, part] of parts.entries()) {
    if (part instanceof Piece) {
      text += part.text;
      values.push(...part.values);
    } else if (NAME.test(part)) text += part;
    else throw new Error(`not a name: ${part}`);
    text += texts[index + 1] ?? '';
  }
  return new Piece(text, values);
}

export const NOTHING = new Piece('');

/** A value, as a parameter. */
export function value(given: unknown): Piece {
  return new Piece(HOLE, [given]);
}

/** A whole number, as a parameter that LIMIT takes: the driver sends a plain number as a float. */
export function whole(given: number): Piece {
  return value(neo4j.int(given));
}

export function join(pieces: readonly Piece[], separator: string): Piece {
  return new Piece(
    pieces.map(({ text }) => text).join(separator),
    pieces.flatMap(({ values }) => values),
  );
}

/** The alternatives that hold together; none is no condition. */
export function where(conditions: readonly Piece[]): Piece {
  return conditions.length === 0 ? NOTHING : cypher`WHERE ${join(conditions, ' AND ')}`;
}

export interface Query {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Numbers the holes: `$p0`, `$p1` … `fixed` parameters have the same name in every text. */
export function query(piece: Piece, fixed: Readonly<Record<string, unknown>>): Query {
  const parameters: Record<string, unknown> = { ...fixed };
  let next = 0;
  const text = piece.text.replaceAll(HOLE, () => {
    const name = `p${next}`;
    parameters[name] = piece.values[next];
    next += 1;
    return `$${name}`;
  });
  return { text, parameters };
}

/** The driver gives Integer where it was not told otherwise. */
export function numberOf(given: unknown): number {
  return neo4j.isInt(given as Integer) ? (given as Integer).toNumber() : Number(given);
}
