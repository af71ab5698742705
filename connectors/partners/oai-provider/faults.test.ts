import { afterEach, describe, expect, it } from 'vitest';
import { type Loopback, serveLoopback } from '#connectors/http/loopback.ts';
import { createOaiProvider, type OaiRecord } from '../oai-provider.ts';
import type { Fault } from './faults.ts';
import { serveOai } from './serve.ts';

const NS = 'http://example.org/dc/';
const records: OaiRecord[] = Array.from({ length: 25 }, (_, n) => ({
  identifier: `oai:x:${String(n).padStart(2, '0')}`,
  datestamp: `2024-01-${String(n + 1).padStart(2, '0')}T00:00:00Z`,
  sets: [],
  metadata: () => `<d xmlns="${NS}" xmlns:dc="${NS}"><dc:title>Nº ${n}</dc:title></d>`,
}));
const LIST = 'verb=ListRecords&metadataPrefix=oai_dc';

let loopback: Loopback | undefined;
afterEach(() => loopback?.stop());

/** Asks a provider with these faults, one request after another. */
async function ask(faults: Fault[], ...queries: string[]): Promise<{ status: number; body: string }[]> {
  const provide = createOaiProvider({
    name: 'Essai',
    adminEmail: 'oai@example.org',
    earliestDatestamp: '2024-01-01T00:00:00Z',
    granularity: 'YYYY-MM-DDThh:mm:ssZ',
    deletedRecord: 'no',
    pageSize: 10,
    formats: [{ prefix: 'oai_dc', schema: NS, namespace: NS }],
    sets: [],
    records: () => records,
  });
  loopback = await serveLoopback(serveOai(provide, faults));
  const answers: { status: number; body: string }[] = [];
  for (const query of queries) {
    const response = await fetch(`${loopback.origin}/oai?${query}`);
    answers.push({ status: response.status, body: await response.text() });
  }
  return answers;
}

describe('a fault', () => {
  it('shows at its place and so often, counted by verb', async () => {
    const answers = await ask([{ kind: 'server-error', at: 2, times: 1 }], LIST, 'verb=Identify', LIST, LIST);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 500, 200]);
  });

  it('of another verb leaves lists of records alone', async () => {
    const [list, identify] = await ask([{ kind: 'html', at: 1, verb: 'Identify' }], LIST, 'verb=Identify');
    expect(list?.body).toContain('<ListRecords>');
    expect(identify?.body).toContain('<html');
  });

  it('of one record shows wherever it stands, and in no other record', async () => {
    const one = 'verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:';
    const fault: Fault = { kind: 'no-metadata', at: 1, record: 'oai:x:03' };
    const [page, itself, other] = await ask([fault], LIST, `${one}03`, `${one}04`);
    expect(page?.body.match(/<metadata>/g)).toHaveLength(9);
    expect(page?.body).not.toContain('Nº 3');
    expect(itself?.body).not.toContain('<metadata>');
    expect(other?.body).toContain('Nº 4');
  });

  it('may be a way of sending: the whole body, a byte at a time', async () => {
    const [answer] = await ask([{ kind: 'many-small-chunks', at: 1 }], LIST);
    expect(answer?.body).toMatch(/<\/OAI-PMH>\s*$/);
  });

  it('may be a connection that is cut', async () => {
    await expect(ask([{ kind: 'cut-in-chunks', at: 1 }], LIST)).rejects.toThrow();
  });
});
