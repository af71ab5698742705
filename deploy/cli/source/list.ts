/** `trame source list`: every source of the folder, and how it stands. */
import type { Database } from '#graph-schema/database.ts';
import { type SourceState, STATE_WORDS } from '#harvesters/causes.ts';
import { type FreshnessRow, freshnessOf } from '#harvesters/freshness.ts';
import type { Source } from '#harvesters/sources.ts';
import { table } from '../table.ts';

/** One source, for a program. What only the graph knows is null without one. */
export interface ListedSource {
  readonly name: string;
  readonly title: string;
  readonly owner: string | null;
  readonly licence: string;
  readonly protocol: string;
  readonly format: string;
  readonly schedule: string | null;
  readonly trial: boolean;
  readonly state: SourceState | null;
  readonly promise: string | null;
  readonly lastComplete: string | null;
  readonly records: number | null;
  readonly next: string | null;
}

/** Without a database, only what the files say. */
export async function listed(
  sources: readonly Source[],
  database: Database | undefined,
  now: Date,
): Promise<ListedSource[]> {
  const rows = database === undefined ? [] : await freshnessOf(database, sources, now);
  const standing = new Map<string, FreshnessRow>(rows.map((row) => [row.source, row]));
  return sources.map(({ name, about, connector, format }) => {
    const row = standing.get(name);
    return {
      name,
      title: about.title,
      owner: about.owner ?? null,
      licence: about.licence,
      protocol: connector.name,
      format: format.name,
      schedule: about.schedule ?? null,
      trial: about.trial,
      state: row?.state ?? null,
      promise: row?.promise ?? null,
      lastComplete: row?.lastComplete?.toISOString() ?? null,
      records: row?.records ?? null,
      next: row?.next?.toISOString() ?? null,
    };
  });
}

export function listTable(sources: readonly ListedSource[]): string {
  const head = [
    'source',
    'état',
    'dernière complète',
    'notices',
    'prochaine',
    'horaire',
    'licence',
    'responsable',
    'titre',
  ];
  const rows = sources.map((one) => [
    one.name,
    one.state === null ? '' : STATE_WORDS[one.state],
    inFrance(one.lastComplete),
    one.records ?? '',
    inFrance(one.next),
    one.schedule ?? '',
    shortened(one.licence),
    shortened(one.owner ?? ''),
    shortened(one.title),
  ]);
  return table(head, rows);
}

/** A line of the table stays within a wide terminal; `--json` has the whole. */
const MOST_CHARACTERS = 40;

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

function inFrance(instant: string | null): string {
  if (instant === null) return '';
  return new Date(instant).toLocaleString('fr-FR', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  });
}
