import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../xml.ts';
import { type Want, XML_LIMITS, XmlFault, type XmlLimits, XmlReader } from '../xml-reader.ts';
import { scanXml } from './scan.ts';

interface Taken {
  readonly element: XmlElement;
  readonly raw: string;
}

const isDeep: Want = (_, __, depth) => depth === 1;

/** What the scan takes, undefined where it gives up. */
function scanned(bytes: Uint8Array, want: Want = isDeep, limits: Partial<XmlLimits> = {}): Taken[] | undefined {
  const taken: Taken[] = [];
  const element = (one: XmlElement, raw: Uint8Array) =>
    void taken.push({ element: one, raw: Buffer.from(raw).toString() });
  return scanXml(bytes, { want, element }, { ...XML_LIMITS, ...limits }) ? taken : undefined;
}

/** What the reader that streams takes, or why it does not. */
function streamed(bytes: Uint8Array, want: Want = isDeep, limits: Partial<XmlLimits> = {}): Taken[] | XmlFault {
  const taken: Taken[] = [];
  const reader = new XmlReader(want, { element: (element, raw) => void taken.push({ element, raw }) }, limits);
  try {
    reader.write(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    reader.end();
    return taken;
  } catch (thrown) {
    if (thrown instanceof XmlFault) return thrown;
    if (thrown instanceof TypeError) return new XmlFault('charset', thrown.message, 1, 1);
    throw thrown;
  }
}

/** Bytes in use when all that can be collected is. */
function used(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What the scan takes is what the reader takes. True where it took the document. */
function agreed(document: string | Uint8Array, want: Want = isDeep): boolean {
  const bytes = Buffer.from(document as string);
  const quick = scanned(bytes, want);
  if (quick !== undefined) expect(quick).toEqual(streamed(bytes, want));
  return quick !== undefined;
}

const LIDO = readFileSync(new URL('../formats/fixtures/lido.xml', import.meta.url));
const PAGE = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="oai2.xsl"?>
<!-- une page, - dernière -->
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
  <responseDate>2024-06-01T12:00:00Z</responseDate>\r
  <request verb='ListRecords' a="1 > 0">https://exemple.fr/oai?a&amp;b</request>
  <ListRecords>
    <record><header status="deleted"><identifier>oai:a:1</identifier></header></record>
    <record><metadata><dc:dc xmlns:dc="urn:dc" xml:lang="fr" dc:lang="é&#10;&quot;&#x153;"><dc:title>Métier à tisser — œuvre 🧵</dc:title><dc:x
      /><dc:description>x<![CDATA[<a> & ]] b]]> &amp;&#233; <?pi x?>suite<!-- -->fin</dc:description></dc:dc></metadata></record>
    <o:record xmlns:o="urn:o" xmlns=""><inner o:a="1" a="2"/></o:record><resumptionToken completeListSize="3"/>
  </ListRecords>
