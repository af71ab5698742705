/**
 * A vocabulary of the hub as others exchange theirs: SKOS (W3C Recommendation, 2009) in Turtle. What is written is what everyone may see, in
 * pages, and comes back the same through the format `skos`.
 */
import { Writable } from 'node:stream';
import { DataFactory, Writer } from 'n3';
import type { Database } from '#graph-schema/database.ts';

export const VOCABULARIES = ['trades', 'places', 'concepts'] as const;
export type Vocabulary = (typeof VOCABULARIES)[number];

const KIND = { trades: 'Trade', places: 'Place', concepts: 'Concept' } as const;
const PAGE = 1_000;
const SKOS = 'http://www.w3.org/2004/02/skos/core#';
const { namedNode, literal } = DataFactory;
const skos = (name: string) => namedNode(`${SKOS}${name}`);

export interface SkosOptions {
  /** What the addresses of entities begin with: `https://hub.example/id/`. */
  readonly base: string;
  readonly signal?: AbortSignal | undefined;
}

interface Row {
  readonly uid: string;
  readonly name: string;
  readonly alternativeNames: readonly string[] | null;
  readonly dutchNames: readonly string[] | null;
  readonly description: string | null;
  readonly scheme: string | null;
  readonly notation: string | null;
  readonly codes: readonly string[];
  readonly broader: readonly string[];
  readonly related: readonly string[];
  readonly matches: readonly { readonly uid: string; readonly match: string | null }[];
}

/** All Published entries of a vocabulary, in Turtle, piece by piece. Throws what the driver throws. */
export async function* vocabularyAsTurtle(
  database: Database,
  vocabulary: Vocabulary,
  { base, signal }: SkosOptions,
): AsyncGenerator<string> {
  const pieces: string[] = [];
  const writer = new Writer(sinkInto(pieces), { end: false, prefixes: { skos: SKOS, hub: base } });
  writer.addQuad(
    namedNode(`${base}${vocabulary}`),
    namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'),
    skos('ConceptScheme'),
  );
  for await (const row of rowsOf(database, KIND[vocabulary])) {
    signal?.throwIfAborted();
    describe(writer, row, base, vocabulary);
    yield pieces.splice(0).join('');
  }
  writer.end();
  yield pieces.splice(0).join('');
}

/** What the writer writes to: the pieces are handed on as soon as they are there. */
function sinkInto(pieces: string[]): NodeJS.WritableStream {
  return new Writable({
    decodeStrings: false,
    write(piece: string, _, done) {
      pieces.push(piece);
      done();
    },
  });
}

function describe(writer: Writer, row: Row, base: string, vocabulary: Vocabulary): void {
  const subject = namedNode(`${base}${row.uid}`);
  const say = (name: string, object: ReturnType<typeof literal> | ReturnType<typeof namedNode>) =>
    writer.addQuad(subject, skos(name), object);
  writer.addQuad(subject, namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), skos('Concept'));
  say('inScheme', namedNode(`${base}${vocabulary}`));
  if (row.scheme) say('inScheme', namedNode(`${base}concepts/${encodeURIComponent(row.scheme)}`));
  say('prefLabel', literal(row.name, 'fr'));
  for (const name of new Set(row.alternativeNames ?? [])) if (name !== row.name) say('altLabel', literal(name, 'fr'));
  // One preferred label a language: the others stand beside it.
  for (const [at, name] of [...new Set(row.dutchNames ?? [])].entries())
    say(at === 0 ? 'prefLabel' : 'altLabel', literal(name, 'nl'));
  if (row.description) say('definition', literal(row.description, 'fr'));
  for (const code of row.notation ? [row.notation] : notationsOf(row.codes)) say('notation', literal(code));
  // Nothing is broader than itself, and what is broader is not merely related (S27 of the Reference).
  const broader = row.broader.filter((uid) => uid !== row.uid);
  for (const uid of broader) say('broader', namedNode(`${base}${uid}`));
  for (const uid of row.related)
    if (uid !== row.uid && !broader.includes(uid)) say('related', namedNode(`${base}${uid}`));
  for (const { uid, match } of surest(row.matches))
    say(MATCHES[match ?? ''] ?? 'relatedMatch', namedNode(`${base}${uid}`));
}

/** One kind of match for each entry: what is exact is neither broad nor related (S46). */
function surest(matches: Row['matches']): Row['matches'] {
  const order = (match: string | null) =>
    match !== null && match in MATCHES ? Object.keys(MATCHES).indexOf(match) : 9;
  const sorted = matches.toSorted((a, b) => order(a.match) - order(b.match));
  return sorted.filter(({ uid }, at) => sorted.findIndex((one) => one.uid === uid) === at);
}

const MATCHES: Readonly<Record<string, string>> = { exact: 'exactMatch', close: 'closeMatch', broad: 'broadMatch' };

/** Codes without the scheme that only says whose they are; a concept's words are labels, not codes. */
function notationsOf(codes: readonly string[]): readonly string[] {
  return codes.flatMap((code) => {
    const [scheme = '', ...value] = code.split(':');
    return scheme === 'concept' ? [] : [value.join(':')];
  });
}

async function* rowsOf(database: Database, kind: string): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (e:${kind}:Published) WHERE e.uid > $after WITH e ORDER BY e.uid LIMIT ${PAGE}
         RETURN e {.uid, .name, .alternativeNames, .dutchNames, .description, .scheme, .notation, .codes,
                   broader: COLLECT { MATCH (e)-[:BROADER|WITHIN]->(b:Published) RETURN b.uid ORDER BY b.uid },
                   related: COLLECT { MATCH (e)-[:RELATED]->(r:Published) RETURN r.uid ORDER BY r.uid },
                   matches: COLLECT { MATCH (e)-[m:MATCHES]->(c:Published) RETURN {uid: c.uid, match: m.match} ORDER BY c.uid } } AS row
         ORDER BY e.uid`,
        { after },
      ),
    );
    for (const record of records) yield record.get('row') as Row;
    if (records.length < PAGE) return;
    after = (records.at(-1)!.get('row') as Row).uid;
  }
}
