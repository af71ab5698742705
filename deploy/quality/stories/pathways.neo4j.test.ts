/** The four pathways of the activity report, from the demonstration's own files, as GraphQL tells them (docs/pathways.md). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import { harvestAll } from '#deploy/cli/harvesting.ts';
import type { RunningNeo4j } from '#deploy/neo4j/open.ts';
import { openTestGateway, type TestGateway } from '#gateway/testing/gateway.ts';
import { inOrder, readSources, sourcesFolder } from '#harvesters/sources.ts';

const WANTED = ['metiers', 'reseau-structures', 'reseau-volets', 'reseau-parcours'];

let gateway: TestGateway;
let partners: RunningPartners;

beforeAll(async () => {
  gateway = await openTestGateway();
  partners = await startPartners({ port: 0 });
  const { sources } = await readSources(sourcesFolder({}), { TRAME_PARTNERS: partners.url });
  const hub = {
    neo4j: undefined as unknown as RunningNeo4j,
    database: gateway.database,
    signal: new AbortController().signal,
  };
  await harvestAll(inOrder(sources.filter(({ name }) => WANTED.includes(name))), hub, { progress: false });
}, 120_000);
afterAll(async () => {
  await partners?.close();
  await gateway.database.close();
});

interface Pathway {
  readonly name: string;
  readonly badges: object;
  readonly trades: object;
  readonly validation: string | null;
  readonly test: string | null;
  readonly testDate: { readonly text: string; readonly edtf: string } | null;
  readonly testPupils: number | null;
  readonly legs: {
    readonly nodes: readonly { role: string; state: string; structures: { nodes: { name: string }[] } }[];
  };
}

const UNTESTED = { testDate: null, testPupils: null };

test('each has its legs, its partners, and what is known of its validation and its test', async () => {
  const { data, errors } = await gateway.query(
    `{ pathways(first: 10) { totalCount nodes {
      name validation test testDate { text edtf } testPupils trades { nodes { name } }
      badges { confirmedLegs legCount isValidated missingLegs isTested isStale }
      legs(first: 5) { nodes { role state structures(first: 5) { nodes { name } } } }
    } } }`,
  );
  expect(errors).toEqual([]);
  expect(data.pathways.totalCount).toBe(4);
  const [agricole, sante, telecommunication, transport] = data.pathways.nodes as Pathway[];
  const legsOf = ({ legs }: Pathway) =>
    legs.nodes
      .map(({ role, state, structures }) => [role, state, structures.nodes.map(({ name }) => name)] as const)
      .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));

  expect(sante).toMatchObject({
    ...UNTESTED,
    name: 'Parcours Santé – Ortho-prothèse',
    validation: 'validé par l’ensemble des partenaires',
    test: 'non testé en 2023 et 2024',
    trades: { nodes: [{ name: 'orthoprothésiste' }] },
    badges: {
      confirmedLegs: 3,
      legCount: 3,
      isValidated: true,
      missingLegs: [],
      isTested: false,
      isStale: null,
    },
  });
  expect(legsOf(sante!)).toEqual([
    ['HERITAGE', 'CONFIRMED', ['Société d’Histoire des Hôpitaux de Berck']],
    ['FIRM', 'CONFIRMED', ['Fondation Hopale – Centre Jacques Calvé']],
    ['TRAINING', 'CONFIRMED', ['Lycée Jean Lavezzari']],
  ]);

  expect(telecommunication).toMatchObject({
    name: 'Parcours Télécommunication',
    validation: null,
    testDate: { text: 'novembre 2024', edtf: '2024-11' },
    testPupils: null,
    badges: { confirmedLegs: 0, legCount: 3, isValidated: false, missingLegs: [], isTested: true },
  });
  expect(legsOf(telecommunication!)).toEqual([
    ['HERITAGE', 'NOT_STATED', ['Musée Régional des télécommunications et de la radio']],
    ['FIRM', 'NOT_STATED', ['Boulanger']],
    ['TRAINING', 'NOT_STATED', ['Lycée Gustave Eiffel']],
  ]);

  expect(transport).toMatchObject({
    ...UNTESTED,
    name: 'Parcours Transport Logistique',
    validation: null,
    test: null,
    badges: { confirmedLegs: 0, isValidated: false, isTested: false, isStale: null },
  });
  expect(legsOf(transport!)).toEqual([
    ['HERITAGE', 'NOT_STATED', ['Musée privé Depaeuw']],
    ['FIRM', 'NOT_STATED', ['Transport Depaeuw']],
    ['TRAINING', 'NOT_STATED', ['ISTELI']],
  ]);

  expect(agricole).toMatchObject({
    name: 'Parcours Agricole – De la traction animale au machinisme agricole',
    validation: null,
    testDate: { text: 'mars 2024', edtf: '2024-03' },
    testPupils: 12,
    badges: { isValidated: false, missingLegs: ['TRAINING'], isTested: true, isStale: expect.any(Boolean) },
  });
  expect(legsOf(agricole!)).toEqual([
    ['HERITAGE', 'NOT_STATED', ['Écomusée Les Racines de la Vie Agricole', 'Tracteurs-en-Weppes']],
    ['FIRM', 'NOT_STATED', ['John Deere', 'UAV Pillote']],
    ['TRAINING', 'MISSING', []],
  ]);
});

const ORDER = ['HERITAGE', 'FIRM', 'TRAINING'];

test.each([
  ['orthoprothesiste', 'sante', 3],
  ['technicien-des-telecommunications', 'telecommunication', 3],
  ['chauffeur-routier', 'transport-logistique', 3],
  ['agriculteur', 'agricole', 2],
])('whoever builds a pathway about %s is offered those of the report', async (trade, pathway, legs) => {
  const ask = () =>
    gateway.query(
      `query ($trade: ID!, $code: String!) {
      pathwayCandidates(trade: $trade, near: { latitude: 50.63, longitude: 3.06 }, maxKm: 150, first: 40) {
        legs { role candidates { structure { name } pathways { name } evidence { kind text } } } }
      pathway(code: $code) { name legs(first: 5) { nodes { role structures(first: 5) { nodes { name } } } } }
    }`,
      { trade: `trame:${trade}`, code: `trame:parcours-${pathway}` },
    );
  // A large text is planned when it is first asked: on a machine that is busy elsewhere that alone may take too long, once.
  const first = await ask();
  const { data, errors } = first.errors.some(({ code }) => code === 'QUERY_TIMEOUT') ? await ask() : first;
  expect(errors).toEqual([]);
  const told = data.pathway.legs.nodes as Pathway['legs']['nodes'];
  const candidates = data.pathwayCandidates.legs as readonly { role: string; candidates: readonly Offered[] }[];
  let found = 0;
  for (const { role, structures } of told) {
    const offered = candidates.find((leg) => leg.role === role)?.candidates ?? [];
    for (const { name } of structures.nodes) {
      const one = offered.find(({ structure }) => structure.name === name);
      expect(one?.pathways, `${role} ${name}`).toEqual([{ name: data.pathway.name }]);
      expect(one?.evidence).toContainEqual({ kind: 'PATHWAY', text: data.pathway.name });
    }
    if (structures.nodes.length > 0) found += 1;
  }
  expect(found).toBe(legs);
});

interface Offered {
  readonly structure: { readonly name: string };
  readonly pathways: readonly object[];
  readonly evidence: readonly object[];
}
