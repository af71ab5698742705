import { afterEach, describe, expect, test } from 'vitest';
import { all, contextForTests, describeConnector, idsOf } from '#connectors/conformance.ts';
import type { SourceError } from '#connectors/connector.ts';
import { demonstrationUai, schools } from '../partners/opendatasoft/schools.ts';
import { type ServedStand, serveStand } from '../partners/opendatasoft/serve-for-tests.ts';
import { opendatasoftStand, type PortalOptions } from '../partners/opendatasoft/stand.ts';
import { opendatasoft } from './connector.ts';
import { opendatasoftOptions } from './options.ts';

const DATASET = 'fr-en-annuaire-education';
const COUNT = 35;
const OPEN: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of OPEN.splice(0)) await close();
});

const datasets = (count: number): PortalOptions => ({ datasets: { [DATASET]: () => schools(count) } });
const optionsFor = ({ origin }: ServedStand, more: object = {}) =>
  opendatasoftOptions.parse({
    url: `${origin}/opendatasoft`,
    dataset: DATASET,
    id: 'identifiant_de_l_etablissement',
    modified: 'date_maj_ligne',
    size: 10,
    ...more,
  });

describeConnector('opendatasoft', {
  connector: opendatasoft,
  identifiers: Array.from({ length: COUNT }, (_, index) => demonstrationUai(index + 1)),
  async start() {
    const served = await serveStand((base) => opendatasoftStand(base, datasets(COUNT)));
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
    { options: { dataset: 'd', id: 'uai' }, path: 'url' },
    { options: { url: 'data.education.gouv.fr', dataset: 'd', id: 'uai' }, path: 'url' },
    { options: { url: 'https://example.org', dataset: 'a/b', id: 'uai' }, path: 'dataset' },
    { options: { url: 'https://example.org', dataset: 'd', id: 'Code UAI' }, path: 'id' },
    { options: { url: 'https://example.org', dataset: 'd', id: [] }, path: 'id' },
    { options: { url: 'https://example.org', dataset: 'd', id: 'uai', size: 200 }, path: 'size' },
    { options: { url: 'https://example.org', dataset: 'd', id: 'uai', filtre: 'x' }, path: 'filtre' },
  ],
});

async function read(portal: PortalOptions, more: object = {}) {
  const served = await serveStand((base) => opendatasoftStand(base, portal));
  const made = contextForTests();
  OPEN.push(made.close, () => served.stop());
  const { messages, fault } = await all(opendatasoft.read(optionsFor(served, more), made.context));
  return { served, messages, fault: fault as SourceError | undefined, told: made.told, context: made.context };
}

describe('what a portal is asked', () => {
  test('filters, facets, fields and order go along; the list is in the order of its identifier', async () => {
    const { served, messages, fault } = await read(datasets(120), {
      where: 'etat = "OUVERT"',
      refine: { libelle_region: 'Hauts-de-France', type_etablissement: 'Lycée' },
      select: ['nom_etablissement'],
    });
    expect(fault).toBeUndefined();
    const query = served.asked[0]?.searchParams;
    expect(query?.getAll('refine')).toEqual(['libelle_region:"Hauts-de-France"', 'type_etablissement:"Lycée"']);
    expect(query?.get('order_by')).toBe('identifiant_de_l_etablissement');
    const records = messages.filter((message) => message.kind === 'record');
    expect(records.length).toBeGreaterThan(30);
    expect(Object.keys(records[0]?.row as object)).toEqual([
      'identifiant_de_l_etablissement',
      'date_maj_ligne',
      'nom_etablissement',
    ]);
    expect(records[0]?.modified).toMatch(/^2024-11-/);
    expect(idsOf(records)).toEqual(idsOf(records).toSorted());
  });

  test('one record by its identifier; the partner’s word is taken that there is none', async () => {
    const { served, context } = await read(datasets(3));
    const uai = demonstrationUai(2);
    expect(await opendatasoft.one?.(optionsFor(served), context, uai)).toMatchObject({ kind: 'record', id: uai });
    expect(await opendatasoft.one?.(optionsFor(served), context, '0"1')).toEqual({ kind: 'deleted', id: '0"1' });
    const two = optionsFor(served, { id: ['identifiant_de_l_etablissement', 'web'] });
    expect(await opendatasoft.one?.(two, context, `${uai}/`)).toMatchObject({ kind: 'record', id: `${uai}/` });
    await expect(opendatasoft.one?.(two, context, uai)).rejects.toMatchObject({
      finding: { code: 'open-data-id-ambiguous' },
    });
  });

  test('a key goes in a header, and is shown nowhere', async () => {
    const { fault, served } = await read(datasets(1), { key: 'cle-secrete', where: 'inconnu = "x"' });
    expect(JSON.stringify([fault?.finding, fault?.message])).not.toContain('cle-secrete');
    expect(served.asked[0]?.href).not.toContain('cle-secrete');
  });
});

