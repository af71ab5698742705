/** A museum refuses a correction: it is not proposed again while its own value is the same. */
import type { Database } from '#graph-schema/database.ts';
import { keepDecision, standingDecisions, undoDecision } from '#graph-schema/decisions.ts';

/** Enough of them to say that a beginning is not enough. */
const MOST_TOLD = 5;

/** The keys of a source's corrections, open or refused, that begin so. */
export async function keysBeginning(database: Database, source: string, start: string): Promise<readonly string[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (c:Correction {source: $source}) WHERE c.id STARTS WITH $start AND c.state IN ['open', 'refused']
       RETURN c.id AS id ORDER BY id LIMIT ${MOST_TOLD}`,
      { source, start },
    ),
  );
  return records.map((row) => row.get('id') as string);
}

/** Keeps the refusal. Once more changes nothing. */
export async function refuseCorrection(database: Database, key: string, by: string, note?: string): Promise<void> {
  await database.write(async (tx) => {
    if ((await standingDecisions(tx, ['refuse-correction'], key)).length === 0)
      await keepDecision(tx, { kind: 'refuse-correction', subject: key, by, note });
    await tx.run("MATCH (c:Correction {id: $key}) SET c.state = 'refused', c.closedAt = null, c.how = null", { key });
  });
}

/** Takes a refusal back: the next report proposes it again. Gives whether there was one. */
export async function undoRefusal(database: Database, key: string, by: string): Promise<boolean> {
  return database.write(async (tx) => {
    const standing = await standingDecisions(tx, ['refuse-correction'], key);
    for (const { id } of standing) await undoDecision(tx, id, by);
    await tx.run("MATCH (c:Correction {id: $key}) WHERE c.state = 'refused' SET c.state = 'open'", { key });
    return standing.length > 0;
  });
}
