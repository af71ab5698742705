/**
 * POP's OAI-PMH as it is known to be: `oai:joconde:{REF}`, 50 records a page, no deletions, repeated values dropped, addresses without scheme, `language`
 * "français", setSpec in two cases, and an order that changes from one list to the next.
 */
import type { OaiRecord, OaiRepository } from '../oai-provider.ts';
import { escapeXml } from '../webmuseo/escape.ts';
import { OAI_DC } from '../webmuseo/oai-dc.ts';
import { type Notice, noticesOf } from './notices.ts';

const PAGE_SIZE = 50;
const STAMP = '2024-11-20';

/** What can be switched off for a test. `unstable-sort`: each page comes in another order every time. `two-cases`: every other record says its set in capitals. */
export const POP_FAULTS = ['unstable-sort', 'two-cases', 'dropped-values', 'no-scheme'] as const;
export type PopFault = (typeof POP_FAULTS)[number];

/** The repository with these faults; `unstable-sort` is worked into its answers (unsorted). */
export function popRepository(faults: ReadonlySet<string>): OaiRepository {
  const records: readonly OaiRecord[] = noticesOf('joconde').map((notice, index) => recordOf(notice, index, faults));
  return {
    name: 'POP : base Joconde (démonstration)',
    adminEmail: 'pop@example.org',
    earliestDatestamp: STAMP,
    granularity: 'YYYY-MM-DD',
    deletedRecord: 'no',
    pageSize: PAGE_SIZE,
    formats: [OAI_DC],
    sets: faults.has('two-cases') ? [SET, { ...SET, spec: SET.spec.toUpperCase() }] : [SET],
    records: () => records,
  };
}

/** A page of a list with its records (or headers) in another order, a different one each turn. */
export function unsorted(xml: string, turn: number): string {
  const element = xml.includes('<record>') ? 'record' : 'header';
  const found = xml.match(new RegExp(`<${element}[ >][\\s\\S]*?</${element}>`, 'g')) ?? [];
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined || found.length < 2) return xml;
  const cut = (turn * 7) % found.length;
  const start = xml.indexOf(first);
  const end = xml.lastIndexOf(last) + last.length;
  return xml.slice(0, start) + [...found.slice(cut), ...found.slice(0, cut)].join('') + xml.slice(end);
}

const SET = { spec: 'joconde', name: 'Collections des musées de France (Joconde)' } as const;

function recordOf(notice: Notice, index: number, faults: ReadonlySet<string>): OaiRecord {
  const shouted = faults.has('two-cases') && index % 2 === 1;
  return {
    identifier: `oai:joconde:${String(notice['REF'])}`,
    datestamp: STAMP,
    sets: [shouted ? SET.spec.toUpperCase() : SET.spec],
    metadata: (prefix) => (prefix === OAI_DC.prefix ? dublinCore(notice, faults) : undefined),
  };
}

function dublinCore(notice: Notice, faults: ReadonlySet<string>): string {
  const values = (code: string): readonly string[] => {
    const value = notice[code];
    if (value === undefined || (typeof value === 'object' && 'lat' in value)) return [];
    return typeof value === 'string' ? [value] : value;
  };
  const page = faults.has('no-scheme') ? values('WWW') : values('WWW').map((address) => `http://${address}`);
  const elements: readonly (readonly [string, readonly string[]])[] = [
    ['identifier', [String(notice['REF']), ...page]],
    ['title', values('TITR')],
    ['type', values('DENO')],
    ['subject', [...values('REPR'), ...values('UTIL'), ...values('DOMN')]],
    ['description', values('DESC')],
    ['format', [...values('TECH'), ...values('DIMS')]],
    ['coverage', [...values('LIEUX'), ...values('PERI')]],
    ['source', values('CONTACT')],
    ['language', ['français']],
    ['publisher', ['Ministère de la Culture (démonstration)']],
  ];
  const seen = new Set<string>();
  const isKept = (value: string) => !faults.has('dropped-values') || (!seen.has(value) && seen.add(value));
  const said = elements.flatMap(([name, all]) =>
    all.filter(isKept).map((value) => `<dc:${name}>${escapeXml(value)}</dc:${name}>`),
  );
  return `<oai_dc:dc xmlns:oai_dc="${OAI_DC.namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/">${said.join('')}</oai_dc:dc>`;
}
