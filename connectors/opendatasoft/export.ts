/** Datasets beyond what pages reach are read from the export, one JSON object a line: no limit, and nothing to go on from when it breaks off. */
import { finding } from '#graph-schema/findings/finding.ts';
import { identify } from '../api/identify.ts';
import { isTooDeep, messageIn } from '../api/json.ts';
import { type ApiCursor, recordOf } from '../api/paged.ts';
import { type Context, type Json, type Message, SourceError } from '../connector.ts';
import { redacted } from '../http/url.ts';
import { IdentifierSet } from '../identifier-set.ts';
import { apiOf, filtersOf, headersOf } from './ask.ts';
import { bareRecord } from './nests.ts';
import type { OpendatasoftOptions } from './options.ts';

const LIMITS = {
  bytes: 4 * 1024 ** 3,
  lineCharacters: 16 * 1024 ** 2,
  refusalCharacters: 64 * 1024,
  quoted: 120,
} as const;
const NAME = 'opendatasoft';

/** All messages of the export. `total` is what the portal counts: an export that gives less was cut short, and throws. */
export async function* readExport(
  options: OpendatasoftOptions,
  context: Context,
  total: number,
): AsyncGenerator<Message<ApiCursor>> {
  const started = context.now().toISOString();
  const identifiers = new IdentifierSet();
  let rows = 0;
  for await (const row of exportedRows(options, context)) {
    if (context.signal.aborted) throw new SourceError('transient', finding('api-stopped', { api: NAME }));
    rows += 1;
    yield messageOf(row, rows, options, identifiers);
  }
  if (rows < total)
    throw new SourceError('transient', finding('api-count-short', { api: NAME, expected: total, found: rows }));
  yield { kind: 'checkpoint', cursor: { started, rows: 0 }, passEnded: true };
  yield { kind: 'end', coverage: 'snapshot', expected: rows };
}

function messageOf(
  row: Json,
  position: number,
  options: OpendatasoftOptions,
  identifiers: IdentifierSet,
): Message<ApiCursor> {
  const identity = identify(row, options);
  if (identity === undefined) {
    const nameless = finding('api-row-nameless', { api: NAME, row: position });
    if (isTooDeep(row)) return { kind: 'rejected', finding: nameless };
    return { kind: 'rejected', finding: nameless, raw: new TextEncoder().encode(JSON.stringify(row)) };
  }
  const { id } = identity;
  if (identifiers.add(id)) return recordOf(row, identity);
  return { kind: 'rejected', repeats: id, finding: finding('api-row-repeated', { api: NAME, id }) };
}

async function* exportedRows(options: OpendatasoftOptions, context: Context): AsyncGenerator<Json> {
  const { refine = [], ...single } = filtersOf(options);
  const query = new URLSearchParams([
    ...Object.entries(single),
    ...refine.map((one): [string, string] => ['refine', one]),
  ]);
  const url = `${apiOf(options)}/catalog/datasets/${options.dataset}/exports/jsonl?${query}`;
  const response = await context.http.get(url, {
    accept: 'application/json-lines, application/json;q=0.9',
    headers: headersOf(options),
    maxBytes: LIMITS.bytes,
  });
  const where = redacted(response.url);
  if (response.status >= 400) throw await refusal(response.body, response.status, where);
  for await (const line of linesOf(response.body, where)) {
    if (line.trim() !== '') yield bareRecord(parsed(line, where));
  }
}

async function refusal(body: AsyncIterable<Uint8Array>, status: number, url: string): Promise<SourceError> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    if (text.length > LIMITS.refusalCharacters) break;
  }
  let message: string | undefined;
  try {
    message = messageIn(JSON.parse(text) as Json);
  } catch {
    // Not JSON: its words are told as they are.
  }
  const code = status === 401 || status === 403 ? 'api-key-refused' : 'api-refused';
  return new SourceError('config', finding(code, { url, status, message: message ?? text.slice(0, LIMITS.quoted) }));
}

async function* linesOf(body: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of body) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LIMITS.lineCharacters)
      throw new SourceError('transient', finding('open-data-line-long', { url, limit: LIMITS.lineCharacters }));
    yield* lines;
  }
  yield rest + decoder.decode();
}

/** A fault that comes up while the portal writes the export stands in its midst, as text or as `{error_code}`, after a status of success. */
function parsed(line: string, url: string): Json {
  let row: Json;
  try {
    row = JSON.parse(line) as Json;
  } catch {
    throw interrupted(line, url);
  }
  const isRow = typeof row === 'object' && row !== null && !Array.isArray(row);
  if (!isRow || Object.hasOwn(row as object, 'error_code')) throw interrupted(line, url);
  return row;
}

function interrupted(line: string, url: string): SourceError {
  return new SourceError('transient', finding('open-data-export-broken', { url, begin: line.slice(0, LIMITS.quoted) }));
}
