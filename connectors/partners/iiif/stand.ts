/**
 * A IIIF server of digitised paper archives.
 *
 *     /iiif/archives/collection.json                       all of them
 *     /iiif/archives/{archive}/collection.json[?page=]     one structure's
 *     /iiif/archives/{archive}/{number}/manifest.json      a document
 *     /iiif/archives/{archive}/{number}                    its page
 *     /iiif/archives/{archive}/{number}/vue-{view}.svg     a page of it
 */
import { type Answer, file, NOT_FOUND, text } from '../answer.ts';
import { escapeXml } from '../webmuseo/escape.ts';
import { ARCHIVES, type Archive, OTHERS, type Paper, paperAt } from './documents.ts';
import { collection, manifest, others, root, rootOf } from './manifests.ts';

/** What may go wrong at a real partner's. */
export type IiifFault =
  /** Documents 3 of every archive are gone, 5 answer a web page, 7 are collections by mistake. */
  | 'broken-manifests'
  /** The root names a collection that answers 404. */
  | 'collection-missing'
  /** The root names itself. */
  | 'circle'
  /** The collection on pages announces more than it has. */
  | 'total-too-high'
  /** The second page of the collection on pages is empty. */
  | 'empty-page'
  /** A collection holds `label` alone: its list has another name overnight. */
  | 'type-changed';

/** Answers what stands under `/iiif/archives`; undefined for other addresses. */
export function iiifStand(base: () => string, faults: ReadonlySet<IiifFault> = new Set()) {
  return (url: URL): Answer | undefined => {
    const [first, second, name = '', number = '', leaf] = url.pathname.split('/').filter((part) => part !== '');
    if (first !== 'iiif' || second !== 'archives') return undefined;
    if (name === 'collection.json' && number === '') return json(rootWith(base(), faults));
    if (name === OTHERS && number === 'collection.json') return json(others(base()));
    const archive = ARCHIVES.find((one) => one.name === name);
    if (!archive) return NOT_FOUND;
    if (number === 'collection.json' && leaf === undefined) return collectionAt(base(), archive, url, faults);
    const rank = Number(number);
    if (!/^\d{1,4}$/.test(number) || rank < 1 || rank > archive.documents) return NOT_FOUND;
    return documentAt(base(), archive, paperAt(archive, rank), leaf, faults);
  };
}

const json = (document: object): Answer =>
  file('application/ld+json; charset=utf-8', Buffer.from(JSON.stringify(document)));

function rootWith(base: string, faults: ReadonlySet<IiifFault>): object {
  return root(base, [
    ...(faults.has('collection-missing') ? [`${rootOf(base)}/absente/collection.json`] : []),
    ...(faults.has('circle') ? [`${rootOf(base)}/collection.json`] : []),
  ]);
}

function collectionAt(base: string, archive: Archive, url: URL, faults: ReadonlySet<IiifFault>): Answer {
  if (faults.has('type-changed')) return json({ label: archive.title, elements: [] });
  const page = url.searchParams.get('page');
  const total = archive.documents + (faults.has('total-too-high') ? 30 : 0);
  const whole = collection(base, archive, page === null ? undefined : Number(page), total);
  return json(faults.has('empty-page') && page === '2' ? { ...whole, manifests: [] } : whole);
}

function documentAt(
  base: string,
  archive: Archive,
  paper: Paper,
  leaf: string | undefined,
  faults: ReadonlySet<IiifFault>,
): Answer {
  if (leaf === undefined) return text(200, 'text/html; charset=utf-8', pageOf(archive, paper));
  const view = /^vue-(\d{1,3})\.svg$/.exec(leaf)?.[1];
  if (view !== undefined && Number(view) >= 1 && Number(view) <= paper.views)
    return file('image/svg+xml; charset=utf-8', Buffer.from(pictureOf(paper, Number(view))));
  if (leaf !== 'manifest.json') return NOT_FOUND;
  if (faults.has('broken-manifests')) {
    if (paper.number === 3) return NOT_FOUND;
    if (paper.number === 5) return text(200, 'text/html; charset=utf-8', '<!doctype html><title>Maintenance</title>');
    if (paper.number === 7) return json(collection(base, archive, undefined));
  }
  return json(manifest(base, archive, paper));
}

function pageOf(archive: Archive, paper: Paper): string {
  return (
    `<!doctype html><html lang="fr"><meta charset="utf-8"><title>${escapeXml(paper.title)}</title><h1>${escapeXml(paper.title)}</h1>` +
    `<p>${escapeXml(archive.title)} : document engendré pour la démonstration, il n’existe pas.</p>` +
    `<p><img src="/iiif/archives/${archive.name}/${paper.number}/vue-1.svg" width="480" height="360" alt=""></p></html>\n`
  );
}

function pictureOf(paper: Paper, view: number): string {
  const lines = [50, 70, 90, 110].map(
    (y) => `<path d="M60 ${y}h${90 + ((paper.number * y) % 30)}" stroke="#555" stroke-width="3"/>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180" width="480" height="360" role="img">` +
    `<title>${escapeXml(paper.title)}, vue ${view}</title><rect width="240" height="180" fill="#eee6d6"/>` +
    `<rect x="45" y="15" width="150" height="125" fill="#fbf8f1" stroke="#8a6d1f"/>${lines.join('')}` +
    `<text x="120" y="158" font-family="sans-serif" font-size="11" text-anchor="middle" fill="#222">${escapeXml(paper.title)}</text>` +
    `<text x="120" y="173" font-family="sans-serif" font-size="9" text-anchor="middle" fill="#666">démonstration – vue ${view}</text></svg>\n`
  );
}
