/**
 * Plays one fault: a harvest under it, then, where that was not complete, the partner mended and harvested again. What holds is written in
 * `wrong`: complete and equal to the truth, or not complete with a reason in words and, once the fault is mended, equal.
 */
import { availableParallelism, loadavg } from 'node:os';
import { createHttpClient } from '#connectors/http/client.ts';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import type { RunReport } from '#harvesters/report.ts';
import { type OpenContextFor, run } from '#harvesters/run.ts';
import type { Source } from '#harvesters/sources.ts';
import type { Fault, HarvestOptions, Partner, Place, Stage } from './fault.ts';
import { sourceOf } from './source.ts';
import { type Judgement, judge, storedRecords } from './truth.ts';

/** One row of the matrix. */
export interface Row {
  readonly name: string;
  readonly family: Fault['family'];
  readonly outcome: string;
  /** The code of the reason, or '' where the run was complete. */
  readonly reason: string;
  /** Records as the partner has them: after the first harvest, and at the end; of how many. */
  readonly keptAtOnce: number;
  readonly kept: number;
  readonly records: number;
  /** Harvests until all was well. */
  readonly harvests: number;
  readonly seconds: number;
  readonly wrong: readonly string[];
}

export interface PlayOptions {
  readonly resolver: Resolver;
  readonly place?: Place;
  /** Added to the source's name: the same fault may be played at several places. */
  readonly suffix?: string;
  /** A second harvest while the fault lasts must not be a false success either. */
  readonly stubborn?: boolean;
}

const WITHIN_MS = 10_000;
const NIGHT_HOURS = 25;
const MOST_HARVESTS = 3;
/** The head of an answer is waited for as long as a connection and the head together: 300 ms. */
const TIMEOUTS = { connectMs: 100, headersMs: 200, bodyIdleMs: 300, totalMs: 900 } as const;
const HUNG = Symbol('hung');

export async function play(fault: Fault, stage: Stage, options: PlayOptions): Promise<Row> {
  const started = performance.now();
  const name = `panne-${fault.name}${options.suffix ?? ''}`;
  const withinMs = (fault.withinMs ?? WITHIN_MS) * slowness();
  const partner = await fault.start(stage, options.place);
  const act = new Act(await sourceOf(name, partner), partner, stage, options);
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<typeof HUNG>((resolve) => {
    timer = setTimeout(() => resolve(HUNG), withinMs);
  });
  try {
    const ended = await Promise.race([act.go(), hung]);
    if (ended === HUNG) act.wrong.push(`it hung: no end within ${Math.round(withinMs / 1000)} s`);
  } catch (bug) {
    act.wrong.push(`it crashed: ${(bug as Error).stack?.split('\n').slice(0, 4).join(' ') ?? String(bug)}`);
  } finally {
    clearTimeout(timer);
    act.giveUp();
    await partner.stop();
  }
  return {
    name: fault.name + (options.suffix ?? ''),
    family: fault.family,
    ...act.told,
    seconds: (performance.now() - started) / 1000,
    wrong: act.wrong,
  };
}

