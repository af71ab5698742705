/** The source of a play, as if it had been read from a source file. */
import { connectorFor, FORMATS } from '#connectors/registry.ts';
import { sourceFileSchema } from '#harvesters/source-file.ts';
import type { Source } from '#harvesters/sources.ts';
import type { Partner } from './fault.ts';

export async function sourceOf(name: string, { source }: Partner): Promise<Source> {
  const format = FORMATS[source.format];
  if (format === undefined) throw new Error(`there is no format ${source.format}`);
  const about = sourceFileSchema.parse({
    name,
    title: name,
    protocol: source.protocol,
    options: source.options,
    format: source.format,
    licence: 'CC0 1.0',
    contact: 'https://example.org/contact',
    allowPrivate: source.allowPrivate ?? true,
    visibility: 'everything',
    ...(source.map === undefined ? {} : { map: source.map }),
  });
  const parsed = format.options?.safeParse(source.map);
  if (parsed && !parsed.success) throw new Error(`the map of a play is wrong: ${JSON.stringify(parsed.error.issues)}`);
  const formatOptions = parsed?.data;
  const connector = connectorFor(source.protocol, format, formatOptions);
  return {
    file: `${name}.yaml`,
    folder: '.',
    name,
    about,
    visibility: about.visibility,
    connector,
    options: await valid(connector.options, source.options),
    format,
    formatOptions,
    mapping: `${format.name}-faults`,
  };
}

interface Schema {
  readonly '~standard': { readonly validate: (value: unknown) => unknown };
}

async function valid(schema: Schema, value: unknown): Promise<unknown> {
  const result = (await schema['~standard'].validate(value)) as { value?: unknown; issues?: unknown };
  if (result.issues) throw new Error(`the options of a play are wrong: ${JSON.stringify(result.issues)}`);
  return result.value;
}
