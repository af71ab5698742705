import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { all, contextForTests } from '../../conformance.ts';
import { oaiDc } from '../../formats/oai-dc.ts';
import { oaiPmh } from '../../oai-pmh/connector.ts';
import { send } from '../answer.ts';
import { noticesOf } from './notices.ts';
import { popStand } from './stand.ts';

const stand = popStand(() => '');
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const answer = stand(url, { method: request.method ?? 'GET', body: '' });
  if (answer) send(request, response, answer);
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pop/oai`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test('POP’s OAI-PMH, with all its faults, is harvested whole: each notice once, and none is rejected', async () => {
  const { context, close } = contextForTests();
  const checked = await oaiPmh.options['~standard'].validate({ url, metadataPrefix: 'oai_dc' });
  if (checked.issues) throw new Error(JSON.stringify(checked.issues));
  const { messages, fault } = await all(oaiPmh.read(checked.value, context));
  await close();
  expect(fault).toBeUndefined();
  expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'snapshot', expected: noticesOf('joconde').length });
  const records = messages.filter((message) => message.kind === 'record');
  expect(new Set(records.map(({ id }) => id)).size).toBe(noticesOf('joconde').length);
  for (const { id, row } of records) {
    const mapped = oaiDc.map(row, { id, source: { name: '', title: '', licence: '' }, options: undefined });
    expect(mapped).toMatchObject({
      record: {
        identifiers: [{ scheme: 'joconde', value: id.replace('oai:joconde:', '') }],
        fields: { page: 'http://www.example.org/notice', objectTypes: [expect.any(String)] },
      },
    });
    expect(JSON.stringify(mapped)).not.toContain('contact@');
  }
});
