/** Feeds that are not well-formed are many, and for few reasons: ampersands that are not escaped, references that only HTML knows, prefixes that nobody declares. */
import { withEscapedAmpersands, XmlDecoder } from '../../charset.ts';
import type { FileContent } from '../../format.ts';

/** A feed larger than this is not read a second time. Bytes. */
const LARGEST = 16_777_216;

/** The namespaces of what feeds use, by the prefix that everyone gives them. */
const PREFIXES: Readonly<Record<string, string>> = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  ev: 'http://purl.org/rss/1.0/modules/event/',
  xcal: 'urn:ietf:params:xml:ns:xcal',
  geo: 'http://www.w3.org/2003/01/geo/wgs84_pos#',
  georss: 'http://www.georss.org/georss',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  yt: 'http://www.youtube.com/xml/schemas/2015',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  slash: 'http://purl.org/rss/1.0/modules/slash/',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
  thr: 'http://purl.org/syndication/thread/1.0',
  wfw: 'http://wellformedweb.org/CommentAPI/',
};

export interface Mended {
  readonly bytes: Uint8Array;
  readonly repairs: Readonly<Record<string, number>>;
}

/** The feed with what is surely wrong mended, as UTF-8; undefined where nothing was, or where it is too large to be held. */
export async function mended(file: FileContent, charset: string | undefined): Promise<Mended | undefined> {
  const decoder = new XmlDecoder(charset, () => {});
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of file.bytes()) {
    size += chunk.length;
    if (size > LARGEST) return undefined;
    parts.push(decoder.decode(chunk));
  }
  parts.push(decoder.end());
  const repairs: Record<string, number> = {};
  // The declaration may name a charset that it is no longer in.
  const text = parts.join('').replace(/^\s*<\?xml[^>]*\?>\s*/, '');
  const escaped = withEscapedAmpersands(text, (kind, count) => {
    repairs[kind] = count;
  });
  const declared = withPrefixes(escaped, repairs);
  return Object.keys(repairs).length === 0 ? undefined : { bytes: new TextEncoder().encode(declared), repairs };
}

function withPrefixes(text: string, repairs: Record<string, number>): string {
  const used = new Set([...text.matchAll(/<\/?([a-z]+):[A-Za-z]/g)].map(([, prefix = '']) => prefix));
  const missing = [...used].filter((prefix) => Object.hasOwn(PREFIXES, prefix) && !text.includes(`xmlns:${prefix}=`));
  if (missing.length === 0) return text;
  repairs['prefixes'] = missing.length;
  const declarations = missing.map((prefix) => ` xmlns:${prefix}="${PREFIXES[prefix]}"`).join('');
  return text.replace(/<(rss|feed|[a-z]+:RDF)(?=[\s>])/, (root) => root + declarations);
}
