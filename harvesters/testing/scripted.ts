/** A source that says what a test has it say, and a harvest of it at a chosen hour. */
import { z } from 'zod';
import type { Connector, Context, Message } from '#connectors/connector.ts';
import type { Database } from '#graph-schema/database.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import type { OpenContext } from '../context.ts';
import type { RunReport } from '../report.ts';
import { run } from '../run.ts';
import { type SourceFile, sourceFileSchema } from '../source-file.ts';
import type { Source } from '../sources.ts';
import type { Patience } from '../writer.ts';

export type Script = (from: number | undefined, context: Context) => AsyncIterable<Message<number>>;
/** A text is a name; `bad` cannot be mapped, `private` says of itself that it is not to be seen. */
export type Row = string | { readonly [field: string]: string };

/** `more` goes into its source file. `hidden: 'oui'` in a row hides the record. */
export function sourceThat(read: Script, more: Partial<z.input<typeof sourceFileSchema>> = {}): Source {
  const connector: Connector<unknown, number> = {
    name: 'scripted',
    options: z.unknown(),
    cursor: z.number(),
    check: async () => [],
    read: (_options, context, from) => read(from, context),
    row: (raw) => JSON.parse(Buffer.from(raw).toString()),
  };
  const about: SourceFile = sourceFileSchema.parse({
    name: 'essai',
    title: 'Essai',
    protocol: 'scripted',
    options: {},
    format: 'plain',
    licence: 'CC0 1.0',
    contact: 'https://example.org/',
    visibility: 'everything',
    ...more,
  });
  return {
    file: `${about.name}.yaml`,
    folder: '.',
    name: about.name,
    about,
    visibility: about.visibility,
    connector: connector as Connector,
    options: {},
    formatOptions: undefined,
    mapping: 'plain-1',
    format: {
      name: 'plain',
      version: 1,
      map: (row, { id }) =>
        row === 'private'
          ? { rejected: finding('record-invalid', { id, path: 'status', message: 'privée' }), hides: true }
          : row === 'bad'
            ? { rejected: finding('record-invalid', { id, path: 'name', message: 'illisible' }) }
            : {
                record: {
                  kind: 'HeritageObject',
                  identifiers: [],
                  fields: typeof row === 'string' ? { name: row } : { name: id, ...(row as object) },
                  relations: {},
                } as never,
              },
    },
  };
}

export const record = (id: number, row: Row = `Objet ${id}`): Message<number> => ({
  kind: 'record',
  id: `${id}`,
  row,
  raw: Buffer.from(JSON.stringify(row)),
});
export const records = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => record(from + i));
export const END: Message<number> = { kind: 'end', coverage: 'snapshot' };

export interface Harvest {
  readonly full?: boolean;
  readonly signal?: AbortSignal;
  /** The hour at which it is made. */
  readonly at?: string;
  readonly patience?: Patience;
  readonly batchRecords?: number;
}

const resolver = createResolver();

export function harvestInto(database: Database, source: Source, more: Harvest = {}): Promise<RunReport> {
  return run(source, database, (_source, tell) => ({ ...contextOf(more), tell }), {
    resolver,
    holder: 'test',
    ...(more.full ? { full: true } : {}),
    ...(more.patience ? { patience: more.patience } : {}),
    ...(more.batchRecords ? { batchRecords: more.batchRecords } : {}),
  });
}

export function contextOf({ signal = new AbortController().signal, at }: Harvest): Omit<OpenContext, 'tell'> {
  return {
    source: { name: 'essai', contact: '' },
    http: { get: () => Promise.reject(new Error('no network here')) },
    signal,
    now: () => (at ? new Date(at) : new Date()),
    folder: '.',
    close: async () => {},
  };
}
