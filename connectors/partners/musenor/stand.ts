/**
 * Musenor, the museums' network whose portal shows what its members' inventories hold: `/musenor/oai`, OAI-PMH with LIDO and oai_dc, a set a museum.
 * Its notices are pieces that WebMuseo workspaces show too, under identifiers of its own: one piece, told by two partners.
 */
import type { Answer } from '../answer.ts';
import { createOaiProvider, type OaiProvider, type OaiRecord, type OaiRepository } from '../oai-provider.ts';
import { LIDO, lido } from '../webmuseo/lido.ts';
import { OAI_DC, oaiDc } from '../webmuseo/oai-dc.ts';
import { objectsOf } from '../webmuseo/objects.ts';
import { WORKSPACES } from '../webmuseo/workspaces.ts';

/** Museums whose pieces the portal has, and how many of each. */
const MUSEUMS = 6;
const PIECES = 8;
const PAGE_SIZE = 20;

const MEMBERS = WORKSPACES.filter(({ way }) => way === 'lido').slice(0, MUSEUMS);

/** Answers what stands under `/musenor/`; undefined for other addresses. */
export function musenorStand(base: () => string) {
  let provider: OaiProvider | undefined;
  return (url: URL, { method, body }: { readonly method: string; readonly body: string }): Answer | undefined => {
    if (url.pathname !== '/musenor/oai') return undefined;
    provider ??= createOaiProvider(repository(base()));
    return provider(url, method, body);
  };
}

function repository(base: string): OaiRepository {
  const records = MEMBERS.flatMap((workspace) => {
    const shown = objectsOf(workspace)
      .filter(({ visible }) => visible)
      .take(PIECES);
    return [...shown].map(
      (object): OaiRecord => ({
        identifier: `oai:musenor.example:${workspace.name}-${object.id}`,
        datestamp: object.modified,
        sets: [workspace.name],
        metadata(prefix) {
          if (prefix === LIDO.prefix) return lido(base, workspace, object);
          return prefix === OAI_DC.prefix ? oaiDc(base, workspace, object) : undefined;
        },
      }),
    );
  });
  return {
    name: 'Musenor (démonstration)',
    adminEmail: 'portail@example.org',
    earliestDatestamp: '2023-01-09T08:00:00Z',
    granularity: 'YYYY-MM-DDThh:mm:ssZ',
    deletedRecord: 'no',
    pageSize: PAGE_SIZE,
    formats: [OAI_DC, LIDO],
    sets: MEMBERS.map(({ name, title }) => ({ spec: name, name: title })),
    records: () => records,
  };
}
