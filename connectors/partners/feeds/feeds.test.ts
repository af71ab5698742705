/** The feeds' stand-in, harvested by the connector and the format as a source would: what it gives, and what becomes of its faults. */
import { expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import { all, contextForTests } from '../../conformance.ts';
import type { SourceError } from '../../connector.ts';
import { createFilesConnector } from '../../files/connector.ts';
import { filesOptions } from '../../files/options.ts';
import { feed } from '../../formats/feed/feed.ts';
import { serveLoopback } from '../../http/loopback.ts';
import { send } from '../answer.ts';
import { type Fault, feedsStand } from './stand.ts';

const CHANNEL = '/feeds/youtube/videos.xml?channel_id=demonstration';
const NEWS = '/feeds/nouvelles.xml';

async function harvest(path: string, faults: readonly Fault[] = []) {
  let origin = '';
  const answer = feedsStand(() => origin, { faults: new Set(faults) });
  const server = await serveLoopback((request, response) => {
    const given = answer(new URL(request.url ?? '/', origin));
    if (given) send(request, response, given);
    else response.writeHead(500).end();
  });
  origin = server.origin;
  const { context, told, close } = contextForTests();
  try {
    const kind = path === CHANNEL ? 'HeritageObject' : 'Resource';
    const options = feed.options?.safeParse({ kind });
    if (!options?.success) throw new Error('options');
    const connector = createFilesConnector(feed as never, options.data);
    const { messages, fault } = await all(connector.read(filesOptions.parse({ url: `${origin}${path}` }), context));
    const records = new Map<string, AnyRecord>();
    const rejected: Finding[] = [];
    for (const message of messages) {
      if (message.kind === 'rejected') rejected.push(message.finding);
      if (message.kind !== 'record') continue;
      const source = { name: 'essai', title: 'Essai', licence: '' };
      const mapped = feed.map(message.row, { id: message.id, source, options: options.data });
      if ('rejected' in mapped) throw new Error(JSON.stringify(mapped.rejected));
      const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
      if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
      records.set(message.id, parsed.record);
    }
    const statuses = await Promise.all(
      [...records.values()]
        .flatMap(linksOf)
        .map(async (url) => (await fetch(url, { signal: AbortSignal.timeout(5000) })).status),
    );
    const end = messages.find((message) => message.kind === 'end');
    return {
      records,
      rejected,
      statuses,
      end,
      told: told.map(({ code }) => code),
      fault: (fault as SourceError | undefined)?.finding.code,
    };
  } finally {
    await close();
    await server.stop();
  }
}

function linksOf({ fields, relations }: AnyRecord): readonly string[] {
  const media = (relations['media'] ?? []).flatMap((link) => ('media' in link ? [String(link.media.url)] : []));
  return [String(fields['page']), ...media];
}

test('a channel names its latest 15 of 54 films, and what it no longer names is not gone', async () => {
  const { records, rejected, statuses, end, fault } = await harvest(CHANNEL);
  expect([...records.keys()]).toHaveLength(15);
  expect([...records.values()].map(({ fields }) => fields['name'])).toContain('Témoignage de démonstration n° 40');
  for (const { fields } of records.values()) expect(fields['description']).toContain('démonstration');
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect([rejected, fault]).toEqual([[], undefined]);
  expect(end).toMatchObject({ kind: 'end', coverage: 'changes' });
  const later = await harvest(CHANNEL, ['one-more']);
  expect(later.records.has('yt:video:demonst-040')).toBe(false);
  expect(later.end).toMatchObject({ coverage: 'changes' });
});

test('news are resources with their day', async () => {
  const { records, statuses, end } = await harvest(NEWS);
  expect(records.size).toBe(12);
  expect(records.get('nouvelle-demonstration-3')?.fields).toMatchObject({
    name: 'Nouvelle de démonstration n° 3',
    issued: '2024-03-05',
    description: expect.stringContaining('une entreprise & une formation'),
  });
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(end).toMatchObject({ coverage: 'changes' });
});

test.each([
  [CHANNEL, 'web-page', false, 'file-web-page'],
  [CHANNEL, 'cut-off', true, 'feed-broken'],
  [CHANNEL, 'emptied', false, 'file-no-rows'],
  [NEWS, 'cut-off', true, 'feed-broken'],
] as const)('%s, %s: what was read is kept, and the run does not end as complete', async (path, fault, some, code) => {
  const found = await harvest(path, [fault]);
  expect(found.records.size > 0).toBe(some);
  expect(found.end).toBeUndefined();
  expect(found.fault).toBe(code);
});

test.each([
  [CHANNEL, 'bare-ampersands', 15, ['feed-repaired'], 0],
  [CHANNEL, 'no-ids', 15, [], 0],
  [CHANNEL, 'repeated', 15, [], 2],
  [NEWS, 'bare-ampersands', 12, ['feed-repaired'], 0],
  [NEWS, 'undeclared-prefix', 12, ['feed-repaired'], 0],
  [NEWS, 'no-ids', 12, [], 0],
] as const)('%s, %s: mended and told, nothing is lost', async (path, fault, count, told, rejected) => {
  const found = await harvest(path, [fault]);
  expect(found.records.size).toBe(count);
  expect(found.told).toEqual(told);
  expect(found.rejected).toHaveLength(rejected);
  expect(found.end).toMatchObject({ coverage: 'changes' });
});

test('another channel is not there', async () => {
  const { fault } = await harvest('/feeds/youtube/videos.xml?channel_id=autre');
  expect(fault).toBe('file-http-status');
});
