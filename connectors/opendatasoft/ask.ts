/** What is asked of a portal: the filters, the order, one page, one record. */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import { apiClient } from '../api/client.ts';
import { checkedAnswer } from '../api/envelope.ts';
import { type Context, type Json, SourceError } from '../connector.ts';
import type { paths } from './api.generated.ts';
import { bareRecord } from './nests.ts';
import type { OpendatasoftOptions } from './options.ts';

const answer = z.object({ total_count: z.int().min(0), results: z.array(z.record(z.string(), z.unknown())) });
const API = '/api/explore/v2.1';

/** `https://data.education.gouv.fr/api/explore/v2.1`: the portal's address may be written with or without it. */
export function apiOf({ url }: OpendatasoftOptions): string {
  const bare = url.replace(/\/+$/, '');
  return /\/api\/explore\/v\d[\d.]*$/.test(bare) ? bare : `${bare}${API}`;
}

export function headersOf({ key }: OpendatasoftOptions): Readonly<Record<string, string>> {
  return key === undefined ? {} : { authorization: `Apikey ${key}` };
}

/** The parameters that pages and exports share. */
export function filtersOf(options: OpendatasoftOptions) {
  const { where, refine, select, id, modified } = options;
  const fields = select && [...new Set([...id, ...(modified === undefined ? [] : [modified]), ...select])];
  const refined = Object.entries(refine ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}:${quoted(String(value))}`),
  );
  return {
    order_by: id.join(','),
    ...(where === undefined ? {} : { where }),
    ...(refined.length === 0 ? {} : { refine: refined }),
    ...(fields === undefined ? {} : { select: fields.join(',') }),
  };
}

/** A text of ODSQL. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (character) => `\\${character}`)}"`;
}

/** The records from `offset` on, and how many there are in all. */
export async function pageAt(
  options: OpendatasoftOptions,
  context: Pick<Context, 'http'>,
  offset: number,
  limit: number,
  where = options.where,
): Promise<{ readonly rows: readonly Json[]; readonly total: number }> {
  const client = apiClient<paths>(apiOf(options), context, headersOf(options));
  const query = { limit, offset, ...filtersOf(where === undefined ? options : { ...options, where }) };
  const path = { dataset_id: options.dataset };
  const { data } = await client.GET('/catalog/datasets/{dataset_id}/records', { params: { path, query } });
  const url = `${apiOf(options)}/catalog/datasets/${options.dataset}/records?offset=${offset}`;
  const { results, total_count } = checkedAnswer(answer, data, url);
  return { rows: results.map((row) => bareRecord(row as Json)), total: total_count };
}

/** One record by its identifier; undefined where the partner has none. */
export async function recordNamed(
  options: OpendatasoftOptions,
  context: Pick<Context, 'http'>,
  id: string,
): Promise<Json | undefined> {
  const parts = options.id.length === 1 ? [id] : id.split('/');
  if (parts.length !== options.id.length)
    throw new SourceError('config', finding('open-data-id-ambiguous', { id, fields: options.id.join(', ') }));
  const named = options.id.map((field, at) => {
    const part = parts[at] ?? '';
    return part === '' ? `${field} is null` : `${field} = ${quoted(part)}`;
  });
  const wheres = [...(options.where === undefined ? [] : [`(${options.where})`]), ...named];
  const { rows } = await pageAt(options, context, 0, 1, wheres.join(' and '));
  return rows[0];
}
