/** Text as it is compared, sorted and searched: folded the same way on every side. */

/** Lower case, no accents, ligatures opened (œ → oe), apostrophes straight, white space collapsed. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[’ʼ‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** The key by which entities are ordered: a folded name, at most 100 characters. */
export function sortKey(name: string): string {
  return fold(name).slice(0, 100);
}
