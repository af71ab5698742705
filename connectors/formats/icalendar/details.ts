/** What one event says of itself: its title, text, place, pictures and words. No way to reach somebody is left in any of them. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import { type Link, RECORD_LIMITS } from '#graph-schema/record.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { textOfHtml } from '../shared/html.ts';
import { mediaLinks, mediaTypeOf, wordLinks } from '../shared/objects.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import type { Component } from './component.ts';
import { type Notes, noteUnread } from './occurrence.ts';

const LONGEST_NAME = 500;
const LONGEST_WORD = 200;
const MOST_WORDS = 100;
const MOST_ATTACHMENTS = 50;
const LONGEST_GEO = 100;

/** A title, and the description: a title that is too long stands whole at its begin. */
export function textsOf(
  event: Component,
  told: Notes,
): { readonly name: string | undefined; readonly description: string | undefined } {
  const title = cleanLine(event.text('SUMMARY'));
  const isLong = title !== undefined && title.length > LONGEST_NAME;
  const text = descriptionOf(event);
  const whole = isLong ? [title, text].filter((one) => one !== undefined).join('\n') : text;
  const isCut = whole !== undefined && whole.length > RECORD_LIMITS.textLength;
  if (isCut)
    told.notes.push(finding('event-text-cut', { id: told.id, count: whole.length, limit: RECORD_LIMITS.textLength }));
  return {
    name: isLong ? `${title.slice(0, LONGEST_NAME - 1).trimEnd()}…` : title,
    description: isCut ? whole.slice(0, RECORD_LIMITS.textLength).trimEnd() : whole,
  };
}

function descriptionOf(event: Component): string | undefined {
  const text = event.text('DESCRIPTION');
  const isHtml = text !== undefined && /<(p|br|b|i|a|ul|div|span)\b[^<>]*>/i.test(text);
  const plain = isHtml ? textOfHtml(text) : text;
  return withoutContacts(plain ?? textOfHtml(event.text('X-ALT-DESC')));
}

/** What a telephone number or an address leaves behind at the end of a line. */
const STUB = /(?:^|[\s,;(])(?:t[ée]l(?:[ée]phone)?|portable|mobile|fax|e-?mail|courriel|contact)\.?$/iu;
const AT_END = ' ,;:.–-/(';
const MOST_STUBS = 5;

function cleanLine(text: string | undefined): string | undefined {
  const line = tidyLine(withoutContacts(text));
  if (line === undefined || line === tidyLine(text)) return line;
  let left = line;
  for (let turn = 0; turn < MOST_STUBS; turn += 1) {
    let end = left.length;
    while (end > 0 && AT_END.includes(left[end - 1] as string)) end -= 1;
    left = left.slice(0, end).replace(STUB, '');
  }
  return tidyLine(left);
}

/** The address of its page. */
export function pageOf(event: Component, told: Notes): string | undefined {
  const written = event.text('URL');
  const address = webAddress(written);
  if (address !== undefined && address.length <= RECORD_LIMITS.shortLength) return address;
  if (written !== undefined) noteUnread(told, 'URL', written, 'https://exemple.fr/agenda');
  return undefined;
}

export function categoriesOf(event: Component, told: Notes): readonly string[] {
  const all = unique(event.list('CATEGORIES').map(cleanLine));
  const kept = all.filter((one) => one.length <= LONGEST_WORD).slice(0, MOST_WORDS);
  if (kept.length < all.length) {
    const example = all.find((one) => !kept.includes(one)) ?? '';
    noteUnread(told, `CATEGORIES × ${all.length - kept.length}`, example, `≤ ${MOST_WORDS} × ≤ ${LONGEST_WORD}`);
  }
  return kept;
}

/** `lat;lon` (section 3.8.1.6), also with a comma, or the other way round. */
export function pointOf(event: Component, told: Notes): GeoPoint | undefined {
  const value = event.line('GEO')?.value.replace(/^geo:/i, '');
  if (value === undefined) return undefined;
  const isShort = value.length <= LONGEST_GEO;
  // 0;0 is what an empty form leaves behind.
  if (isShort && /^[0.;,\s]*$/.test(value)) return undefined;
  const [latitude = '', longitude = '', more] = isShort ? value.split(value.includes(';') ? ';' : ',') : [];
  const read = more === undefined ? coordinatesOf(latitude, longitude, 'site') : undefined;
  if (!read) noteUnread(told, 'GEO', value, 'latitude;longitude');
  else if (read.note) told.notes.push(read.note);
  return read?.point;
}

/** The place in words, and where it leads: to the commune that follows a postcode, or to what follows the last comma; words that are no place lead nowhere. */
export function placeOf(event: Component): {
  readonly location: string | undefined;
  readonly place: readonly Link[] | undefined;
} {
  const location = cleanLine(event.text('LOCATION'))?.slice(0, RECORD_LIMITS.textLength);
  return { location, place: location === undefined ? undefined : communeIn(location) };
}

function communeIn(line: string): readonly Link[] | undefined {
  const coded = /(?:^|[\s,(])((?:[FB]-)?\d{5}\s+\p{L}[^,()\d]*|(?:B-)?\d{4}\s+\p{L}[^,()\d]*(?=,?\s*Belgi))/u.exec(
    line,
  )?.[1];
  if (coded !== undefined && coded.length <= LONGEST_WORD) return wordLinks([coded], 'inferred');
  const parts = line.split(',').map((part) => part.trim());
  const last = parts.findLast((part) => !/^(france|belgique|belgium)?$/i.test(part));
  const isWord = last !== undefined && last.length <= 60 && !/^https?:/i.test(last);
  return isWord ? wordLinks([last], 'inferred') : undefined;
}

/** Pictures, sound, film and documents by address; what is none of them, or has no address, is told. */
export function mediaOf(event: Component, name: string, told: Notes): readonly Link[] {
  const lines = [...event.lines('IMAGE'), ...event.lines('ATTACH')];
  const documents: string[] = [];
  const pictures: { readonly url: string; readonly mediaType: string | undefined }[] = [];
  const left: string[] = [];
  for (const { value, params } of lines.slice(0, MOST_ATTACHMENTS)) {
    const url = value.length <= RECORD_LIMITS.shortLength ? webAddress(value) : undefined;
    const given = params['FMTTYPE'];
    if (url !== undefined && mediaTypeOf(url, given) !== undefined) pictures.push({ url, mediaType: given });
    else if (url !== undefined && /^application\/pdf$/i.test(given ?? '')) documents.push(url);
    else left.push(value);
  }
  const count = left.length + Math.max(0, lines.length - MOST_ATTACHMENTS);
  const example = (left[0] ?? lines[MOST_ATTACHMENTS]?.value ?? '').slice(0, 100);
  if (count > 0) told.notes.push(finding('event-attachment-left', { id: told.id, count, value: example }));
  return [
    ...mediaLinks(pictures, name),
    ...unique(documents).map((url) => ({ media: { name, url, mediaType: 'document' as const } })),
  ];
}

/** Whether one date of a series says other than the series: the hub has one title, text and place for all of its dates. */
export function differs(one: Component, main: Component): boolean {
  return ['SUMMARY', 'LOCATION', 'DESCRIPTION', 'URL', 'GEO', 'CATEGORIES'].some((name) => {
    const own = tidyLine(one.text(name));
    return own !== undefined && own !== tidyLine(main.text(name));
  });
}
