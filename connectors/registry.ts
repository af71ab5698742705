/** Every protocol and every format, by the name under which a source file asks for it. A new one is one line here. */
import { finding } from '#graph-schema/findings/finding.ts';
import { type Connector, SourceError } from './connector.ts';
import { createFilesConnector } from './files/connector.ts';
import type { Format } from './format.ts';
import { jocondeCsv } from './formats/joconde/csv.ts';
import { jocondeText } from './formats/joconde/text.ts';
import { lido } from './formats/lido/lido.ts';
import { museofile } from './formats/museofile.ts';
import { oaiDc } from './formats/oai-dc.ts';
import { table } from './formats/table/table.ts';
import { oaiPmh } from './oai-pmh/connector.ts';

/** A format's options are checked by its own schema before they are used: here they are unknown. */
export const FORMATS: Readonly<Record<string, Format>> = Object.fromEntries(
  [oaiDc, lido, jocondeText as Format, jocondeCsv, museofile, table as Format].map((format) => [format.name, format]),
);

type Open = (format: Format, formatOptions: unknown) => Connector;

const CONNECTORS: Readonly<Record<string, Open>> = {
  'oai-pmh': () => oaiPmh as Connector,
  files: (format, formatOptions) => createFilesConnector(format, formatOptions) as Connector,
};

export const PROTOCOLS: readonly string[] = Object.keys(CONNECTORS);

/** The connector of a protocol for a format and its checked options. Throws SourceError where there is none. */
export function connectorFor(protocol: string, format: Format, formatOptions: unknown): Connector {
  const open = Object.hasOwn(CONNECTORS, protocol) ? CONNECTORS[protocol] : undefined;
  if (open) return open(format, formatOptions);
  throw new SourceError('config', finding('protocol-unknown', { protocol, known: PROTOCOLS.join(', ') }));
}
