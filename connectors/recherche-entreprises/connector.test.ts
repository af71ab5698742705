import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { all, contextForTests, describeConnector, idsOf } from '#connectors/conformance.ts';
import { SourceError } from '#connectors/connector.ts';
import { type Loopback, serveLoopback } from '../http/loopback.ts';
import { send } from '../partners/answer.ts';
import { firmAt } from '../partners/recherche-entreprises/firms.ts';
import { rechercheEntreprisesStand, type Settings } from '../partners/recherche-entreprises/stand.ts';
import { rechercheEntreprises } from './connector.ts';
import { rechercheOptions } from './options.ts';

/** A stand on loopback. `cut` true: from then on the third answer breaks off. */
async function startStand(settings: Settings = {}) {
  const state = { asked: [] as URL[], cut: false };
  let answered = 0;
  const stand = rechercheEntreprisesStand(() => '', settings);
  const loopback: Loopback = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    state.asked.push(url);
    answered += 1;
    const answer = stand(url);
    if ((state.cut && answered > 2) || !answer) response.destroy();
    else send(request, response, answer);
  });
  return { url: `${loopback.origin}/recherche-entreprises`, state, stop: () => loopback.stop() };
}

describeConnector('recherche-entreprises', {
  connector: rechercheEntreprises,
  identifiers: Array.from({ length: 60 }, (_, rank) => firmAt(rank).siren),
  async start() {
    const stand = await startStand();
    const filters = { departement: ['02', '59', '60', '62', '80'] };
    return {
      options: rechercheOptions.parse({ mode: 'search', url: stand.url, filters, size: 20 }),
      breakOff() {
        stand.state.cut = true;
      },
      asked: () => stand.state.asked.length,
      stop: stand.stop,
    };
  },
  nonsense: [
    { options: {}, path: 'mode' },
    { options: { mode: 'search' }, path: 'filters' },
    { options: { mode: 'search', filters: {} }, path: 'filters' },
    { options: { mode: 'search', filters: { code_naf: '13.20Z' } }, path: 'filters' },
    { options: { mode: 'search', filters: { nom_personne: 'Exemple' } }, path: 'filters' },
    { options: { mode: 'search', filters: { departement: 59 } }, path: 'filters.departement' },
    { options: { mode: 'search', filters: { activite_principale: '1320Z' } }, path: 'filters.activite_principale' },
    { options: { mode: 'search', filters: { q: 'tissage' }, size: 100 }, path: 'size' },
    { options: { mode: 'search', filters: { q: 'tissage' }, url: 'recherche.fr' }, path: 'url' },
    { options: { mode: 'near_point', filters: { lat: 50.6, long: 3.1, radius: 60 } }, path: 'filters.radius' },
    { options: { mode: 'near_point', filters: { lat: 50.6 } }, path: 'filters.long' },
  ],
});

