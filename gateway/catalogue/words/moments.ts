/** Of a recording, the moments at which what was looked for is said. */
import { highlight, type Looked, type Passage } from './highlight.ts';

export interface Moment extends Passage {
  /** Seconds from the beginning. */
  readonly begin: number;
  readonly end: number;
}

/** Of a stored transcript (`begin/end/text`, graph-schema/derive/stored.ts): the cues with most marks first, then as they are said; at most `most`. */
export function momentsOf(transcript: readonly string[], looked: Looked, most: number): readonly Moment[] {
  const found = transcript.flatMap((cue): Moment[] => {
    const [begin = '', end = '', ...said] = cue.split('/');
    const passage = highlight(said.join('/'), looked);
    return passage ? [{ begin: Number(begin), end: Number(end), ...passage }] : [];
  });
  return found.sort((a, b) => b.marks.length - a.marks.length || a.begin - b.begin).slice(0, most);
}
