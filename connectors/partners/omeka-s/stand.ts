/**
 * An Omeka S site.
 *
 *     /omeka-s/api/items?page=&per_page=&item_set_id=      a page of items
 *     /omeka-s/api/items/{id}                              one item
 *     /omeka-s/api/media?item_id=                          its media
 *     /omeka-s/files/{size}/{id}.svg                       its picture
 */
import { type Answer, file, NOT_FOUND, text } from '../answer.ts';
import { escapeXml } from '../webmuseo/escape.ts';
import { ITEMS, idAt, isPrivate, itemAt, mediaAt, rankOf } from './items.ts';

/** What may go wrong at a real partner's. */
export type OmekaFault =
  /** The second page is empty, every time. */
  | 'empty-page'
  /** The second page is empty when it is asked for first, and whole afterwards. */
  | 'empty-page-once'
  /** `{errors}` with status 200, from the second page on. */
  | 'errors'
  /** The list has become an object overnight. */
  | 'type-changed'
  /** The count is higher than the list. */
  | 'total-too-high'
  /** Neither count nor links. */
  | 'no-headers'
  /** The last item of a page comes again on the next. */
  | 'repeated';

/** The site gives no more on one page, whatever is asked for. */
const MOST_PER_PAGE = 100;

/** Answers what stands under `/omeka-s`; undefined for other addresses. */
export function omekaSStand(base: () => string, faults: ReadonlySet<OmekaFault> = new Set()) {
  const asked = new Set<number>();
  return (url: URL): Answer | undefined => {
    const [first, second, third = '', fourth] = url.pathname.split('/').filter((part) => part !== '');
    if (first !== 'omeka-s') return undefined;
    if (second === 'files') return pictureAt(fourth ?? '');
    if (second !== 'api') return NOT_FOUND;
    if (third === 'items' && fourth === undefined) return listed(base(), url, faults, asked);
    if (third === 'items') return itemOf(base(), Number(fourth));
    if (third === 'media' && fourth === undefined) {
      const rank = rankOf(Number(url.searchParams.get('item_id')));
      return json(200, rank === undefined ? [] : [mediaAt(base(), rank)]);
    }
    return json(404, { errors: { error: `The API does not support the "${third.slice(0, 50)}" resource.` } });
  };
}

function json(status: number, document: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const type = 'application/ld+json; charset=utf-8';
  return { status, headers: { 'content-type': type, ...headers }, body: JSON.stringify(document) };
}

function itemOf(base: string, id: number): Answer {
  const rank = rankOf(id);
  if (rank !== undefined && !isPrivate(rank)) return json(200, itemAt(base, rank));
  return json(404, { errors: { error: 'Omeka\\Entity\\Item entity with criteria not found' } });
}

function listed(base: string, url: URL, faults: ReadonlySet<OmekaFault>, asked: Set<number>): Answer {
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1));
  const size = Math.min(MOST_PER_PAGE, Math.max(1, Number(url.searchParams.get('per_page') ?? 25)));
  const set = url.searchParams.get('item_set_id');
  const all = Array.from({ length: ITEMS }, (_, rank) => rank).filter(
    (rank) => set === null || String(1 + (rank % 2)) === set,
  );
  const isFirstTime = !asked.has(page);
  asked.add(page);
  if (faults.has('type-changed')) return json(200, { items: all.length, data: {} });
  if (faults.has('errors') && page > 1) return json(200, { errors: { error: 'Invalid query' } });
  const isEmpty = page === 2 && (faults.has('empty-page') || (faults.has('empty-page-once') && isFirstTime));
  const from = (page - 1) * size - (faults.has('repeated') && page > 1 ? 1 : 0);
  const rows = isEmpty ? [] : all.slice(from, page * size).map((rank) => itemAt(base, rank));
  if (faults.has('no-headers')) return json(200, rows);
  const last = Math.max(1, Math.ceil(all.length / size));
  const total = all.length + (faults.has('total-too-high') ? 20 : 0);
  return json(200, rows, {
    'omeka-s-total-results': String(total),
    link: links(url, page, last),
    'omeka-s-version': '4.1.1',
  });
}

function links(url: URL, page: number, last: number): string {
  const pages = { first: 1, ...(page > 1 ? { prev: page - 1 } : {}), ...(page < last ? { next: page + 1 } : {}), last };
  return Object.entries(pages)
    .map(([rel, number]) => {
      const to = new URL(url);
      to.searchParams.set('page', String(number));
      return `<${to.href}>; rel="${rel}"`;
    })
    .join(', ');
}

function pictureAt(name: string): Answer {
  const rank = rankOf(Number(/^(\d{1,6})\.svg$/.exec(name)?.[1] ?? Number.NaN));
  if (rank === undefined || isPrivate(rank)) return text(404, 'text/plain; charset=utf-8', 'Image absente.\n');
  const title = escapeXml(`Notice de démonstration n° ${rank + 1}`);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180" width="480" height="360" role="img"><title>${title}</title>` +
    `<rect width="240" height="180" fill="#e9eef0"/><circle cx="120" cy="75" r="${30 + (idAt(rank) % 25)}" fill="#31566b"/>` +
    `<text x="120" y="165" font-family="sans-serif" font-size="11" text-anchor="middle">${title}</text></svg>\n`;
  return file('image/svg+xml; charset=utf-8', Buffer.from(svg));
}
