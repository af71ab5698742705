/**
 * `/feeds/youtube/videos.xml?channel_id=demonstration`: a channel's feed as YouTube gives it, the latest 15 of 54 testimonies; `/feeds/youtube/watch` and
 * `/feeds/youtube/vi/{id}.svg`: where its entries lead. `/feeds/nouvelles.xml`: news in RSS 2.0.
 */
import { type Answer, file, NOT_FOUND, text } from '../answer.ts';
import { COMMUNES } from '../demonstration/communes.ts';
import { COUNTS, MADE_UP } from '../demonstration/sheets.ts';
import { seededRandom } from '../webmuseo/random.ts';

/** What feeds in the wild do. `bare-ampersands`: `&` and `&nbsp;` stand in the XML. `one-more`: a video was added, so that the oldest one is no longer named. */
export type Fault =
  | 'web-page'
  | 'cut-off'
  | 'emptied'
  | 'bare-ampersands'
  | 'no-ids'
  | 'repeated'
  | 'undeclared-prefix'
  | 'one-more';

const CHANNEL = 'demonstration';
const NEWS = 12;
const XML = 'application/xml; charset=utf-8';

/** Answers what stands under `/feeds`; undefined for other addresses. `base` is the server's address. */
export function feedsStand(base: () => string, { faults = new Set() }: { readonly faults?: ReadonlySet<Fault> } = {}) {
  return (url: URL): Answer | undefined => {
    if (!url.pathname.startsWith('/feeds/')) return undefined;
    const isChannel = url.pathname === '/feeds/youtube/videos.xml';
    if (isChannel || url.pathname === '/feeds/nouvelles.xml') {
      if (isChannel && url.searchParams.get('channel_id') !== CHANNEL) return NOT_FOUND;
      if (faults.has('web-page'))
        return text(200, 'text/html; charset=utf-8', '<!DOCTYPE html><title>Consentement</title>');
      return file(XML, Buffer.from(broken(isChannel ? channel(base(), faults) : news(base(), faults), faults)));
    }
    const watched = url.pathname === '/feeds/youtube/watch' ? rankOf(url.searchParams.get('v') ?? '') : undefined;
    if (watched !== undefined) return text(200, 'text/html; charset=utf-8', page(titleOf(watched)));
    const pictured = rankOf(/^\/feeds\/youtube\/vi\/(.+)\.svg$/.exec(url.pathname)?.[1] ?? '');
    if (pictured !== undefined) return file('image/svg+xml; charset=utf-8', Buffer.from(thumbnail(pictured)));
    const story = /^\/feeds\/nouvelles\/(\d{1,2})$/.exec(url.pathname)?.[1];
    if (story !== undefined && Number(story) >= 1 && Number(story) <= NEWS)
      return text(200, 'text/html; charset=utf-8', page(`Nouvelle de démonstration n° ${story}`));
    return NOT_FOUND;
  };
}

const videoId = (rank: number): string => `demonst-${String(rank).padStart(3, '0')}`;
const titleOf = (rank: number): string => `Témoignage de démonstration n° ${rank}`;

function rankOf(id: string): number | undefined {
  const rank = Number(/^demonst-(\d{3})$/.exec(id)?.[1] ?? 0);
  return rank >= 1 && rank <= COUNTS.testimonies + 1 ? rank : undefined;
}

function channel(base: string, faults: ReadonlySet<Fault>): string {
  const last = COUNTS.testimonies + (faults.has('one-more') ? 1 : 0);
  const ranks = faults.has('emptied')
    ? []
    : Array.from({ length: COUNTS.testimoniesInFeed }, (_, index) => last - index);
  const named = faults.has('repeated') ? [...ranks, ...ranks.slice(0, 2)] : ranks;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">',
    ` <link rel="self" href="${base}/feeds/youtube/videos.xml?channel_id=${CHANNEL}"/>`,
    ` <id>yt:channel:${CHANNEL}</id>`,
    ` <yt:channelId>${CHANNEL}</yt:channelId>`,
    ' <title>Mémoire orale (démonstration)</title>',
    ...named.map((rank) => video(base, rank, faults)),
    '</feed>',
    '',
  ].join('\n');
}

