import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenOf, textOf, type XmlElement } from './xml.ts';
import { parseXml, XmlFault, type XmlItem, type XmlOptions, xmlElements } from './xml-stream.ts';

const isRecord = (name: string) => name === 'record';

/** The bytes, in pieces of one size. */
function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array | string, options: XmlOptions = {}, size = 7): Promise<XmlItem[]> {
  const items: XmlItem[] = [];
  for await (const item of xmlElements(pieces(Buffer.from(bytes as string), size), isRecord, options)) items.push(item);
  return items;
}

async function fault(bytes: Uint8Array | string, options: XmlOptions = {}): Promise<XmlFault> {
  const thrown = await read(bytes, options).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(XmlFault);
  return thrown as XmlFault;
}

async function mended(bytes: Uint8Array | string, options: XmlOptions = {}) {
  const repairs: [string, number][] = [];
  const items = await read(bytes, { ...options, repaired: (kind, count) => repairs.push([kind, count]) });
  return { text: items.map(({ element }) => textOf(element)).join('|'), repairs };
}

describe('xmlElements', () => {
  const document = `<?xml version="1.0" encoding="UTF-8"?>
<!-- <record>no</record> ${'long enough for the charset to be settled '.repeat(20)} -->
<o:list xmlns:o="urn:outer" xmlns="urn:plain" xmlns:q="urn:a&amp;b">
  <o:record n='1'><title xml:lang="fr">Métier à tisser &amp; navette 🧵</title></o:record>
  <record q:kind="x"/>
  <record xmlns="urn:own"><![CDATA[<a> & b]]> tail<inner>deep</inner></record>
</o:list>`;

  it.each([1, 2, 3, 7, 64, 4096])('gives the same elements in pieces of %i bytes', async (size) => {
    const items = await read(document, {}, size);
    expect(items.map(({ element }) => element)).toEqual([
      {
        name: 'record',
        ns: 'urn:outer',
        attributes: { n: '1' },
        children: [
          {
            name: 'title',
            ns: 'urn:plain',
            attributes: { '{http://www.w3.org/XML/1998/namespace}lang': 'fr' },
            children: ['Métier à tisser & navette 🧵'],
          },
        ],
      },
      { name: 'record', ns: 'urn:plain', attributes: { '{urn:a&b}kind': 'x' }, children: [] },
      {
        name: 'record',
        ns: 'urn:own',
        attributes: {},
        children: ['<a> & b tail', { name: 'inner', ns: 'urn:own', attributes: {}, children: ['deep'] }],
      },
    ]);
    for (const { element, raw } of items) expect(parseXml(raw)).toEqual(element);
  });

  it('gives the same elements wherever the document is cut in two', async () => {
    const bytes = Buffer.from(document.replaceAll('\n', '\r\n'));
    const whole = await read(bytes, {}, bytes.length);
    expect(whole).toHaveLength(3);
    for (let at = 1; at < bytes.length; at++) {
      const items: XmlItem[] = [];
      for await (const item of xmlElements([bytes.subarray(0, at), bytes.subarray(at)], isRecord)) items.push(item);
      expect(items).toEqual(whole);
    }
  });

  it('asks for elements outside a wanted one only, by namespace and depth', async () => {
    const asked: string[] = [];
    const want = (name: string, ns: string, depth: number) => {
      asked.push(`${depth} {${ns}}${name}`);
      return depth === 2;
    };
    for await (const _ of xmlElements([Buffer.from('<a xmlns="u"><b><c><d/></c><c/></b></a>')], want));
    expect(asked).toEqual(['0 {u}a', '1 {u}b', '2 {u}c', '2 {u}c']);
  });

  it('finds its own start among attributes that hold ">"', async () => {
    const items = await read('<l><x t="a > b"/><record t="a > b" u=\'>\'>z</record></l>', {}, 5);
    expect(items[0]?.raw).toBe('<record t="a > b" u=\'>\'>z</record>');
  });

  it('gives what came before a fault, then the fault with its place', async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { element } of xmlElements([Buffer.from('<l>\n<record>1</record><record>2</l>')], isRecord)) {
        seen.push(textOf(element));
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'XmlFault', kind: 'malformed', line: 2 });
    expect(seen).toEqual(['1']);
  });

  it.each([
    ['truncated', '<l><record>1</record>'],
    ['truncated', ''],
    ['doctype', '<!DOCTYPE l [<!ENTITY a "aaaa">]><l><record>&a;</record></l>'],
    ['malformed', '<l><record>&eacute;</record></l>'],
    ['malformed', '<l></l><l></l>'],
    ['malformed', '<p:l/>'],
  ])('throws %s for %s', async (kind, text) => {
    expect((await fault(text)).kind).toBe(kind);
  });

  it('reads a document type without declarations', async () => {
    expect(await read('<!DOCTYPE l SYSTEM "l.dtd"><l><record/></l>')).toHaveLength(1);
  });

  it('reads on only as elements are taken', async () => {
    let given = 0;
    const endless = (function* () {
      yield Buffer.from(`<l>${' '.repeat(600)}`);
      for (; ; given++) yield Buffer.from('<record>1</record>');
    })();
    let taken = 0;
    for await (const _ of xmlElements(endless, isRecord)) if (++taken === 10) break;
    expect(given).toBeLessThanOrEqual(10);
  });
});

