/** A small graph for the tests, written as a harvest writes it. Everything hidden in it has the word `secret` somewhere. */
import type { Database } from '#graph-schema/database.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import { snapshotId } from '#graph-schema/fold/snapshot.ts';
import { MOST_ITEMS, writeBatch } from '#graph-schema/fold/write.ts';
import type { KindName } from '#graph-schema/model.ts';
import { type AnyRecord, type Link, parseRecord } from '#graph-schema/record.ts';
import { type Resolver, resolverOf } from '#graph-schema/vocabularies/resolver.ts';

export interface Told {
  readonly source: string;
  readonly rank: number;
  readonly id: string;
  readonly record: AnyRecord;
}

interface Details {
  readonly source?: string;
  readonly rank?: number;
  readonly codes?: readonly string[];
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly relations?: Readonly<Record<string, readonly Link[]>>;
  readonly hidden?: boolean;
  readonly until?: string;
}

/** One record, checked as a harvest checks it. */
export function tell(kind: KindName, id: string, name: string, details: Details = {}): Told {
  const { source = 'essai', rank = 10, codes = [], fields = {}, relations = {}, hidden = false, until } = details;
  const candidate = {
    kind,
    identifiers: codes.map((code) => {
      const [scheme = '', value = ''] = code.split(':');
      return { scheme, value };
    }),
    visibility: hidden ? 'hidden' : 'public',
    ...(until ? { visibleUntil: until } : {}),
    fields: { name, ...fields },
    relations,
  };
  const parsed = parseRecord(candidate);
  if ('issues' in parsed) throw new Error(`${kind} ${id}: ${JSON.stringify(parsed.issues)}`);
  return { source, rank, id, record: parsed.record };
}

export const to = (code: string): Link => {
  const [scheme = '', value = ''] = code.split(':');
  return { identifier: { scheme, value } };
};

const RESOLVER: Resolver = resolverOf('test', {
  trades: (text) =>
    text === 'tisserands'
      ? [{ identifier: { scheme: 'trame', value: 'tisserand' }, label: 'tisserand', confidence: 0.9, rule: 'label' }]
      : [],
  places: () => [],
});

/** Writes the records, source by source. */
const SNAPSHOT = snapshotId(new Date('2026-01-01T03:00:00Z'), 'run-1');

export async function write(database: Database, told: readonly Told[], resolver = RESOLVER): Promise<void> {
  for (const [source, records] of Map.groupBy(told, (one) => one.source)) {
    for (let from = 0; from < records.length; from += MOST_ITEMS) {
      const items = records.slice(from, from + MOST_ITEMS).map(
        ({ id, record }): Item => ({
          kind: 'record',
          id,
          raw: Buffer.from(id),
          hash: JSON.stringify(record),
          mapping: 'test-1',
          notes: [],
          record,
        }),
      );
      const rank = records[0]!.rank;
      await database.write((tx) =>
        writeBatch(tx, { source: { name: source, rank }, run: 'run-1', snapshot: SNAPSHOT }, items, resolver),
      );
    }
  }
}

/** The uid of the thing that a record describes. */
export async function uidOfRecord(database: Database, source: string, id: string): Promise<string> {
  const { records } = await database.run('MATCH (r:SourceRecord {key: $key}) RETURN r.uid AS uid', {
    key: `${source}/${id}`,
  });
  const uid = records[0]?.get('uid') as string | undefined;
  if (uid === undefined) throw new Error(`no record ${source}/${id}`);
  return uid;
}

/** Two sources, one of which is not public, and their runs. */
export async function writeSources(database: Database): Promise<void> {
  await database.run(
    `CREATE (s:Source {name: 'essai', title: 'Source d’essai', licence: 'CC0', protocol: 'files', format: 'table', visible: true, lastComplete: datetime('2024-05-02T10:00:00Z')})
     CREATE (h:Source {name: 'secret', title: 'Source secret', visible: false})
     CREATE (:Run {id: 'run-1', source: 'essai', outcome: 'complete', startedAt: datetime('2024-05-02T09:59:00Z'), endedAt: datetime('2024-05-02T10:00:00Z'), seconds: 60.0, full: true, seen: 12, created: 12, updated: 0, unchanged: 0, deleted: 0, held: 0, rejected: 0})-[:OF]->(s)
     CREATE (:Run {id: 'run-2', source: 'essai', outcome: 'partial', reason: 'http-broken-off', particulars: '{"url":"https://secret.example/x","bytes":12,"detail":"secret"}', startedAt: datetime('2024-05-03T09:59:00Z'), seen: 1, allVisible: true})-[:OF]->(s)
     CREATE (:Run {id: 'run-secret', source: 'secret', outcome: 'complete', startedAt: datetime('2024-05-04T09:59:00Z'), seen: 5})-[:OF]->(h)`,
  );
}