function video(base: string, rank: number, faults: ReadonlySet<Fault>): string {
  const id = videoId(rank);
  const { name } = seededRandom(`video ${rank}`).pick(COMMUNES);
  // A day apart, the latest on 20 December 2024.
  const day = new Date(Date.UTC(2024, 11, 20 - (COUNTS.testimonies - rank), 10))
    .toISOString()
    .replace('.000Z', '+00:00');
  return ` <entry>
  ${faults.has('no-ids') ? '' : `<id>yt:video:${id}</id>`}
  <yt:videoId>${id}</yt:videoId>
  <yt:channelId>${CHANNEL}</yt:channelId>
  <title>${titleOf(rank)}</title>
  <link rel="alternate" href="${base}/feeds/youtube/watch?v=${id}"/>
  <author>
   <name>Mémoire orale (démonstration)</name>
  </author>
  <published>${day}</published>
  <updated>${day}</updated>
  <media:group>
   <media:title>${titleOf(rank)}</media:title>
   <media:content url="${base}/feeds/youtube/v/${id}?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="${base}/feeds/youtube/vi/${id}.svg" width="480" height="360"/>
   <media:description>Un métier raconté, ${escaped(name)}.
${escaped(MADE_UP)}</media:description>
   <media:community>
    <media:starRating count="0" average="0.00" min="1" max="5"/>
    <media:statistics views="0"/>
   </media:community>
  </media:group>
 </entry>`;
}

function news(base: string, faults: ReadonlySet<Fault>): string {
  const ranks = faults.has('emptied') ? [] : Array.from({ length: NEWS }, (_, index) => NEWS - index);
  const extensions = faults.has('undeclared-prefix') ? '' : ' xmlns:content="http://purl.org/rss/1.0/modules/content/"';
  const items = ranks.map((rank) => story(base, rank, faults));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"${extensions}>
<channel>
<title>Nouvelles du réseau (démonstration)</title>
<link>${base}/feeds/nouvelles.xml</link>
<description>${escaped(MADE_UP)}</description>
${[...items, ...(faults.has('repeated') ? items.slice(0, 1) : [])].join('\n')}
</channel>
</rss>
`;
}

function story(base: string, rank: number, faults: ReadonlySet<Fault>): string {
  const id = faults.has('no-ids') ? '' : `<guid isPermaLink="false">nouvelle-demonstration-${rank}</guid>`;
  return `<item>
<title>Nouvelle de démonstration n° ${rank}</title>
<link>${base}/feeds/nouvelles/${rank}</link>
${id}
<pubDate>${new Date(Date.UTC(2024, rank - 1, 5, 8)).toUTCString()}</pubDate>
<category>Actualité</category>
<description>${escaped(`<p>${MADE_UP}</p>`)}</description>
<content:encoded><![CDATA[<p>${MADE_UP}</p><p>Un musée, une entreprise &amp; une formation.</p>]]></content:encoded>
</item>`;
}

function broken(xml: string, faults: ReadonlySet<Fault>): string {
  const written = faults.has('bare-ampersands')
    ? xml.replaceAll('de démonstration n°', 'de démonstration &nbsp; & n°')
    : xml;
  return faults.has('cut-off') ? written.slice(0, Math.floor(written.length / 2)) : written;
}

const page = (title: string): string =>
  `<!doctype html><html lang="fr"><title>${title}</title><h1>${title}</h1><p>${escaped(MADE_UP)}</p></html>`;

const thumbnail = (rank: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360"><rect width="480" height="360" fill="#ddd"/><text x="240" y="180" text-anchor="middle">${titleOf(rank)}</text></svg>`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
