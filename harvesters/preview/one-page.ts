/** A look at a source: what its partner says of itself, and its first page. Stores nothing. */
import { SourceError } from '#connectors/connector.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Spoken } from '../batches.ts';
import { contextFor, type OpenContext } from '../context.ts';
import type { Source } from '../sources.ts';
import { type Answered, GatedHttp } from './gated-http.ts';

export interface Page {
  /** The first messages, at most as many as were asked for. */
  readonly messages: readonly Spoken[];
  /** Whether they are all that there is. */
  readonly whole: boolean;
  /** What the reading told. */
  readonly findings: readonly Finding[];
}

/** A source opened for a look: `check` and `page` in any order, then `close`. */
export interface Look {
  /** The connector's own test of address, partner and page. */
  check(): Promise<readonly Finding[]>;
  page(most: number): Promise<Page>;
  /** What was really fetched so far. */
  readonly answered: readonly Answered[];
  close(): Promise<void>;
}

/** So long at most for all of a look. */
const LOOK_TIMEOUT_MS = 60_000;

/** Opens a look; it ends by itself with `signal`, or after a minute. */
export function lookAt(source: Source, signal: AbortSignal): Look {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal, AbortSignal.timeout(LOOK_TIMEOUT_MS)]);
  const told: Finding[] = [];
  const context = contextFor(source, until, (found) => void told.push(found));
  const http = new GatedHttp(context.http, until);
  const gated: OpenContext = { ...context, http, close: () => context.close() };
  return {
    answered: http.answered,
    async check() {
      const found = await http.whileWaiting(() => source.connector.check(source.options, gated)).catch(asFindings);
      return [...found, ...told.splice(0)];
    },
    async page(most) {
      const page = await firstPage(source, gated, http, most);
      return { ...page, findings: [...page.findings, ...told.splice(0)] };
    },
    async close() {
      ended.abort();
      await context.close();
    },
  };
}

/** Up to the first checkpoint that vouches for anything: what comes after it is another page. Of files, one after the other: they are here already. */
async function firstPage(source: Source, context: OpenContext, http: GatedHttp, most: number): Promise<Page> {
  const messages: Spoken[] = [];
  let whole = false;
  let findings: readonly Finding[] = [];
  const reading = source.connector.read(source.options, context)[Symbol.asyncIterator]();
  try {
    while (messages.length < most) {
      const { value, done } = await http.whileWaiting(() => reading.next());
      if (done || value.kind === 'end') {
        whole = !done;
        break;
      }
      if (value.kind !== 'checkpoint') messages.push(value);
      else if (messages.length > 0 && source.connector.name !== 'files') break;
    }
    await reading.return?.();
  } catch (fault) {
    findings = asFindings(fault);
  }
  return { messages, whole, findings };
}

/** What a partner does wrong is told; a bug crashes. */
function asFindings(fault: unknown): readonly Finding[] {
  if (fault instanceof SourceError) return [fault.finding];
  throw fault;
}
