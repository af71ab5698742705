/** ListRecords and ListIdentifiers: selected, ordered by datestamp, cut into pages by tokens that hold all they need. */
import type { OaiRecord, OaiRepository } from '../oai-provider.ts';
import { type Given, ProtocolError, type Verb } from './arguments.ts';
import { headerXml, recordXml } from './xml.ts';

/** What a list selects; a token holds it with the place to go on from. */
interface Selection {
  readonly prefix: string;
  readonly set?: string;
  readonly from?: string;
  readonly until?: string;
}

interface Place extends Selection {
  readonly verb: Verb;
  readonly cursor: number;
}

const MAX_KEPT_SELECTIONS = 16;
const DAY = /^\d{4}-\d\d-\d\d$/;
const SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

export interface Lists {
  /** The content of a page. Throws ProtocolError. */
  page(verb: Verb, given: Given): string;
  /** Throws ProtocolError `idDoesNotExist`. */
  find(identifier: string): OaiRecord;
}

export function createLists(repository: OaiRepository): Lists {
  let source: Iterable<OaiRecord> | undefined;
  let ordered: readonly OaiRecord[] = [];
  let byIdentifier = new Map<string, OaiRecord>();
  const kept = new Map<string, readonly OaiRecord[]>();

  const refresh = (): void => {
    const current = repository.records();
    if (current === source && Array.isArray(current)) return;
    source = current;
    ordered = [...current].sort(byDatestamp);
    byIdentifier = new Map(ordered.map((record) => [record.identifier, record]));
    kept.clear();
  };

  const select = (selection: Selection): readonly OaiRecord[] => {
    refresh();
    const key = JSON.stringify([selection.set, selection.from, selection.until]);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const selected = ordered.filter((record) => isSelected(record, selection));
    if (kept.size >= MAX_KEPT_SELECTIONS) kept.clear();
    kept.set(key, selected);
    return selected;
  };

  return {
    find(identifier) {
      refresh();
      const record = byIdentifier.get(identifier);
      if (record === undefined) throw new ProtocolError('idDoesNotExist', `There is no ${identifier}.`);
      return record;
    },
    page(verb, given) {
      const token = given['resumptionToken'];
      const place = token === undefined ? firstPlace(repository, verb, given) : placeOf(token, verb);
      const selected = select(place);
      if (token === undefined && selected.length === 0)
        throw new ProtocolError('noRecordsMatch', 'No record is selected by these arguments.');
      if (place.cursor > selected.length)
        throw new ProtocolError('badResumptionToken', 'The list has changed: start it again.');
      return pageAt(repository, verb, place, selected);
    },
  };
}

function pageAt({ pageSize }: OaiRepository, verb: Verb, place: Place, selected: readonly OaiRecord[]): string {
  const next = place.cursor + pageSize;
  const parts: string[] = [];
  for (const record of selected.slice(place.cursor, next)) {
    const xml = verb === 'ListIdentifiers' ? headerXml(record) : recordXml(record, place.prefix);
    if (xml !== undefined) parts.push(xml);
  }
  if (selected.length > pageSize) {
    const token = next < selected.length ? tokenOf({ ...place, cursor: next }) : '';
    parts.push(
      `<resumptionToken completeListSize="${selected.length}" cursor="${place.cursor}">${token}</resumptionToken>`,
    );
  }
  return parts.join('\n');
}

function firstPlace(repository: OaiRepository, verb: Verb, given: Given): Place {
  const prefix = given['metadataPrefix'] ?? '';
  if (!repository.formats.some((format) => format.prefix === prefix)) {
    throw new ProtocolError('cannotDisseminateFormat', `There is no format ${prefix}.`);
  }
  const set = given['set'];
  if (set !== undefined && repository.sets.length === 0)
    throw new ProtocolError('noSetHierarchy', 'This repository has no sets.');
  return { verb, cursor: 0, prefix, ...(set === undefined ? {} : { set }), ...windowOf(repository, given) };
}

/** The bounds of a window, both included, in the repository's granularity. */
function windowOf({ granularity }: OaiRepository, { from, until }: Given): { from?: string; until?: string } {
  for (const date of [from, until]) {
    if (date === undefined) continue;
    const valid =
      (DAY.test(date) || (SECOND.test(date) && granularity !== 'YYYY-MM-DD')) && !Number.isNaN(Date.parse(date));
    if (!valid) throw new ProtocolError('badArgument', `${date} is no date of the granularity ${granularity}.`);
  }
  if (from !== undefined && until !== undefined) {
    if (from.length !== until.length) throw new ProtocolError('badArgument', 'from and until differ in granularity.');
    if (from > until) throw new ProtocolError('badArgument', 'from is later than until.');
  }
  const full = (date: string, time: string) => (granularity === 'YYYY-MM-DD' || date.length > 10 ? date : date + time);
  return {
    ...(from === undefined ? {} : { from: full(from, 'T00:00:00Z') }),
    ...(until === undefined ? {} : { until: full(until, 'T23:59:59Z') }),
  };
}

function isSelected({ datestamp, sets }: OaiRecord, { set, from, until }: Selection): boolean {
  if (from !== undefined && datestamp < from) return false;
  if (until !== undefined && datestamp > until) return false;
  return set === undefined || sets.some((spec) => spec === set || spec.startsWith(`${set}:`));
}

function byDatestamp(a: OaiRecord, b: OaiRecord): number {
  if (a.datestamp !== b.datestamp) return a.datestamp < b.datestamp ? -1 : 1;
  return a.identifier < b.identifier ? -1 : a.identifier > b.identifier ? 1 : 0;
}

function tokenOf(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function placeOf(token: string, verb: Verb): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (isPlace(place) && place.verb === verb) return place;
  } catch {
    // Not one of ours: told below.
  }
  throw new ProtocolError('badResumptionToken', 'This token is not one of this list.');
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const { cursor, prefix, verb } = value as Partial<Place>;
  return (
    Number.isSafeInteger(cursor) && (cursor as number) >= 0 && typeof prefix === 'string' && typeof verb === 'string'
  );
}
