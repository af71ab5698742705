/** The misbehaviours of repositories, as met in the wild, that the stand-in can be told to show. */
import { gzipSync } from 'node:zlib';
import type { OaiAnswer } from '../oai-provider.ts';

/** What goes over the wire; after `cutAt` bytes the connection is cut. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly cutAt?: number;
}

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.floor(bytes.length / 2));
const page = (status: number, title: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from(
    `<!DOCTYPE html><html lang="fr"><head><title>${title}</title></head><body><p>Un instant<br></body></html>`,
  ),
});
const refusal = (code: string) => (xml: string) =>
  xml.replace(/<ListRecords>[\s\S]*<\/ListRecords>/, `<error code="${code}">No.</error>`);

/** Faults within the XML. */
const IN_TEXT = {
  'missing-end': (xml: string) => xml.replace('</OAI-PMH>', ''),
  'no-last-token': (xml: string) => xml.replace(/<resumptionToken[^>]*><\/resumptionToken>/, ''),
  'last-page-without-records': refusal('noRecordsMatch'),
  'refused-token': refusal('badResumptionToken'),
  'wrong-size': (xml: string) => xml.replace(/completeListSize="\d+"/, 'completeListSize="99999"'),
  'no-size': (xml: string) => xml.replace(/ completeListSize="\d+"/, ''),
  'forbidden-character': (xml: string) => xml.replace('</metadata>', '<!-- \u0001 --></metadata>'),
  'bare-ampersand': (xml: string) => xml.replace(/(<dc:title>)/, '$1Fil & aiguille '),
  prefixed: (xml: string) =>
    xml
      .replace('xmlns="http://www.openarchives.org/OAI/2.0/"', 'xmlns:o="http://www.openarchives.org/OAI/2.0/"')
      .replace(/<(\/?)(?=[A-Za-z][\w-]*[\s>/])/g, '<$1o:'),
  'wrong-namespace': (xml: string) => xml.replace('/OAI/2.0/"', '/OAI/1.1/"'),
  'blank-lines-first': (xml: string) => `\n\n${xml}`,
  'warning-first': (xml: string) => `<br />\n<b>Warning</b>: deprecated\n${xml}`,
  'warning-last': (xml: string) => `${xml}<br />\n<b>Warning</b>: deprecated`,
  'no-identifier': (xml: string) => xml.replace(/<identifier>[^<]*<\/identifier>/, ''),
  'no-metadata': (xml: string) => xml.replace(/<metadata>[\s\S]*?<\/metadata>/, ''),
  'no-response-date': (xml: string) => xml.replace(/<responseDate>[^<]*/, '<responseDate>'),
  'other-verb': (xml: string) => xml.replace(/(<\/?)ListRecords>/g, '$1ListIdentifiers>'),
} satisfies Record<string, (xml: string) => string>;

/** Faults of the bytes and of HTTP. */
const ON_THE_WIRE = {
  'breaks-off': (reply: Reply) => ({ ...reply, cutAt: Math.floor(reply.body.length / 2) }),
  'truncated-xml': (reply: Reply) => ({ ...reply, body: half(reply.body) }),
  'truncated-gzip': (reply: Reply) => ({
    ...reply,
    headers: { ...reply.headers, 'content-encoding': 'gzip' },
    body: half(gzipSync(reply.body)),
  }),
  'bad-utf8': (reply: Reply) => ({ ...reply, body: Buffer.from(Buffer.from(reply.body).toString('utf8'), 'latin1') }),
  'lying-charset': (reply: Reply) => ({ ...reply, headers: { 'content-type': 'text/xml; charset=iso-8859-1' } }),
  empty: (reply: Reply) => ({ ...reply, body: new Uint8Array(0) }),
  html: () => page(200, 'Maintenance en cours'),
  'not-found': () => page(404, 'Introuvable'),
  'bad-request': () => page(400, 'Jeton inconnu'),
  'server-error': () => page(500, 'Panne'),
  busy: () => ({ ...page(503, 'Surcharge'), headers: { 'retry-after': '0' } }),
  'busy-for-a-day': () => ({ ...page(503, 'Surcharge'), headers: { 'retry-after': '86400' } }),
  'errors-with-status': (reply: Reply) => ({ ...reply, status: 422 }),
} satisfies Record<string, (reply: Reply) => Reply>;

/** Faults of a repository's memory: they last from their request on. */
export const OF_TOKENS = ['constant-token', 'same-page', 'same-page-new-tokens', 'cycle', 'refuses-seconds'] as const;

export type FaultKind = keyof typeof IN_TEXT | keyof typeof ON_THE_WIRE | (typeof OF_TOKENS)[number];

/** One misbehaviour. `at`: at which request for a list, counted from 1. `times`: so often in a row; the faults of tokens last. */
export interface Fault {
  readonly kind: FaultKind;
  readonly at: number;
  readonly times?: number;
}

/** The answer as it goes out, the faults that are due worked into it. */
export function withFaults(answer: OaiAnswer, due: readonly FaultKind[]): Reply {
  let xml = answer.body;
  for (const kind of due) if (kind in IN_TEXT) xml = IN_TEXT[kind as keyof typeof IN_TEXT](xml);
  let reply: Reply = { status: answer.status, headers: answer.headers, body: Buffer.from(xml) };
  for (const kind of due) if (kind in ON_THE_WIRE) reply = ON_THE_WIRE[kind as keyof typeof ON_THE_WIRE](reply);
  return reply;
}
