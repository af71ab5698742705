/** The first story: ask for a trade, and get what surrounds it in one query, each relation with how it is known. On invented records. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TRADE_STORY } from '#gateway/examples.ts';
import { openTestGateway, type TestGateway } from '#gateway/testing/gateway.ts';
import { tell, to, write } from '#gateway/testing/graph.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { rebuild } from '#graph-schema/fold/rebuild.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';

const resolver = createResolver();

const VOCABULARY = [
  tell('Trade', 'tisserand', 'tisserand', { codes: ['trame:tisserand'] }),
  tell('Trade', 'mineur', 'mineur', { codes: ['trame:mineur'] }),
  tell('Place', 'roubaix', 'Roubaix', { codes: ['insee:59512'], fields: { placeType: 'commune' } }),
];

const museum = (id: string, name: string) =>
  tell('Structure', id, name, { codes: [`trame:${id}`], fields: { structureType: 'museum' } });

const AROUND = [
  museum('musee-tissage', 'Musée du tissage Delexemple'),
  museum('musee-tout', 'Musée Delexemple'),
  tell('HeritageObject', 'navette', 'Navette', {
    fields: { objectKind: 'object', objectTypes: ['navette de tisserand'] },
    relations: { heldBy: [to('trame:musee-tout')] },
  }),
  tell('HeritageObject', 'metier', 'Métier', {
    fields: { objectKind: 'object', use: 'filature' },
    relations: { heldBy: [to('trame:musee-tout')], trades: [{ text: 'tisserand' }] },
  }),
  tell('HeritageObject', 'temoin', 'Témoignage de démonstration', {
    fields: {
      objectKind: 'testimony',
      transcript: [
        { begin: 3, end: 9, text: 'je suis née à Delexemple' },
        { begin: 72.5, end: 78, text: 'mon père était tisserand à domicile' },
        { begin: 90, end: 95, text: 'le tisserand travaillait à la cave' },
      ],
    },
  }),
  tell('HeritageObject', 'film', 'Film de démonstration', {
    fields: { objectKind: 'film', transcript: [{ begin: 12, end: 15, text: 'voici un tisserand' }] },
    relations: { trades: [to('trame:tisserand')] },
  }),
  tell('Structure', 'firme', 'Delexemple', {
    fields: { structureType: 'firm' },
    relations: { activities: [to('naf:13.20Z')] },
  }),
  tell('Structure', 'ecole', 'Lycée Delexemple', {
    codes: ['uai:0990001A'],
    fields: { structureType: 'school' },
    relations: { trainings: [{ text: 'CAP tisserand' }, { text: 'bac général' }] },
  }),
  tell('Event', 'fete', 'Démonstration de tissage', {
    codes: ['trame:fete'],
    fields: {
      begin: '2026-06-07T10:00:00+02:00',
      end: '2026-06-07T18:00:00+02:00',
      location: 'Salle Delexemple, Roubaix',
    },
  }),
  tell('Event', 'passee', 'Les tisserands de Delexemple', {
    codes: ['trame:passee'],
    fields: { begin: '2025-06-07T10:00:00+02:00' },
  }),
  tell('Route', 'circuit', 'Sur les pas des tisserands', { codes: ['trame:circuit'] }),
  tell('Pathway', 'parcours', 'Parcours Delexemple', {
    codes: ['trame:parcours'],
    relations: { trades: [to('trame:tisserand')], legs: [to('trame:volet')] },
  }),
  tell('Leg', 'volet', 'Volet entreprise', { codes: ['trame:volet'], fields: { role: 'firm' } }),
];

const SECRET = [
  tell('HeritageObject', 'cachee', 'Navette cachée', {
    hidden: true,
    fields: { objectKind: 'object', objectTypes: ['navette de tisserand'] },
    relations: { heldBy: [to('trame:musee-tissage')] },
  }),
  // Hidden words on a visible thing.
  tell('Structure', 'musee-tout-secret', 'Musée de la mine secret', {
    hidden: true,
    source: 'secret',
    rank: 1,
    codes: ['trame:musee-tout'],
    fields: { structureType: 'museum', themes: ['tissage'] },
  }),
];

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, [...VOCABULARY, ...AROUND], resolver);
});
afterAll(() => gateway.database.close());

async function ask() {
  const { data, errors } = await gateway.query(TRADE_STORY.query, {
    ...TRADE_STORY.variables,
    du: '2026-06-01',
    au: '2026-06-30',
  });
  expect(errors).toEqual([]);
  return data;
}

describe('what surrounds a trade', () => {
  test('museums: those that are about it, and those that hold its tools', async () => {
    const { musees, trade } = await ask();
    expect(musees).toMatchObject({ totalCount: 1, nodes: [{ name: 'Musée Delexemple', holdings: { totalCount: 2 } }] });
    expect(trade.musees.edges).toMatchObject([
      { how: 'INFERRED', rule: 'name', confidence: 0.8, node: { name: 'Musée du tissage Delexemple' } },
    ]);
  });

  test('objects, each with how it is known', async () => {
    const { trade } = await ask();
    expect(trade.objets.edges).toMatchObject([
      { how: 'LABEL', rule: 'label', text: 'tisserand', node: { name: 'Métier' } },
      { how: 'INFERRED', rule: 'denomination', text: 'navette de tisserand', node: { name: 'Navette' } },
    ]);
  });

  test('films and testimonies, with the moment at which it is first spoken of', async () => {
    const { trade } = await ask();
    expect(trade.enregistrements.edges).toMatchObject([
      { how: 'STATED', confidence: 1, moment: 12, node: { objectKind: 'FILM' } },
      {
        how: 'INFERRED',
        rule: 'transcript',
        moment: 72.5,
        text: 'mon père était tisserand à domicile',
        node: { objectKind: 'TESTIMONY' },
      },
    ]);
  });

  test('firms, schools, the events of the month, routes and pathways', async () => {
    const { trade } = await ask();
    expect(trade.entreprises.edges).toMatchObject([
      { how: 'INFERRED', rule: 'naf-label', text: 'NAF 13.20Z Tissage', node: { name: 'Delexemple' } },
    ]);
    expect(trade.ecoles.edges).toMatchObject([{ rule: 'training', text: 'formation : CAP tisserand' }]);
    expect(trade.evenements.edges).toMatchObject([
      { rule: 'title', node: { name: 'Démonstration de tissage', place: { name: 'Roubaix' } } },
    ]);
    expect(trade.circuits.edges).toMatchObject([{ how: 'INFERRED', rule: 'title' }]);
    expect(trade.parcours.edges).toMatchObject([
      { how: 'STATED', rule: null, node: { legs: { nodes: [{ role: 'FIRM' }] } } },
    ]);
  });

  test('only what is sure enough, or stated, where that is asked for', async () => {
    const query = `{ trade(code: "trame:tisserand") {
      sure: objects(filter: { confidence: 0.8 }) { totalCount } said: objects(filter: { how: [STATED, LABEL] }) { totalCount } all: objects { totalCount }
    } }`;
    const { data } = await gateway.query(query);
    expect(data.trade).toEqual({ sure: { totalCount: 3 }, said: { totalCount: 2 }, all: { totalCount: 4 } });
  });
});

test('a rebuild gives the same graph', async () => {
  const before = await digest(gateway.database);
  await rebuild(gateway.database, resolver);
  expect(await digest(gateway.database)).toEqual(before);
});

test('what is hidden makes no difference to what is answered', async () => {
  const before = await ask();
  await write(gateway.database, SECRET, resolver);
  expect(await ask()).toEqual(before);
  const { records } = await gateway.database.run(
    'MATCH (:Published)-[r:CONCERNS]->() WHERE r.text CONTAINS $word RETURN count(r) AS leaks',
    { word: 'secret' },
  );
  expect(Number(records[0]?.get('leaks'))).toBe(0);
});