describe('the partner’s limits and faults', () => {
  let open: { stop(): Promise<void> }[];
  let made: ReturnType<typeof contextForTests>;
  beforeEach(() => {
    open = [];
    made = contextForTests();
  });
  afterEach(async () => {
    await made.close();
    await Promise.all(open.map((one) => one.stop()));
  });

  async function read(filters: Record<string, unknown>, settings: Settings = {}, mode = 'search') {
    const stand = await startStand(settings);
    open.push(stand);
    const options = rechercheOptions.parse({ mode, filters, url: stand.url });
    const result = await all(rechercheEntreprises.read(options, made.context));
    return { ...result, code: (result.fault as SourceError | undefined)?.finding.code, stand, options };
  }

  test('names of persons and accounts are not asked for, and not stored', async () => {
    const { messages, stand } = await read({ departement: '59' });
    expect(stand.state.asked.every((url) => url.searchParams.get('minimal') === 'true')).toBe(true);
    const raws = messages.flatMap((message) =>
      message.kind === 'record' ? [new TextDecoder().decode(message.raw)] : [],
    );
    expect(raws.length).toBeGreaterThan(0);
    expect(raws.join()).not.toMatch(/dirigeants|PERSONNE","pre|finances|matching/);
  });

  test('lists go out joined by commas', async () => {
    const { stand } = await read({ activite_principale: ['13.20Z', '13.10Z'], departement: ['59', '62'] });
    const query = stand.state.asked[0]?.searchParams;
    expect([query?.get('activite_principale'), query?.get('departement')]).toEqual(['13.20Z,13.10Z', '59,62']);
  });

  test('around a point', async () => {
    const { latitude, longitude } = firmAt(0).seat;
    const { messages, fault } = await read(
      { lat: Number(latitude), long: Number(longitude), radius: 10 },
      {},
      'near_point',
    );
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toContain(firmAt(0).siren);
    expect(idsOf(messages).length).toBeLessThan(60);
  });

  test.each([
    ['error', 'api-refused', 'config'],
    ['errors-in-200', 'api-refused', 'config'],
    ['empty-page', 'api-page-empty', 'transient'],
    ['total-changed', 'api-answer-unexpected', 'transient'],
  ])('%s: %s', async (faultName, code, kind) => {
    const { messages, fault } = await read({ departement: ['59', '62'] }, { faults: new Set([faultName]) });
    expect(fault).toBeInstanceOf(SourceError);
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('a page that is empty once is asked for again', async () => {
    const { messages, fault } = await read(
      { departement: ['02', '59', '60', '62', '80'] },
      { faults: new Set(['empty-once']) },
    );
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toHaveLength(60);
    expect(made.told.map(({ code }) => code)).toContain('api-page-again');
  });

  test('asked too often: it waits as long as the partner says', async () => {
    const began = Date.now();
    const { messages, fault } = await read(
      { departement: ['02', '59', '60', '62', '80'] },
      { faults: new Set(['too-often']) },
    );
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toHaveLength(60);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
  });

  test('a filter that nothing has is told, and nothing is held to be gone', async () => {
    expect((await read({ activite_principale: '99.99Z' })).code).toBe('api-nothing');
  });

  test('10,000 and more: refused where it cannot be split', async () => {
    const { code, messages } = await read({ etat_administratif: 'A' }, { firms: 11_000 });
    expect(code).toBe('api-too-many');
    expect(messages).toEqual([]);
  });

  test('10,000 and more: each department by itself, each firm once, also from a checkpoint', async () => {
    const filters = { departement: ['02', '60', '59', '62', '80'] };
    const { messages, fault, stand, options } = await read(filters, { firms: 10_100 });
    expect(fault).toBeUndefined();
    const ids = idsOf(messages);
    expect(new Set(ids).size).toBe(10_100);
    expect(ids).toHaveLength(10_100);
    expect(messages.at(-1)).toEqual({ kind: 'end', coverage: 'snapshot' });
    expect(messages.filter((message) => message.kind === 'rejected')).toEqual([]);
    const pages = stand.state.asked.map((url) => Number(url.searchParams.get('page')));
    expect(Math.max(...pages) * 25).toBeLessThanOrEqual(10_000);

    const checkpoints = messages.flatMap((message) => (message.kind === 'checkpoint' ? [message.cursor] : []));
    const late = checkpoints.at(-20);
    const rest = await all(rechercheEntreprises.read(options, made.context, late));
    expect(rest.messages.at(-1)?.kind).toBe('end');
    expect(idsOf(rest.messages).length).toBeLessThan(600);
  }, 20_000);

  test('one firm by its SIREN', async () => {
    const { options } = await read({ departement: '59' });
    const { siren } = firmAt(3);
    const found = await rechercheEntreprises.one?.(options, made.context, siren);
    expect(found).toMatchObject({ kind: 'record', id: siren });
    const gone = await rechercheEntreprises.one?.(options, made.context, '000000000');
    expect(gone).toEqual({ kind: 'deleted', id: '000000000' });
  });
});
