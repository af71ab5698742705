import { afterEach, describe, expect, test } from 'vitest';
import { all, contextForTests, describeConnector, idsOf } from '#connectors/conformance.ts';
import type { SourceError } from '#connectors/connector.ts';
import { firms } from '../partners/opendatasoft/firms.ts';
import { type ServedStand, serveStand } from '../partners/opendatasoft/serve-for-tests.ts';
import { type TablesOptions, tabularStand } from '../partners/tabular/stand.ts';
import { tabular } from './connector.ts';
import { tabularOptions } from './options.ts';

const RESOURCE = 'demonstration-epv';
const COUNT = 35;
const OPEN: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of OPEN.splice(0)) await close();
});

const tables = (count: number): TablesOptions => ({ tables: { [RESOURCE]: () => firms(count) } });
const nameOf = (rank: number) => `Entreprise de démonstration n° ${rank}`;
const optionsFor = ({ origin }: ServedStand, more: object = {}) =>
  tabularOptions.parse({ url: `${origin}/tabular`, resource: RESOURCE, id: 'Raison sociale', size: 10, ...more });

describeConnector('tabular', {
  connector: tabular,
  identifiers: Array.from({ length: COUNT }, (_, index) => nameOf(index + 1)),
  async start() {
    const served = await serveStand((base) => tabularStand(base, tables(COUNT)));
    return {
      options: optionsFor(served),
      breakOff: () => {
        served.breakOffAfter = 2;
      },
      asked: () => served.asked.length,
      stop: () => served.stop(),
    };
  },
  nonsense: [
    { options: { id: 'a' }, path: 'resource' },
    { options: { resource: 'a/b', id: 'a' }, path: 'resource' },
    { options: { resource: 'r' }, path: 'id' },
    { options: { resource: 'r', id: 'a', url: 'tabular-api.data.gouv.fr' }, path: 'url' },
    { options: { resource: 'r', id: 'a', filters: { Région: 'a&b' } }, path: 'filters.Région' },
    { options: { resource: 'r', id: 'a', size: 201 }, path: 'size' },
    { options: { resource: 'r', id: 'a', dataset: 'x' }, path: 'dataset' },
  ],
});

async function read(given: TablesOptions, more: object = {}) {
  const served = await serveStand((base) => tabularStand(base, given));
  const made = contextForTests();
  OPEN.push(made.close, () => served.stop());
  const { messages, fault } = await all(tabular.read(optionsFor(served, more), made.context));
  return { served, messages, fault: fault as SourceError | undefined, told: made.told, context: made.context };
}

test('filters and the order go along; the rank in the table is no part of the row', async () => {
  const { served, messages } = await read(tables(25), { filters: { Région: 'Hauts-de-France' } });
  const query = served.asked[0]?.searchParams;
  expect(query?.get('Région__exact')).toBe('Hauts-de-France');
  expect(query?.get('__id__sort')).toBe('asc');
  const [first] = messages;
  expect(first).toMatchObject({ kind: 'record', id: nameOf(1), row: { SIRET: null } });
  expect(first).not.toHaveProperty('row.__id');
});

test('one row by its identifier', async () => {
  const { served, context } = await read(tables(3));
  const options = optionsFor(served);
  expect(await tabular.one?.(options, context, nameOf(2))).toMatchObject({ kind: 'record', id: nameOf(2) });
  expect(await tabular.one?.(options, context, 'Aucune')).toEqual({ kind: 'deleted', id: 'Aucune' });
});

describe('what the service does wrong', () => {
  test.each([
    ['a filter value that stands nowhere', {}, { filters: { Région: 'Haut de France' } }, 'api-nothing', 'config'],
    ['a column that there is none of', {}, { filters: { Region: 'x' } }, 'api-refused', 'config'],
    [
      '{errors} without data, as a success',
      { faults: new Set(['errors-as-success']) },
      { filters: { Region: 'x' } },
      'api-refused',
      'config',
    ],
    ['a resource that there is none of', {}, { resource: 'aucune' }, 'api-refused', 'config'],
    ['a count that is a text', { faults: new Set(['total-as-text']) }, {}, 'api-answer-unexpected', 'transient'],
    ['empty pages in the middle', { faults: new Set(['empty-pages']) }, {}, 'api-page-empty', 'transient'],
    ['a total that is too high', { faults: new Set(['total-too-high']) }, {}, 'api-page-empty', 'transient'],
  ] as const)('%s', async (_, faults, options, code, kind) => {
    const { messages, fault } = await read({ ...tables(25), ...(faults as TablesOptions) }, options);
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('the detail of {errors} is told', async () => {
    const { fault } = await read(
      { ...tables(5), faults: new Set(['errors-as-success']) },
      { filters: { Region: 'x' } },
    );
    expect(fault?.message).toContain('column Region does not exist');
  });

  test('one empty page is asked for again', async () => {
    const { messages, told } = await read({ ...tables(25), faults: new Set(['empty-page']) });
    expect(idsOf(messages)).toHaveLength(25);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot', expected: 25 });
    expect(told).toMatchObject([{ code: 'api-page-again' }]);
  });

  test('a table that is loaded anew meanwhile: the next run reads it from its beginning', async () => {
    let rows = firms(35);
    const open = (base: () => string) => (url: URL) => tabularStand(base, { tables: { [RESOURCE]: () => rows } })(url);
    const served = await serveStand(open);
    const made = contextForTests();
    OPEN.push(made.close, () => served.stop());
    const broken = await all(tabular.read(optionsFor(served), made.context), () => {
      rows = firms(34);
    });
    expect(broken.fault).toMatchObject({ kind: 'transient', finding: { code: 'open-data-moved' } });
    const cursor = broken.messages.findLast((message) => message.kind === 'checkpoint')?.cursor;
    const again = await all(tabular.read(optionsFor(served), made.context, cursor));
    expect(idsOf(again.messages)).toHaveLength(34);
    expect(again.messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot', expected: 34 });
  });
});
