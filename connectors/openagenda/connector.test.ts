import { afterEach, describe, expect, test } from 'vitest';
import { all, contextForTests, describeConnector, idsOf } from '#connectors/conformance.ts';
import { type Loopback, serveLoopback } from '../http/loopback.ts';
import { send } from '../partners/answer.ts';
import { eventsOf, isShown } from '../partners/openagenda/events.ts';
import { type OpenAgendaFault, openagendaStand } from '../partners/openagenda/stand.ts';
import { openAgenda } from './connector.ts';
import { openAgendaOptions } from './options.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

interface Site extends Loopback {
  readonly asked: string[];
  broken: boolean;
}

async function serve(...faults: readonly OpenAgendaFault[]): Promise<Site> {
  const asked: string[] = [];
  const stand = openagendaStand(() => site.origin, { faults: new Set(faults) });
  const loopback = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', site.origin);
    asked.push(`${url.pathname}${url.search}`);
    if (site.broken && asked.length > 2) return void response.destroy();
    const answer = stand(url, { headers: request.headers });
    if (answer) send(request, response, answer);
    else response.writeHead(404).end();
  });
  const site: Site = { ...loopback, asked, broken: false };
  open.push(site);
  return site;
}

const optionsOf = (site: Site, more: object = {}) =>
  openAgendaOptions.parse({
    url: `${site.origin}/openagenda`,
    agendas: [9001],
    key: 'demonstration',
    size: 10,
    ...more,
  });

async function harvest(faults: readonly OpenAgendaFault[], more: object = {}) {
  const site = await serve(...faults);
  const { context, told, close } = contextForTests();
  open.push({ stop: close });
  return { ...(await all(openAgenda.read(optionsOf(site, more), context))), told, site };
}

const shown = (agenda: number) => (eventsOf(agenda) ?? []).filter(isShown).map(({ uid }) => String(uid));
const JEP = shown(9001);

describeConnector('openagenda', {
  connector: openAgenda,
  identifiers: JEP,
  async start() {
    const site = await serve();
    return {
      options: optionsOf(site),
      breakOff() {
        site.broken = true;
      },
      asked: () => site.asked.length,
      stop: () => site.stop(),
    };
  },
  nonsense: [
    { options: { key: 'k' }, path: 'agendas' },
    { options: { agendas: [1] }, path: 'key' },
    { options: { agendas: [1, 1], key: 'k' }, path: 'agendas' },
    { options: { agendas: ['jep'], key: 'k' }, path: 'agendas.0' },
    { options: { agendas: [1], key: 'k', size: 301 }, path: 'size' },
    { options: { agendas: [1], key: 'k', filters: { size: '1' } }, path: 'filters' },
    { options: { agendas: [1], key: 'k', url: 'openagenda' }, path: 'url' },
  ],
});

describe('openagenda', () => {
  test('an event that stands in several agendas is read once, without a word', async () => {
    const { messages, told, fault } = await harvest([], { agendas: [9001, 9002, 9003] });
    expect(fault).toBeUndefined();
    const expected = new Set([9001, 9002, 9003].flatMap(shown));
    expect(idsOf(messages)).toEqual([...expected]);
    expect(messages.filter(({ kind }) => kind === 'rejected')).toEqual([]);
    expect(told).toEqual([]);
    expect(messages.at(-1)).toEqual({ kind: 'end', coverage: 'snapshot' });
  });

  test('goes on from any checkpoint in any agenda', async () => {
    const site = await serve();
    const { context, close } = contextForTests();
    open.push({ stop: close });
    const options = optionsOf(site, { agendas: [9001, 9002, 9003] });
    const { messages } = await all(openAgenda.read(options, context));
    for (const [index, message] of messages.slice(0, -2).entries()) {
      if (message.kind !== 'checkpoint') continue;
      const rest = await all(openAgenda.read(options, context, message.cursor));
      expect(rest.fault).toBeUndefined();
      expect(idsOf(rest.messages)).toEqual(expect.arrayContaining(idsOf(messages.slice(index))));
    }
  });

  test.each([
    ['empty-page', 'api-page-empty', 'transient'],
    ['errors', 'api-refused', 'config'],
    ['type-changed', 'api-answer-unexpected', 'config'],
    ['total-too-high', 'api-count-short', 'transient'],
    ['nothing', 'api-nothing', 'config'],
  ] as const)('%s: %s, and no end', async (name, code, kind) => {
    const { messages, fault } = await harvest([name]);
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('of several agendas, the first that gives less than it announces stops the run', async () => {
    const { messages, fault } = await harvest(['total-too-high'], { agendas: [9001, 9002] });
    expect(fault).toMatchObject({ finding: { code: 'api-count-short' } });
    expect(idsOf(messages)).toEqual(JEP);
  });

  test.each(['empty-page-once', 'too-many-requests'] as const)('%s: whole all the same', async (name) => {
    const { messages } = await harvest([name]);
    expect(idsOf(messages)).toEqual(JEP);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: JEP.length });
  });

  test('a list that names events twice is read once more', async () => {
    const { messages } = await harvest(['repeated']);
    expect(messages.filter(({ kind }) => kind === 'record')).toHaveLength(JEP.length);
    expect(messages.some((message) => message.kind === 'rejected' && message.repeats !== undefined)).toBe(true);
    expect(messages.at(-1)?.kind).toBe('end');
  });

  test('the key goes in a header, and is shown nowhere', async () => {
    const { fault, site } = await harvest([], { key: 'secret-de-test' });
    expect(fault).toMatchObject({ kind: 'config', finding: { code: 'api-key-refused' } });
    expect(JSON.stringify([fault, site.asked])).not.toContain('secret-de-test');
  });

  test('one event by its number', async () => {
    const site = await serve();
    const { context, close } = contextForTests();
    open.push({ stop: close });
    const one = (id: string) => openAgenda.one?.(optionsOf(site, { agendas: [9002, 9001] }), context, id);
    expect(await one('101')).toMatchObject({ kind: 'record', id: '101' });
    expect(await one('103')).toEqual({ kind: 'deleted', id: '103' });
    expect(await one('cent')).toEqual({ kind: 'deleted', id: 'cent' });
  });
});
