/**
 * What a curator can mend in one record (findings/quality.ts), from what the record says and what the hub made of it. Pure. For stewards and the museum
 * alone: hidden records are judged too.
 */
import { type Finding, finding } from '../findings/finding.ts';
import type { QualityCode } from '../findings/quality.ts';
import { layerOf } from '../licences.ts';
import { addressesIn, shownAddress } from '../links/addresses.ts';
import { propertiesOf } from '../model.ts';
import type { When } from '../property.ts';
import type { AnyRecord } from '../record.ts';
import { fold } from '../text.ts';

/** A record, and what the hub made of the thing that it describes. */
export interface Looked {
  readonly id: string;
  readonly record: AnyRecord;
  /** Words that lead nowhere, as `relation: words`. */
  readonly unlinked: readonly string[];
  /** Trades that its thing leads to, said or inferred. */
  readonly trades: number;
  /** Another record of the source has its inventory number. */
  readonly numberTwice: boolean;
  /** Addresses that were found dead (links/standing.ts). */
  readonly dead: ReadonlySet<string>;
}

const FEW_WORDS = 10;
const MOST_CHARACTERS = 80;

/** What is to be mended, in a fixed order; nothing of a kind that curators do not keep. */
export function judge(looked: Looked): readonly Finding[] {
  switch (looked.record.kind) {
    case 'HeritageObject':
      return [...ofObject(looked), ...common(looked)];
    case 'Structure':
      return [...ofStructure(looked), ...common(looked)];
    case 'Event':
      return [...ofEvent(looked), ...common(looked)];
    default:
      return [];
  }
}

const textOf = (record: AnyRecord, field: string): string => {
  const value = record.fields[field];
  return typeof value === 'string' ? value : '';
};
const has = (record: AnyRecord, name: string): boolean => {
  const value = record.fields[name] ?? record.relations[name];
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
};

/** A sound shows nothing; of unsaid type it may be a picture. */
const hasPicture = (record: AnyRecord): boolean =>
  (record.relations['media'] ?? []).some((link) => 'media' in link && link.media.mediaType !== 'audio');

function* found(...told: readonly (readonly [boolean, QualityCode, string, Record<string, string | number>?])[]) {
  for (const [is, code, id, more] of told) if (is) yield finding(code, { id, ...more });
}

function ofObject({ id, record, trades, numberTwice }: Looked): Iterable<Finding> {
  const number = textOf(record, 'inventoryNumber');
  return found(
    [!has(record, 'date'), 'quality-no-date', id],
    [!has(record, 'objectTypes'), 'quality-no-type', id],
    [!has(record, 'madeIn'), 'quality-no-place', id],
    [!hasPicture(record), 'quality-no-picture', id],
    [number === '', 'quality-no-inventory-number', id],
    [numberTwice, 'quality-inventory-number-twice', id, { value: short(number) }],
    [trades === 0, 'quality-no-trade', id],
    [isPoorTitle(record), 'quality-title-poor', id, { value: short(textOf(record, 'name')) }],
  );
}

function ofStructure({ id, record }: Looked): Iterable<Finding> {
  return found(
    [!has(record, 'place'), 'quality-no-place', id],
    [!has(record, 'point'), 'quality-no-point', id],
    [!has(record, 'openingHours') && record.fields['structureType'] === 'museum', 'quality-no-hours', id],
    [!has(record, 'page'), 'quality-no-page', id],
  );
}

function ofEvent({ id, record }: Looked): Iterable<Finding> {
  return found(
    [!has(record, 'begin') && !has(record, 'occurrences'), 'quality-no-date', id],
    [!has(record, 'place') && !has(record, 'location'), 'quality-no-place', id],
  );
}

function* common(looked: Looked): Iterable<Finding> {
  const { id, record, unlinked } = looked;
  for (const { address } of addressesIn(record)) {
    if (!looked.dead.has(address)) continue;
    const code = address === record.fields['page'] ? 'quality-page-dead' : 'quality-picture-dead';
    yield finding(code, { id, value: shownAddress(address) });
  }
  for (const value of datesOf(record))
    if (value.edtf === undefined) yield finding('quality-date-unread', { id, value: short(value.text) });
  for (const one of unlinked) {
    const [relation = '', ...words] = one.split(': ');
    const code = PLACES.has(relation) ? 'quality-place-unread' : 'quality-words-unread';
    yield finding(code, { id, value: short(words.join(': ')) });
  }
  const media = (record.relations['media'] ?? []).flatMap((link) => ('media' in link ? [link.media] : []));
  const licence = textOf(record, 'licence');
  const words = wordsIn(textOf(record, 'description'));
  yield* found(
    [media.some(({ rights, rightsUri }) => layerOf(rights, rightsUri) === 'unknown'), 'quality-picture-rights', id],
    [words === 0, 'quality-no-description', id],
    [words > 0 && words < FEW_WORDS, 'quality-description-short', id, { count: words }],
    [licence !== '' && layerOf(licence) === 'unknown', 'quality-licence-unknown', id, { value: short(licence) }],
  );
}

const PLACES: ReadonlySet<string> = new Set(['place', 'madeIn']);

/** Only what the model says is a date of a notice: a price has words beside its figures too. */
function datesOf({ kind, fields }: AnyRecord): readonly When[] {
  const names = Object.entries(propertiesOf(kind)).flatMap(([name, { type }]) => (type === 'when' ? [name] : []));
  return names.flatMap((name) => (fields[name] === undefined ? [] : [fields[name] as When]));
}

function isPoorTitle(record: AnyRecord): boolean {
  const name = fold(textOf(record, 'name'));
  const types = record.fields['objectTypes'];
  const names = Array.isArray(types) ? types.map((type) => fold(String(type))) : [];
  return names.includes(name) || name === fold(textOf(record, 'inventoryNumber'));
}

export function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

const short = (text: string): string => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text);
