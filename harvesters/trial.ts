/** A source on trial: a steward shows it to everyone, or takes it back. What was decided is kept, and carried out by mapping its records again. */
import type { Database } from '#graph-schema/database.ts';
import { keepDecision } from '#graph-schema/decisions.ts';
import { aboutSource } from './runs.ts';
import type { Source } from './sources.ts';

export interface TrialDecision {
  readonly published: boolean;
  /** Who decides. */
  readonly by: string;
  readonly note?: string | undefined;
}

/** Keeps the decision and sets the source by it, in one transaction. False where it stood so already: then nothing is kept. */
export async function decideTrial(database: Database, source: Source, decision: TrialDecision): Promise<boolean> {
  const { published, by, note } = decision;
  return database.write(async (tx) => {
    const { records } = await tx.run(
      `MERGE (s:Source {name: $name}) ON CREATE SET s += $about
       SET s.lock = true
       WITH s, coalesce(s.published, false) AS before
       SET s.published = $published REMOVE s.lock
       RETURN before`,
      { name: source.name, about: aboutSource(source), published },
    );
    if (records[0]?.get('before') === published) return false;
    await keepDecision(tx, { kind: published ? 'publish-source' : 'withdraw-source', subject: source.name, by, note });
    return true;
  });
}

export interface TrialStanding {
  readonly published: boolean;
  /** Records that the source gives, missing ones included; and how many of them everyone may see now. */
  readonly records: number;
  readonly visible: number;
}

export async function trialStanding(database: Database, source: string): Promise<TrialStanding> {
  const { records } = await database.read((tx) =>
    tx.run(
      `OPTIONAL MATCH (s:Source {name: $source})
       OPTIONAL MATCH (r:SourceRecord) WHERE r.source = $source AND r.state IN ['live', 'missing']
       RETURN coalesce(s.published, false) AS published, count(r) AS records, count(CASE WHEN r.visibility = 'public' THEN r END) AS visible`,
      { source },
    ),
  );
  return records[0]!.toObject() as unknown as TrialStanding;
}
