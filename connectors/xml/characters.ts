/** What a piece of an XML document's text means: line ends, references, white space (XML 1.0, 2.11, 3.3.3 and 4.1). */

const REFERENCE = /&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** All that XML 1.0 forbids below U+0080, and U+FFFE and U+FFFF as UTF-8 has them. */
const FORBIDDEN_IN_LATIN1: readonly string[] = [
  ...Array.from({ length: 0x20 }, (_, code) => code)
    .filter((code) => !isXmlCharacter(code))
    .map((code) => String.fromCharCode(code)),
  '\u00ef\u00bf\u00be',
  '\u00ef\u00bf\u00bf',
];

/** Whether a valid UTF-8 text, read as Latin-1, holds a character that XML forbids. Thirty quick searches are faster than a look at each character. */
export function holdsForbidden(text: string): boolean {
  for (const forbidden of FORBIDDEN_IN_LATIN1) if (text.includes(forbidden)) return true;
  return false;
}

/** Char of XML 1.0 (section 2.2). */
export function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/** With line ends as XML has them. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** References expanded; undefined where there is one that is not of the five, or of a character that XML forbids. */
export function expanded(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let known = 0;
  const whole = text.replace(REFERENCE, (reference, decimal: string | undefined, hex: string | undefined, name) => {
    if (name !== undefined) {
      known++;
      return ENTITIES[name] as string;
    }
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number.parseInt(decimal, 10);
    if (!isXmlCharacter(code)) return reference;
    known++;
    return String.fromCodePoint(code);
  });
  return known === text.split('&').length - 1 ? whole : undefined;
}

/** A quoted value, read as the attribute of a non-validated document is. */
export function attributeValue(written: string): string | undefined {
  return expanded(/[\t\r\n]/.test(written) ? written.replace(/\r\n|[\t\r\n]/g, ' ') : written);
}
