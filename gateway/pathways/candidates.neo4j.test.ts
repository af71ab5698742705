/** Who could be each leg of a pathway, on invented records on a real Neo4j. */
import type { Plan } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { tell, to, uidOfRecord, write } from '../testing/graph.ts';
import { compileAround } from './around.ts';
import { compileCandidates, compileIsCovered, LEG_ROLES } from './candidates.ts';
import { compileNearTrades } from './trades.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude, precision: 'site' });

const commune = (id: string, name: string, point?: ReturnType<typeof at>) =>
  tell('Place', id, name, {
    codes: [`insee:${id}`],
    fields: { placeType: 'commune', ...(point ? { point: { ...point, precision: 'commune' } } : {}) },
  });

const structure = (id: string, name: string, structureType: string, more: Parameters<typeof tell>[3] = {}) =>
  tell('Structure', id, name, {
    ...more,
    codes: [`trame:${id}`, ...(more.codes ?? [])],
    fields: { structureType, ...more.fields },
  });

const WORLD = [
  tell('Trade', 'textile', 'industrie textile', { codes: ['trame:textile'], fields: { sector: 'textile' } }),
  tell('Trade', 'tissage', 'tissage', {
    codes: ['trame:tissage'],
    fields: { sector: 'textile' },
    relations: { broader: [to('trame:textile')] },
  }),
  tell('Trade', 'tisserand', 'tisserand', {
    codes: ['trame:tisserand'],
    fields: { sector: 'textile' },
    relations: { broader: [to('trame:tissage')], matches: [{ ...to('naf:13.20Z'), facts: { match: 'close' } }] },
  }),
  tell('Trade', 'rubanier', 'rubanier', {
    codes: ['trame:rubanier'],
    fields: { sector: 'textile' },
    relations: { broader: [to('trame:tissage')] },
  }),
  tell('Trade', 'teinturier', 'teinturier', {
    codes: ['trame:teinturier'],
    fields: { sector: 'textile' },
    relations: { broader: [to('trame:textile')] },
  }),
  tell('Trade', 'mineur', 'mineur', { codes: ['trame:mineur'], fields: { sector: 'mine' } }),
  tell('Trade', 'luthier', 'luthier', { codes: ['trame:luthier'], fields: { sector: 'musique' } }),
  tell('Concept', 'naf', 'Tissage', { codes: ['naf:13.20Z'], fields: { scheme: 'naf', notation: '13.20Z' } }),
  commune('99001', 'Ici', at(50, 3)),
  commune('99002', 'Là', at(50.1, 3)),
  structure('musee', 'Musée de l’étoffe', 'museum', { fields: { point: at(50.01, 3) } }),
  structure('musee-rubans', 'Musée des rubans', 'museum', {
    relations: { place: [to('insee:99002')], trades: [to('trame:rubanier')] },
  }),
  structure('musee-couleurs', 'Musée des couleurs', 'museum', {
    fields: { point: at(50.02, 3) },
    relations: { trades: [to('trame:teinturier')] },
  }),
  structure('musee-mine', 'Musée de la mine d’essai', 'museum', {
    fields: { point: at(50, 3) },
    relations: { trades: [to('trame:mineur')] },
  }),
  structure('musee-clos', 'Musée clos', 'museum', {
    fields: { point: at(50, 3), closed: true },
    relations: { trades: [to('trame:tisserand')] },
  }),
  structure('musee-nulle-part', 'Musée sans adresse', 'museum', { relations: { trades: [to('trame:tisserand')] } }),
  structure('atelier', 'Atelier d’essai', 'firm', {
    fields: { point: at(50, 3) },
    relations: { activities: [to('naf:13.20Z')] },
  }),
  structure('lycee', 'Lycée d’essai', 'school', {
    codes: ['uai:0990001A'],
    fields: { point: at(50.9, 3) },
    relations: { trades: [to('trame:tisserand')] },
  }),
  structure('college', 'Collège d’essai', 'school', { codes: ['uai:0990002B'], fields: { point: at(50, 3) } }),
  ...[1, 2, 3].map((number) =>
    tell('HeritageObject', `o${number}`, `Navette ${number}`, {
      fields: { objectKind: 'object' },
      relations: { heldBy: [to('trame:musee')], trades: [to('trame:tisserand')] },
    }),
  ),
  tell('Offer', 'atelier-tissage', 'Atelier tissage', {
    codes: ['trame:atelier-tissage'],
    fields: { levels: ['4e', '3e'] },
    relations: { participants: [to('trame:musee')] },
  }),
  tell('Offer', 'offre-finie', 'Offre finie', {
    codes: ['trame:offre-finie'],
    fields: { levels: ['CM2'], validTo: '2020-01-01' },
    relations: { participants: [to('trame:musee')] },
  }),
  tell('Pathway', 'parcours', 'Parcours d’essai', {
    codes: ['trame:parcours'],
    relations: { legs: [to('trame:volet')], trades: [to('trame:tisserand')] },
  }),
  tell('Leg', 'volet', 'Volet d’essai', {
    codes: ['trame:volet'],
    fields: { role: 'heritage' },
    relations: { structures: [to('trame:musee')] },
  }),
];

