/** What a worker does for links between harvests: it looks which addresses are in use once a day, and asks for some that are due. */
import { type LinkLimits, readLinkLimits } from '#graph-schema/links/limits.ts';
import { checkLinks } from '#harvesters/links/check.ts';
import { surveyLinks } from '#harvesters/links/survey.ts';
import { inTurn } from '#harvesters/links/turn.ts';
import type { Source } from '#harvesters/sources.ts';
import { HOLDER } from './harvesting.ts';
import { type Hub, tell } from './hub.ts';

const HOUR_MS = 3_600_000;
/** At each look, so that what else the worker looks after is never late for long. */
const WITHIN_MS = 60_000;

interface UnderWay {
  readonly begunAt: Date;
  /** Undefined where it is whole. */
  readonly after: string | undefined;
}

/** A worker's look after the links; another worker that has its turn already is left to it. */
export function linkKeeper(
  { database, signal }: Hub,
  limits: LinkLimits = readLinkLimits(),
): (sources: readonly Source[]) => Promise<void> {
  let survey: UnderWay | undefined;
  const look = async (now: Date) => {
    const isLate = survey === undefined || now.getTime() - survey.begunAt.getTime() > limits.surveyEveryHours * HOUR_MS;
    if (!isLate && survey?.after === undefined) return;
    const begunAt = survey?.after === undefined ? now : survey.begunAt;
    const { after } = await surveyLinks({ database, signal, begunAt, after: survey?.after, withinMs: WITHIN_MS });
    survey = { begunAt, after };
  };
  return async (sources) => {
    if (signal.aborted) return;
    const turn = await inTurn(database, HOLDER, async () => {
      await look(new Date());
      return checkLinks({ database, sources, signal, limits, withinMs: WITHIN_MS });
    });
    if (!('done' in turn) || turn.done.asked === 0) return;
    const { alive, dead, unsure } = turn.done;
    tell(
      `Liens et images : ${alive} vivants, ${dead} morts, ${unsure} incertains / links and pictures: alive, dead, unsure.`,
    );
  };
}
