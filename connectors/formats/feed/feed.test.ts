import { describe, expect, test } from 'vitest';
import { codes, cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { feedDay } from './dates.ts';
import { feed } from './feed.ts';

const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:georss="http://www.georss.org/georss"><channel><title>Nouvelles</title><link>https://example.org</link>${items.join('')}</channel></rss>`;
const atom = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"><id>yt:channel:demo</id><title>Chaîne</title>${entries.join('')}</feed>`;

function optionsOf(given: unknown) {
  const parsed = feed.options?.safeParse(given);
  if (!parsed?.success) throw new Error(JSON.stringify(parsed));
  return parsed.data;
}

async function read(content: string | Uint8Array, given?: unknown) {
  const result = await recordsOf(feed as never, fileOf(content, 'flux.xml'), optionsOf(given));
  return { ...result, only: [...result.records.values()][0] };
}

describe('RSS', () => {
  test('an item is a resource: text without markup, nothing of its author, rights only of the medium', async () => {
    const { records, only, notes } = await read(
      rss(`<item><title>L&amp;#8217;été &lt;b&gt;au musée&lt;/b&gt;</title><link>https://example.org/ete</link>
        <guid isPermaLink="false">nouvelle-1</guid><author>auteur@example.org (Une Personne)</author><dc:creator>Une Personne</dc:creator>
        <pubDate>Fri, 06 Sep 2024 23:30:00 CEST</pubDate><category>Tissage</category><category>Lin</category>
        <description>Court.</description>
        <content:encoded><![CDATA[<p>Un&nbsp;texte <a href="x">long</a>.</p><script>alert(1)</script><p>Écrire à quelqu.un@example.org, 03 20 00 00 00</p>]]></content:encoded>
        <enclosure url="https://example.org/son.mp3" type="audio/mpeg" length="1"/>
        <media:content url="https://example.org/photo" medium="image"><media:credit>Musée de démonstration</media:credit><media:license href="https://creativecommons.org/licenses/by/4.0/">CC BY</media:license></media:content></item>`),
      { structure: 'proscitec', type: 'actualité' },
    );
    expect([...records.keys()]).toEqual(['nouvelle-1']);
    expect(only).toEqual({
      kind: 'Resource',
      visibility: 'public',
      identifiers: [],
      fields: {
        name: 'L’été au musée',
        description: 'Un texte long.\nÉcrire à ,',
        page: 'https://example.org/ete',
        resourceType: 'actualité',
        issued: '2024-09-06',
      },
      relations: {
        trades: [
          { text: 'Tissage', how: 'inferred' },
          { text: 'Lin', how: 'inferred' },
        ],
        media: [
          { media: { name: 'L’été au musée', url: 'https://example.org/son.mp3', mediaType: 'audio' } },
          {
            media: {
              name: 'L’été au musée',
              url: 'https://example.org/photo',
              mediaType: 'image',
              rights: 'CC BY',
              rightsUri: 'https://creativecommons.org/licenses/by/4.0/',
              credit: 'Musée de démonstration',
              republishable: true,
            },
          },
        ],
        publishers: [{ identifier: { scheme: 'trame', value: 'proscitec' } }],
      },
    });
    expect(notes).toEqual([]);
  });

  test('without guid the link is the identifier, without both one is made of the title; without title a text’s begin is one', async () => {
    const { records, rejected, told } = await read(
      rss(
        '<item><title>a</title><link>https://example.org/a</link></item>',
        '<item><title>b</title></item>',
        `<item><guid>https://example.org/c</guid><description>${'mot '.repeat(50)}&lt;img src="https://example.org/c.jpg"&gt;</description></item>`,
        '<item><guid>d</guid></item>',
        '<item><category>vide</category></item>',
      ),
    );
    expect([...records.keys()]).toEqual([
      'https://example.org/a',
      expect.stringMatching(/^sans-id-[0-9a-f]{20}$/),
      'https://example.org/c',
    ]);
    expect(told).toMatchObject([{ code: 'feed-ids-missing', particulars: { count: 1 } }]);
    const third = records.get('https://example.org/c');
    expect(third?.fields).toMatchObject({
      name: expect.stringMatching(/^(mot )+mot…$/),
      page: 'https://example.org/c',
    });
    expect(third?.relations['media']).toMatchObject([{ media: { url: 'https://example.org/c.jpg' } }]);
    expect(codes(rejected)).toEqual(['format-no-name', 'feed-entry-empty']);
  });

  test('1.0 and 0.91', async () => {
    const rdf = await read(
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><items><rdf:Seq/></items></channel><item rdf:about="https://example.org/1"><title>Un</title><link>https://example.org/1</link><dc:date>2024-05-14T10:00:00+02:00</dc:date></item></rdf:RDF>',
    );
    expect(rdf.records.get('https://example.org/1')?.fields).toMatchObject({ name: 'Un', issued: '2024-05-14' });
    const old = await read(
      '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "x.dtd"><rss version="0.91"><channel><item><title>Un</title><link>https://example.org/1</link></item></channel></rss>',
    );
    expect(old.records.size).toBe(1);
  });

  test('events, where the feed says apart when they are', async () => {
    const { records, notes } = await read(
      rss(
        '<item><guid>1</guid><title>Visite</title><ev:startdate>2024-06-07T09:00:00+02:00</ev:startdate><ev:enddate>2024-06-07T11:00:00+02:00</ev:enddate><ev:location>Salle</ev:location><georss:point>50.69 3.17</georss:point></item>',
        '<item><guid>2</guid><title>Du 3 au 5 mai</title><pubDate>Mon, 01 Apr 2024 00:00:00 +0200</pubDate></item>',
      ),
      { kind: 'Event', structure: 'proscitec' },
    );
    expect(records.get('1')?.fields).toMatchObject({
      occurrences: [{ begin: '2024-06-07T09:00:00+02:00', end: '2024-06-07T11:00:00+02:00' }],
      location: 'Salle',
      point: { latitude: 50.69, longitude: 3.17 },
    });
    expect(records.get('2')?.fields).not.toHaveProperty('begin');
    expect(codes(notes)).toEqual(['feed-event-undated']);
  });
});

describe('Atom', () => {
  const VIDEO = `<entry><id>yt:video:demo0000040</id><yt:videoId>demo0000040</yt:videoId><yt:channelId>demo</yt:channelId>
    <title>Témoignage de démonstration n° 40</title><link rel="alternate" href="https://www.youtube.com/watch?v=demo0000040"/>
    <author><name>Chaîne</name><uri>https://www.youtube.com/channel/demo</uri></author><published>2024-03-01T10:00:00+00:00</published><updated>2024-04-01T10:00:00+00:00</updated>
    <media:group><media:title>Témoignage de démonstration n° 40</media:title><media:content url="https://www.youtube.com/v/demo0000040?version=3" type="application/x-shockwave-flash"/>
    <media:thumbnail url="https://i.example.org/vi/demo0000040/hqdefault.jpg" width="480" height="360"/><media:description>Première ligne.
Deuxième ligne.</media:description></media:group></entry>`;

  test('a film of YouTube is a testimony, its title as given, its rights unknown', async () => {
    const { records } = await read(atom(VIDEO), { kind: 'HeritageObject', structure: 'proscitec' });
    expect(records.get('yt:video:demo0000040')).toEqual({
      kind: 'HeritageObject',
      visibility: 'public',
      identifiers: [{ scheme: 'youtube', value: 'demo0000040' }],
      fields: {
        name: 'Témoignage de démonstration n° 40',
        description: 'Première ligne.\nDeuxième ligne.',
        page: 'https://www.youtube.com/watch?v=demo0000040',
        objectKind: 'testimony',
      },
      relations: {
        heldBy: [{ identifier: { scheme: 'trame', value: 'proscitec' } }],
        media: [
          {
            media: {
              name: 'Témoignage de démonstration n° 40',
              url: 'https://www.youtube.com/watch?v=demo0000040',
              mediaType: 'video',
            },
          },
          {
            media: {
              name: 'Témoignage de démonstration n° 40',
              url: 'https://i.example.org/vi/demo0000040/hqdefault.jpg',
              mediaType: 'image',
            },
          },
        ],
      },
    });
  });

  test('text, HTML and XHTML; several links', async () => {
    const { records } = await read(
      atom(
        '<entry><id>1</id><title type="html">&lt;i&gt;Un&lt;/i&gt;</title><link rel="self" href="https://example.org/self"/><link href="https://example.org/1"/><link rel="enclosure" type="application/pdf" href="https://example.org/1.pdf"/><summary type="text">a &lt; b</summary></entry>',
        '<entry><id>2</id><title>Deux</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <b>deux</b></p><p>trois</p></div></content></entry>',
      ),
    );
    expect(records.get('1')?.fields).toMatchObject({ name: 'Un', page: 'https://example.org/1', description: 'a < b' });
    expect(records.get('2')?.fields['description']).toMatch(/Un\s+deux\s+trois/);
  });

  test('the raw bytes give the row again', async () => {
    const { cuts } = await cutAll(feed as never, fileOf(atom(VIDEO), 'flux.xml'), optionsOf({}));
    const [first] = cuts;
    if (first?.kind !== 'record') throw new Error('no record');
    expect(feed.row?.(first.raw, optionsOf({}))).toEqual(first.row);
    expect(first.modified).toBe('2024-04-01T10:00:00+00:00');
  });
});

describe('what is no feed, or a broken one', () => {
  test.each([
    ['<!DOCTYPE html><html><body>Connexion</body></html>', 'file-web-page'],
    ['<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', 'file-web-page'],
    ['<urlset><url/></urlset>', 'feed-none'],
    ['{"items":[]}', 'feed-broken'],
    ['', 'feed-broken'],
    ['<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>', 'feed-broken'],
  ])('%j is refused whole', async (content, code) => {
    const { cuts } = await cutAll(feed as never, fileOf(content, 'flux.xml'));
    expect(cuts).toMatchObject([{ wholeFile: true, finding: { code } }]);
  });

  test('one that breaks off gives the entries before, and is refused', async () => {
    const whole = rss('<item><guid>1</guid><title>a</title></item>', '<item><guid>2</guid><title>b</title></item>');
    const { cuts } = await cutAll(feed as never, fileOf(whole.slice(0, whole.indexOf('<title>b')), 'flux.xml'));
    expect(cuts).toMatchObject([
      { kind: 'record', id: '1' },
      { wholeFile: true, finding: { code: 'feed-broken' } },
    ]);
  });

  test('references of HTML and ampersands that stand bare are mended, and told; ISO-8859-1', async () => {
    const { only, told } = await read(
      rss('<item><guid>1</guid><title>Fil & aiguille&nbsp;: l&eacute;gende</title></item>'),
    );
    expect(only?.fields['name']).toBe('Fil & aiguille : légende');
    expect(codes(told)).toEqual(['feed-repaired']);
    const undeclared =
      '<rss><channel><item><guid>0</guid><title>a</title></item><item><guid>1</guid><title>b</title><content:encoded>Texte</content:encoded></item></channel></rss>';
    const { records, told: prefixes } = await read(undeclared);
    expect([...records.keys()]).toEqual(['0', '1']);
    expect(records.get('1')?.fields['description']).toBe('Texte');
    expect(prefixes).toMatchObject([{ code: 'feed-repaired', particulars: { kind: 'prefixes', count: 1 } }]);
    const latin = rss('<item><guid>1</guid><title>\xc9t\xe9</title></item>').replace('?>', ' encoding="ISO-8859-1"?>');
    expect((await read(Buffer.from(latin, 'latin1'))).only?.fields['name']).toBe('Été');
  });
});

test.each([
  ['Fri, 06 Sep 2024 23:30:00 +0000', '2024-09-06'],
  ['6 Sep 24 23:30 EST', '2024-09-06'],
  ['ven., 06 sept. 2024 23:30:00 +0200', '2024-09-06'],
  ['1er août 2024', '2024-08-01'],
  ['2024-09-06T23:30:00Z', '2024-09-06'],
  ['2024-09-06', '2024-09-06'],
  ['06/09/2024', '2024-09-06'],
  ['Fri, 31 Feb 2024 00:00:00 GMT', undefined],
  ['hier', undefined],
])('%s is %s', (text, day) => expect(feedDay(text)).toBe(day));

test('options are checked', () => {
  expect(feed.options?.safeParse({ kind: 'Trade' }).success).toBe(false);
  expect(feed.options?.safeParse({ kind: 'HeritageObject', type: 'vidéo' }).success).toBe(false);
  expect(feed.options?.safeParse({ genre: 'Event' }).success).toBe(false);
  expect(optionsOf(undefined)).toEqual({ kind: 'Resource' });
});

describe('what is not taken over is told', () => {
  test('a PDF whose address has no ending is a document; a file of no known kind, and a link without its site, are told', async () => {
    const { only, notes } = await read(
      rss(`<item><title>T</title><guid isPermaLink="false">1</guid><link>/actualites/1</link>
        <enclosure url="https://example.org/telecharger/3" type="application/pdf" length="1"/>
        <enclosure url="https://example.org/telecharger/4" type="application/x-inconnu" length="1"/></item>`),
    );
    expect(only?.relations['media']).toMatchObject([{ media: { mediaType: 'document' } }]);
    expect(notes.map(({ code, particulars }) => [code, particulars['where']])).toEqual([
      ['format-value-unread', 'link'],
      ['format-value-unread', 'enclosure'],
    ]);
  });

  test('a link is relative to xml:base', async () => {
    const { only, notes } = await read(
      atom('<entry xml:base="https://example.org/blog/"><id>1</id><title>T</title><link href="un.html"/></entry>'),
    );
    expect([only?.fields['page'], notes]).toEqual(['https://example.org/blog/un.html', []]);
  });

  test.each([
    ['50.63 3.06', []],
    ['3.06;50.63', ['coordinates-swapped']],
    ['ici', ['format-value-unread']],
  ])('a point written %s', async (point, told) => {
    const item = `<item><title>T</title><guid isPermaLink="false">1</guid><ev:startdate>2024-09-21T10:00:00</ev:startdate><georss:point>${point}</georss:point></item>`;
    const { only, notes } = await read(rss(item), { kind: 'Event' });
    expect(codes(notes)).toEqual(told);
    if (point !== 'ici') expect(only?.fields['point']).toMatchObject({ latitude: 50.63, longitude: 3.06 });
  });

  test('a hostile text costs no more than its length', async () => {
    const hostile = `&lt;script&gt;${'&lt;/script'.repeat(50_000)}`;
    const started = performance.now();
    await read(
      rss(`<item><title>T</title><guid isPermaLink="false">1</guid><description>${hostile}</description></item>`),
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