const PLACES = [
  tell('Place', 'pays', 'Pays d’essai', { codes: ['trame:pays'], fields: { placeType: 'country' } }),
  tell('Place', 'dep', 'Département d’essai', {
    codes: ['insee-dep:99'],
    fields: { placeType: 'department' },
    relations: { within: [to('trame:pays')] },
  }),
  tell('Place', 'a', 'Ablain d’essai', {
    codes: ['insee:99001'],
    fields: {
      placeType: 'commune',
      point: { latitude: 50.5, longitude: 3.25, precision: 'commune' },
      population: 1200,
    },
    relations: { within: [to('insee-dep:99')] },
  }),
  tell('Place', 'b', 'Ébourg d’essai', {
    codes: ['insee:99002'],
    fields: { placeType: 'commune' },
    relations: { within: [to('insee-dep:99')] },
  }),
];

const TRADES = [
  tell('Trade', 'textile', 'Métiers du textile', { codes: ['trame:textile'], fields: { sector: 'Textile' } }),
  tell('Trade', 'tisserand', 'Tisserand', {
    codes: ['trame:tisserand'],
    relations: { broader: [to('trame:textile')], matches: [{ ...to('rome:B1804'), facts: { match: 'close' } }] },
  }),
  tell('Concept', 'b1804', 'Réalisation d’ouvrages d’art en fils', {
    codes: ['rome:B1804'],
    fields: { scheme: 'rome' },
  }),
];

const STRUCTURES = [
  tell('Structure', 'reseau', 'Réseau d’essai', { codes: ['trame:reseau'], fields: { structureType: 'network' } }),
  tell('Structure', 'm1', 'Écomusée du Lin', {
    codes: ['trame:m1', 'museofile:M9901'],
    fields: { structureType: 'museum', description: 'Un musée d’essai sur le travail du lin.', themes: ['lin'] },
    relations: {
      place: [to('insee:99001')],
      memberOf: [{ ...to('trame:reseau'), facts: { since: '1999' } }],
      trades: [to('trame:tisserand')],
    },
  }),
  tell('Structure', 'm2', 'Musée de l’Échoppe', {
    codes: ['trame:m2'],
    fields: { structureType: 'museum', point: { latitude: 50.25, longitude: 3.5, precision: 'site' } },
    relations: { place: [to('insee:99002')], memberOf: [to('trame:reseau')] },
  }),
  tell('Structure', 'lycee', 'Lycée d’essai', {
    codes: ['uai:0990001A'],
    fields: { structureType: 'school' },
    relations: { place: [to('insee:99002')] },
  }),
];

export const OBJECTS = 12;

function object(index: number): Told {
  const number = String(index).padStart(2, '0');
  return tell('HeritageObject', `o${number}`, index % 4 === 0 ? 'Navette' : `Métier à tisser n° ${number}`, {
    fields: {
      objectKind: index % 2 === 0 ? 'object' : 'document',
      inventoryNumber: `A1973.2.${index}`,
      date: {
        text: `vers ${1850 + index}`,
        edtf: `${1850 + index}~`,
        from: 1845 + index,
        to: 1855 + index,
        confidence: 0.8,
      },
      objectTypes: ['outil'],
    },
    relations: {
      heldBy: [to(index < 9 ? 'trame:m1' : 'trame:m2')],
      madeIn: [to('insee:99001')],
      trades: [{ text: 'tisserands' }],
      subjects: [{ text: 'Lin' }],
      creators: index % 3 === 0 ? [{ text: 'Atelier d’essai', facts: { role: 'fabricant' } }] : [],
      media:
        index % 2 === 0
          ? [{ media: { name: `Vue ${number}`, url: `https://images.example/${number}.svg`, mediaType: 'image' } }]
          : [],
    },
  });
}

