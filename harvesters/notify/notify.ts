/**
 * Tells alerts through the channels. Each is told at least once in each: it is marked as told after the channel took it, so that a crash in between
 * tells it again rather than never. While one worker tells, the others leave those alerts alone (a claim that runs out by itself).
 */
import { randomUUID } from 'node:crypto';
import type { Database } from '#graph-schema/database.ts';
import { FINDING_CODES, type Finding } from '#graph-schema/findings/finding.ts';
import type { Channel } from './channel.ts';
import { messageOf, type ToldAlert } from './message.ts';

/** Longer than all channels together may take. */
const CLAIM_SECONDS = 120;
/** A night without network is one message and another, not one for each source: so long after one, the next waits. A little less than the ten minutes between two checks. */
const QUIET_SECONDS = 9 * 60;
/** In one message; what is more goes with the next check. */
const MOST_ALERTS = 200;

interface Claimed extends ToldAlert {
  /** The channels that took its opening, and those that took its end. */
  readonly told: readonly string[];
  readonly settled: readonly string[];
}

/**
 * Sends what was not told yet, one message a channel; nothing so soon after another message. Gives why a channel did not take its message.
 * Throws what the driver throws.
 */
export async function tellAlerts(
  database: Database,
  channels: readonly Channel[],
  quietSeconds = QUIET_SECONDS,
): Promise<readonly Finding[]> {
  if (channels.length === 0) return [];
  const claim = randomUUID();
  const claimed = await claimUntold(
    database,
    claim,
    channels.map(({ name }) => name),
    quietSeconds,
  );
  if (claimed.length === 0) return [];
  try {
    const results = await Promise.all(channels.map((channel) => tellThrough(database, channel, claimed)));
    return results.flatMap((fault) => fault ?? []);
  } finally {
    await database.write((tx) =>
      tx.run('UNWIND $ids AS id MATCH (a:Alert {id: id}) WHERE a.claim = $claim REMOVE a.claim, a.claimedUntil', {
        ids: idsOf(claimed),
        claim,
      }),
    );
  }
}

async function tellThrough(
  database: Database,
  channel: Channel,
  claimed: readonly Claimed[],
): Promise<Finding | undefined> {
  const untold = claimed.filter(({ state, told, settled }) =>
    state === 'open' ? !told.includes(channel.name) : told.includes(channel.name) && !settled.includes(channel.name),
  );
  if (untold.length === 0) return undefined;
  const fault = await channel.send(messageOf(untold));
  if (fault) return fault;
  await markTold(database, channel.name, untold);
  return undefined;
}

const COLUMNS =
  'a {.id, .source, .state, .cause, .particulars, told: coalesce(a.told, []), settled: coalesce(a.settled, []), ' +
  'openedAt: toString(a.openedAt), closedAt: toString(a.closedAt)} AS alert';

/**
 * The opening of an alert is owed to every channel; its end to those that took its opening. Locked first, then looked at again.
 * A cause that this version has no words for is left alone.
 */
async function claimUntold(
  database: Database,
  claim: string,
  channels: readonly string[],
  quietSeconds: number,
): Promise<readonly Claimed[]> {
  const owed = `a.cause IN $codes AND ((a.state = 'open' AND any(c IN $channels WHERE NOT c IN a.told)) OR
    (a.state = 'closed' AND any(c IN $channels WHERE c IN a.told AND NOT c IN a.settled))) AND
    (a.claimedUntil IS NULL OR a.claimedUntil < datetime())`;
  return database.write(async (tx) => {
    const { records } = await tx.run(
      `MATCH (a:Alert) WHERE ${owed} AND NOT EXISTS { MATCH (b:Alert) WHERE b.toldAt > datetime() - duration({seconds: $quiet}) } WITH a ORDER BY a.id LIMIT toInteger($most)
       SET a.lock = $claim
       WITH a WHERE ${owed}
       SET a.claim = $claim, a.claimedUntil = datetime() + duration({seconds: $seconds})
       RETURN ${COLUMNS}`,
      { claim, codes: FINDING_CODES, channels, most: MOST_ALERTS, seconds: CLAIM_SECONDS, quiet: quietSeconds },
    );
    return records.map((row) => {
      const { cause, particulars, ...alert } = row.get('alert');
      return { ...alert, finding: { code: cause, particulars: JSON.parse(particulars) } } as Claimed;
    });
  });
}

/** Of what was claimed: one that meanwhile came back, or went, is still to be told as that. */
async function markTold(database: Database, channel: string, told: readonly Claimed[]): Promise<void> {
  const opened = told.filter(({ state }) => state === 'open').map(({ id, openedAt }) => ({ id, at: openedAt }));
  const closed = told.filter(({ state }) => state === 'closed').map(({ id, closedAt }) => ({ id, at: closedAt }));
  await database.write(async (tx) => {
    await tx.run(
      `UNWIND $opened AS one MATCH (a:Alert {id: one.id}) WHERE a.openedAt = datetime(one.at)
       SET a.told = [c IN a.told WHERE c <> $channel] + $channel, a.toldAt = datetime()`,
      { opened, channel },
    );
    await tx.run(
      `UNWIND $closed AS one MATCH (a:Alert {id: one.id}) WHERE a.closedAt = datetime(one.at)
       SET a.settled = [c IN a.settled WHERE c <> $channel] + $channel, a.toldAt = datetime()`,
      { closed, channel },
    );
  });
}

function idsOf(alerts: readonly { readonly id: string }[]): readonly string[] {
  return alerts.map(({ id }) => id);
}