describe('what a portal does wrong', () => {
  test.each([
    ['a filter that lets nothing through', {}, { where: 'etat = "Ouverte"' }, 'api-nothing', 'config'],
    ['a field that there is none of', {}, { where: 'etats = "OUVERT"' }, 'api-refused', 'config'],
    ['a dataset that there is none of', {}, { dataset: 'fr-en-annuaire' }, 'api-refused', 'config'],
    ['an error with a status of success', { faults: new Set(['errors-without-data']) }, {}, 'api-refused', 'config'],
    ['results that are no list', { faults: new Set(['results-not-a-list']) }, {}, 'api-answer-unexpected', 'transient'],
    ['empty pages in the middle', { faults: new Set(['empty-pages']) }, {}, 'api-page-empty', 'transient'],
    ['a total that is too high', { faults: new Set(['total-too-high']) }, {}, 'api-page-empty', 'transient'],
  ] as const)('%s: %o', async (_, faults, options, code, kind) => {
    const { messages, fault } = await read({ ...datasets(25), ...(faults as PortalOptions) }, options);
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('the message of the partner, and the path of what changed, are told', async () => {
    const field = await read(datasets(5), { where: 'etats = "OUVERT"' });
    expect(field.fault?.message).toContain('etats');
    const shape = await read({ ...datasets(5), faults: new Set(['results-not-a-list']) });
    expect(shape.fault?.finding.particulars['path']).toBe('results');
  });

  test('one empty page is asked for again, and the list is whole', async () => {
    const { messages, told } = await read({ ...datasets(25), faults: new Set(['empty-page']) });
    expect(idsOf(messages)).toHaveLength(25);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot', expected: 25 });
    expect(told).toMatchObject([{ code: 'api-page-again' }]);
  });

  test('an order that changes with every page is never called whole', async () => {
    const { messages, fault } = await read({ ...datasets(60), faults: new Set(['unstable-order']) });
    expect(fault).toMatchObject({ kind: 'transient', finding: { code: 'open-data-moved' } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('a record that goes away meanwhile: no other is passed over, and the next run reads all', async () => {
    let rows = schools(45);
    const open = (base: () => string) => (url: URL) =>
      opendatasoftStand(base, { datasets: { [DATASET]: () => rows } })(url);
    const served = await serveStand(open);
    const made = contextForTests();
    OPEN.push(made.close, () => served.stop());
    let seen = 0;
    const broken = await all(opendatasoft.read(optionsFor(served), made.context), () => {
      seen += 1;
      if (seen === 12) rows = rows.slice(1);
    });
    expect(broken.fault).toMatchObject({ finding: { code: 'open-data-moved' } });
    const cursor = broken.messages.findLast((message) => message.kind === 'checkpoint')?.cursor;
    const again = await all(opendatasoft.read(optionsFor(served), made.context, cursor));
    expect(again.fault).toBeUndefined();
    expect(idsOf(again.messages)).toHaveLength(44);
    expect(again.messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot', expected: 44 });
  });
});

describe('beyond what pages reach', () => {
  const MANY = 10_020;

  test('the export is read, whole', async () => {
    const { messages, fault, served } = await read(datasets(MANY), { size: 100 });
    expect(fault).toBeUndefined();
    expect(new Set(idsOf(messages)).size).toBe(MANY);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot', expected: MANY });
    expect(served.asked.map(({ pathname }) => pathname.split('/').at(-1))).toEqual(['records', 'jsonl']);
    const [first] = messages;
    if (first?.kind !== 'record') throw new Error('no record');
    expect(opendatasoft.row(first.raw, optionsFor(served))).toEqual(first.row);
  });

  test('an export that is interrupted says so, and ends nothing', async () => {
    const { messages, fault } = await read({ ...datasets(MANY), faults: new Set(['export-broken']) }, { size: 100 });
    expect(fault).toMatchObject({ kind: 'transient', finding: { code: 'open-data-export-broken' } });
    expect(messages.some((message) => message.kind === 'end' || message.kind === 'checkpoint')).toBe(false);
  });
});
