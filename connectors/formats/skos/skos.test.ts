import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import { fileOf } from '../reading/testing.ts';
import { cutSkos, type SkosRow } from './cut.ts';
import { skos } from './skos.ts';

const SOURCE = { name: 'essai', title: 'Essai', licence: 'démonstration' };
const PREFIX = `@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/v/> .\n`;

async function cut(text: string) {
  const told: Finding[] = [];
  const rows: SkosRow[] = [];
  const refused: string[] = [];
  for await (const one of cutSkos(fileOf(text, 'v.ttl'), (found) => told.push(found))) {
    if (one.kind === 'record') rows.push(one.row as unknown as SkosRow);
    else refused.push(one.finding.code);
  }
  return { rows, refused };
}

function record(row: SkosRow, given: unknown = { scheme: 'technique' }) {
  const options = skos.options?.safeParse(given);
  if (!options?.success) throw new Error('options');
  const mapped = skos.map(row as never, { id: row.uri, source: SOURCE, options: options.data });
  if ('rejected' in mapped) return mapped.rejected.code;
  const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  return parsed.record;
}

describe('a vocabulary', () => {
  test('says of each notion its labels, what is broader, and what stands at the other end', async () => {
    const { rows } = await cut(`${PREFIX}
      :bois a skos:Concept ; skos:prefLabel "bois"@fr, "hout"@nl, "wood"@en ; skos:narrower :chene ; skos:inScheme :technique .
      :chene a skos:Concept ; skos:prefLabel "chêne"@fr-FR ; skos:altLabel "bois de  chêne"@fr ; skos:notation "T2" .`);
    expect(rows.map(({ uri, broader }) => [uri, broader])).toEqual([
      ['https://example.org/v/bois', []],
      ['https://example.org/v/chene', ['https://example.org/v/bois']],
    ]);
    expect(record(rows[1]!)).toMatchObject({
      kind: 'Concept',
      identifiers: [
        { scheme: 'concept', value: 'technique/chêne' },
        { scheme: 'concept', value: 'technique/bois de chêne' },
      ],
      fields: { name: 'chêne', alternativeNames: ['bois de chêne'], notation: 'T2' },
      relations: { broader: [{ record: 'https://example.org/v/bois' }] },
    });
    expect(record(rows[0]!)).toMatchObject({ fields: { name: 'bois', alternativeNames: ['hout'] } });
  });

  test('with SKOS-XL labels, and one notion that is abandoned', async () => {
    const { rows } = await cut(`${PREFIX}
      :a a skos:Concept ; xl:prefLabel :l . :l xl:literalForm "navette"@fr .
      :b a skos:Concept ; skos:prefLabel "ancien"@fr ; owl:deprecated true .`);
    expect(rows.map((row) => (typeof record(row) === 'string' ? record(row) : 'kept'))).toEqual([
      'kept',
      'skos-deprecated',
    ]);
  });

  test('a label that two notions share identifies neither', async () => {
    const { rows } = await cut(`${PREFIX}
      :a a skos:Concept ; skos:prefLabel "grès"@fr ; skos:altLabel "grès cérame"@fr .
      :b a skos:Concept ; skos:prefLabel "Grès"@fr .`);
    const stated = rows.map((row) => (record(row) as AnyRecord).identifiers);
    expect(stated).toEqual([[{ scheme: 'concept', value: 'technique/grès cérame' }], []]);
  });

  test('of trades becomes trades; the scheme may follow the file', async () => {
    const { rows } = await cut(
      `${PREFIX} :t a skos:Concept ; skos:prefLabel "tisserand"@fr ; skos:notation "tisserand" ; skos:inScheme <https://example.org/p/Period> .`,
    );
    expect(record(rows[0]!, { kind: 'Trade' })).toMatchObject({
      kind: 'Trade',
      identifiers: [{ scheme: 'trame', value: 'tisserand' }],
    });
    expect(record(rows[0]!, {})).toMatchObject({ fields: { scheme: 'period' } });
    expect(record(rows[0]!, { scheme: { 'https://example.org/p/Period': 'epoch' } })).toMatchObject({
      fields: { scheme: 'epoch' },
    });
  });
});

test.each([
  ['breaks off', `${PREFIX} :a a skos:Concept ; skos:prefLabel "x`, 'skos-unread'],
  [
    'breaks off in XML',
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    'skos-unread',
  ],
  [
    'holds entities in entities',
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><r/>',
    'skos-unread',
  ],
  [
    'hides entities in entities behind a long comment',
    `<?xml version="1.0"?><!--${' '.repeat(1_000_001)}--><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><r/>`,
    'skos-unread',
  ],
  [
    'grows a thousandfold by its entities',
    `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "${'x'.repeat(100_000)}">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${'&a;'.repeat(2_000)}</rdf:RDF>`,
    'skos-unread',
  ],
  ['is JSON', '{"@graph": []}', 'skos-unread'],
  ['has no notion', `${PREFIX} :s a skos:ConceptScheme .`, 'skos-none'],
  ['is a page', '<!doctype html><html></html>', 'file-web-page'],
])('a file that %s is refused whole', async (_, text, code) => {
  expect(await cut(text)).toEqual({ rows: [], refused: [code] });
});