/** None of this may be seen, nor make anything else look different. */
const HIDDEN = [
  structure('musee-secret', 'Musée secret', 'museum', {
    hidden: true,
    fields: { point: at(50, 3) },
    relations: { trades: [to('trame:tisserand')] },
  }),
  structure('ecole-secrete', 'École secrète', 'school', {
    hidden: true,
    fields: { point: at(50, 3) },
    relations: { trades: [to('trame:tisserand')] },
  }),
  tell('HeritageObject', 'o-secret', 'Navette secrète', {
    hidden: true,
    fields: { objectKind: 'object' },
    relations: { heldBy: [to('trame:musee')], trades: [to('trame:tisserand')] },
  }),
  tell('Offer', 'offre-secrete', 'Offre secrète', {
    hidden: true,
    codes: ['trame:offre-secrete'],
    fields: { levels: ['CP'] },
    relations: { participants: [to('trame:musee')] },
  }),
  tell('Pathway', 'parcours-secret', 'Parcours secret', {
    hidden: true,
    codes: ['trame:parcours-secret'],
    relations: { legs: [to('trame:volet')] },
  }),
];

const QUERY = `query ($trade: ID!, $near: Around!, $level: String, $maxKm: Float! = 30, $first: Int! = 10) {
  pathwayCandidates(trade: $trade, near: $near, level: $level, maxKm: $maxKm, first: $first) {
    trade { name } from { latitude longitude }
    legs { role
      missing { reason metres nearest { name } }
      candidates {
        structure { name place { name } } metres precision score parts { name weight value } levels levelFit
        evidence { kind how confidence rule text objects match trade { name } } offers { name } pathways { name }
      } }
  } }`;
const HERE = { place: 'insee:99001' };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
  await write(gateway.database, [...WORLD, ...HIDDEN]);
});
afterAll(() => gateway.database.close());

async function ask(variables: Record<string, unknown>) {
  const { data, errors } = await gateway.query(QUERY, { trade: 'trame:tisserand', near: HERE, ...variables });
  expect(errors).toEqual([]);
  const [heritage, firm, training] = data.pathwayCandidates.legs;
  return { ...data.pathwayCandidates, heritage, firm, training };
}

interface Named {
  readonly structure: { readonly name: string };
}
const names = ({ candidates }: { candidates: readonly Named[] }) => candidates.map(({ structure: { name } }) => name);

