import { afterEach, describe, expect, test } from 'vitest';
import { all, contextForTests, describeConnector, idsOf } from '#connectors/conformance.ts';
import { type Loopback, serveLoopback } from '../http/loopback.ts';
import { send } from '../partners/answer.ts';
import { ITEMS, idAt, isPrivate } from '../partners/omeka-s/items.ts';
import { type OmekaFault, omekaSStand } from '../partners/omeka-s/stand.ts';
import { omekaS } from './connector.ts';
import { omekaOptions } from './options.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

interface Site extends Loopback {
  readonly asked: string[];
  broken: boolean;
}

async function serve(...faults: readonly OmekaFault[]): Promise<Site> {
  const asked: string[] = [];
  const stand = omekaSStand(() => site.origin, new Set(faults));
  const loopback = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', site.origin);
    asked.push(`${url.pathname}${url.search}`);
    if (site.broken && asked.length > 2) return void response.destroy();
    const answer = stand(url);
    if (answer) send(request, response, answer);
    else response.writeHead(404).end();
  });
  const site: Site = { ...loopback, asked, broken: false };
  open.push(site);
  return site;
}

const optionsOf = (site: Site, more: object = {}) =>
  omekaOptions.parse({ url: `${site.origin}/omeka-s/api`, size: 10, ...more });

async function harvest(faults: readonly OmekaFault[], more: object = {}) {
  const site = await serve(...faults);
  const { context, told, close } = contextForTests();
  open.push({ stop: close });
  return { ...(await all(omekaS.read(optionsOf(site, more), context))), told, site, context };
}

describeConnector('omeka-s', {
  connector: omekaS,
  identifiers: Array.from({ length: ITEMS }, (_, rank) => String(idAt(rank))),
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
    { options: {}, path: 'url' },
    { options: { url: 'partenaire.fr/api' }, path: 'url' },
    { options: { url: 'https://partenaire.fr/api/items?page=2' }, path: 'url' },
    { options: { url: 'https://partenaire.fr/api', size: 0 }, path: 'size' },
    { options: { url: 'https://partenaire.fr/api', itemSet: 'lettres' }, path: 'itemSet' },
    { options: { url: 'https://partenaire.fr/api', itemset: 2 }, path: 'itemset' },
    { options: { url: 'https://partenaire.fr/api', media: 'oui' }, path: 'media' },
  ],
});

describe('omeka-s', () => {
  test('asks for one item set', async () => {
    const { messages } = await harvest([], { itemSet: 2 });
    expect(idsOf(messages)).toHaveLength(ITEMS / 2);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: ITEMS / 2 });
  });

  test('with the media of each item, in one request an item', async () => {
    const { messages, site } = await harvest([], { media: true, itemSet: 1 });
    const [first] = messages;
    expect(first).toMatchObject({
      kind: 'record',
      row: { 'o:media': [{ 'o:original_url': expect.stringContaining('/files/original/') }] },
    });
    expect(site.asked.filter((path) => path.includes('/media?'))).toHaveLength(ITEMS / 2);
  });

  test('without count and links, until a page is empty', async () => {
    const { messages, site } = await harvest(['no-headers']);
    expect(idsOf(messages)).toHaveLength(ITEMS);
    expect(site.asked.at(-1)).toContain('page=6');
    expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot' });
  });

  test.each([
    ['empty-page', 'api-page-empty', 'transient'],
    ['errors', 'api-refused', 'config'],
    ['type-changed', 'api-answer-unexpected', 'config'],
    ['total-too-high', 'api-count-short', 'transient'],
  ] as const)('%s: %s, and no end', async (name, code, kind) => {
    const { messages, fault } = await harvest([name]);
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('a page that was empty once is asked for again', async () => {
    const { messages, told } = await harvest(['empty-page-once']);
    expect(idsOf(messages)).toHaveLength(ITEMS);
    expect(told.map(({ code }) => code)).toContain('api-page-again');
    expect(messages.at(-1)?.kind).toBe('end');
  });

  test('a list that names items twice is read once more', async () => {
    const { messages } = await harvest(['repeated']);
    const records = messages.filter((message) => message.kind === 'record');
    expect(records).toHaveLength(ITEMS);
    expect(messages.some((message) => message.kind === 'rejected' && message.repeats !== undefined)).toBe(true);
  });

  test('one item by its number; a private or unknown one is gone', async () => {
    const site = await serve();
    const { context, close } = contextForTests();
    open.push({ stop: close });
    const hidden = Array.from({ length: ITEMS }, (_, rank) => rank).find(isPrivate) ?? 0;
    const one = (id: string) => omekaS.one?.(optionsOf(site), context, id);
    expect(await one(String(idAt(1)))).toMatchObject({ kind: 'record', id: String(idAt(1)) });
    expect(await one(String(idAt(hidden)))).toEqual({ kind: 'deleted', id: String(idAt(hidden)) });
    expect(await one('douze')).toEqual({ kind: 'deleted', id: 'douze' });
  });
});
