/** The protocol `omeka-s`: the items of an Omeka S site, page by page. https://omeka.org/s/docs/developer/api/rest_api/ */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import { apiClient } from '../api/client.ts';
import { messageIn } from '../api/json.ts';
import { type ApiPage, type Asked, type PagedApi, pagedConnector } from '../api/paged.ts';
import { type Context, type Json, SourceError } from '../connector.ts';
import { identityOf } from '../formats/omeka-s/item.ts';
import { redacted } from '../http/url.ts';
import type { paths } from './api.generated.ts';
import { type OmekaOptions, omekaOptions } from './options.ts';

/** Media of one item; a register of more pages is seen at the partner's. */
const MOST_MEDIA = 100;

const pageNumber = z.int().min(1);
const list = z.array(z.record(z.string(), z.unknown()));

export const omekaSApi: PagedApi<OmekaOptions> = {
  name: 'omeka-s',
  options: omekaOptions,
  position: pageNumber,
  page,
  identify: identityOf,
  async one(options, context, id) {
    if (!/^\d{1,15}$/.test(id)) return undefined;
    try {
      const client = apiClient<paths>(options.url, context);
      const { data } = await client.GET('/items/{id}', { params: { path: { id: Number(id) } } });
      return await withMedia(options, context, data as Json);
    } catch (fault) {
      if (fault instanceof SourceError && fault.finding.particulars['status'] === 404) return undefined;
      throw fault;
    }
  },
};

/** The connector `omeka-s`. Always a snapshot: what is gone is named nowhere. */
export const omekaS = pagedConnector(omekaSApi);

async function page(options: OmekaOptions, context: Context, { at }: Asked): Promise<ApiPage> {
  const number = at === undefined ? 1 : pageNumber.parse(at);
  const { itemSet, site, resourceClass, resourceTemplate, size } = options;
  const client = apiClient<paths>(options.url, context);
  const { data, response } = await client.GET('/items', {
    params: {
      query: {
        page: number,
        per_page: size,
        sort_by: 'id',
        sort_order: 'asc',
        ...(itemSet === undefined ? {} : { item_set_id: itemSet }),
        ...(site === undefined ? {} : { site_id: site }),
        ...(resourceClass === undefined ? {} : { resource_class_label: resourceClass }),
        ...(resourceTemplate === undefined ? {} : { resource_template_id: resourceTemplate }),
      },
    },
  });
  const rows = checked(data, `${options.url}/items`);
  const total = totalIn(response.headers);
  const next = hasNext(response.headers, rows.length, number * size, total) ? number + 1 : undefined;
  return { rows: await withMediaOfAll(options, context, rows), total, next };
}

/** A page is a list of objects: `{errors}` with status 200, or an object in the place of the list, is none. */
function checked(data: unknown, url: string): readonly Json[] {
  const result = list.safeParse(data);
  if (result.success) return result.data as readonly Json[];
  const [issue] = result.error.issues;
  const said = (data as { errors?: unknown } | null)?.errors;
  if (said !== undefined) {
    const message = messageIn({ errors: said as Json }) ?? '?';
    throw new SourceError('config', finding('api-refused', { url: redacted(url), status: 200, message }));
  }
  const particulars = { url: redacted(url), path: issue?.path.join('.') || '.', message: issue?.message ?? '?' };
  throw new SourceError('config', finding('api-answer-unexpected', particulars));
}

function totalIn(headers: Headers): number | undefined {
  const said = headers.get('omeka-s-total-results');
  return said !== null && /^\d{1,12}$/.test(said) ? Number(said) : undefined;
}

/** `Link` tells; without it the count does; without that, the list ends at an empty page. */
function hasNext(headers: Headers, rows: number, upTo: number, total: number | undefined): boolean {
  const link = headers.get('link');
  if (link !== null && /\brel="?(first|last|next|prev)\b/.test(link)) return /\brel="?next\b/.test(link);
  return total === undefined ? rows > 0 : upTo < total;
}

async function withMediaOfAll(
  options: OmekaOptions,
  context: Context,
  rows: readonly Json[],
): Promise<readonly Json[]> {
  if (!options.media) return rows;
  const whole: Json[] = [];
  for (const row of rows) whole.push(await withMedia(options, context, row));
  return whole;
}

/** The item with its media in the place of the references to them. */
async function withMedia(options: OmekaOptions, context: Context, row: Json): Promise<Json> {
  const id = identityOf(row)?.id;
  const references = (row as { readonly [key: string]: Json } | null)?.['o:media'];
  if (!options.media || id === undefined || !Array.isArray(references) || references.length === 0) return row;
  const client = apiClient<paths>(options.url, context);
  const { data } = await client.GET('/media', { params: { query: { item_id: Number(id), per_page: MOST_MEDIA } } });
  if (references.length > MOST_MEDIA)
    context.tell(finding('omeka-s-media-cut', { id, count: references.length, most: MOST_MEDIA }));
  return { ...(row as { readonly [key: string]: Json }), 'o:media': checked(data, `${options.url}/media`) };
}
