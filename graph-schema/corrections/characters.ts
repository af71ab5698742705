/** Characters that a museum did not mean: UTF-8 that was read as windows-1252, doubled or stray blanks. */

/** Each byte of windows-1252, by its character. */
const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte]),
);
/** The lead byte of a French letter or quotation mark and what follows it, each taken for a character: no text of ours has these together. */
const SUSPECT = /[ÂÃÅ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â€[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;
const STRICT = new TextDecoder('utf-8', { fatal: true });

/** A text in windows-1252; undefined where it has a character that is not in it. */
export function inWindows1252(text: string): Uint8Array | undefined {
  const bytes = [...text].map((one) => BYTES.get(one));
  return bytes.includes(undefined) ? undefined : Uint8Array.from(bytes as number[]);
}

/** The text as it was meant; the same where nothing is wrong with it. Line breaks stay. */
export function mendedCharacters(text: string): string {
  return decoded(text)
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/^[ \t]+|[ \t]+$/gm, '');
}

/** Each by itself, for a text may be half mended; only where the bytes make sense as UTF-8: nothing is guessed. */
function decoded(text: string): string {
  return text.replace(SUSPECT, (found) => {
    const bytes = inWindows1252(found);
    if (bytes === undefined) return found;
    try {
      return STRICT.decode(bytes);
    } catch {
      return found;
    }
  });
}
