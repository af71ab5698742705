/** Why something was found: the passages of its texts that have the words that were looked for. Plain data; how they are shown is the client's. */
import { tokensOf } from './stem.ts';
import { synonymStems } from './synonyms.ts';

/** Words as the question has them (compile/question.ts). */
export interface Looked {
  /** Stems of whole words, of phrases too. */
  readonly stems: ReadonlySet<string>;
  /** Folded beginnings (`tiss*`). */
  readonly beginnings: readonly string[];
}

export interface Passage {
  /** A piece of the text, as it stands there. */
  readonly text: string;
  /** Where in `text` the words are: begin and end, UTF-16 offsets, in order, none over another. */
  readonly marks: readonly (readonly [begin: number, end: number])[];
}

const MOST_CHARACTERS = 200;
/** What stands before the first mark of a piece that is cut out. */
const BEFORE = 40;

/** What is looked for in what a visitor typed: quotes and stars as in a search. */
export function lookedFor(typed: string): Looked {
  const stems = new Set<string>();
  const beginnings: string[] = [];
  for (const part of typed.match(/"[^"]*"|[^\s"]+/g) ?? []) {
    const tokens = tokensOf(part);
    if (!part.startsWith('"') && part.endsWith('*')) {
      const last = tokens.at(-1);
      if (last) beginnings.push(last.word);
      for (const { stem } of tokens.slice(0, -1)) stems.add(stem);
    } else for (const { stem, word } of tokens) if (!LITTLE.has(word)) stems.add(stem);
  }
  for (const stem of synonymStems(tokensOf(typed.replace(/"[^"]*"/g, ' ')).map(({ word }) => word))) stems.add(stem);
  return { stems, beginnings };
}

/** Words that the index does not keep: marked everywhere they would tell nothing. */
const LITTLE = new Set(
  'le la les l de du des d un une et a au aux en dans sur sous par pour avec sans ou ce cet cette ces son sa ses leur leurs il elle on ne pas plus que qui se est sont'.split(
    ' ',
  ),
);

/** The piece of a text that has most of what was looked for; undefined where it has none of it. */
export function highlight(text: string, looked: Looked): Passage | undefined {
  const marks = marksIn(text, looked);
  if (marks.length === 0) return undefined;
  if (text.length <= MOST_CHARACTERS) return { text, marks: marks.map(({ begin, end }) => [begin, end]) };
  const { from, to } = bestPiece(text, marks);
  const inside = marks.filter(({ begin, end }) => begin >= from && end <= to);
  return { text: text.slice(from, to), marks: inside.map(({ begin, end }) => [begin - from, end - from]) };
}

interface Mark {
  readonly begin: number;
  readonly end: number;
  /** What of the question it answers. */
  readonly of: string;
}

function marksIn(text: string, { stems, beginnings }: Looked): readonly Mark[] {
  return tokensOf(text).flatMap(({ begin, end, stem, word }) => {
    if (stems.has(stem)) return [{ begin, end, of: stem }];
    const beginning = beginnings.find((one) => word.startsWith(one));
    return beginning === undefined ? [] : [{ begin, end, of: `${beginning}*` }];
  });
}

/** Begins a little before the mark from which most different words follow; cut between words. */
function bestPiece(text: string, marks: readonly Mark[]): { from: number; to: number } {
  let best = { from: 0, to: 0, words: 0 };
  for (const first of marks) {
    const from = wordBegin(text, Math.max(0, first.begin - BEFORE));
    const to = wordEnd(text, from + MOST_CHARACTERS, first.end);
    const words = new Set(marks.filter(({ begin, end }) => begin >= from && end <= to).map(({ of }) => of)).size;
    if (words > best.words) best = { from, to, words };
  }
  return best;
}

function wordBegin(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.indexOf(' ', at);
  return space < 0 || space > at + BEFORE / 2 ? at + (isLowSurrogate(text, at) ? 1 : 0) : space + 1;
}

/** Not before `least`. */
function wordEnd(text: string, at: number, least: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  if (space >= least && space > at - BEFORE) return space;
  const end = Math.max(at, least);
  return isLowSurrogate(text, end) ? end + 1 : end;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
