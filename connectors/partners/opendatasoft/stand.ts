/**
 * `/opendatasoft/api/explore/v2.1/catalog/datasets/{dataset}/records` and `…/exports/{jsonl,json}`: a portal of Opendatasoft with the directory of schools
 * and the living-heritage firms, both of the demonstration. It has the limits of the real one: 100 records a page, 10,000 by pages.
 */
import { type Answer, text } from '../answer.ts';
import { firmRecords } from './firms.ts';
import { ordered, QueryFault, type Row, unquoted, whereOf } from './query.ts';
import { schools } from './schools.ts';

/** `empty-page`: the second page is empty, once. `unstable-order`: another order at each answer. `type-changed`: a text field is an object. */
export type Fault =
  | 'empty-page'
  | 'empty-pages'
  | 'errors-without-data'
  | 'total-too-high'
  | 'unstable-order'
  | 'type-changed'
  | 'results-not-a-list'
  | 'export-broken';

export interface PortalOptions {
  readonly faults?: ReadonlySet<Fault> | undefined;
  readonly datasets?: Readonly<Record<string, () => readonly Row[]>> | undefined;
}

export const DATASETS: Readonly<Record<string, () => readonly Row[]>> = {
  'fr-en-annuaire-education': () => schools(240),
  'entreprises-du-patrimoine-vivant-epv': () => firmRecords(60),
};

const LIMITS = { perPage: 100, paged: 10_000 } as const;
const ADDRESS = /^\/opendatasoft\/api\/explore\/v2\.[01]\/catalog\/datasets\/([^/]+)\/(records|exports\/jsonl?)$/;

/** Answers what stands under `/opendatasoft`; undefined for other addresses. */
export function opendatasoftStand(
  _base: () => string,
  { faults = new Set(), datasets = DATASETS }: PortalOptions = {},
) {
  const made = new Map<string, readonly Row[]>();
  let emptied = 0;
  let turn = 0;
  return (url: URL): Answer | undefined => {
    const [, dataset = '', what = ''] = ADDRESS.exec(url.pathname) ?? [];
    if (what === '') return undefined;
    const make = Object.hasOwn(datasets, dataset) ? datasets[dataset] : undefined;
    if (!make) return refusal(404, 'UnknownDatasetError', `Dataset ${dataset} does not exist`);
    if (faults.has('errors-without-data'))
      return json({ error_code: 'InternalError', message: 'Something went wrong' });
    const all = made.get(dataset) ?? make();
    made.set(dataset, all);
    try {
      let rows = chosen(all, url.searchParams);
      turn += 37;
      if (faults.has('unstable-order')) rows = rotated(rows, turn);
      if (faults.has('type-changed')) rows = rows.map(changed);
      if (what !== 'records') return exported(rows, what.endsWith('l'), faults.has('export-broken'));
      const isEmptied =
        url.searchParams.get('offset') !== '0' &&
        (faults.has('empty-pages') || (faults.has('empty-page') && emptied++ === 0));
      return page(rows, url.searchParams, faults, isEmptied);
    } catch (fault) {
      if (fault instanceof QueryFault) return refusal(400, 'ODSQLError', fault.message);
      throw fault;
    }
  };
}

function chosen(all: readonly Row[], asked: URLSearchParams): readonly Row[] {
  const fields = new Set(Object.keys(all[0] ?? {}));
  const where = asked.get('where');
  const tests = where === null ? [] : [whereOf(where, fields)];
  for (const refined of asked.getAll('refine')) {
    const colon = refined.indexOf(':');
    const [field, value] = [refined.slice(0, colon), unquoted(refined.slice(colon + 1))];
    if (!fields.has(field)) throw new QueryFault(`Unknown field: ${field}`);
    tests.push((row) => String(row[field] ?? '') === value);
  }
  const rows = ordered(
    all.filter((row) => tests.every((test) => test(row))),
    asked.get('order_by') ?? '',
  );
  const select = asked.get('select')?.split(',');
  return select ? rows.map((row) => Object.fromEntries(select.map((field) => [field, row[field] ?? null]))) : rows;
}

function page(rows: readonly Row[], asked: URLSearchParams, faults: ReadonlySet<Fault>, isEmptied: boolean): Answer {
  const limit = Number(asked.get('limit') ?? 10);
  const offset = Number(asked.get('offset') ?? 0);
  if (limit > LIMITS.perPage)
    return refusal(
      400,
      'InvalidRESTParameterError',
      `Invalid value for limit API parameter: ${limit} was found but -1 <= limit <= 100 is expected.`,
    );
  if (offset + limit > LIMITS.paged)
    return refusal(
      400,
      'InvalidRESTParameterError',
      `Invalid value for sum of offset + limit API parameter: ${offset + limit} was found but <= 10000 is expected.`,
    );
  const results = isEmptied ? [] : rows.slice(offset, offset + limit);
  const total_count = rows.length + (faults.has('total-too-high') ? 7 : 0);
  return json({ total_count, results: faults.has('results-not-a-list') ? { first: results[0] ?? null } : results });
}

function exported(rows: readonly Row[], lines: boolean, isBroken: boolean): Answer {
  if (!lines) return json(rows);
  const written = (isBroken ? rows.slice(0, rows.length / 2) : rows).map((row) => `${JSON.stringify(row)}\n`);
  const end = isBroken ? 'Streaming interrupted due to the following error: timeout. (error_code: InternalError)' : '';
  return text(200, 'application/json-lines; charset=utf-8', `${written.join('')}${end}`);
}

const rotated = (rows: readonly Row[], by: number): readonly Row[] => [
  ...rows.slice(by % Math.max(1, rows.length)),
  ...rows.slice(0, by % Math.max(1, rows.length)),
];

function changed(row: Row): Row {
  return { ...row, code_commune: { code: row['code_commune'] }, latitude: 'inconnue', voie_generale: [1] };
}

function json(body: unknown): Answer {
  return text(200, 'application/json; charset=utf-8', JSON.stringify(body));
}

function refusal(status: number, error_code: string, message: string): Answer {
  return text(status, 'application/json; charset=utf-8', JSON.stringify({ error_code, message }));
}
