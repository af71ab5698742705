/** A round of making thumbnails: every picture that may be shown and has none, or was not asked about for long. */
import { createHash } from 'node:crypto';
import type { HttpClient } from '#connectors/connector.ts';
import { redacted } from '#connectors/http/url.ts';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type Made, readMade } from '#graph-schema/pictures/store.ts';
import type { Source } from '../sources.ts';
import { Clients } from './clients.ts';
import { type Fetched, fetchPicture } from './fetch.ts';
import { dropMade, keepMade, type PictureFile } from './keep.ts';
import { type Candidate, candidatesAfter, stillPermitted } from './permitted.ts';
import { MOST_MEGAPIXELS, thumbnailsOf } from './resize.ts';

const DAY_MS = 86_400_000;
/** Pictures rarely change, and a question costs the partner little: it says which one we have. */
const ASK_AGAIN_AFTER_MS = 30 * DAY_MS;
const TRY_AGAIN_AFTER_MS = 3 * DAY_MS;
/** Files that are read at once, each from another host: of one host the client reads one at a time, with a pause. */
const LANES = 4;
/** After so many faults in a row that may pass, a host is left alone for this round. */
const MOST_FAULTS_OF_HOST = 3;

export interface PictureRound {
  readonly database: Database;
  /** The folder of the cache. */
  readonly root: string;
  /** Who may be written to about a source's pictures, and whether they may lie in a private network. Pictures of other sources wait. */
  readonly sources: readonly Source[];
  readonly signal: AbortSignal;
  /** Only the pictures of this source. */
  readonly only?: string | undefined;
  /** How many are asked for at most. */
  readonly limit?: number | undefined;
  /** Ends the round in order after so long. Milliseconds. */
  readonly withinMs?: number | undefined;
  /** Asks about all of them, also those that were asked about lately. */
  readonly again?: boolean | undefined;
  /** Where an earlier round ended (`next`). */
  readonly after?: string | undefined;
  readonly now?: () => Date;
  /** Called with how many were looked at, and what was found wrong with one. */
  readonly looked?: (count: number, fault?: Finding) => void;
}

export interface PicturesMade {
  looked: number;
  /** Asked of their servers. */
  asked: number;
  made: number;
  unchanged: number;
  /** No thumbnail could be made, or none anew. */
  faults: number;
  /** Left for another round: their host does not answer now, or their source is not known here or outside its agreement. */
  left: number;
  /** Where the next round goes on; undefined where this one came to the end. */
  next: string | undefined;
}

/** Makes what is due, at most `limit`. Throws what Neo4j and the disk throw; a picture's own fault is told and remembered, and tried again some days later. */
export async function makePictures(round: PictureRound): Promise<PicturesMade> {
  const work = new Round(round);
  try {
    await work.run();
    return work.report;
  } finally {
    await work.close();
  }
}

interface Due extends Candidate {
  readonly made: Made | undefined;
  readonly http: HttpClient;
}

class Round {
  readonly report: PicturesMade = { looked: 0, asked: 0, made: 0, unchanged: 0, faults: 0, left: 0, next: undefined };
  readonly #round: PictureRound;
  readonly #clients: Clients;
  readonly #faultsOfHost = new Map<string, number>();
  readonly #endsAtMs: number;

  constructor(round: PictureRound) {
    this.#round = round;
    this.#clients = new Clients(round.sources, round.signal);
    this.#endsAtMs = performance.now() + (round.withinMs ?? Number.POSITIVE_INFINITY);
  }

  async run(): Promise<void> {
    const { database, only } = this.#round;
    for (let after = this.#round.after ?? ''; ; ) {
      const batch = await candidatesAfter(database, after, this.#now(), only);
      if (batch.length === 0) return;
      const { due, last } = await this.#dueOf(batch);
      await this.#makeAll(due);
      // Where time was up within a batch, all of it is looked at again: what was made meanwhile is no longer due.
      if (!this.#isOver()) after = last ?? after;
      if (this.#isOver() || last !== batch.at(-1)?.uid) {
        this.report.next = after;
        return;
      }
    }
  }

  async close(): Promise<void> {
    await this.#clients.close();
  }

  #now(): Date {
    return this.#round.now?.() ?? new Date();
  }

  #isOver(): boolean {
    return this.#round.signal.aborted || performance.now() > this.#endsAtMs;
  }

