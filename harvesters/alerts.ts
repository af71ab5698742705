/** Alerts: each cause is opened once, kept while it lasts, closed when it has gone, and told by mail and webhook once each way. */
import type { Database } from '#graph-schema/database.ts';
import { FINDING_CODES, type Finding, type FindingCode, finding } from '#graph-schema/findings/finding.ts';
import { type Cause, gathered } from './causes.ts';
import { type FreshnessRow, freshnessOf } from './freshness.ts';
import { channelsOf } from './notify/channels.ts';
import { tellAlerts } from './notify/notify.ts';
import type { Source } from './sources.ts';
import { overdueTakedowns } from './takedown.ts';

/** As it is kept. Times are ISO 8601. */
export interface Alert {
  readonly id: string;
  readonly source: string;
  readonly state: 'open' | 'closed';
  readonly finding: Finding;
  readonly openedAt: string;
  readonly lastSeenAt: string;
  readonly closedAt: string | null;
  /** How often this cause has come back, the first time counted. */
  readonly times: number;
  /** The channels that took it. */
  readonly told: readonly string[];
}

export interface Raised {
  /** New since the last look, or back again. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

/** A closed alert is forgotten after so many days. */
const KEPT_DAYS = 180;
const MOST_FORGOTTEN = 1_000;

/** What an alert is known by: one of a cause for a source, so that no two workers ever open it twice. */
function alertId({ source, finding: { code }, about }: Cause): string {
  return [source, code, ...(about === undefined ? [] : [about])].join('/');
}

/**
 * Brings the alerts to what was judged at `now`: opens what is new, keeps what lasts, closes what has gone. Repeatable, and safe under several workers:
 * each alert is locked before it is read, and a judgement older than the latest one changes nothing.
 */
export async function raiseAlerts(database: Database, causes: readonly Cause[], now: Date): Promise<Raised> {
  const found = causes
    .map((cause) => ({
      id: alertId(cause),
      source: cause.source,
      cause: cause.finding.code,
      particulars: JSON.stringify(cause.finding.particulars),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const at = now.toISOString();
  return database.write(async (tx) => {
    const opened = await tx.run(
      `UNWIND $found AS one
       MERGE (a:Alert {id: one.id})
       SET a.lock = $at
       WITH a, one, coalesce(a.state, 'closed') <> 'open' AS isNew WHERE a.closedAt IS NULL OR a.closedAt < datetime($at)
       SET a.source = one.source, a.cause = one.cause, a.particulars = one.particulars,
           a.lastSeenAt = CASE WHEN a.lastSeenAt > datetime($at) THEN a.lastSeenAt ELSE datetime($at) END
       FOREACH (_ IN CASE WHEN isNew THEN [1] ELSE [] END |
         SET a.state = 'open', a.openedAt = datetime($at), a.closedAt = null, a.told = [], a.settled = [], a.times = coalesce(a.times, 0) + 1)
       WITH a WHERE isNew RETURN a.id AS id ORDER BY id`,
      { found, at },
    );
    const closed = await tx.run(
      `MATCH (a:Alert {state: 'open'}) WHERE NOT a.id IN $ids
       WITH a ORDER BY a.id
       SET a.lock = $at
       WITH a WHERE a.state = 'open' AND a.lastSeenAt < datetime($at)
       SET a.state = 'closed', a.closedAt = datetime($at)
       RETURN a.id AS id ORDER BY id`,
      { ids: found.map(({ id }) => id), at },
    );
    await tx.run(
      `MATCH (a:Alert {state: 'closed'}) WHERE a.closedAt < datetime($at) - duration({days: $days})
       WITH a LIMIT toInteger($most) DELETE a`,
      { at, days: KEPT_DAYS, most: MOST_FORGOTTEN },
    );
    const ids = (result: typeof opened) => result.records.map((row) => row.get('id') as string);
    return { opened: ids(opened), closed: ids(closed) };
  });
}

/** The alerts that are open, or all that are kept; the newest first. Those of a cause that this version has no words for are left out. */
export async function readAlerts(database: Database, { all }: { readonly all: boolean }): Promise<readonly Alert[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (a:Alert) WHERE a.cause IN $codes AND ($all OR a.state = 'open')
       RETURN a {.id, .source, .state, .cause, .particulars, .times, told: coalesce(a.told, []), openedAt: toString(a.openedAt),
                 lastSeenAt: toString(a.lastSeenAt), closedAt: toString(a.closedAt)} AS alert ORDER BY a.openedAt DESC, a.id`,
      { all, codes: FINDING_CODES },
    ),
  );
  return records.map((row) => {
    const { cause, particulars, ...alert } = row.get('alert');
    return { ...alert, finding: finding(cause as FindingCode, JSON.parse(particulars)) } as Alert;
  });
}

export interface Watched extends Raised {
  readonly rows: readonly FreshnessRow[];
}

/**
 * Looks at every source, brings the alerts up to date, and tells what is new or over. A worker calls it after every run and every ten minutes;
 * one call too many does nothing.
 * @param sources all of the folder, not only those that were harvested: a source of the graph that is not among them is told as gone
 * @param environment holds the settings of mail and webhook (docs/alerts.md)
 * @param tell takes what the operator should read: an alert that is new, or why a channel did not take its message; never a secret
 * Throws what the driver throws; a channel that fails is told, and tried again with the next call.
 */
export async function watchSources(
  database: Database,
  sources: readonly Source[],
  now: Date,
  environment: NodeJS.ProcessEnv,
  tell: (found: Finding) => void,
): Promise<Watched> {
  const rows = await freshnessOf(database, sources, now);
  const causes = [...gathered(rows.flatMap((row) => row.causes)), ...(await overdueTakedowns(database, now))];
  const raised = await raiseAlerts(database, causes, now);
  for (const cause of causes.filter((one) => raised.opened.includes(alertId(one)))) tell(cause.finding);
  const { channels, findings } = channelsOf(environment);
  const faults = await tellAlerts(database, channels);
  for (const fault of [...findings, ...faults]) tell(fault);
  return { ...raised, rows };
}
