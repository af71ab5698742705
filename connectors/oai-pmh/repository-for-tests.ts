/** A small repository on loopback, well-behaved or not, for the tests of the client. */
import type { ServerResponse } from 'node:http';
import { type Loopback, serveLoopback } from '#connectors/http/loopback.ts';
import type { Fault } from '#connectors/partners/oai-provider/faults.ts';
import { serveOai } from '#connectors/partners/oai-provider/serve.ts';
import { createOaiProvider, type OaiRecord, type OaiRepository } from '#connectors/partners/oai-provider.ts';

export const DC_NS = 'http://purl.org/dc/elements/1.1/';
const OAI_DC_NS = 'http://www.openarchives.org/OAI/2.0/oai_dc/';

/** Record number `n`: every seventh is a tombstone, every second is online. */
export function recordAt(
  n: number,
  datestamp = `2024-03-${String(1 + (n % 28)).padStart(2, '0')}T08:00:00Z`,
): OaiRecord {
  return {
    identifier: `oai:essai:${String(n).padStart(4, '0')}`,
    datestamp,
    sets: n % 2 === 0 ? ['inventaire', 'online'] : ['inventaire'],
    ...(n % 7 === 3 ? { deleted: true } : {}),
    metadata: (prefix) =>
      prefix === 'oai_dc'
        ? `<oai_dc:dc xmlns:oai_dc="${OAI_DC_NS}" xmlns:dc="${DC_NS}"><dc:title>Métier nº ${n} &amp; navette</dc:title><dc:date>1853</dc:date></oai_dc:dc>`
        : undefined,
  };
}

export interface TestRepository extends Loopback {
  readonly url: string;
  /** The requests so far, as their queries. */
  readonly asked: URLSearchParams[];
  /** May be changed while it runs. */
  readonly faults: Fault[];
  records: readonly OaiRecord[];
  /** Answers in the place of the repository where it says so (true). */
  instead: (query: URLSearchParams, response: ServerResponse) => boolean;
}

/** Serves `count` records by pages of ten; `given` overrides what the repository is. */
export async function startRepository(
  count = 35,
  faults: Fault[] = [],
  given: Partial<OaiRepository> = {},
): Promise<TestRepository> {
  const asked: URLSearchParams[] = [];
  const state: Pick<TestRepository, 'records' | 'instead'> = {
    records: Array.from({ length: count }, (_, n) => recordAt(n)),
    instead: () => false,
  };
  const provide = createOaiProvider({
    name: 'Essai',
    adminEmail: 'oai@example.org',
    earliestDatestamp: '2024-01-01T00:00:00Z',
    granularity: 'YYYY-MM-DDThh:mm:ssZ',
    deletedRecord: 'persistent',
    pageSize: 10,
    formats: [{ prefix: 'oai_dc', schema: `${OAI_DC_NS}.xsd`, namespace: OAI_DC_NS }],
    sets: [
      { spec: 'inventaire', name: 'Inventaire' },
      { spec: 'online', name: 'En ligne' },
    ],
    records: () => state.records,
    now: () => new Date('2024-06-01T12:00:00Z'),
    ...given,
  });
  const serve = serveOai(provide, faults);
  const loopback = await serveLoopback((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    asked.push(query);
    if (!state.instead(query, response)) serve(request, response);
  });
  return Object.assign(state, loopback, { url: `${loopback.origin}/oai`, asked, faults });
}
