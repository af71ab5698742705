/** The XML of the answers. */
import type { OaiRecord } from '../oai-provider.ts';
import type { Request } from './arguments.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const NS = 'http://www.openarchives.org/OAI/2.0/';

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** An element with text in it. */
export function textElement(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): string {
  return `<${name}${attributesXml(attributes)}>${escapeXml(text)}</${name}>`;
}

function attributesXml(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
}

/** A whole answer. `request` is undefined where it was not understood. */
export function answerOf(responseDate: string, base: string, request: Request | undefined, content: string): string {
  const said = request === undefined ? {} : { verb: request.verb, ...request.given };
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<OAI-PMH xmlns="${NS}" xmlns:xsi="${XSI}" xsi:schemaLocation="${NS} ${NS}OAI-PMH.xsd">\n` +
    `<responseDate>${responseDate}</responseDate>\n<request${attributesXml(said)}>${escapeXml(base)}</request>\n` +
    `${content}\n</OAI-PMH>\n`
  );
}

export function headerXml({ identifier, datestamp, sets, deleted }: OaiRecord): string {
  const specs = sets.map((spec) => `<setSpec>${escapeXml(spec)}</setSpec>`).join('');
  const status = deleted === true ? ' status="deleted"' : '';
  return `<header${status}><identifier>${escapeXml(identifier)}</identifier><datestamp>${datestamp}</datestamp>${specs}</header>`;
}

/** Undefined where the record lives and has no metadata in this format. */
export function recordXml(record: OaiRecord, prefix: string): string | undefined {
  if (record.deleted === true) return `<record>${headerXml(record)}</record>`;
  const metadata = record.metadata(prefix);
  return metadata === undefined ? undefined : `<record>${headerXml(record)}<metadata>${metadata}</metadata></record>`;
}
