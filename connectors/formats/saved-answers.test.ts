/** Every format reads what a user saved of its partner, whatever the form, and gives the same entities; and survives whatever a partner may put in the place of a value. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { parseRecord } from '#graph-schema/record.ts';
import type { Context, Json, Message } from '../connector.ts';
import { filesOptions } from '../files/options.ts';
import type { Format } from '../format.ts';
import { connectorFor, FORMATS } from '../registry.ts';
import { oaiAnswer, SAVED, type Saved, type SavedFile } from './saved-answers.ts';

const SOURCE = { name: 'essai', title: 'Essai', licence: 'démonstration' };
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-saved-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The format and its options, checked as those of a source file are. */
function formatOf({ format: name, options: given }: Pick<Saved, 'format' | 'options'>) {
  const format = FORMATS[name];
  if (!format) throw new Error(`no format ${name}`);
  const checked = format.options?.safeParse(given);
  if (checked && !checked.success) throw new Error(JSON.stringify(checked));
  return { format, options: checked?.data };
}

/** All messages of the protocol `files` for what was saved. */
async function read(saved: Pick<Saved, 'format' | 'options'>, files: readonly SavedFile[], told: Finding[] = []) {
  const { format, options } = formatOf(saved);
  const path = await mkdtemp(join(folder, 'form-'));
  for (const { name, content } of files) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  const context: Context = {
    source: { name: 'essai', contact: '' },
    http: { get: () => Promise.reject(new Error('no network here')) },
    signal: new AbortController().signal,
    now: () => new Date(0),
    tell: (found) => told.push(found),
    folder: path,
  };
  const only = files.length === 1 ? files[0] : undefined;
  const connector = connectorFor('files', format, options);
  const messages: Message<unknown>[] = [];
  for await (const message of connector.read(filesOptions.parse({ path: only?.name ?? '.' }), context))
    messages.push(message);
  return { format, options, messages, told };
}

function mapped(format: Format, options: unknown, messages: readonly Message<unknown>[]) {
  const records = messages.flatMap((message) => {
    if (message.kind !== 'record') return [];
    const again = format.row?.(message.raw, options);
    const [first, second] = [message.row, again as Json].map((row) =>
      format.map(row, { id: message.id, source: SOURCE, options }),
    );
    expect(second).toEqual(first);
    return [first];
  });
  return records.map((mapping) => (mapping && 'record' in mapping ? mapping.record : mapping));
}

test('no format is forgotten', () => {
  expect([...new Set(SAVED.map(({ format }) => format))].toSorted()).toEqual(Object.keys(FORMATS).toSorted());
});

describe('each form of what was saved gives the same entities', () => {
  test.each(SAVED.map((saved, at) => [saved.format, Object.keys(saved.forms)[0], at] as const))(
    '%s, %s (%i)',
    async (_, __, at) => {
      const saved = SAVED[at] as Saved;
      let first: unknown;
      for (const [form, files] of Object.entries(saved.forms)) {
        const { format, options, messages } = await read(saved, files);
        const records = mapped(format, options, messages);
        const told = messages.filter(({ kind }) => kind === 'rejected');
        expect({ form, told, count: records.length }).toEqual({ form, told: [], count: saved.count });
        expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: saved.count });
        first ??= records;
        expect({ form, records }).toEqual({ form, records: first });
      }
    },
  );
});

describe('a saved page of OAI-PMH behind which the list goes on', () => {
  const token = '<resumptionToken completeListSize="40">suite</resumptionToken>';
  const inner = (format: string) => {
    const saved = SAVED.find((one) => one.format === format)?.forms['GetRecord']?.[0]?.content as string;
    return saved.replace('</GetRecord>', `${token}</GetRecord>`);
  };
  test.each(['oai-dc', 'lido', 'edm'])('%s: what it does not name is not held to be gone', async (format) => {
    const { messages, told } = await read({ format }, [{ name: 'page.xml', content: inner(format) }]);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'changes' });
    expect(told.map(({ code }) => code)).toEqual(['file-one-page']);
  });

  test('a tombstone hides what is stored; an answer without a record says so', async () => {
    const header = '<record><header status="deleted"><identifier>oai:exemple:9</identifier></header></record>';
    const page = (inside: string) => [{ name: 'page.xml', content: oaiAnswer('ListRecords', [], inside) }];
    const { messages } = await read({ format: 'oai-dc' }, page(header));
    expect(messages[0]).toMatchObject({ kind: 'rejected', id: 'oai:exemple:9', hides: true });
    await expect(read({ format: 'oai-dc' }, page(''))).rejects.toMatchObject({ finding: { code: 'dc-none' } });
  });
});

const deep = (): Json => {
  let value: Json = 'fond';
  for (let level = 0; level < 2_000; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};
const ODD: readonly Json[] = [
  null,
  1e21,
  -1,
  true,
  '',
  'x',
  '\ud800',
  '<a',
  '0',
  '((1;',
  [],
  [null],
  {},
  { toString: 1 },
  [[{ toString: 1 }]],
  deep(),
];
const MOST_PLACES = 60;

/** The row, once for every value in it with this in its place. `sameType`: only texts take the place of texts. */
function* changed(row: Json, value: Json, sameType: boolean): Generator<Json> {
  if (typeof row !== 'object' || row === null) return;
  for (const [key, inner] of Object.entries(row)) {
    const put = (one: Json): Json =>
      Array.isArray(row) ? row.map((old, at) => (String(at) === key ? one : old)) : { ...row, [key]: one };
    if (!sameType || (typeof inner === 'string' && typeof value === 'string')) yield put(value);
    for (const one of changed(inner as Json, value, sameType)) yield put(one);
  }
}

/** Rows that the format's own cut makes, of texts: elements of XML, calendars, transcripts, tagged text. */
const MADE_HERE: ReadonlySet<string> = new Set([
  'oai-dc',
  'lido',
  'edm',
  'feed',
  'icalendar',
  'webvtt',
  'srt',
  'joconde-text',
]);

describe('map never throws, whatever stands in the place of a value', () => {
  test.each(SAVED.map(({ format }, at) => [format, at] as const))('%s (%i)', async (_, at) => {
    const saved = SAVED[at] as Saved;
    const [files] = Object.values(saved.forms);
    const { format, options, messages } = await read(saved, files ?? []);
    const [record] = messages.flatMap((message) => (message.kind === 'record' ? [message] : []));
    if (!record) throw new Error('no record');
    for (const value of ODD) {
      let places = 0;
      for (const row of changed(record.row, value, MADE_HERE.has(saved.format))) {
        places += 1;
        if (places > MOST_PLACES) break;
        const mapping = format.map(row, { id: record.id, source: SOURCE, options });
        if ('record' in mapping) parseRecord({ ...mapping.record, visibility: 'public' });
      }
    }
  });
});
