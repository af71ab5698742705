/** Texts that partners write in HTML, as plain text: for feeds, calendars and transcripts. */
import { tidy } from './text.ts';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
  shy: '',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  bull: '•',
  euro: '€',
  deg: '°',
  copy: '©',
  oelig: 'œ',
  OElig: 'Œ',
  aelig: 'æ',
  eacute: 'é',
  Eacute: 'É',
  egrave: 'è',
  Egrave: 'È',
  ecirc: 'ê',
  Ecirc: 'Ê',
  euml: 'ë',
  agrave: 'à',
  Agrave: 'À',
  acirc: 'â',
  ccedil: 'ç',
  Ccedil: 'Ç',
  icirc: 'î',
  iuml: 'ï',
  ocirc: 'ô',
  ucirc: 'û',
  ugrave: 'ù',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  middot: '·',
};

/** The character references of HTML that French texts use, and all numeric ones; those that are not known stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
  });
}

/** What a browser never shows: with its content. An element that is not closed takes the rest with it, as in a browser. */
const UNSEEN = ['script', 'style', 'iframe', 'noscript', 'template', 'svg', 'form', 'head'];
const BLOCK =
  /<\/?(?:p|div|br|hr|li|ul|ol|tr|table|h[1-6]|section|article|blockquote|figure|figcaption|pre|dl|dt|dd)\b[^<>]*>/gi;

/** The visible text of a piece of HTML, paragraphs on lines of their own. Undefined where nothing is left. Linear in the text's length. */
export function textOfHtml(html: string | undefined): string | undefined {
  if (html === undefined) return undefined;
  if (!/[<&]/.test(html)) return tidy(html);
  const seen = UNSEEN.reduce(withoutElement, withoutComments(html));
  const bare = seen.replace(BLOCK, '\n').replace(/<\/?[a-z!?][^<>]*>/gi, '');
  return tidy(decodeEntities(bare));
}

function withoutComments(html: string): string {
  return between(html, '<!--', '-->');
}

function withoutElement(html: string, name: string): string {
  const opening = new RegExp(`<${name}(?=[\\s/>])`, 'gi');
  // Up to the next `<`: a closing tag that never ends would be looked for to the end of the text, at each of them.
  const closing = new RegExp(`</${name}(?=[\\s/>])[^<>]*>`, 'gi');
  const parts: string[] = [];
  let at = 0;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    parts.push(html.slice(at, found.index));
    closing.lastIndex = found.index;
    if (!closing.exec(html)) return parts.join('');
    at = closing.lastIndex;
    opening.lastIndex = at;
  }
  return at === 0 ? html : parts.join('') + html.slice(at);
}

function between(text: string, open: string, close: string): string {
  if (!text.includes(open)) return text;
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, at)) {
    parts.push(text.slice(at, start));
    const end = text.indexOf(close, start + open.length);
    if (end < 0) return parts.join('');
    at = end + close.length;
  }
  return parts.join('') + text.slice(at);
}

/** The addresses of the pictures in a piece of HTML, as written, at most `limit`. */
export function picturesInHtml(html: string | undefined, limit = 20): readonly string[] {
  if (!html?.includes('<img')) return [];
  const found = html.matchAll(/<img\b[^<>]{0,2000}?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)')/gi);
  return [...found].slice(0, limit).map(([, double, single]) => decodeEntities(double ?? single ?? ''));
}