describe('limits', () => {
  const many = (text: string) =>
    `<l><record>before</record><record id="big">${text}</record><record>after</record></l>`;
  const limits = { maxTextBytes: 1000, maxRecordBytes: 3000, maxDepth: 10, maxAttributes: 5 };

  it.each([
    ['text-too-large', 'x'.repeat(1001)],
    ['text-too-large', 'é'.repeat(501)],
    ['text-too-large', `<![CDATA[${'x'.repeat(1001)}]]>`],
    ['record-too-large', '<a>xxxxxxxx</a>'.repeat(250)],
    ['too-deep', '<a>'.repeat(9) + '</a>'.repeat(9)],
    ['too-many-attributes', '<a b="1" c="1" d="1" e="1" f="1" g="1"/>'],
  ])('%s: throws, or leaves the element out and goes on', async (kind, text) => {
    expect((await fault(many(text), limits)).kind).toBe(kind);
    for (const size of [7, 100_000]) {
      const capped: [string, XmlElement, string][] = [];
      const onCapped = (cap: XmlFault, partial: XmlElement, raw: string) => capped.push([cap.kind, partial, raw]);
      const items = await read(many(text), { ...limits, capped: onCapped }, size);
      expect(items.map(({ element }) => textOf(element))).toEqual(['before', 'after']);
      expect(capped).toHaveLength(1);
      expect(capped[0]?.[0]).toBe(kind);
      expect(capped[0]?.[1].attributes).toEqual({ id: 'big' });
      expect(capped[0]?.[2].startsWith('<record id="big">')).toBe(true);
    }
  });

  it('passes what is just within', async () => {
    expect(await read(many('x'.repeat(1000)), limits, 100_000)).toHaveLength(3);
    expect(await read(many('<a>'.repeat(8) + '</a>'.repeat(8)), limits)).toHaveLength(3);
  });

  it('stops at what would fill the memory, inside a skipped element too', async () => {
    const skipping = { ...limits, capped: () => undefined };
    expect((await fault(many('x'.repeat(20_000)), skipping)).kind).toBe('text-too-large');
    expect((await fault(many('<a>'.repeat(200)), skipping)).kind).toBe('too-deep');
    const attributes = Array.from({ length: 200 }, (_, n) => ` a${n}="" xmlns:p${n}="u"`).join('');
    expect((await fault(many(`<a${attributes}/>`), skipping)).kind).toBe('too-many-attributes');
    expect((await fault(`<l><!--${'x'.repeat(2000)}--></l>`, limits)).kind).toBe('text-too-large');
  });
});