describe('candidates', () => {
  test('are found by what they hold, by what they are about and by their activity; the very trade first', async () => {
    const { trade, from, heritage, firm } = await ask({ level: '4e' });
    expect(trade).toEqual({ name: 'tisserand' });
    expect(from).toEqual({ latitude: 50, longitude: 3 });
    expect(names(heritage)).toEqual([
      'Musée de l’étoffe',
      'Musée sans adresse',
      'Musée des rubans',
      'Musée des couleurs',
    ]);
    expect(heritage.candidates[0]).toMatchObject({
      metres: 1113,
      precision: 'SITE',
      levels: ['3e', '4e'],
      levelFit: 'YES',
      evidence: [
        { kind: 'PATHWAY', match: 1, confidence: 1, how: 'STATED', text: 'Parcours d’essai', objects: null },
        { kind: 'HOLDINGS', objects: 3, match: 1, confidence: 0.75, trade: { name: 'tisserand' } },
      ],
      offers: [{ name: 'Atelier tissage' }],
      pathways: [{ name: 'Parcours d’essai' }],
    });
    expect(heritage.candidates.map(({ evidence }: { evidence: { match: number }[] }) => evidence[0]?.match)).toEqual([
      1, 1, 0.6, 0.3,
    ]);
    expect(names(firm)).toEqual(['Atelier d’essai']);
    expect(firm.candidates[0].evidence).toEqual([
      {
        kind: 'ACTIVITY',
        how: 'INFERRED',
        confidence: 0.8,
        rule: 'naf-close',
        text: '13.20Z Tissage',
        objects: null,
        match: 1,
        trade: { name: 'tisserand' },
      },
    ]);
  });

  test('stand where their commune stands, where they have no point of their own; without either, they stay', async () => {
    const { heritage } = await ask({});
    const [rubans] = heritage.candidates.filter(({ structure }: Named) => structure.name === 'Musée des rubans');
    expect(rubans).toMatchObject({ precision: 'COMMUNE', structure: { place: { name: 'Là' } } });
    expect(Math.round(rubans.metres / 1000)).toBe(11);
    const [nowhere] = heritage.candidates.filter(({ structure }: Named) => structure.name === 'Musée sans adresse');
    expect(nowhere).toMatchObject({ metres: null, precision: null, levelFit: 'NOT_KNOWN' });
  });

  test('have a score that is the weighted sum of its parts', async () => {
    const { heritage } = await ask({ level: '6e' });
    for (const { score, parts } of heritage.candidates as {
      score: number;
      parts: { weight: number; value: number }[];
    }[]) {
      const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
      const got = parts.reduce((sum, { weight, value }) => sum + weight * value, 0);
      expect(score).toBeCloseTo((100 * got) / weights, 0);
      expect(parts.map(({ value }) => value).every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    const fits = (heritage.candidates as (Named & { levelFit: string })[]).map(({ levelFit, structure }) => [
      structure.name,
      levelFit,
    ]);
    expect(fits.slice(0, 2)).toEqual([
      ['Musée sans adresse', 'NOT_KNOWN'],
      ['Musée de l’étoffe', 'NO'],
    ]);
  });

  test('are as many as asked for', async () => {
    expect(names((await ask({ first: 2 })).heritage)).toEqual(['Musée de l’étoffe', 'Musée sans adresse']);
  });
});

describe('a leg without candidates says why', () => {
  test('there are some further away', async () => {
    const { training } = await ask({});
    expect(training).toMatchObject({
      candidates: [],
      missing: { reason: 'BEYOND', nearest: { name: 'Lycée d’essai' } },
    });
    expect(Math.round(training.missing.metres / 1000)).toBe(100);
    expect(names((await ask({ maxKm: 120 })).training)).toEqual(['Lycée d’essai']);
  });

  test('none is known anywhere', async () => {
    const { heritage } = await ask({ trade: 'trame:luthier' });
    expect(heritage).toMatchObject({ candidates: [], missing: { reason: 'NONE_KNOWN', nearest: null, metres: null } });
  });

  test('nothing of that sort is known there, whatever its trade', async () => {
    const { firm } = await ask({ near: { latitude: 44, longitude: 3 } });
    expect(firm).toMatchObject({ missing: { reason: 'NOT_HARVESTED', nearest: { name: 'Atelier d’essai' } } });
  });
});

describe('the question', () => {
  test('starts at a school, by its UAI', async () => {
    const { from } = await ask({ near: { place: 'uai:0990002B' } });
    expect(from).toEqual({ latitude: 50, longitude: 3 });
  });

  test.each([
    [{ trade: 'trame:nothing' }, 'BAD_ARGUMENT'],
    [{ trade: 'insee:99001' }, 'BAD_ARGUMENT'],
    [{ near: { place: 'insee:00000' } }, 'BAD_ARGUMENT'],
    [{ near: {} }, 'BAD_ARGUMENT'],
    [{ near: { latitude: 91, longitude: 0 } }, 'BAD_ARGUMENT'],
    [{ maxKm: 0 }, 'BAD_ARGUMENT'],
    [{ maxKm: 301 }, 'BAD_ARGUMENT'],
    [{ level: 'x'.repeat(61) }, 'BAD_ARGUMENT'],
    [{ first: 41 }, 'FIRST_TOO_LARGE'],
    [{ first: 0 }, 'FIRST_TOO_LARGE'],
  ])('%j is refused', async (variables, code) => {
    const { errors } = await gateway.query(QUERY, { trade: 'trame:tisserand', near: HERE, ...variables });
    expect(errors.map((error) => error.code)).toEqual([code]);
  });

  test('one key twice under two aliases gives two answers', async () => {
    const { data, errors } = await gateway.query(
      `{ pathwayCandidates(trade: "trame:tisserand", near: { place: "insee:99001" }) { legs { candidates {
        a: structure { nom: name } b: structure { lieu: place { name } } evidence { why: kind } } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.pathwayCandidates.legs[1].candidates).toEqual([
      { a: { nom: 'Atelier d’essai' }, b: { lieu: null }, evidence: [{ why: 'ACTIVITY' }] },
    ]);
  });
});

test('nothing hidden is told: neither found, nor counted, nor named, nor nearest', async () => {
  for (const variables of [{}, { level: 'CP' }, { trade: 'trame:textile' }, { near: { latitude: 44, longitude: 3 } }])
    expect(JSON.stringify(await ask(variables))).not.toMatch(/secr|CP"/i);
});

describe('the texts', () => {
  const from = { latitude: 50, longitude: 3 };
  const operatorsOf = (plan: Plan): string[] => [plan.operatorType, ...plan.children.flatMap(operatorsOf)];

  test('begin at the trade or at the place, and read no more of the graph than that', async () => {
    const trade = await uidOfRecord(gateway.database, 'essai', 'tisserand');
    const texts = [
      compileNearTrades(trade, 'public'),
      compileAround([trade], 'public'),
      ...LEG_ROLES.flatMap((role) => [
        compileCandidates(role, [[trade, 1]], from, 30_000, 'public'),
        compileIsCovered(role, from, 30_000, 'public'),
      ]),
    ];
    for (const { text, parameters } of texts) {
      const { summary } = await gateway.database.run(`EXPLAIN ${text}`, { ...parameters });
      const operators = operatorsOf(summary.plan as Plan).filter((one) => /AllNodes|Cartesian|LabelScan/.test(one));
      expect([text, operators]).toEqual([text, []]);
    }
  });

  test('is one for all legs and all questions, so that it is planned once', () => {
    const texts = LEG_ROLES.flatMap((role) => [
      compileCandidates(role, [['a', 1]], from, 1_000, 'public').text,
      compileCandidates(
        role,
        [
          ['b', 1],
          ['c', 0.3],
        ],
        { latitude: 44, longitude: 0 },
        80_000,
        'public',
      ).text,
    ]);
    expect(new Set(texts).size).toBe(1);
  });
});
