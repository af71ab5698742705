/** When the graph is looked through: from where the last look ended, and by one process at a time. */
import type { Database } from '../database.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { identityRules, type ProposeOptions, type Proposing, proposeIdentities } from './propose.ts';

/** A worker looks at most so often. */
export const LOOK_EVERY_MINUTES = 60;

export interface LookOptions extends Pick<ProposeOptions, 'signal' | 'onProgress'> {
  /** Not where another look began less than so many minutes ago. Default 0: now. */
  readonly notWithinMinutes?: number;
}

/**
 * Looks at what changed since the last whole look; at all where the rules or thresholds are others. Gives undefined where nothing
 * changed, or where another look began too short a time ago. The mark moves only at the end: a look that is cut short is made again.
 */
export async function proposeChanged(
  database: Database,
  resolver: Resolver,
  { notWithinMinutes = 0, ...options }: LookOptions = {},
): Promise<readonly Proposing[] | undefined> {
  const rules = identityRules();
  const mark = await takeMark(database, rules, notWithinMinutes);
  if (mark === undefined) return undefined;
  const done = await proposeIdentities(database, resolver, { ...options, since: mark.since });
  if (done.every(({ stopped }) => !stopped)) await moveMark(database, rules, mark.now);
  return done;
}

/** By the database's clock, under the mark's lock: of two workers one looks. */
async function takeMark(
  database: Database,
  rules: string,
  minutes: number,
): Promise<{ readonly since: number; readonly now: number } | undefined> {
  const { records } = await database.write((tx) =>
    tx.run(
      `MERGE (mark:Sequence {name: 'identities'}) SET mark.lock = 1
       WITH mark OPTIONAL MATCH (change:Sequence {name: 'change'})
       WITH mark, coalesce(change.value, 0) AS now, CASE WHEN mark.rules = $rules THEN coalesce(mark.value, 0) ELSE 0 END AS since
       WHERE now > since AND (mark.begunAt IS NULL OR mark.begunAt <= datetime() - duration({minutes: toInteger($minutes)}))
       SET mark.begunAt = datetime()
       RETURN since, now`,
      { rules, minutes },
    ),
  );
  const [row] = records;
  return row && { since: Number(row.get('since')), now: Number(row.get('now')) };
}

async function moveMark(database: Database, rules: string, now: number): Promise<void> {
  await database.write((tx) =>
    tx.run("MATCH (mark:Sequence {name: 'identities'}) SET mark.value = toInteger($now), mark.rules = $rules", {
      now,
      rules,
    }),
  );
}