describe('charsets and repairs', () => {
  const body = '<l><record>dentelière à Œuvre</record></l>';
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

  it.each<[string, Uint8Array | string, XmlOptions, [string, number][]]>([
    ['UTF-8', body, {}, []],
    ['a byte order mark', `\ufeff${body}`, {}, []],
    ['UTF-16', utf16(body), {}, []],
    ['UTF-16 against a lying header', utf16(body), { charset: 'utf-8' }, []],
    ['blank lines first', `\n\n<?xml version="1.0"?>${body}`, {}, [['leading', 1]]],
    ['UTF-8 called ISO-8859-1', `<?xml version="1.0" encoding="ISO-8859-1"?>${body}`, {}, [['charset', 1]]],
    ['UTF-8 called UTF-16', `<?xml version="1.0" encoding="UTF-16"?>${body}`, {}, [['charset', 1]]],
    ['a charset that does not exist', body, { charset: 'utf-ate' }, [['charset', 1]]],
  ])('%s', async (_, bytes, options, repairs) => {
    expect(await mended(bytes, options)).toEqual({ text: 'dentelière à Œuvre', repairs });
  });

  it('reads windows-1252, declared, named by the transport or neither', async () => {
    const latin = (declaration: string) =>
      Buffer.concat([
        Buffer.from(`${declaration}<l><record>dentel`),
        Buffer.from([0xe8]),
        Buffer.from('re à '.normalize(), 'latin1'),
        Buffer.from([0x8c]),
        Buffer.from('</record></l>'),
      ]);
    const text = 'dentelère à Œ';
    expect(await mended(latin('<?xml version="1.0" encoding="iso-8859-1"?>'))).toEqual({ text, repairs: [] });
    expect(await mended(latin(''), { charset: 'windows-1252' })).toEqual({ text, repairs: [] });
    expect(await mended(latin(''))).toEqual({ text, repairs: [['bytes', 3]] });
  });

  it('mends forbidden characters, also those written as references, and counts them', async () => {
    const text = '<l><record>a\u000bb\u0001c&#x1;d&#11;e&#9;f&#128;</record></l>';
    expect(await mended(text)).toEqual({ text: 'a b\ufffdc\ufffdd e f\u0080', repairs: [['characters', 4]] });
  });

  it('tells repairs before a fault, too', async () => {
    const repairs: string[] = [];
    await fault('<l><record>\u0001</l>', { repaired: (kind) => repairs.push(kind) });
    expect(repairs).toEqual(['characters']);
  });
});

describe('parseXml', () => {
  it('gives the tree of any text it is given, or throws XmlFault', () => {
    const name = fc.constantFrom('a', 'b', 'été', 'x-y');
    const text = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '🧵', '&amp;', '&#xe9;', '&lt;') });
    const tree: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
      node: fc
        .tuple(name, fc.array(fc.oneof({ depthSize: 'small' }, text, tie('node')), { maxLength: 4 }))
        .map(([tag, children]) => `<${tag}>${children.join('')}</${tag}>`),
    })).node;
    fc.assert(
      fc.property(tree, (xml) => {
        const serialise = (element: XmlElement): string =>
          `<${element.name}>${element.children
            .map((child) =>
              typeof child === 'string' ? child.replace(/&/g, '&amp;').replace(/</g, '&lt;') : serialise(child),
            )
            .join('')}</${element.name}>`;
        const once = parseXml(xml);
        expect(parseXml(serialise(once))).toEqual(once);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', '=', '"', '&', ';', ' ', ']', '!', '-') }),
        (xml) => {
          try {
            parseXml(xml);
          } catch (error) {
            expect(error).toBeInstanceOf(XmlFault);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps text around comments in one piece', () => {
    expect(childrenOf(parseXml('<a>x<!-- y -->z<b/></a>'))).toHaveLength(1);
    expect(parseXml('<a>x<!-- y -->z<b/></a>').children[0]).toBe('xz');
  });
});