  /** Those of a batch that are to be asked for now, as far as the limit goes, and the last one that was looked at. */
  async #dueOf(batch: readonly Candidate[]): Promise<{ due: readonly Due[]; last: string | undefined }> {
    const { root, limit = Number.POSITIVE_INFINITY } = this.#round;
    const due: Due[] = [];
    let last: string | undefined;
    for (const candidate of batch) {
      if (this.report.asked + due.length >= limit) break;
      last = candidate.uid;
      const made = await readMade(root, candidate.uid);
      const isDue = this.#isDue(made);
      const http = isDue ? this.#clients.for(candidate.source, this.#now()) : undefined;
      if (http !== undefined) {
        due.push({ ...candidate, made, http });
        continue;
      }
      if (isDue) this.report.left += 1;
      this.#looked();
    }
    return { due, last };
  }

  #isDue(made: Made | undefined): boolean {
    if (made === undefined || this.#round.again) return true;
    const waitMs = made.fault === undefined ? ASK_AGAIN_AFTER_MS : TRY_AGAIN_AFTER_MS;
    return Date.parse(made.askedAt) + waitMs <= this.#now().getTime();
  }

  async #makeAll(due: readonly Due[]): Promise<void> {
    let next = 0;
    const lane = async () => {
      while (next < due.length && !this.#isOver()) await this.#makeOne(due[next++]!);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  async #makeOne({ uid, url, made, http }: Due): Promise<void> {
    const host = URL.canParse(url) ? new URL(url).host : '';
    if ((this.#faultsOfHost.get(host) ?? 0) >= MOST_FAULTS_OF_HOST) {
      this.report.left += 1;
      return this.#looked();
    }
    this.report.asked += 1;
    const fetched = await fetchPicture(http, url, made);
    if (this.#round.signal.aborted) return;
    this.#remember(host, fetched);
    this.#looked(await this.#take(uid, url, made, fetched));
  }

  #remember(host: string, fetched: Fetched): void {
    const passes = fetched.kind === 'fault' && fetched.mayPass;
    const wantsRest = passes && fetched.finding.code === 'http-busy';
    const before = this.#faultsOfHost.get(host) ?? 0;
    this.#faultsOfHost.set(host, wantsRest ? MOST_FAULTS_OF_HOST : passes ? before + 1 : 0);
  }

  #looked(fault?: Finding): void {
    this.report.looked += 1;
    this.#round.looked?.(this.report.looked, fault);
  }

  /** Keeps what came of one picture; gives what was wrong with it. */
  async #take(uid: string, url: string, made: Made | undefined, fetched: Fetched): Promise<Finding | undefined> {
    const askedAt = this.#now().toISOString();
    if (fetched.kind === 'picture') return this.#takePicture(uid, url, made, fetched, askedAt);
    const { fault: _, ...before } = made ?? { sizes: [] };
    if (fetched.kind === 'unchanged') {
      this.report.unchanged += 1;
      await this.#keep(uid, { ...before, askedAt });
      return undefined;
    }
    this.report.faults += 1;
    const { code } = fetched.finding;
    await this.#keep(uid, fetched.mayPass ? { ...before, askedAt, fault: code } : { sizes: [], askedAt, fault: code });
    return fetched.finding;
  }

  async #takePicture(
    uid: string,
    url: string,
    made: Made | undefined,
    { bytes, etag, lastModified }: Extract<Fetched, { kind: 'picture' }>,
    askedAt: string,
  ): Promise<Finding | undefined> {
    const content = createHash('sha256').update(bytes).digest('hex');
    const said = {
      askedAt,
      content,
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
    if (made?.content === content && made.sizes.length > 0) {
      this.report.unchanged += 1;
      await this.#keep(uid, { ...said, sizes: made.sizes });
      return undefined;
    }
    const thumbnails = await thumbnailsOf(bytes);
    if ('fault' in thumbnails) {
      this.report.faults += 1;
      await this.#keep(uid, { askedAt, fault: thumbnails.fault, sizes: [] });
      const detail = 'detail' in thumbnails ? thumbnails.detail : '';
      return finding(thumbnails.fault, { url: redacted(url), detail, type: '?', limit: MOST_MEGAPIXELS });
    }
    const sizes = thumbnails.map(({ bytes: { length }, ...one }) => ({ ...one, bytes: length }));
    if (await this.#keep(uid, { ...said, sizes }, thumbnails)) this.report.made += 1;
    return undefined;
  }

  /** Reading took its time: whether it may be kept is asked again at the end of it. */
  async #keep(uid: string, made: Made, files: readonly PictureFile[] = []): Promise<boolean> {
    const { database, root } = this.#round;
    const isPermitted = (await stillPermitted(database, [uid], this.#now())).has(uid);
    await (isPermitted ? keepMade(root, uid, made, files) : dropMade(root, uid));
    return isPermitted;
  }
}
