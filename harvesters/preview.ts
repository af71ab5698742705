/** What a source's first records become: each beside what the partner gave, and what it would be linked to. Pure. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { AnyRecord, Identifier, Link, Visibility } from '#graph-schema/record.ts';
import type { Relation } from '#graph-schema/relation.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import type { Spoken } from './batches.ts';
import { mapRow } from './map.ts';
import type { Source } from './sources.ts';

/** One relation of a record, and where it would lead. */
export interface PreviewedLink {
  /** Its name in the model, and in French. */
  readonly relation: string;
  readonly label: string;
  /** What the record says. */
  readonly said: string;
  /** The trade, place or other thing that it would lead to; undefined where no vocabulary knows the words. */
  readonly leadsTo: string | undefined;
  readonly how: 'stated' | 'label' | 'inferred';
  /** 0 to 1. */
  readonly confidence: number;
}

export interface PreviewedField {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** A record as it would be kept. */
export interface MappedPreview {
  readonly outcome: 'mapped';
  readonly id: string;
  readonly raw: string;
  readonly kind: KindName;
  readonly kindLabel: string;
  readonly visibility: Visibility;
  readonly visibleUntil: string | undefined;
  readonly identifiers: readonly Identifier[];
  readonly fields: readonly PreviewedField[];
  readonly links: readonly PreviewedLink[];
  /** What was left out or not understood, and stops nothing. */
  readonly notes: readonly Finding[];
}

/** A record that would be put aside, with its reason; or a tombstone. */
export interface UnmappedPreview {
  readonly outcome: 'rejected' | 'deleted' | 'seen';
  readonly id: string | undefined;
  readonly raw: string;
  readonly reason: Finding | undefined;
}

export type Preview = MappedPreview | UnmappedPreview;

/** Bytes as the partner gave them, laid out to be read; longer ones are cut. */
const MOST_RAW_CHARACTERS = 4_000;

export function previewOf(message: Spoken, source: Source, resolver: Resolver): Preview {
  if (message.kind === 'deleted' || message.kind === 'seen')
    return { outcome: message.kind, id: message.id, raw: '', reason: undefined };
  const raw = message.raw === undefined ? '' : layOut(Buffer.from(message.raw).toString('utf8'));
  if (message.kind === 'rejected') return { outcome: 'rejected', id: message.id, raw, reason: message.finding };
  const { id } = message;
  const mapped = mapRow(id, message.row, source);
  if ('rejected' in mapped) return { outcome: 'rejected', id, raw, reason: mapped.rejected };
  const { record, notes } = mapped;
  return {
    outcome: 'mapped',
    id,
    raw,
    kind: record.kind,
    kindLabel: kindOf(record.kind).fr,
    visibility: record.visibility,
    visibleUntil: record.visibleUntil,
    identifiers: record.identifiers,
    fields: fieldsOf(record),
    links: linksOf(record, resolver),
    notes,
  };
}

function fieldsOf({ kind, fields }: AnyRecord): PreviewedField[] {
  return Object.entries(propertiesOf(kind)).flatMap(([name, { fr }]) => {
    const value = fields[name];
    return value === undefined ? [] : [{ name, label: fr, value: inWords(value) }];
  });
}

function inWords(value: unknown): string {
  if (value === true) return 'oui';
  if (value === false) return 'non';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(inWords).join(' · ');
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => {
      if (name === 'text') return `« ${part} »`;
      return name === 'confidence' ? `sûr à ${Math.round(Number(part) * 100)} %` : `${name} ${inWords(part)}`;
    })
    .join(', ');
}

/** Words that were only tried as a trade or place, and are none, lead nowhere and miss nothing: they are left out, as the fold leaves them out. */
function linksOf({ kind, relations }: AnyRecord, resolver: Resolver): PreviewedLink[] {
  const links = Object.entries(kindOf(kind).relations).flatMap(([name, relation]) =>
    (relations[name] ?? []).map((link) => linkOf(name, relation, link, resolver)),
  );
  return links.filter(({ leadsTo, how }) => leadsTo !== undefined || how !== 'inferred');
}

/** Reads a link as the fold does (graph-schema/fold/links.ts), but tells the label of what it leads to. */
function linkOf(name: string, relation: Relation, link: Link, resolver: Resolver): PreviewedLink {
  const base = {
    relation: name,
    label: relation.fr,
    how: link.how ?? ('stated' as const),
    confidence: link.confidence ?? 1,
  };
  if ('identifier' in link) {
    const code = `${link.identifier.scheme} : ${link.identifier.value}`;
    return { ...base, said: code, leadsTo: code };
  }
  if ('record' in link) return { ...base, said: link.record, leadsTo: `notice « ${link.record} » de cette source` };
  if ('media' in link) {
    const { name: title, url } = link.media;
    return { ...base, said: String(url ?? title), leadsTo: title };
  }
  if (relation.words !== 'trades' && relation.words !== 'places')
    return { ...base, said: link.text, leadsTo: link.text };
  const known =
    relation.words === 'trades'
      ? resolver.trades(link.text, base.how === 'inferred' ? 'subject' : 'trade')
      : resolver.places(link.text);
  const isRead = known.length > 0 && (relation.cardinality === 'many' || known.length === 1);
  return {
    ...base,
    said: link.text,
    leadsTo: isRead
      ? known.map(({ label, identifier: { scheme, value } }) => `${label} (${scheme} : ${value})`).join(' ; ')
      : undefined,
    how: base.how === 'inferred' ? 'inferred' : 'label',
    confidence: isRead ? Math.min(base.confidence, ...known.map(({ confidence }) => confidence)) : 0,
  };
}

/** JSON and XML with a line for each part; anything else as it is. */
export function layOut(text: string): string {
  const shown = jsonLines(text) ?? (text.trimStart().startsWith('<') ? xmlLines(text) : text);
  if (shown.length <= MOST_RAW_CHARACTERS) return shown;
  return `${shown.slice(0, MOST_RAW_CHARACTERS)}\n… (coupé ; ${text.length} caractères en tout)`;
}

function jsonLines(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const isFlat = !Array.isArray(value) && Object.values(value).every((part) => typeof part !== 'object');
    if (!isFlat) return JSON.stringify(value, null, 2);
    return Object.entries(value)
      .map(([name, part]) => `${name} : ${part}`)
      .join('\n');
  } catch {
    return undefined;
  }
}

const DEEPEST_INDENT = 12;

/** Says nothing of the record, and fills half of a small one. */
const NAMESPACES = / (?:xmlns(?::[\w.-]+)?|xsi:schemaLocation)=(?:"[^"]*"|'[^']*')/g;

/** An element a line, indented; one that holds only text stays on one line. Namespaces are left out. */
function xmlLines(text: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const part of text
    .slice(0, 4 * MOST_RAW_CHARACTERS)
    .replace(NAMESPACES, '')
    .split(/(?<=>)\s*(?=<)/)) {
    const closes = /^<\//.test(part);
    if (closes) depth -= 1;
    lines.push(`${'  '.repeat(Math.min(Math.max(depth, 0), DEEPEST_INDENT))}${part.trim()}`);
    const opens = /^<[^!?/]/.test(part) && !/\/>$/.test(part) && !/<\/[^>]*>$/.test(part);
    if (opens) depth += 1;
  }
  return lines.join('\n');
}
