/** Words that mean nothing, as often as words are: the n-th most frequent one comes up 1/n times as often as the first (Zipf). */
import type { Random } from '#connectors/partners/webmuseo/random.ts';

/** As many different words as a museum's descriptions have, about. */
export const WORDS = 20_000;

const CONSONANTS = 'bdfgjklmnprstvz';
const VOWELS = 'aeiou';
const SYLLABLES = CONSONANTS.length * VOWELS.length;
/** Shares no divisor with the number of words that three syllables give: each rank has a word of its own, and neighbours do not look alike. */
const STRIDE = 154_321;

/** The word of a rank, from 1 (the most frequent) to WORDS. It ends with a letter that no French ending begins with, so that stems differ as words do. */
export function wordOf(rank: number): string {
  let left = (rank * STRIDE) % SYLLABLES ** 3;
  let word = '';
  for (let syllable = 0; syllable < 3; syllable += 1) {
    const at = left % SYLLABLES;
    left = Math.floor(left / SYLLABLES);
    word += CONSONANTS[Math.floor(at / VOWELS.length)]! + VOWELS[at % VOWELS.length]!;
  }
  return `${word}k`;
}

const LOG_WORDS = Math.log(WORDS + 1);

/** A rank, the first the most often. */
export function zipfRank(random: Random): number {
  return Math.min(WORDS, Math.floor(Math.exp(random.next() * LOG_WORDS)));
}

/** So many words, by chance. */
export function someWords(random: Random, count: number): string {
  return Array.from({ length: count }, () => wordOf(zipfRank(random))).join(' ');
}
