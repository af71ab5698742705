import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schoolAt } from '../onisep/schools.ts';
import { firmAt } from './firms.ts';
import { rechercheEntreprisesStand } from './stand.ts';

const RANKS = Array.from({ length: 60 }, (_, rank) => rank);

function ask(query: string, path = 'search') {
  const stand = rechercheEntreprisesStand(() => '');
  const answer = stand(new URL(`http://localhost/recherche-entreprises/${path}?${query}`));
  return { status: answer?.status, body: JSON.parse(String(answer?.body)) as Record<string, unknown> };
}

test('no code is made up: activities and communes stand in the vocabularies, numbers belong to nobody', () => {
  const vocabulary = (name: string) =>
    readFileSync(new URL(`../../../graph-schema/vocabularies/${name}.csv`, import.meta.url), 'utf8');
  const [concepts, places] = [vocabulary('concepts'), vocabulary('places')];
  for (const rank of RANKS) {
    const { activity, seat, siren, siret } = firmAt(rank);
    expect(concepts).toContain(`naf-rev2:${activity},`);
    expect(places).toContain(`insee:${seat.insee},${seat.name},`);
    expect([siren, siret]).toEqual([expect.stringMatching(/^0000\d{5}$/), expect.stringMatching(/^0000\d{10}$/)]);
    const school = schoolAt(rank);
    expect(String(school['code_uai'])).toMatch(/^(000\d{4}[A-Z])?$/);
    expect(String(school['n_siret'])).toMatch(/^0000/);
  }
});

test('the partner’s limits: 25 a page, 10,000 in all, one filter at least, and no error for a filter that nothing has', () => {
  expect(ask('q=exemple&per_page=26').status).toBe(400);
  expect(ask('q=exemple&per_page=25&page=401')).toMatchObject({ status: 400, body: { erreur: expect.any(String) } });
  expect(ask('page=1').status).toBe(400);
  expect(ask('lat=50.6', 'near_point').status).toBe(400);
  expect(ask('activite_principale=99.99Z')).toMatchObject({ status: 200, body: { total_results: 0, results: [] } });
  expect(ask('q=exemple&per_page=25').body).toMatchObject({ total_results: 60, total_pages: 3 });
});

test('other addresses are not its own', () => {
  expect(rechercheEntreprisesStand(() => '')(new URL('http://localhost/recherche-entreprises/'))).toBeUndefined();
});