</OAI-PMH>
<!-- fin -->`;

describe('takes what the reader takes', () => {
  it.each<[string, string | Uint8Array]>([
    ['a page', PAGE],
    ['a page with line ends of Windows', PAGE.replaceAll('\n', '\r\n')],
    ['LIDO', LIDO],
    ['one element', '<a/>'],
    ['a root that ends with blanks', '<a ></a\n>\n'],
    ['an empty CDATA section', '<a><b><![CDATA[]]></b><b>x<![CDATA[]]></b></a>'],
    ['references to the letter', '<a><b c="&#38;&#x26;&lt;&gt;&apos;">&#x10FFFF;&#9;&#13;&gt;]]&gt;</b></a>'],
    ['a prefix bound again', '<p:a xmlns:p="u"><p:b xmlns:p="v" p:c="1"><p:c/></p:b><p:b/></p:a>'],
    ['a default namespace taken back', '<a xmlns="u"><b xmlns=""><c/></b><b/></a>'],
    ['a standalone declaration', '<?xml version="1.0" encoding="utf-8" standalone=\'yes\' ?><a/>'],
  ])('%s', (_, document) => {
    for (const depth of [0, 1, 2, 3]) expect(agreed(document, (__, ___, at) => at === depth)).toBe(true);
  });

  it.each<[string, string | Uint8Array]>([
    ['text before the root', 'x<a/>'],
    ['text after it', '<a/>x'],
    ['a section after it', '<a/><![CDATA[x]]>'],
    ['a section before it', '<![CDATA[x]]><a/>'],
    ['an end tag alone', '</a>'],
    ['two roots', '<a/><b/>'],
    ['a wrong end tag', '<a><b></a></b>'],
    ['an end tag that is longer', '<a></ab>'],
    ['an end tag that is shorter', '<ab></a>'],
    ['no end', '<a><b/>'],
    ['an attribute twice', '<a b="1" b="1"/>'],
    ['an attribute twice, by its namespace', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="1"/>'],
    ['attributes that touch', '<a b="1"c="1"/>'],
    ['an attribute without a value', '<a b/>'],
    ['a value without quotes', '<a b=1/>'],
    ['a < in a value', '<a b="<"/>'],
    ['an entity', '<a>&eacute;</a>'],
    ['an entity in a value', '<a b="&eacute;"/>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['a reference to nothing', '<a>&#0;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['the end of a section in text', '<a>]]></a>'],
    ['dashes in a comment', '<a><!-- a -- b --></a>'],
    ['an unbound prefix', '<p:a/>'],
    ['an unbound prefix of an attribute', '<a p:b="1"/>'],
    ['a prefix of an Object', '<constructor:a __proto__:b="1"/>'],
    ['a prefix undeclared', '<a xmlns:p=""/>'],
    ['xmlns as a prefix', '<xmlns:a/>'],
    ['xmlns bound', '<a xmlns:xmlns="u"/>'],
    ['xml bound elsewhere', '<a xmlns:xml="u"/>'],
    ['two colons', '<a:b:c xmlns:a="u"/>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['a declaration in the middle', '<a><?xml version="1.0"?></a>'],
    ['an instruction that is called XML', '<?XML a?><a/>'],
    ['a character that XML forbids', '<a>\u0001</a>'],
    ['U+FFFE', '<a>\ufffe</a>'],
    ['bytes that are not UTF-8', Buffer.from('<a>\u00e9</a>', 'latin1')],
    ['a surrogate in UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e])],
    ['nothing', ''],
  ])('and gives up at %s', (_, document) => {
    expect(agreed(document)).toBe(false);
  });
});

it('takes every well-formed document without a document type', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', 'é', '🧵', '&amp;', '&#xe9;', '&lt;', ']] ', '>', '\r\n', '"'),
  });
  const blank = fc.constantFrom(' ', '\n', '  ');
  const bound = fc.constantFrom(
    '',
    ' xmlns="u"',
    ' xmlns=""',
    ' xmlns:p="v"',
    ' xmlns:q="v&amp;w"',
    ' xmlns:p="w" xmlns="x"',
  );
  const attributes = fc.tuple(fc.constantFrom('', ' b="1"', " p:b='&lt;'", ' xml:lang="fr"'), bound, blank);
  const aside = fc.constantFrom('<!-- a - b -->', '<?pi a="b" ?>', '<![CDATA[<&]]>', '<![CDATA[]]>');
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc
      .tuple(
        fc.constantFrom('a', 'p:b', 'q:long-name.of_an-element'),
        attributes,
        fc.array(fc.oneof({ depthSize: 'small' }, text, aside, tie('node')), { maxLength: 5 }),
      )
      .map(([name, [given, declared, space], children]) => {
        const inside = children.join('');
        return inside === ''
          ? `<${name}${given}${declared}${space}/>`
          : `<${name}${declared}${given}>${inside}</${name}${space}>`;
      }),
  }));
  fc.assert(
    fc.property(node, fc.nat({ max: 3 }), (inner, depth) => {
      expect(agreed(`<r xmlns:p="p" xmlns:q="q">${inner}</r>`, (_, __, at) => at === depth)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe('takes nothing else', () => {
  const token = fc.constantFrom(
    ...[
      '<',
      '>',
      '/',
      '&',
      ';',
      '"',
      "'",
      '=',
      ' ',
      ']]>',
      '--',
      '-',
      '<!--',
      '-->',
      '<![CDATA[',
      '<?',
      '?>',
      '<?xml ',
      '</a>',
      '<a>',
      '<a/>',
    ],
    ...[
      '<p:a xmlns:p="u">',
      ' xmlns="v"',
      ' p:b="1"',
      ' b="1"',
      '&amp;',
      '&#10;',
      '&x;',
      '&#0;',
      '\r',
      '\n',
      '\t',
      '\u0000',
      '\u000b',
      'é',
      '🧵',
    ],
    ...['\ufffe', '\ufeff', 'xml', ':', 'xmlns', '<!DOCTYPE a>', 'text', '\u00a0', '\u2028', '__proto__'],
  );
  const DOCUMENTS = [PAGE, LIDO.toString('utf8'), '<a xmlns:p="u"><b p:c="1">x</b><!-- y --><b>z</b></a>'];

  it('of any row of tokens', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 14 }), fc.boolean(), (tokens, rooted) => {
        agreed(rooted ? `<a xmlns:p="u"><b>${tokens.join('')}</b></a>` : tokens.join(''));
      }),
      { numRuns: 3000 },
    );
  });

  it('of documents in which something was put or left out', () => {
    const place = fc.noBias(fc.nat({ max: 1_000_000 }));
    const change = fc.tuple(place, fc.nat({ max: 2 }), token);
    let taken = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENTS),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        (document, changes) => {
          let changed = document;
          for (const [where, lost, put] of changes) {
            const at = where % changed.length;
            changed = changed.slice(0, at) + put + changed.slice(at + lost);
          }
          if (agreed(changed)) taken++;
        },
      ),
      { numRuns: 1500 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('of bytes that were overwritten', () => {
    const bytes = Buffer.from(PAGE);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        agreed(changed);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('limits', () => {
  const limits = { maxTextBytes: 1000, maxRecordBytes: 3000, maxDepth: 10, maxAttributes: 5 };
  const around = (text: string) => Buffer.from(`<l><record>${text}</record></l>`);

  it.each<[string, string]>([
    ['a text', 'x'.repeat(1001)],
    ['a text in parts', `${'x'.repeat(600)}<!-- -->${'x'.repeat(600)}`],
    ['a section', `<![CDATA[${'x'.repeat(1001)}]]>`],
    ['an element', '<a>xxxxxxxx</a>'.repeat(250)],
    ['depth', '<a>'.repeat(9) + '</a>'.repeat(9)],
    ['attributes', '<a b="1" c="1" d="1" e="1" f="1" g="1"/>'],
  ])('are left to the reader: %s', (_, text) => {
    expect(scanned(around(text), isDeep, limits)).toBeUndefined();
    expect(streamed(around(text), isDeep, limits)).toBeInstanceOf(XmlFault);
  });

  it('hold for a tag that is remembered from a document with other limits', () => {
    const tag = around('<a h="1" i="1" j="1" k="1" l="1" m="1"/>');
    expect(scanned(tag)).toHaveLength(1);
    expect(scanned(tag, isDeep, limits)).toBeUndefined();
  });

  it('pass what is within', () => {
    for (const text of ['x'.repeat(333), '<a>'.repeat(8) + '</a>'.repeat(8), '<a b="1" c="1" d="1" e="1" f="1"/>']) {
      expect(scanned(around(text), isDeep, limits)).toEqual(streamed(around(text), isDeep, limits));
    }
  });

  it.each<[string, () => string]>([
    ['a million attributes', () => `<a${' b="1"'.repeat(1_000_000)}/>`],
    ['a hundred thousand elements deep', () => '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
    ['ten megabytes in one text', () => `<a>${'x'.repeat(10_000_000)}</a>`],
    ['ten megabytes of blanks in a tag', () => `<a${' '.repeat(10_000_000)}`],
    ['ten megabytes of blanks in the declaration', () => `<?xml version="1.0"${' '.repeat(10_000_000)}`],
    ['a hundred thousand unended tags', () => '<a '.repeat(100_000)],
    ['a hundred thousand references', () => `<a>${'&a;'.repeat(100_000)}</a>`],
    [
      'tags that all differ',
      () => `<a>${Array.from({ length: 3000 }, (_, n) => `<b c="${'x'.repeat(900)}${n}"/>`).join('')}`,
    ],
  ])('are quick to give up, or to go on: %s', (_, make) => {
    const bytes = Buffer.from(`<l>${make()}</l>`);
    const began = performance.now();
    scanned(bytes);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

it('reads on when it has met more tags than it remembers', () => {
  for (let document = 0; document < 6; document++) {
    const tags = Array.from({ length: 1000 }, (_, n) => `<p:b xmlns:p="u${n % 7}" c="${document} ${n}"><p:d/></p:b>`);
    expect(agreed(`<l>${tags.join('')}</l>`)).toBe(true);
  }
});

it('holds no document by what it took from it', () => {
  const before = used();
  // Thirteen characters and more: V8 makes views of such slices.
  const rest = `<p:an-element-with-a-name xmlns:p="urn:of-thirteen-characters" of-thirteen="${'v'.repeat(40)}">${'t'.repeat(40)}</p:an-element-with-a-name>`;
  const kept = Array.from({ length: 50 }, (_, n) => {
    const document = Buffer.from(`<l><!--${n}${'x'.repeat(2_000_000)}-->${rest}</l>`);
    return scanned(document)?.map(({ element: { name, ns, attributes, children } }) => [
      name,
      ns,
      attributes,
      children,
    ]);
  });
  // Held whole, they would be a hundred million.
  expect(used() - before).toBeLessThan(50_000_000);
  expect(kept[49]).toEqual([
    ['an-element-with-a-name', 'urn:of-thirteen-characters', { 'of-thirteen': 'v'.repeat(40) }, ['t'.repeat(40)]],
  ]);
});

it('remembers start tags without the pages that came between them', () => {
  const before = used();
  for (let n = 0; n < 500; n += 1) {
    scanned(Buffer.from(`<l xmlns:p="urn:of-all"><p:r about="${n}">${'t'.repeat(100)}</p:r></l>`));
    // What a page's records take of Node's pool.
    for (let taken = 0; taken < 2 * Buffer.poolSize; taken += 2_000) Buffer.allocUnsafe(2_000);
  }
  // Held, they would be thirty-two million.
  expect(used() - before).toBeLessThan(12_000_000);
});
