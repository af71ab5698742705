/** The protocol `oai-pmh`: OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html), whole lists, changes and single records. */
import { type Connector, type Context, type Message, SourceError } from '#connectors/connector.ts';
import { stopped } from '#connectors/http/faults.ts';
import { redacted } from '#connectors/http/url.ts';
import type { OaiRow } from '#connectors/xml.ts';
import { parseXml } from '#connectors/xml-stream.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { follow } from './follow.ts';
import { getRecord, type OneRecord } from './get-record.ts';
import { harvested } from './harvest.ts';
import { dublinCoreIn, identityOf, offeredFormats } from './identify.ts';
import { cursorSchema, OAI_DC, type OaiCursor, type OaiOptions, optionsSchema, scopeOf } from './options.ts';
import { newReading, prefixOf, type Reading } from './reading.ts';
import { rowOf } from './records.ts';
import { unknownSet } from './sets.ts';
import { newList } from './start.ts';
import { tellPolicy } from './sweep.ts';
import { Tally } from './tally.ts';

export const oaiPmh: Connector<OaiOptions, OaiCursor> = {
  name: 'oai-pmh',
  options: optionsSchema,
  cursor: cursorSchema,
  check,
  read,
  one,
  row(raw: Uint8Array): OaiRow {
    const row = rowOf(parseXml(raw));
    if (row === undefined)
      throw new Error('these bytes were not stored by the connector oai-pmh: no header or no metadata');
    return row;
  },
};

/** All records, or those that changed since the list that `from` was left by; a checkpoint after every page. */
async function* read(
  options: OaiOptions,
  context: Context,
  from?: OaiCursor,
): AsyncGenerator<Message<OaiCursor>, void, undefined> {
  const tally = new Tally(context.tell);
  const scope = scopeOf(options);
  const known = usable(from, scope, options, tally);
  try {
    for await (const messages of harvested(newReading(options, context, tally, true), scope, known)) {
      for (const message of messages) {
        if (context.signal.aborted && message.kind !== 'checkpoint') throw stopped(new URL(options.url));
        yield message;
      }
    }
  } finally {
    tally.end();
  }
}

function usable(from: OaiCursor | undefined, scope: string, options: OaiOptions, tally: Tally): OaiCursor | undefined {
  if (from === undefined || from.scope === scope) return from;
  tally.tell(finding('oai-scope-changed', { url: redacted(options.url) }));
  return undefined;
}

/** One record as the repository gives it now (GetRecord); `deleted` where it does not know the identifier. Throws SourceError for an answer that is none. */
async function one(options: OaiOptions, context: Context, id: string): Promise<Message<OaiCursor>> {
  const tally = new Tally(context.tell);
  const reading = newReading(options, context, tally, false);
  try {
    let found = await getRecord(reading, id, prefixOf(reading, {}));
    if (options.metadataPrefix === undefined && isWithoutMetadata(found)) {
      const prefix = dublinCoreIn(await offeredFormats(context.http, options, tally));
      if (prefix !== undefined && prefix !== OAI_DC) found = await getRecord(reading, id, prefix);
    }
    if (found.kind === 'unreadable') throw found.fault;
    return found.kind === 'unknown' ? { kind: 'deleted', id } : found.message;
  } finally {
    tally.end();
  }
}

function isWithoutMetadata(found: OneRecord): boolean {
  return (
    found.kind === 'message' &&
    found.message.kind === 'rejected' &&
    found.message.finding.code === 'oai-record-without-metadata'
  );
}

/** Identify, the sets where the source asks for one, and the first page: what is wrong, or worth knowing. */
async function check(options: OaiOptions, context: Context): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const tell = (told: Finding) => void found.push(told);
  const tally = new Tally(tell);
  const reading = newReading(options, { ...context, tell }, tally, false);
  try {
    tellPolicy(reading, (await identityOf(reading))?.deletedRecord ?? '');
    const unknown = await unknownSet(reading);
    if (unknown !== undefined) throw unknown;
    await checkFirstPage(reading);
  } catch (fault) {
    if (!(fault instanceof SourceError)) throw fault;
    tally.tell(fault.finding);
  } finally {
    tally.end();
  }
  return found;
}

async function checkFirstPage(reading: Reading): Promise<void> {
  const start = await newList(reading, undefined);
  for await (const step of follow(reading, start, reading.delivered)) {
    for (const message of step.messages) if (message.kind === 'rejected') reading.tally.tell(message.finding);
    if (step.state.pages > 0) break;
  }
}
