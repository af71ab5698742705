/** The graph that the benches fill: emptied between runs, and given what the records only refer to. */
import type { Database } from '#graph-schema/database.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import { writeBatch } from '#graph-schema/fold/write.ts';
import type { KindName } from '#graph-schema/model.ts';
import type { Identifier } from '#graph-schema/record.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { COMMUNES, TRADES } from './generated-records.ts';

/** Takes out all but the notes of migrations; in batches, so that it costs no more memory for a large graph. */
export async function emptyGraph(database: Database): Promise<void> {
  const session = database.driver.session({ database: database.name });
  try {
    await session.run('MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS');
    await session.run(
      'MATCH (n) WHERE NOT n:Migration AND NOT n:Seal CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS',
    );
  } finally {
    await session.close();
  }
}

/** The museum, the trades and the communes that the generated records lead to, so that their relations are seen. */
export async function writeLandmarks(database: Database, resolver: Resolver): Promise<void> {
  const museum = landmark('Structure', { scheme: 'trame', value: 'musee-du-banc' }, 'Musée du banc');
  const trades = TRADES.map((word) => landmark('Trade', known(word, resolver.trade(word)), word));
  const places = COMMUNES.map((word) => landmark('Place', known(word, resolver.place(word)), word));
  await database.write((tx) =>
    writeBatch(
      tx,
      { source: { name: 'banc-reperes', rank: 50 }, run: 'banc', snapshot: undefined },
      [museum, ...trades, ...places],
      resolver,
    ),
  );
}

function known(word: string, resolved: { readonly identifier: Identifier } | undefined): Identifier {
  if (resolved) return resolved.identifier;
  throw new Error(`the vocabularies do not know « ${word} »: choose another word in generated-records.ts`);
}

function landmark(kind: KindName, identifier: Identifier, name: string): Item {
  return {
    kind: 'record',
    id: `${kind}-${identifier.value}`,
    raw: new Uint8Array(),
    hash: `${kind}-${identifier.value}`,
    mapping: 'banc-1',
    notes: [],
    record: {
      kind,
      identifiers: [identifier],
      visibility: 'public',
      fields: { name, demonstration: true },
      relations: {},
    },
  };
}
