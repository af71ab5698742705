/** What the OAI-PMH provider of a workspace holds. Metadata are written when asked for; only headers are kept. */
import type { OaiRecord, OaiRepository } from '../oai-provider.ts';
import { LIDO, lido } from './lido.ts';
import { OAI_DC, oaiDc } from './oai-dc.ts';
import { objectAt, objectsOf } from './objects.ts';
import type { Workspace } from './workspaces.ts';

/** The set of the whole inventory, and the set of what the portal shows. */
export const SETS = [
  { spec: 'inventaire', name: 'Inventaire' },
  { spec: 'online', name: 'En ligne' },
] as const;

const PAGE_SIZE = 250;

/** `base` is the stand-in's address. */
export function repositoryOf(base: string, workspace: Workspace): OaiRepository {
  const byDay = workspace.fault === 'granularite-jour';
  const records: readonly OaiRecord[] = [...objectsOf(workspace)].map((object, rank) => ({
    identifier: `oai:webmuseo.example:${workspace.name}:${object.id}`,
    datestamp: byDay ? object.modified.slice(0, 10) : object.modified,
    sets: object.visible ? ['inventaire', 'online'] : ['inventaire'],
    metadata(prefix: string): string | undefined {
      if (prefix === OAI_DC.prefix) return oaiDc(base, workspace, objectAt(workspace, rank));
      if (prefix === LIDO.prefix && workspace.way === 'lido') return lido(base, workspace, objectAt(workspace, rank));
      return undefined;
    },
  }));
  return {
    name: `WebMuseo – ${workspace.title} (démonstration)`,
    adminEmail: 'collections@example.org',
    earliestDatestamp: byDay ? '2023-01-09' : '2023-01-09T08:00:00Z',
    granularity: byDay ? 'YYYY-MM-DD' : 'YYYY-MM-DDThh:mm:ssZ',
    deletedRecord: 'no',
    pageSize: PAGE_SIZE,
    formats: workspace.way === 'lido' ? [OAI_DC, LIDO] : [OAI_DC],
    sets: SETS,
    records: () => records,
  };
}
