/** The link checks as they are kept: one LinkCheck an address, never public (decisions/0004-keep-link-checks-as-nodes.md). */
import type { Database } from '#graph-schema/database.ts';
import { type Expected, linkId, shownAddress } from '#graph-schema/links/addresses.ts';
import type { LinkReason, LinkState, Standing } from '#graph-schema/links/standing.ts';

export interface LinkCheck {
  readonly id: string;
  readonly address: string;
  readonly expected: Expected;
  /** Those whose records give it, some of them. */
  readonly sources: readonly string[];
  readonly standing: Standing;
}

/** Those that are to be asked for now, the longest due first. `only`: of one source. */
export async function dueLinks(
  database: Database,
  now: Date,
  { only, most }: { readonly only?: string | undefined; readonly most: number },
): Promise<readonly LinkCheck[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (c:LinkCheck) WHERE c.next <= $now AND ($only IS NULL OR $only IN c.sources)
       RETURN c {.*} AS kept ORDER BY c.next, c.id LIMIT toInteger($most)`,
      { now: now.toISOString(), only: only ?? null, most },
    ),
  );
  return records.map((row) => checkOf(row.get('kept') as Record<string, unknown>));
}

function checkOf({
  id,
  address,
  expected,
  sources,
  host: _,
  survey: __,
  ...standing
}: Record<string, unknown>): LinkCheck {
  return {
    id: id as string,
    address: address as string,
    expected: expected as Expected,
    sources: sources as string[],
    standing: standing as unknown as Standing,
  };
}

/** Keeps what is known now. An address that was forgotten meanwhile stays so. */
export async function keepStanding(database: Database, { id }: LinkCheck, standing: Standing): Promise<void> {
  const { state, status, reason, checkedAt, failures, failedAt, silent, lastAlive, movedTo, notBefore, next } =
    standing;
  const kept = { state, status, reason, checkedAt, failures, failedAt, silent, lastAlive, movedTo, notBefore, next };
  const properties = Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, value ?? null]));
  await database.write((tx) => tx.run('MATCH (c:LinkCheck {id: $id}) SET c += $properties', { id, properties }));
}

/** Takes one out: of what was emptied with a person, nothing is asked for. */
export async function dropLink(database: Database, { id }: LinkCheck): Promise<void> {
  await database.write((tx) => tx.run('MATCH (c:LinkCheck {id: $id}) DELETE c', { id }));
}

/** Hosts that asked to be left alone, and until when. */
export async function restingHosts(database: Database, now: Date): Promise<Map<string, Date>> {
  const { records } = await database.read((tx) =>
    tx.run('MATCH (c:LinkCheck) WHERE c.notBefore > $now RETURN c.host AS host, max(c.notBefore) AS until', {
      now: now.toISOString(),
    }),
  );
  return new Map(records.map((row) => [row.get('host') as string, new Date(row.get('until') as string)]));
}

/** How many addresses are in each state; `new` were never asked for. */
export interface LinkCounts extends Readonly<Record<LinkState | 'new', number>> {
  readonly all: number;
  readonly due: number;
  /** When the next of those that are not due will be; undefined where there is none. */
  readonly next: string | undefined;
}

export async function countLinks(database: Database, now: Date, only?: string): Promise<LinkCounts> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (c:LinkCheck) WHERE $only IS NULL OR $only IN c.sources
       RETURN coalesce(c.state, 'new') AS state, count(*) AS count, sum(CASE WHEN c.next <= $now THEN 1 ELSE 0 END) AS due,
              min(CASE WHEN c.next > $now THEN c.next END) AS next`,
      { now: now.toISOString(), only: only ?? null },
    ),
  );
  const counts = { alive: 0, dead: 0, unsure: 0, new: 0 };
  let due = 0;
  let next: string | undefined;
  for (const row of records) {
    counts[row.get('state') as keyof typeof counts] = Number(row.get('count'));
    due += Number(row.get('due'));
    const soonest = row.get('next') as string | null;
    if (soonest !== null && (next === undefined || soonest < next)) next = soonest;
  }
  return { ...counts, all: counts.alive + counts.dead + counts.unsure + counts.new, due, next };
}

export interface BadLink {
  /** As it may be shown: without parameters. */
  readonly address: string;
  readonly expected: Expected;
  readonly sources: readonly string[];
  readonly state: LinkState;
  readonly reason: LinkReason;
  readonly status: number | undefined;
  readonly failures: number;
  readonly lastAlive: string | undefined;
  readonly next: string;
}

/** Addresses that are dead, then those that nobody is sure of; at most `most`. */
export async function badLinks(
  database: Database,
  { only, most }: { readonly only?: string | undefined; readonly most: number },
): Promise<readonly BadLink[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (c:LinkCheck) WHERE c.state IN ['dead', 'unsure'] AND ($only IS NULL OR $only IN c.sources)
       RETURN c {.*} AS kept ORDER BY c.state, c.host, c.address LIMIT toInteger($most)`,
      { only: only ?? null, most },
    ),
  );
  return records.map((row) => {
    const { address, expected, sources, standing } = checkOf(row.get('kept') as Record<string, unknown>);
    const { state, reason, status, failures, lastAlive, next } = standing;
    const shown = shownAddress(address);
    return { address: shown, expected, sources, state: state!, reason: reason!, status, failures, lastAlive, next };
  });
}

/** Which of these addresses are dead. */
export async function deadAmong(database: Database, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  if (addresses.length === 0) return new Set();
  const { records } = await database.read((tx) =>
    tx.run("UNWIND $ids AS id MATCH (c:LinkCheck {id: id}) WHERE c.state = 'dead' RETURN c.address AS address", {
      ids: addresses.map(linkId),
    }),
  );
  return new Set(records.map((row) => row.get('address') as string));
}
