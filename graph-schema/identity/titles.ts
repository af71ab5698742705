/** Titles of objects and events as they are compared: stems of the words that say something, numbers kept. */
import { fold } from '../text.ts';
import { STOPWORDS, stem } from './names.ts';

/** A title longer than this is compared by its begin. */
const LONGEST_TITLE = 400;

/** A title's words in their order, each in one spelling. */
export function titleStems(title: string): readonly string[] {
  return stemsOf(fold(title.slice(0, LONGEST_TITLE)));
}

/** The same, of a text that is folded already. */
export function stemsOf(folded: string): readonly string[] {
  return folded
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !STOPWORDS.has(word))
    .map((word) => (/^\d+$/.test(word) ? word : stem(word)));
}

/** Whether every word of the one is among the other's. */
export const isWithin = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean =>
  inner.difference(outer).size === 0;
