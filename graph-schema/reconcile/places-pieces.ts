/** A text about places, cut where its writer set things apart: "Comines (Nord, France) ; Lomme" is four pieces in two segments. */

export interface Piece {
  /** As it stands in the text. */
  readonly raw: string;
  /** Semicolons part segments: what qualifies a place stands in its own. */
  readonly segment: number;
}

/** A text with more pieces is a page, and no place. */
const MOST_PIECES = 60;

const ARTICLE = /^l(?:[ae]s?|['’])$/i;

/** The pieces in their order; none where there are too many. "Bassée (La)" is one piece, "La Bassée". */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let segment = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const mark = at === text.length ? ';' : text.charAt(at);
    if (!MARKS.has(mark)) continue;
    const raw = text.slice(from, at).trim();
    const before = pieces.at(-1);
    if (raw !== '' && mark === ')' && before?.segment === segment && ARTICLE.test(raw)) {
      pieces[pieces.length - 1] = { raw: /['’]$/.test(raw) ? `${raw}${before.raw}` : `${raw} ${before.raw}`, segment };
    } else if (raw !== '') pieces.push({ raw, segment });
    if (pieces.length > MOST_PIECES) return [];
    if (SEGMENT_MARKS.has(mark)) segment += 1;
    from = at + 1;
  }
  return pieces;
}

const SEGMENT_MARKS: ReadonlySet<string> = new Set([';', '|', '\n']);
const MARKS: ReadonlySet<string> = new Set([...SEGMENT_MARKS, ',', '(', ')', '[', ']', ':']);
