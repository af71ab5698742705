/** Faults of the XML, what is unusual in it though right, and what is meant to hurt whoever reads it. */
import type { InText } from './reply.ts';

const MEGABYTE = 1024 * 1024;
const ROOT = /<OAI-PMH /;
const doctype = (inside: string): InText => {
  return (xml) => xml.replace(ROOT, () => `<!DOCTYPE OAI-PMH ${inside}>\n<OAI-PMH `);
};
/** Puts something at the beginning of the first title. */
const inTitle = (text: string): InText => {
  return (xml) => xml.replace('<dc:title>', () => `<dc:title>${text}`);
};
/** Puts something after the title of the first record that has one. */
const afterTitle = (text: () => string): InText => {
  return (xml) => xml.replace('</dc:title>', () => `</dc:title>${text()}`);
};
const inAnswer = (text: () => string): InText => {
  return (xml) => xml.replace(/<(ListRecords|ListIdentifiers)>/, (tag) => text() + tag);
};
const both = (first: InText, second: InText): InText => {
  return (xml) => second(first(xml));
};
const LAUGHS = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

export const IN_MARKUP = {
  'missing-end': (xml) => xml.replace('</OAI-PMH>', ''),
  'crossed-tags': (xml) => xml.replace('</dc:title>', '</dc:date>'),
  'unclosed-tag': (xml) => xml.replace('</dc:title>', ''),
  'attribute-without-quotes': (xml) => xml.replace('<metadata>', '<metadata lang=fr>'),
  'undeclared-prefix': afterTitle(() => '<x:note/>'),
  'forbidden-character': (xml) => xml.replace('</metadata>', '<!-- \u0001 --></metadata>'),
  'forbidden-character-in-text': inTitle('\u0003'),
  'forbidden-reference': inTitle('&#x1F;'),
  'surrogate-reference': inTitle('&#xD800;'),
  'nul-bytes': inTitle('\u0000'),
  'bare-ampersand': inTitle('Fil & aiguille '),
  'bare-less-than': inTitle('moins < plus '),
  'html-entity': inTitle('&eacute;toffe&nbsp;'),
  prefixed: (xml) =>
    xml
      .replace('xmlns="http://www.openarchives.org/OAI/2.0/"', 'xmlns:o="http://www.openarchives.org/OAI/2.0/"')
      .replace(/<(\/?)(?=[A-Za-z][\w-]*[\s>])/g, '<$1o:'),
  'blank-lines-first': (xml) => `\n\n${xml}`,
  'byte-order-mark': (xml) => `\ufeff${xml}`,
  'no-declaration': (xml) => xml.replace(/<\?xml[^>]*>\s*/, ''),
  'xml-1-1': (xml) => xml.replace('version="1.0"', 'version="1.1"'),
  'warning-first': (xml) => `<br />\n<b>Warning</b>: deprecated\n${xml}`,
  'warning-last': (xml) => `${xml}<br />\n<b>Warning</b>: deprecated`,
  'document-twice': (xml) => xml + xml.replace(/<\?xml[^>]*>\s*/, ''),
  stylesheet: (xml) => xml.replace(ROOT, '<?xml-stylesheet type="text/xsl" href="oai.xsl"?>\n<OAI-PMH '),
  'plain-doctype': doctype('SYSTEM "oai.dtd"'),
  comments: (xml) =>
    xml.replace(/<record>/g, '<!-- notice suivante --><record>').replace(/<dc:title>/g, '$&<!-- titre -->'),
  cdata: (xml) => xml.replace(/<dc:title>([^<]*)/g, (_all, text) => `<dc:title><![CDATA[${plain(text)}]]>`),
  'references-only': (xml) =>
    xml.replace(/<dc:title>([^<]*)/g, (_all, text) => `<dc:title>${[...plain(text)].map(reference).join('')}`),
  'billion-laughs': both(doctype(`[<!ENTITY l0 "ha">${LAUGHS}]`), inTitle('&l9;')),
  'quadratic-blow-up': (xml) =>
    both(doctype(`[<!ENTITY a "${'a'.repeat(100_000)}">]`), inTitle('&a;'.repeat(10_000)))(xml),
  'external-entity': both(doctype('[<!ENTITY secret SYSTEM "file:///etc/passwd">]'), inTitle('&secret;')),
  /** `evil.dtd` beside the repository: whoever asks for it is seen. */
  'external-dtd': (xml) => doctype(`SYSTEM "${xml.match(/<request[^>]*>([^<]*)/)?.[1] ?? ''}/evil.dtd"`)(xml),
  'huge-text': (xml) => inTitle('x'.repeat(5 * MEGABYTE))(xml),
  'huge-attribute': (xml) => xml.replace('<dc:title>', () => `<dc:title lang="${'x'.repeat(5 * MEGABYTE)}">`),
  'huge-name': afterTitle(() => `<${'x'.repeat(MEGABYTE)}/>`),
  'many-attributes': (xml) =>
    xml.replace('<dc:title>', () => `<dc:title ${Array.from({ length: 1_000_000 }, (_, n) => `a${n}=""`).join(' ')}>`),
  'many-namespaces': (xml) =>
    xml.replace(
      '<dc:title>',
      () => `<dc:title ${Array.from({ length: 50_000 }, (_, n) => `xmlns:n${n}="urn:${n}"`).join(' ')}>`,
    ),
  'many-elements': afterTitle(() => '<dc:subject>fil</dc:subject>'.repeat(200_000)),
  'deep-nesting': afterTitle(() => '<a>'.repeat(100_000) + '</a>'.repeat(100_000)),
  'deep-nesting-unclosed': afterTitle(() => '<a>'.repeat(100_000)),
  'huge-comment': inAnswer(() => `<!--${'x'.repeat(10 * MEGABYTE)}-->`),
  'huge-instruction': inAnswer(() => `<?x ${'x'.repeat(10 * MEGABYTE)}?>`),
  'huge-whitespace': inAnswer(() => ' '.repeat(50 * MEGABYTE)),
  'too-much-whitespace': inAnswer(() => ' '.repeat(100 * MEGABYTE)),
} satisfies Record<string, InText>;

function plain(escaped: string): string {
  return escaped
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
