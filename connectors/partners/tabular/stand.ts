/**
 * `/tabular/api/resources/{resource}/data/`: the tabular API of data.gouv.fr, with the demonstration's museums (Muséofile) and living-heritage firms as tables. A filter whose value
 * stands nowhere answers no rows; a column that there is none of answers `{errors}` without `data`.
 */
import { type Answer, text } from '../answer.ts';
import { firms } from '../opendatasoft/firms.ts';
import type { Row } from '../opendatasoft/query.ts';
import { museums } from './museums.ts';

/** `empty-page`: a page that is not the first is empty, once. `errors-as-success`: `{errors}` comes with status 200. */
export type Fault =
  | 'empty-page'
  | 'empty-pages'
  | 'errors-as-success'
  | 'total-too-high'
  | 'unstable-order'
  | 'total-as-text';

export interface TablesOptions {
  readonly faults?: ReadonlySet<Fault> | undefined;
  readonly tables?: Readonly<Record<string, () => readonly Row[]>> | undefined;
}

/** By the identifier of the resource. */
export const TABLES: Readonly<Record<string, () => readonly Row[]>> = {
  'demonstration-epv': () => firms(450),
  'demonstration-museofile': museums,
};

const MOST_PER_PAGE = 200;
const ADDRESS = /^\/tabular\/api\/resources\/([^/]+)\/data\/$/;

/** Answers what stands under `/tabular`; undefined for other addresses. */
export function tabularStand(base: () => string, { faults = new Set(), tables = TABLES }: TablesOptions = {}) {
  const made = new Map<string, readonly Row[]>();
  let emptied = 0;
  let turn = 0;
  return (url: URL): Answer | undefined => {
    const [, resource = ''] = ADDRESS.exec(url.pathname) ?? [];
    if (resource === '') return undefined;
    const make = Object.hasOwn(tables, resource) ? tables[resource] : undefined;
    if (!make) return errors(404, 'Not found', `resource ${resource} not found`);
    const all = made.get(resource) ?? make().map((row, index) => ({ __id: index + 1, ...row }));
    made.set(resource, all);
    const rows = chosen(all, url.searchParams);
    if ('detail' in rows) return errors(faults.has('errors-as-success') ? 200 : 400, 'Database error', rows.detail);
    const size = Number(url.searchParams.get('page_size') ?? 20);
    const page = Number(url.searchParams.get('page') ?? 1);
    if (size > MOST_PER_PAGE) return errors(400, 'Invalid query string', 'Page size exceeds allowed maximum: 200');
    turn += 37;
    const turned = faults.has('unstable-order') ? rotated(rows.list, turn) : rows.list;
    const isEmptied = page > 1 && (faults.has('empty-pages') || (faults.has('empty-page') && emptied++ === 0));
    const data = isEmptied ? [] : turned.slice((page - 1) * size, page * size);
    const at = (number: number) => `${base()}${url.pathname}?page=${number}&page_size=${size}`;
    const total = rows.list.length + (faults.has('total-too-high') ? 7 : 0);
    return json({
      data,
      links: {
        profile: `${base()}/tabular/api/resources/${resource}/profile/`,
        swagger: `${base()}/tabular/api/resources/${resource}/swagger/`,
        next: page * size < rows.list.length ? at(page + 1) : null,
        prev: page > 1 ? at(page - 1) : null,
      },
      meta: { page, page_size: size, total: faults.has('total-as-text') ? String(total) : total },
    });
  };
}

function chosen(all: readonly Row[], asked: URLSearchParams): { list: readonly Row[] } | { detail: string } {
  let list = all;
  for (const [name, value] of asked) {
    if (name === 'page' || name === 'page_size') continue;
    const [, column = '', comparator = ''] = /^(.*)__(exact|sort)$/.exec(name) ?? [];
    if (comparator === '') return { detail: `argument '${name}=${value}' could not be parsed` };
    if (!Object.hasOwn(all[0] ?? {}, column)) return { detail: `column ${column} does not exist` };
    if (comparator === 'exact') list = list.filter((row) => String(row[column] ?? '') === value);
  }
  return { list };
}

const rotated = (rows: readonly Row[], by: number): readonly Row[] => [
  ...rows.slice(by % Math.max(1, rows.length)),
  ...rows.slice(0, by % Math.max(1, rows.length)),
];

function json(body: unknown): Answer {
  return text(200, 'application/json; charset=utf-8', JSON.stringify(body));
}

function errors(status: number, title: string, detail: string): Answer {
  return text(status, 'application/json; charset=utf-8', JSON.stringify({ errors: [{ code: null, title, detail }] }));
}
