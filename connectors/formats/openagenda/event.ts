/** An event of OpenAgenda becomes an Event. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Fields, Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { Mapping, MappingContext } from '../../format.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { byLanguage, type JsonObject, listIn, objectIn, textIn, textsIn } from '../shared/json-ld.ts';
import { defined, mediaLinks, wordLinks } from '../shared/objects.ts';
import { readPrice } from '../shared/price.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import { readPoint } from '../table/values.ts';
import { identityOf, isEvent } from './identity.ts';
import { textOfMarkdown } from './markdown.ts';
import { occurrencesOf } from './timings.ts';

type EventFields = Fields<'Event'>;

/** 1 planned, 2 moved to another time, 3 moved online, 4 postponed, 5 full, 6 cancelled. */
const STATUS: Readonly<Record<string, NonNullable<EventFields['status']>>> = {
  1: 'scheduled',
  2: 'scheduled',
  3: 'scheduled',
  4: 'postponed',
  5: 'full',
  6: 'cancelled',
};
const ACCESSIBLE: Readonly<Record<string, string>> = {
  ii: 'handicap intellectuel',
  hi: 'handicap auditif',
  vi: 'handicap visuel',
  pi: 'handicap psychique',
  mi: 'handicap moteur',
};
const PUBLISHED = '2';

/** Pure. An event that is a draft, private or not published is rejected, and hides what was published of it. Nothing of contacts and members is taken over. */
export function mapEvent(row: Json, context: MappingContext): Mapping {
  const { id } = context;
  const event = objectIn(row);
  if (!event || !isEvent(row)) {
    const found = event ? Object.keys(event).slice(0, 5).join(', ') : typeof row;
    return { rejected: finding('format-row-foreign', { id, format: 'openagenda', found }) };
  }
  const hidden = hiddenBy(event);
  if (hidden !== undefined)
    return { rejected: finding('openagenda-not-published', { id, reason: hidden }), hides: true };
  const titles = byLanguage(event['title'] ?? null);
  const name = tidyLine(titles.chosen[0]);
  if (name === undefined) return { rejected: finding('format-no-name', { id, columns: 'title' }) };
  const notes: Finding[] = [];
  const record = {
    kind: 'Event' as const,
    identifiers: [{ scheme: 'openagenda', value: identityOf(row)?.id ?? id }],
    fields: {
      name,
      ...defined({
        alternativeNames: unique(titles.others.map((title) => tidyLine(title))),
        description: descriptionOf(event),
        page: pageOf(event),
        status: statusOf(event, notes),
        ...datesOf(event, id, notes),
        ...placeFields(event, notes),
        ...termsOf(event),
      }),
    } as EventFields,
    relations: defined({ place: placeLinks(event), media: pictureOf(event, name) }),
  };
  return notes.length === 0 ? { record } : { record, notes };
}

/** A mark whose type nobody foresaw counts as set: what may be private is not shown. */
const UNSET: ReadonlySet<unknown> = new Set([undefined, null, false, 0, '', '0', 'false']);
const isSet = (value: Json | undefined): boolean => !UNSET.has(value);

/** Why an event is not for everyone; undefined where it is. */
function hiddenBy(event: JsonObject): string | undefined {
  if (isSet(event['private'])) return 'private';
  if (isSet(event['draft'])) return 'draft';
  if (isSet(event['removed'])) return 'removed';
  if (event['state'] === undefined) return undefined;
  const state = textIn(objectIn(event['state'])?.['id'] ?? event['state']);
  return state === PUBLISHED ? undefined : `state ${state ?? '?'}`;
}

function statusOf(event: JsonObject, notes: Finding[]): EventFields['status'] {
  // With `includeLabels` the API gives `{id, label}`.
  const said = textIn(objectIn(event['status'])?.['id'] ?? event['status']);
  if (said === undefined) return undefined;
  const status = Object.hasOwn(STATUS, said) ? STATUS[said] : undefined;
  if (status === undefined)
    notes.push(finding('format-value-unread', { value: said.slice(0, 100), where: 'status', expected: '1 – 6' }));
  return status;
}

