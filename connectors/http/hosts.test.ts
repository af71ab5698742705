import { expect, test } from 'vitest';
import { client, loopback, requests, text } from './client-for-tests.ts';
import { Hosts } from './hosts.ts';

test('clients that share the queues keep one pace at a host between them', async () => {
  const waits: number[] = [];
  const hosts = new Hosts(async (ms) => void waits.push(ms));
  for (const contact of ['un@example.org', 'deux@example.org'])
    await text(await client({ contact, hosts, minGapMs: 60_000 }).get(`${loopback.origin}/a`, { method: 'HEAD' }));
  expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThan(30_000);
});