/** How much longer things take on a machine that is busy with others too: 1 to 3. */
function slowness(): number {
  return Math.min(3, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
}

class Act {
  readonly wrong: string[] = [];
  readonly told = { outcome: '', reason: '', keptAtOnce: 0, kept: 0, records: 0, harvests: 0 };
  #source: Source;
  readonly #partner: Partner;
  readonly #stage: Stage;
  readonly #options: PlayOptions;
  readonly #up = new AbortController();

  constructor(source: Source, partner: Partner, stage: Stage, options: PlayOptions) {
    this.#source = source;
    this.#partner = partner;
    this.#stage = stage;
    this.#options = options;
  }

  giveUp(): void {
    this.#up.abort();
  }

  async go(): Promise<void> {
    if (this.#partner.breaks && !(await this.#healthyBefore())) return;
    await this.#partner.breaks?.();
    const reports = await this.#underTheFault();
    const judged = await this.#judged(reports);
    this.told.keptAtOnce = this.told.kept = judged.kept;
    if (this.#options.stubborn && !isWell(reports, judged)) await this.#again();
    if (this.wrong.length > 0 || isWell(reports, judged)) return;
    await this.#afterMending(judged.spoilt);
  }

  /** Two tries: a busy machine may miss a short time limit. */
  async #healthyBefore(): Promise<boolean> {
    for (const last of [false, true]) {
      const report = await this.#harvest();
      const { wrong } = await this.#look(report);
      this.#stage.clock.leap(NIGHT_HOURS);
      if (report.outcome === 'complete' && wrong.length === 0) return true;
      if (last)
        this.wrong.push(`the healthy harvest before it was ${report.outcome} (${report.reason?.code})`, ...wrong);
    }
    return false;
  }

  async #underTheFault(): Promise<readonly RunReport[]> {
    const reports = (await this.#partner.around?.((options) => this.#watched(options))) ?? [await this.#harvest()];
    this.told.harvests = 1;
    const shown = reports.find(({ outcome }) => outcome !== 'complete') ?? reports[0];
    this.told.outcome = shown?.outcome ?? 'none';
    this.told.reason = shown?.reason?.code ?? '';
    this.wrong.push(...(this.#partner.also?.(reports) ?? []));
    return reports;
  }

  /** One of several harvests: what stands after each must be right. */
  async #watched(options: HarvestOptions | undefined): Promise<RunReport> {
    const report = await this.#harvest(options);
    this.wrong.push(...(await this.#look(report)).wrong);
    return report;
  }

  async #again(): Promise<void> {
    this.#stage.clock.leap(NIGHT_HOURS);
    await this.#judged([await this.#harvest()]);
  }

  async #afterMending(spoilt: readonly string[]): Promise<void> {
    this.#stage.clock.leap(NIGHT_HOURS);
    await this.#partner.heal(spoilt);
    // The steward may have corrected the source file.
    this.#source = await sourceOf(this.#source.name, this.#partner);
    for (;;) {
      const report = await this.#harvest({}, this.#partner.overridden);
      const judged = await this.#judged([report]);
      this.told.harvests += 1;
      this.told.kept = judged.kept;
      if (this.wrong.length > 0 || isWell([report], judged)) return;
      if (this.told.harvests >= MOST_HARVESTS) break;
      this.#stage.clock.leap(NIGHT_HOURS);
    }
    const lacking = this.told.records - this.told.kept;
    this.wrong.push(
      `not well after ${this.told.harvests - 1} harvests of the mended partner: ${lacking} records lacking`,
    );
  }

  async #judged(reports: readonly RunReport[]): Promise<Judgement> {
    for (const report of reports) this.wrong.push(...toldBadly(report));
    const complete = reports.find(({ outcome }) => outcome === 'complete');
    const judged = await this.#look(complete ?? reports[0]!);
    this.wrong.push(...judged.wrong);
    if (complete && judged.spoilt.length > 0 && judged.kept === 0) {
      this.wrong.push('every record was put aside, and the run is called complete');
    }
    return judged;
  }

  async #look(report: RunReport): Promise<Judgement> {
    const truth = this.#partner.truth();
    this.told.records = [...truth.values()].filter(({ is }) => is === 'kept').length;
    return judge(truth, await storedRecords(this.#stage.database, this.#source.name), report.outcome === 'complete');
  }

  readonly #harvest = (given: HarvestOptions = {}, full = false): Promise<RunReport> => {
    const signal = given.signal ? AbortSignal.any([given.signal, this.#up.signal]) : this.#up.signal;
    return run(this.#source, given.database ?? this.#stage.database, this.#contextFor(signal), {
      holder: given.holder ?? 'faults',
      resolver: this.#options.resolver,
      ...(full ? { full } : {}),
      ...(given.patience ? { patience: given.patience } : {}),
    });
  };

  #contextFor(signal: AbortSignal): OpenContextFor {
    const { now } = this.#stage.clock;
    return ({ name, about, folder }, tell) => {
      const http = createHttpClient({
        userAgent: 'Trame/0.1',
        contact: about.contact,
        allowPrivate: about.allowPrivate,
        signal,
        timeouts: { ...TIMEOUTS, ...this.#partner.timeouts },
        retries: { attempts: 2, baseMs: 5 },
        maxRetryAfterMs: 50,
        tell,
        now,
      });
      const source = { name, contact: about.contact };
      return { source, http, signal, now, folder, tell, close: () => http.close() };
    };
  }
}

function isWell(reports: readonly RunReport[], { wrong, spoilt }: Judgement): boolean {
  return reports.every(({ outcome }) => outcome === 'complete') && wrong.length === 0 && spoilt.length === 0;
}

/** What a steward could not read, or act upon. */
function toldBadly({ outcome, reason, findings }: RunReport): string[] {
  const wrong: string[] = [];
  if (outcome === undefined) wrong.push('the run has no outcome');
  if (outcome !== 'complete' && reason === undefined) wrong.push(`the run is ${outcome} without a reason`);
  if (outcome === 'complete' && reason !== undefined)
    wrong.push(`the run is complete, and has a reason: ${reason.code}`);
  for (const { finding } of findings.values()) {
    for (const text of wordsOf(finding))
      if (/\{\w+\}|undefined|NaN|\[object/.test(text)) wrong.push(`${finding.code} reads: ${text}`);
  }
  return wrong;
}

function wordsOf(finding: Finding): string[] {
  return (['fr', 'en'] as const).flatMap((language) => {
    const { text, remedy } = words(finding, language);
    return [text, remedy];
  });
}
