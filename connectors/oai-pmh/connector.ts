/** The protocol `oai-pmh`: OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html), whole lists and changes. */
import { type Connector, type Context, type Message, SourceError } from '#connectors/connector.ts';
import { stopped } from '#connectors/http/faults.ts';
import { redacted } from '#connectors/http/url.ts';
import type { OaiRow } from '#connectors/xml.ts';
import { parseXml } from '#connectors/xml-stream.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { identify } from './identify.ts';
import { follow } from './list.ts';
import {
  cursorSchema,
  DAYS,
  type ListState,
  type OaiCursor,
  type OaiOptions,
  optionsSchema,
  SECONDS,
  scopeOf,
} from './options.ts';
import { messageOf, rowOf } from './records.ts';
import { Tally } from './tally.ts';

/** So much before the repository's own clock the next list begins: what was being written then is not lost. */
const OVERLAP_MS = { [DAYS]: 24 * 3600 * 1000, [SECONDS]: 5 * 60 * 1000 } as const;
/** So much before it expires a token is no longer worth trying. */
const EXPIRY_MARGIN_MS = 2000;

export const oaiPmh: Connector<OaiOptions, OaiCursor> = {
  name: 'oai-pmh',
  options: optionsSchema,
  cursor: cursorSchema,
  check,
  read,
  row(raw: Uint8Array): OaiRow {
    const row = rowOf(parseXml(Buffer.from(raw).toString('utf8')));
    if (row === undefined)
      throw new Error('these bytes were not stored by the connector oai-pmh: no header or no metadata');
    return row;
  },
};

/**
 * All records, or those that changed since the list that `from` was left by; a checkpoint after every page. A list that was broken off goes on where it
 * was; its coverage is that of the whole list, also where an earlier run read the beginning.
 */
async function* read(
  options: OaiOptions,
  context: Context,
  from?: OaiCursor,
): AsyncGenerator<Message<OaiCursor>, void, undefined> {
  const tally = new Tally(context.tell);
  const scope = scopeOf(options);
  const known = usable(from, scope, options, tally);
  try {
    const start =
      known?.list === undefined
        ? await newList(options, context, known?.from, tally)
        : resumed(options, context, known.list, tally);
    let state = start;
    for await (const step of follow({ options, context, tally, ahead: true }, start)) {
      for (const item of step.records) {
        if (context.signal.aborted) throw stopped(new URL(options.url));
        yield messageOf(item, step.url);
      }
      state = step.state;
      // `from` stays what it was until the list has ended.
      if (!step.last) yield { kind: 'checkpoint', cursor: { scope, from: known?.from, list: state } };
    }
    yield* ending(options, context, scope, state, tally);
  } finally {
    tally.end();
  }
}

function* ending(
  options: OaiOptions,
  context: Context,
  scope: string,
  state: ListState,
  tally: Tally,
): Generator<Message<OaiCursor>> {
  const { expected, seen, coverage } = state;
  if (expected !== undefined && expected !== seen) {
    tally.tell(finding('oai-count-differs', { url: redacted(options.url), expected, seen }));
  }
  yield { kind: 'checkpoint', cursor: { scope, from: nextFrom(options, context, state, tally) } };
  yield { kind: 'end', coverage, ...(expected === undefined ? {} : { expected }) };
}

function usable(from: OaiCursor | undefined, scope: string, options: OaiOptions, tally: Tally): OaiCursor | undefined {
  if (from === undefined || from.scope === scope) return from;
  tally.tell(finding('oai-scope-changed', { url: redacted(options.url) }));
  return undefined;
}

async function newList(
  options: OaiOptions,
  context: Context,
  since: string | undefined,
  tally: Tally,
): Promise<ListState> {
  const identity = options.granularity === undefined ? await identify(context.http, options, tally) : undefined;
  const granularity = options.granularity ?? identity?.granularity ?? DAYS;
  const changes = since !== undefined && options.incremental && options.until === undefined;
  // Without tombstones a list of changes leaves ghosts: those who harvest are to know.
  if (changes && identity) tellPolicy(identity.deletedRecord, options, (found) => tally.tell(found));
  const dated = (date: string | undefined, time: string) =>
    date === undefined ? undefined : inGranularity(date, granularity, time);
  // A window that is closed at its end leaves out what was changed after: it can never stand for the whole.
  const coverage = changes || options.until !== undefined ? 'changes' : 'snapshot';
  const from = dated(changes ? since : options.from, 'T00:00:00Z');
  const until = dated(options.until, 'T23:59:59Z');
  return { coverage, from, until, granularity, pages: 0, seen: 0, restarts: 0, recent: [] };
}

/** A list that goes on where it was; from its beginning where its token has expired meanwhile. */
function resumed(options: OaiOptions, context: Context, list: ListState, tally: Tally): ListState {
  const expires = list.tokenExpires === undefined ? Number.NaN : Date.parse(list.tokenExpires);
  if (Number.isNaN(expires) || expires - EXPIRY_MARGIN_MS > context.now().getTime()) return { ...list, restarts: 0 };
  const message = `${list.tokenExpires}`;
  tally.tell(finding('oai-list-restarted', { url: redacted(options.url), pages: list.pages, message }));
  const { coverage, from, until, granularity } = list;
  return { coverage, from, until, granularity, pages: 0, seen: 0, restarts: 1, recent: [] };
}

/** Where the next list begins: the repository's clock at the first page of this one, less an overlap. */
function nextFrom(options: OaiOptions, context: Context, { began, granularity }: ListState, tally: Tally): string {
  let beganMs = Date.parse(began ?? '');
  if (Number.isNaN(beganMs)) {
    tally.tell(finding('oai-no-response-date', { url: redacted(options.url), value: began ?? '' }));
    beganMs = context.now().getTime();
  }
  const iso = new Date(beganMs - OVERLAP_MS[granularity]).toISOString();
  return granularity === DAYS ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`;
}

function inGranularity(date: string, granularity: ListState['granularity'], time: string): string {
  if (granularity === DAYS) return date.slice(0, 10);
  return date.length === 10 ? date + time : date;
}

function tellPolicy(policy: string, options: OaiOptions, tell: Context['tell']): void {
  if (policy === 'persistent') return;
  tell(finding('oai-no-deletions', { url: redacted(options.url), policy: policy || '?' }));
}

/** Identify and the first page: what is wrong, or worth knowing. */
async function check(options: OaiOptions, context: Context): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const tell = (one: Finding) => void found.push(one);
  const tally = new Tally(tell);
  const told: Context = { ...context, tell };
  try {
    const identity = await identify(context.http, options, tally);
    tellPolicy(identity.deletedRecord, options, tell);
    const start = await newList(
      { ...options, granularity: options.granularity ?? identity.granularity },
      told,
      undefined,
      tally,
    );
    for await (const step of follow({ options, context: told, tally, ahead: false }, start)) {
      for (const item of step.records) {
        const message = messageOf(item, step.url);
        if (message.kind === 'rejected') tally.tell(message.finding);
      }
      break;
    }
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    tell(fault.finding);
  } finally {
    tally.end();
  }
  return found;
}