const EVENTS = [
  tell('Event', 'e1', 'Fête du lin', {
    codes: ['trame:e1'],
    fields: {
      begin: '2024-06-01T10:00:00+02:00',
      end: '2024-09-01T18:00:00+02:00',
      occurrences: [
        { begin: '2024-06-01T10:00:00+02:00', end: '2024-06-01T18:00:00+02:00' },
        { begin: '2024-09-01T10:00:00+02:00', end: '2024-09-01T18:00:00+02:00' },
      ],
    },
    relations: { venue: [to('trame:m1')], organisers: [to('trame:reseau')], place: [to('insee:99001')] },
  }),
  tell('Event', 'e2', 'Atelier de tissage', {
    codes: ['trame:e2'],
    fields: { begin: '2024-05-04', end: '2024-05-05', status: 'cancelled' },
    relations: { venue: [to('trame:m2')], programme: [to('trame:p1')], trades: [to('trame:tisserand')] },
  }),
  tell('Event', 'e3', 'Rencontre sans date', { codes: ['trame:e3'] }),
  tell('Programme', 'p1', 'Opération d’essai', {
    codes: ['trame:p1'],
    relations: { organisers: [to('trame:reseau')] },
  }),
];

/** All that everyone may see. */
export const VISIBLE: readonly Told[] = [
  ...PLACES,
  ...TRADES,
  ...STRUCTURES,
  ...Array.from({ length: OBJECTS }, (_, index) => object(index + 1)),
  ...EVENTS,
];

const hidden = { hidden: true } as const;
const seenUntil = { until: '2020-01-31' } as const;

/** Hidden, expired, or hidden words on a visible thing: none of it may make any difference to what is answered. */
export const HIDDEN: readonly Told[] = [
  tell('Structure', 'h1', 'Musée secret', {
    ...hidden,
    codes: ['trame:secret', 'siret:99999999900001'],
    fields: { structureType: 'museum' },
    relations: { place: [to('insee:99001')], memberOf: [to('trame:reseau')], trades: [to('trame:tisserand')] },
  }),
  tell('Structure', 'm1-bis', 'Écomusée du Lin secret', {
    ...hidden,
    source: 'secret',
    rank: 1,
    codes: ['trame:m1', 'siret:99999999900002'],
    fields: { description: 'secret', address: '1 rue secret' },
    relations: {
      trades: [to('trame:secret-trade')],
      media: [{ media: { name: 'secret', url: 'https://secret.example/1' } }],
    },
  }),
  tell('HeritageObject', 'h2', 'Navette secret', {
    ...hidden,
    relations: {
      heldBy: [to('trame:m1')],
      trades: [to('trame:tisserand')],
      subjects: [{ text: 'Sujet secret' }, { text: 'Lin' }],
      creators: [{ text: 'Auteur secret' }],
      media: [{ media: { name: 'Vue secret', url: 'https://secret.example/2', rights: 'secret' } }],
    },
  }),
  tell('HeritageObject', 'x1', 'Navette expirée secret', {
    ...seenUntil,
    relations: {
      heldBy: [to('trame:m1')],
      madeIn: [to('insee:99001')],
      trades: [to('trame:tisserand')],
      subjects: [{ text: 'Sujet expiré secret' }, { text: 'Lin' }],
      creators: [{ text: 'Auteur expiré secret' }],
      media: [{ media: { name: 'Vue expirée secret', url: 'https://secret.example/3' } }],
    },
  }),
  tell('Trade', 'ht', 'Métier secret', {
    ...hidden,
    codes: ['trame:secret-trade'],
    relations: { broader: [to('trame:textile')] },
  }),
  tell('Place', 'hp', 'Canton secret', {
    ...hidden,
    codes: ['trame:canton-secret'],
    fields: { placeType: 'site' },
    relations: { within: [to('insee-dep:99')] },
  }),
  tell('Event', 'he', 'Fête secret', {
    ...hidden,
    codes: ['trame:secret-event'],
    fields: { begin: '2024-06-01' },
    relations: { venue: [to('trame:m1')], organisers: [to('trame:secret')] },
  }),
];

/** Visible things that lead to hidden ones: they are the same whether or not the hidden ones are there. */
export const BESIDE: readonly Told[] = [
  tell('HeritageObject', 'o90', 'Rouet orphelin', {
    relations: {
      heldBy: [to('trame:secret')],
      trades: [to('trame:secret-trade')],
      madeIn: [to('trame:canton-secret')],
    },
  }),
  tell('Structure', 'm9', 'Musée du Canton', {
    codes: ['trame:m9'],
    relations: { place: [to('trame:hameau')], partOf: [to('trame:secret')] },
  }),
  tell('Place', 'hameau', 'Hameau d’essai', {
    codes: ['trame:hameau'],
    relations: { within: [to('trame:canton-secret')] },
  }),
];
