/** GraphQL over HTTP, as the working group has it (https://graphql.github.io/graphql-over-http/): every audit of graphql-http, against the real server. */
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection } from '#deploy/setup/test-database.ts';
import { type RunningGateway, startGateway } from './server.ts';
import { openTestGateway } from './testing/gateway.ts';

let gateway: RunningGateway;

beforeAll(async () => {
  const { database } = await openTestGateway();
  await database.close();
  gateway = await startGateway({
    connection: testConnection(),
    port: 0,
    access: { anonymousBudget: 1_000_000 },
    log: () => undefined,
  });
});
afterAll(() => gateway.stop());

test('every audit is passed: MUST, SHOULD and MAY', async () => {
  const audits = serverAudits({ url: () => `${gateway.url}/graphql` });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  expect(results.length).toBeGreaterThan(50);
  const failed = results.flatMap((one) => (one.status === 'ok' ? [] : [`${one.name}: ${one.reason}`]));
  expect(failed).toEqual([]);
});