function descriptionOf(event: JsonObject): string | undefined {
  const [short, long] = ['description', 'longDescription'].map((key) => textOfMarkdown(spokenIn(event[key])));
  const keywords = unique(textsIn(event['keywords']).map((word) => tidyLine(word)));
  const age = objectIn(event['age']);
  const [least, most] = [textIn(age?.['min']), textIn(age?.['max'])];
  const ages =
    least !== undefined && most !== undefined
      ? `de ${least} à ${most} ans`
      : least !== undefined
        ? `à partir de ${least} ans`
        : most !== undefined
          ? `jusqu’à ${most} ans`
          : undefined;
  const lines = [
    short !== undefined && long?.startsWith(short) ? undefined : short,
    long,
    keywords.length > 0 ? `Mots-clés : ${keywords.join(', ')}` : undefined,
    ages && `Âge : ${ages}`,
  ];
  return withoutContacts(unique(lines).join('\n'));
}

/** The text in the preferred language, its marks untouched. */
function spokenIn(value: Json | undefined): string | undefined {
  const object = objectIn(value);
  if (!object) return textIn(value);
  return [object['fr'], object['en'], object['nl'], ...Object.values(object)].map(textIn).find((text) => text);
}

function pageOf(event: JsonObject): string | undefined {
  const links = listIn(event['links']).map((link) => webAddress(textIn(objectIn(link)?.['link'] ?? link)));
  return [webAddress(textIn(event['canonicalUrl'])), ...links].find((link) => link !== undefined);
}

function datesOf(event: JsonObject, id: string, notes: Finding[]): Partial<EventFields> {
  const occurrences = occurrencesOf(event, id, notes);
  const last = occurrences.toSorted((a, b) => Date.parse(b.end) - Date.parse(a.end))[0];
  return { occurrences, begin: occurrences[0]?.begin, end: last?.end };
}

function placeFields(event: JsonObject, notes: Finding[]): Partial<EventFields> {
  const location = objectIn(event['location']);
  const words = unique([tidyLine(textIn(location?.['name'])), tidyLine(textIn(location?.['address']))]);
  const isOnline = textIn(objectIn(event['attendanceMode'])?.['id'] ?? event['attendanceMode']) === '2';
  return {
    location: withoutContacts(words.join(', ')) ?? (isOnline ? 'En ligne' : undefined),
    point: readPoint(textIn(location?.['latitude']) ?? '', textIn(location?.['longitude']) ?? '', 'site', notes),
  };
}

/** A code is INSEE's only in France; without one the name of the commune is asked. */
function placeLinks(event: JsonObject): readonly Link[] {
  const location = objectIn(event['location']);
  const insee = textIn(location?.['insee']);
  const country = textIn(location?.['countryCode'])?.toUpperCase() ?? 'FR';
  if (country === 'FR' && insee !== undefined && /^(\d{2}|2[AB])\d{3}$/.test(insee))
    return [{ identifier: { scheme: 'insee', value: insee } }];
  return wordLinks([textIn(location?.['city'] ?? location?.['adminLevel4'])]);
}

function termsOf(event: JsonObject): Partial<EventFields> {
  const conditions = withoutContacts(textOfMarkdown(spokenIn(event['conditions'])));
  const price = readPrice(conditions);
  const flags = objectIn(event['accessibility']) ?? {};
  const registrations = [...listIn(event['registration']), event['onlineAccessLink'] ?? null];
  return {
    conditions,
    price: price?.from === undefined && price?.to === undefined ? undefined : price,
    accessibility: Object.entries(ACCESSIBLE).flatMap(([flag, word]) => (isSet(flags[flag]) ? [word] : [])),
    registration: registrations
      .map((one) => webAddress(textIn(objectIn(one)?.['value'] ?? one)))
      .find((address) => address !== undefined),
  };
}

/** The rights of a picture are not said by the agenda: unknown. */
function pictureOf(event: JsonObject, name: string): readonly Link[] {
  const image = objectIn(event['image']);
  const variants = listIn(image?.['variants']).map(objectIn);
  const file = textIn(variants.find((one) => one?.['type'] === 'full')?.['filename'] ?? image?.['filename']);
  const base = textIn(image?.['base']);
  const url = webAddress(image ? file && base && `${base}${file}` : textIn(event['image']));
  if (url === undefined) return [];
  const credit = withoutContacts(tidyLine(textIn(event['imageCredits'])));
  return mediaLinks([{ url, mediaType: 'image/*', credit }], name);
}
