import { describe, expect, test } from 'vitest';
import { RECORD_LIMITS } from '#graph-schema/record.ts';
import { readCues } from './cues.ts';
import { decodeEntities, picturesInHtml, textOfHtml } from './html.ts';

const codes = (text: string) => readCues(text).notes.map(({ code }) => code);

describe('readCues', () => {
  test('WebVTT: header, notes, styles, identifiers, settings, tags, entities, speakers', () => {
    const { cues, notes, title } = readCues(`\ufeffWEBVTT - Témoignage de démonstration\r
Kind: captions\r
\r
NOTE\r
Une remarque\r
\r
STYLE\r
::cue { color: red }\r
\r
REGION\r
id:bas\r
\r
intro\r
00:01.000 --> 00:04.500 line:0 position:20%\r
<v.loud Personne A>Je suis entré <i>à l’usine</i> &amp; au tissage</v>\r
en <00:02.000>premier.\r
\r
1:00:00.000 --> 1:00:02.250\r
<v Personne B>Et moi &lt;après&gt;.\r
`);
    expect(title).toBe('Témoignage de démonstration');
    expect(cues).toEqual([
      { begin: 1, end: 4.5, text: 'Je suis entré à l’usine & au tissage en premier.' },
      { begin: 3600, end: 3602.25, text: 'Et moi <après>.' },
    ]);
    expect(notes).toEqual([{ code: 'cues-speakers-left-out', particulars: { count: 2 } }]);
    expect(JSON.stringify(cues)).not.toContain('Personne');
  });

  test('SRT: commas, numbers, missing blank lines, old line ends, fonts', () => {
    const { cues, notes } = readCues(
      '1\r00:00:01,000 --> 00:00:02,000\r{\\an8}<font color="#fff">Un</font>\r2\r00:00:02,5 --> 00:00:03\rDeux 1950 -> 1960\rencore\r',
    );
    expect(cues).toEqual([
      { begin: 1, end: 2, text: 'Un' },
      { begin: 2.5, end: 3, text: 'Deux 1950 -> 1960 encore' },
    ]);
    expect(notes).toEqual([]);
  });

  test('a cell that lost its blank lines', () => {
    const { cues } = readCues('WEBVTT\n00:01.000 --> 00:02.000\na\nNOTE\nremarque\n2\n00:03.000 --> 00:04.000\nb');
    expect(cues.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('minutes that are counted on where there are no hours', () => {
    expect(readCues('WEBVTT\n\n120:00.000 --> 120:10.5\na\n').cues).toEqual([{ begin: 7200, end: 7210.5, text: 'a' }]);
    expect(codes('1:60:00.000 --> 1:60:01.000\na\n')).toEqual(['cues-none', 'cues-times-unread']);
  });

  test('a title in a note; cues out of order and over each other', () => {
    const { cues, title } = readCues(
      'WEBVTT\n\nNOTE title: Le fil\n\n00:05.000 --> 00:09.000\nb\n\n00:01.000 --> 00:06.000\na\n',
    );
    expect(title).toBe('Le fil');
    expect(cues.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('what is wrong is told: times that cannot be, ends before begins, nothing at all', () => {
    const { cues, notes } = readCues(
      'WEBVTT\n\n00:99.000 --> 00:05.000\nperdu\n\n00:08.000 --> 00:07.000\ngardé\n\n00:01 --> ?\nperdu\n',
    );
    expect(cues).toEqual([{ begin: 8, end: 8, text: 'gardé' }]);
    expect(notes).toMatchObject([
      { code: 'cues-times-unread', particulars: { count: 2, example: '00:99.000 --> 00:05.000' } },
      { code: 'cues-end-before-begin', particulars: { count: 1 } },
    ]);
    expect(codes('temoignage-40.vtt')).toEqual(['cues-none']);
    expect(codes('')).toEqual(['cues-none']);
  });

  test('beyond the limit of a record the rest is told', () => {
    const many = Array.from({ length: RECORD_LIMITS.cues + 3 }, () => '00:01.000 --> 00:02.000\nx\n').join('\n');
    const { cues, notes } = readCues(many);
    expect(cues).toHaveLength(RECORD_LIMITS.cues);
    expect(notes).toEqual([{ code: 'cues-too-many', particulars: { limit: RECORD_LIMITS.cues, count: 3 } }]);
  });
});

describe('HTML as text', () => {
  test('paragraphs, references, and nothing of what is not shown', () => {
    expect(
      textOfHtml(
        '<p>L&#8217;&eacute;t&eacute;</p><SCRIPT>alert("<p>x</p>")</SCRIPT ><!-- non --><ul><li>a<li>b &lt;c&gt;</ul>',
      ),
    ).toBe('L’été\na\nb <c>');
    expect(textOfHtml('visible<script>reste ouvert')).toBe('visible');
    expect(textOfHtml('5 < 6 et 7 > 2')).toBe('5 < 6 et 7 > 2');
    expect(textOfHtml('<img src="x"/>')).toBeUndefined();
    expect(decodeEntities('&inconnu; &#xD800; &#x1F600;')).toBe('&inconnu;   😀');
    expect(picturesInHtml('<img alt="" src=\'/a.jpg\'><img src="b.jpg?x=1&amp;y=2">')).toEqual([
      '/a.jpg',
      'b.jpg?x=1&y=2',
    ]);
  });

  test('a text made to be slow is not', () => {
    const begun = performance.now();
    textOfHtml('<script>'.repeat(50_000) + '<!--'.repeat(50_000) + '<p '.repeat(50_000));
    picturesInHtml('<img '.repeat(50_000));
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
