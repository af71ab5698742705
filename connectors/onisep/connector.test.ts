import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { all, contextForTests, describeConnector, idsOf } from '#connectors/conformance.ts';
import { SourceError } from '#connectors/connector.ts';
import { serveLoopback } from '../http/loopback.ts';
import { send } from '../partners/answer.ts';
import { onisepStand } from '../partners/onisep/stand.ts';
import { onisep } from './connector.ts';
import { onisepOptions } from './options.ts';

const SCHOOLS = '5fa5816ac6a6e';

async function startStand(faults: readonly string[] = []) {
  const state = { asked: [] as URL[], cut: false };
  const stand = onisepStand(() => '', { faults: new Set(faults) });
  const loopback = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    state.asked.push(url);
    const answer = stand(url, request);
    if ((state.cut && state.asked.length > 2) || !answer) response.destroy();
    else send(request, response, answer);
  });
  return { url: `${loopback.origin}/onisep/api/1.0`, state, stop: () => loopback.stop() };
}

describeConnector('onisep', {
  connector: onisep,
  identifiers: Array.from({ length: 30 }, (_, rank) => `ENS.${9_000_000 + rank}`),
  async start() {
    const stand = await startStand();
    return {
      options: onisepOptions.parse({ url: stand.url, dataset: SCHOOLS, size: 8 }),
      breakOff() {
        stand.state.cut = true;
      },
      asked: () => stand.state.asked.length,
      stop: stand.stop,
    };
  },
  nonsense: [
    { options: {}, path: 'dataset' },
    { options: { dataset: 'structures' }, path: 'dataset' },
    { options: { dataset: SCHOOLS, url: 'onisep.fr' }, path: 'url' },
    { options: { dataset: SCHOOLS, size: 1000 }, path: 'size' },
    { options: { dataset: SCHOOLS, token: 'x' }, path: 'application' },
    { options: { dataset: SCHOOLS, filters: { region: 'Hauts-de-France' } }, path: 'filters.region' },
    { options: { dataset: SCHOOLS, query: 'x' }, path: 'query' },
  ],
});

describe('the partner’s faults', () => {
  let made: ReturnType<typeof contextForTests>;
  let stop: (() => Promise<void>) | undefined;
  beforeEach(() => {
    made = contextForTests();
  });
  afterEach(async () => {
    await made.close();
    await stop?.();
  });

  async function read(faults: readonly string[], more: Record<string, unknown> = {}) {
    const stand = await startStand(faults);
    stop = stand.stop;
    const options = onisepOptions.parse({ url: stand.url, dataset: SCHOOLS, size: 10, ...more });
    return { ...(await all(onisep.read(options, made.context))), stand };
  }

  test.each([
    ['token', 'api-key-refused', 'config'],
    ['error', 'api-refused', 'config'],
    ['empty-page', 'api-page-empty', 'transient'],
    ['type-changed', 'api-answer-unexpected', 'transient'],
  ])('%s: %s', async (faultName, code, kind) => {
    const { messages, fault } = await read([faultName]);
    expect(fault).toBeInstanceOf(SourceError);
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('with a token, words and filters', async () => {
    const more = {
      token: 'demonstration',
      application: 'trame',
      q: 'démonstration',
      filters: { region: ['Hauts-de-France'] },
    };
    const { messages, fault, stand } = await read(['token'], more);
    expect(fault).toBeUndefined();
    expect(idsOf(messages)).toHaveLength(30);
    expect(stand.state.asked[0]?.searchParams.get('filters')).toBe('{"region":["Hauts-de-France"]}');
  });

  test('words that nothing has: told, and nothing is held to be gone', async () => {
    const { fault } = await read([], { q: 'zzz' });
    expect((fault as SourceError).finding.code).toBe('api-nothing');
  });
});
