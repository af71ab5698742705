/**
 * The ministry's bases: `/pop/oai` (Joconde by OAI-PMH), and dumps of demonstration notices: `/pop/{base}.json` (an array of notices as POP has them),
 * `/pop/{base}-search.json` (as its search engine answers), `/pop/{base}.csv` (columns by code, `|` between them).
 */
import { type Answer, file, NOT_FOUND } from '../answer.ts';
import { createOaiProvider } from '../oai-provider.ts';
import { BASES, type BaseName, type Notice, noticesOf, type Value } from './notices.ts';
import { POP_FAULTS, popRepository, unsorted } from './repository.ts';

export interface PopOptions {
  /** All of POP_FAULTS unless told: POP is like that. */
  readonly faults?: ReadonlySet<string>;
}

/** Answers what stands under `/pop/`; undefined for other addresses. */
export function popStand(_base: () => string, { faults = new Set<string>(POP_FAULTS) }: PopOptions = {}) {
  const oai = createOaiProvider(popRepository(faults));
  let turn = 0;
  return (url: URL, request: { readonly method: string; readonly body: string }): Answer | undefined => {
    const [first, second = '', third] = url.pathname.split('/').filter((part) => part !== '');
    if (first !== 'pop') return undefined;
    if (third !== undefined) return NOT_FOUND;
    if (second === 'oai') {
      const answer = oai(url, request.method, request.body);
      if (!faults.has('unstable-sort') || !/<List(?:Records|Identifiers)>/.test(answer.body)) return answer;
      turn += 1;
      return { ...answer, body: unsorted(answer.body, turn) };
    }
    return dump(second);
  };
}

function dump(name: string): Answer {
  const found = /^([a-z]+)(-search)?\.(csv|json)$/.exec(name);
  const base = BASES.find((one) => one === found?.[1]);
  if (!found || base === undefined) return NOT_FOUND;
  const notices = noticesOf(base);
  if (found[3] === 'csv' && found[2] === undefined) return file('text/csv; charset=utf-8', Buffer.from(csv(notices)));
  if (found[3] !== 'json') return NOT_FOUND;
  const body = found[2] === undefined ? notices : searched(base, notices);
  return file('application/json; charset=utf-8', Buffer.from(JSON.stringify(body)));
}

function searched(base: BaseName, notices: readonly Notice[]) {
  const hits = notices.map((notice) => ({ _index: base, _id: notice['REF'], _source: notice }));
  return { hits: { total: { value: hits.length, relation: 'eq' }, hits } };
}

function csv(notices: readonly Notice[]): string {
  const columns = [...new Set(notices.flatMap((notice) => Object.keys(notice)))];
  const rows = notices.map((notice) => columns.map((column) => cell(notice[column])).join('|'));
  return `${[columns.join('|'), ...rows].join('\n')}\n`;
}

function cell(value: Value | undefined): string {
  const text =
    value === undefined
      ? ''
      : typeof value === 'string'
        ? value
        : 'lat' in value
          ? `${value.lat},${value.lon}`
          : value.join(' ; ');
  return /["|\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
