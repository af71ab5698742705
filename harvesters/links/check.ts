/** A round of link checks: addresses that are due are asked for, one at a time, those of one host far apart. */
import type { Database } from '#graph-schema/database.ts';
import { linkId } from '#graph-schema/links/addresses.ts';
import { type LinkLimits, readLinkLimits } from '#graph-schema/links/limits.ts';
import { type Answer, type Standing, standingAfter } from '#graph-schema/links/standing.ts';
import type { Source } from '../sources.ts';
import { askFor } from './ask.ts';
import { LinkClients } from './clients.ts';
import { dropLink, dueLinks, keepStanding, type LinkCheck, restingHosts } from './store.ts';

const DAY_MS = 86_400_000;
const PAGE = 500;
/** After so many requests in a row that told nothing, a host is left alone until tomorrow. */
const MOST_SILENT_OF_HOST = 3;

export interface LinkRound {
  readonly database: Database;
  /** Who may be written to about an address, and whether it may lie in a private network. */
  readonly sources: readonly Source[];
  readonly signal: AbortSignal;
  /** Only addresses of this source. */
  readonly only?: string | undefined;
  /** How many are asked for at most. */
  readonly limit?: number | undefined;
  /** Ends the round in order after so long. Milliseconds. */
  readonly withinMs?: number | undefined;
  readonly now?: () => Date;
  readonly limits?: LinkLimits;
  readonly looked?: (count: number) => void;
}

export interface LinksChecked {
  asked: number;
  alive: number;
  dead: number;
  unsure: number;
  /** Put off: their host is to be left alone, or their source is not known here or outside its agreement. */
  left: number;
}

/** Asks for what is due, at most `limit`. Throws what Neo4j throws; what was asked for until then is kept. */
export async function checkLinks(round: LinkRound): Promise<LinksChecked> {
  const work = new Round(round);
  try {
    await work.run();
    return work.report;
  } finally {
    await work.close();
  }
}

class Round {
  readonly report: LinksChecked = { asked: 0, alive: 0, dead: 0, unsure: 0, left: 0 };
  readonly #round: LinkRound;
  readonly #limits: LinkLimits;
  readonly #clients: LinkClients;
  readonly #endsAtMs: number;
  readonly #silentOfHost = new Map<string, number>();
  #resting = new Map<string, Date>();
  /** Some host answered: what is not found is not for want of a network. */
  #isOnline = false;

  constructor(round: LinkRound) {
    this.#round = round;
    this.#limits = round.limits ?? readLinkLimits();
    const gapMs = this.#limits.gapSeconds * 1000;
    this.#clients = new LinkClients(round.sources, round.signal, gapMs, () => this.#now());
    this.#endsAtMs = performance.now() + (round.withinMs ?? Number.POSITIVE_INFINITY);
  }

  async run(): Promise<void> {
    const { database, only } = this.#round;
    this.#resting = await restingHosts(database, this.#now());
    // Whatever is looked at is due later: the next page is another.
    for (let before = new Set<string>(); !this.#isOver(); ) {
      const page = await dueLinks(database, this.#now(), { only, most: PAGE });
      const due = page.filter(({ id }) => !before.has(id));
      if (due.length === 0) return;
      for (const one of byTurns(due)) {
        if (this.#isOver()) return;
        await this.#look(one);
      }
      before = new Set(page.map(({ id }) => id));
    }
  }

  async close(): Promise<void> {
    await this.#clients.close();
  }

  #now(): Date {
    return this.#round.now?.() ?? new Date();
  }

  #isOver(): boolean {
    const { signal, limit = Number.POSITIVE_INFINITY } = this.#round;
    return signal.aborted || this.report.asked >= limit || performance.now() > this.#endsAtMs;
  }

  async #look(check: LinkCheck): Promise<void> {
    const { database } = this.#round;
    if (linkId(check.address) !== check.id) return dropLink(database, check);
    const answer = this.#putOff(check) ?? (await this.#ask(check));
    if (answer === undefined) return;
    const standing = standingAfter(check.standing, answer, this.#now(), this.#limits);
    await keepStanding(database, check, standing);
    this.#count(answer, standing);
  }

  #putOff({ address }: LinkCheck): Answer | undefined {
    const until = this.#resting.get(hostOf(address));
    return until === undefined || until <= this.#now() ? undefined : { kind: 'wait', reason: 'host-resting', until };
  }

  async #ask(check: LinkCheck): Promise<Answer | undefined> {
    const http = this.#clients.for(check.sources, check.address);
    if (http === undefined) {
      const until = new Date(this.#now().getTime() + this.#limits.failedAgainDays * DAY_MS);
      return { kind: 'wait', reason: 'source-unknown', until };
    }
    const answer = await askFor(http, check, this.#now());
    if (answer === undefined) return undefined;
    this.report.asked += 1;
    this.#remember(hostOf(check.address), answer);
    const isOurs = answer.kind === 'gone' && answer.reason === 'host-unknown' && !this.#isOnline;
    return isOurs ? { ...answer, kind: 'unsure' } : answer;
  }

  #remember(host: string, answer: Answer): void {
    if (answer.kind === 'wait') return void this.#resting.set(host, answer.until);
    if (answer.status !== undefined) this.#isOnline = true;
    const isSilent = answer.kind === 'unsure' && answer.reason !== 'refused' && answer.reason !== 'status';
    const silent = isSilent ? (this.#silentOfHost.get(host) ?? 0) + 1 : 0;
    this.#silentOfHost.set(host, silent);
    if (silent >= MOST_SILENT_OF_HOST) this.#resting.set(host, new Date(this.#now().getTime() + DAY_MS));
  }

  #count({ kind }: Answer, { state }: Standing): void {
    if (kind === 'wait' || state === undefined) this.report.left += 1;
    else this.report[state] += 1;
    const { asked, left } = this.report;
    this.#round.looked?.(asked + left);
  }
}

const hostOf = (address: string): string => URL.parse(address)?.host ?? '';

/** One of each host after the other, so that the pause at one is the time of the others. */
function* byTurns(checks: readonly LinkCheck[]): Iterable<LinkCheck> {
  const queues = new Map<string, LinkCheck[]>();
  for (const one of checks) {
    const host = hostOf(one.address);
    const queue = queues.get(host);
    if (queue === undefined) queues.set(host, [one]);
    else queue.push(one);
  }
  for (let at = 0; queues.size > 0; at += 1) {
    for (const [host, queue] of queues) {
      const one = queue[at];
      if (one === undefined) queues.delete(host);
      else yield one;
    }
  }
}
