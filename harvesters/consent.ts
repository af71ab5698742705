/** Consent of the persons that records are about: who, when, what for, until when. Without it nothing of them is public. Pure. */
import { z } from 'zod';
import type { Json } from '#connectors/connector.ts';
import { readDay } from '#connectors/formats/table/values.ts';
import { fieldsOf } from '#connectors/visibility.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { propertiesOf } from '#graph-schema/model.ts';
import type { AnyRecord, Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import { formOf, isFullName } from './names-in-texts.ts';

/** Raise it when more, or less, is hidden: what is stored must then be mapped again. */
export const CONSENT_VERSION = 2;

const column = z.string().trim().min(1);
const WORD = 'une colonne est attendue, ou { all: { by, on, purposes, until } }';

/** What the partner states for all persons of a source at once: it holds their signed forms. */
const statement = z.strictObject({
  by: z.string().trim().min(1),
  on: z.iso.date(),
  purposes: z.array(z.string().trim().min(1)).min(1),
  until: z.iso.date().optional(),
});

const columns = z.strictObject(
  {
    /** Says yes or no. */
    given: column,
    values: z.array(z.string()).min(1).default(['oui', 'yes', 'x', '1', 'true', 'vrai']),
    by: column.optional(),
    on: column,
    purposes: column.optional(),
    until: column.optional(),
  },
  { error: WORD },
);

/** `personal` of a source file (docs/personal-data.md). */
export const personalSchema = z.strictObject({
  /** Whose data: `membres`, `témoins`… */
  whose: z.string().trim().min(1),
  /** What is kept of them. */
  what: z.string().trim().min(1).optional(),
  purpose: z.string().trim().min(1),
  /** The legal basis: consent, contract, legitimate interest… */
  basis: z.string().trim().min(1),
  retention: z.string().trim().min(1),
  /** Absent: nobody has consented, and nothing is shown. */
  consent: z.union([columns, z.strictObject({ all: statement })], { error: WORD }).optional(),
  /** The purpose that allows publication, as the cells write it. */
  publication: z.array(z.string().trim().min(1)).min(1).default(['publication', 'internet', 'site internet']),
  /** What is hidden without consent: the whole record, or only the names in it. */
  hides: z.enum(['record', 'names']).default('record'),
  /** Columns whose cells are names of persons, to be taken out of every text where only names are hidden. */
  names: z.array(column).default([]),
});

export type Personal = z.infer<typeof personalSchema>;

/** Roles in which a person speaks or gives, and does not publish: their names need consent in any source. */
const PRIVATE_ROLES: ReadonlySet<string> = new Set(
  [
    'témoin',
    'informateur',
    'informatrice',
    'interviewé',
    'interviewée',
    'enquêté',
    'enquêtée',
    'collecteur',
    'collectrice',
    'collectionneur privé',
    'collectionneuse privée',
    'déposant privé',
    'witness',
    'interviewee',
    'informant',
  ].map(fold),
);

const LEFT_OUT = '…';

/** What a consent allows today. `later`: it begins on a day to come, so the record must be mapped again. */
interface Cover {
  readonly covers: boolean;
  readonly until?: string | undefined;
  readonly later?: true;
  readonly unread?: string;
}

export interface Consented {
  readonly record: AnyRecord;
  readonly notes: readonly Finding[];
  /** Its consent begins on a day to come: it is to be mapped again at every harvest until then. */
  readonly later: boolean;
}

/** The record as consent allows it to be shown on `today` (YYYY-MM-DD): as it is, hidden, or without names; never louder than it was. */
export function consented(
  record: AnyRecord,
  row: Json,
  personal: Personal | undefined,
  id: string,
  today: string,
): Consented {
  const isCollector = record.fields['structureType'] === 'collector';
  const named = hasPrivateRole(record);
  if (personal === undefined && !isCollector && !named) return { record, notes: [], later: false };
  const cover = coverOf(row, personal, today);
  const later = cover.later === true;
  const notes = cover.unread === undefined ? [] : [finding('consent-unread', { id, column: cover.unread })];
  if (cover.covers) {
    const ends = [record.visibleUntil, cover.until].filter((day) => day !== undefined).sort();
    return { record: ends[0] === undefined ? record : { ...record, visibleUntil: ends[0] }, notes, later };
  }
  const hidesAll = isCollector || (personal !== undefined && personal.hides === 'record');
  const left = hidesAll ? { ...record, visibility: 'hidden' as const } : withoutNames(record, row, personal);
  const told = record.visibility === 'public' ? [finding('consent-missing', { id })] : [];
  return { record: left, notes: [...notes, ...told], later };
}

function coverOf(row: Json, personal: Personal | undefined, today: string): Cover {
  const consent = personal?.consent;
  if (personal === undefined || consent === undefined) return { covers: false };
  const allowed = new Set(personal.publication.map(fold));
  const allows = (purposes: readonly string[]) => purposes.some((purpose) => allowed.has(fold(purpose)));
  const during = (on: string, until: string | undefined): Cover => {
    if (on > today) return { covers: false, later: true };
    return until !== undefined && until < today ? { covers: false } : { covers: true, until };
  };
  if ('all' in consent)
    return allows(consent.all.purposes) ? during(consent.all.on, consent.all.until) : { covers: false };
  const cell = (name: string | undefined) =>
    name === undefined ? undefined : fieldsOf(row, name)[0]?.trim() || undefined;
  const yes = new Set(consent.values.map(fold));
  if (!yes.has(fold(cell(consent.given) ?? ''))) return { covers: false };
  // Who consented: the person, unless a column says that it was another (an heir, a guardian), which must then be filled.
  if (consent.by !== undefined && cell(consent.by) === undefined) return { covers: false, unread: consent.by };
  const on = readDay(cell(consent.on) ?? '');
  if (on === undefined) return { covers: false, unread: consent.on };
  if (consent.purposes !== undefined && !allows((cell(consent.purposes) ?? '').split(/[;,/|]/)))
    return { covers: false };
  const end = cell(consent.until);
  const until = end === undefined ? undefined : readDay(end);
  if (end !== undefined && until === undefined) return { covers: false, unread: consent.until! };
  return during(on, until);
}

const isPrivate = (link: Link) => PRIVATE_ROLES.has(fold(link.facts?.['role'] ?? ''));

function hasPrivateRole({ relations }: AnyRecord): boolean {
  return Object.values(relations).some((links) => links?.some(isPrivate));
}

/** The record without the persons that it names: links in a private role, who stands in these or in the columns of names, wherever a text names them. */
function withoutNames(record: AnyRecord, row: Json, personal: Personal | undefined): AnyRecord {
  const inColumns = (personal?.names ?? [])
    .flatMap((name) => fieldsOf(row, name))
    .flatMap((cell) => cell.split(/[;|\n]/));
  const inLinks = Object.values(record.relations).flatMap((links) =>
    (links ?? []).flatMap((link) => (isPrivate(link) && 'text' in link && isFullName(link.text) ? [link.text] : [])),
  );
  const form = formOf([...inColumns, ...inLinks]);
  const clean = (text: string) => (form ? text.replace(form, LEFT_OUT) : text);
  const relations = Object.entries(record.relations).map(([relation, links]) => [
    relation,
    links
      ?.filter((link) => !isPrivate(link) && !('text' in link && clean(link.text) !== link.text))
      .map((link) => (link.facts ? { ...link, facts: cleanValue(link.facts, clean) } : link))
      .map((link) => ('media' in link ? { ...link, media: cleanValue(link.media, clean) } : link)),
  ]);
  const properties = propertiesOf(record.kind);
  const fields = Object.entries(record.fields).map(([name, value]) => [
    name,
    properties[name]?.values ? value : cleanValue(value, clean),
  ]);
  return { ...record, fields: Object.fromEntries(fields), relations: Object.fromEntries(relations) };
}

/** Every text of a value, however deep: a date's words and a transcript's too. */
function cleanValue<T>(value: T, clean: (text: string) => string): T {
  if (typeof value === 'string') return clean(value) as T;
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, clean)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleanValue(one, clean)])) as T;
}
