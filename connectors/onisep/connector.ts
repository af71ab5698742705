/**
 * The protocol `onisep`: a data set of Onisep's open data (https://opendata.onisep.fr/3-api.htm), searched page by page. The same data set whole is a file, which
 * the protocol `files` reads: https://api.opendata.onisep.fr/downloads/{dataset}/{dataset}.json.
 */
import { z } from 'zod';
import { apiClient } from '../api/client.ts';
import { checkedAnswer } from '../api/envelope.ts';
import { type ApiCursor, type PagedApi, pagedConnector } from '../api/paged.ts';
import type { Connector, Context, Json } from '../connector.ts';
import { changedOf, idOf } from '../formats/onisep/identity.ts';
import type { paths } from './api.generated.ts';
import { type OnisepOptions, onisepOptions } from './options.ts';

const answer = z.object({ total: z.int().min(0), results: z.array(z.record(z.string(), z.unknown())) });

const api: PagedApi<OnisepOptions> = {
  name: 'onisep',
  options: onisepOptions,
  position: z.int().min(0),
  async page(options, context, { at }) {
    const from = typeof at === 'number' ? at : 0;
    const { results, total } = await ask(options, context, from);
    // By what was asked for, so that an empty page in the middle is seen for what it is.
    const next = from + (results.length === 0 ? options.size : results.length);
    return { rows: results as readonly Json[], total, next: next < total ? next : undefined };
  },
  identify(row) {
    const id = idOf(row);
    return id === undefined ? undefined : { id, modified: changedOf(row) };
  },
};

export const onisep: Connector<OnisepOptions, ApiCursor> = pagedConnector(api);

async function ask(options: OnisepOptions, context: Pick<Context, 'http'>, from: number) {
  const { url, dataset, q, filters, token, application, size } = options;
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(application === undefined ? {} : { 'application-id': application }),
  };
  const query = {
    size,
    from,
    ...(q === undefined ? {} : { q }),
    ...(filters === undefined ? {} : { filters: JSON.stringify(filters) }),
  };
  const params = { path: { id: dataset }, query };
  const { data } = await apiClient<paths>(url, context, headers).GET('/dataset/{id}/search', { params });
  return checkedAnswer(answer, data, `${url}/dataset/${dataset}/search?from=${from}`);
}
