/** An entry of a feed becomes a Resource, an Event or a HeritageObject, as the source says. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Link } from '#graph-schema/record.ts';
import type { MappedRecord, Mapping, MappingContext } from '../../format.ts';
import { childrenOf, textOf, type XmlElement } from '../../xml.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { picturesInHtml, textOfHtml } from '../shared/html.ts';
import { defined, mediaLinks, mediaTypeOf, type Picture, wordLinks } from '../shared/objects.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import { pairOf, readInstant, spanOf } from '../table/values.ts';
import { linkOf } from './cut.ts';
import { feedDay } from './dates.ts';
import type { FeedOptions } from './feed.ts';

const LONGEST_NAME = 500;
const NAME_OF_TEXT = 80;
const MOST_MEDIA = 50;
const YOUTUBE = 'http://www.youtube.com/xml/schemas/2015';
const MRSS = 'http://search.yahoo.com/mrss/';

export function mapEntry(element: XmlElement, context: MappingContext & { readonly options: FeedOptions }): Mapping {
  const notes: Finding[] = [];
  const { id, options } = context;
  const description = descriptionOf(element);
  const name = titleOf(element) ?? shortened(description);
  if (name === undefined) return { rejected: finding('format-no-name', { id, columns: 'title, description' }) };
  const page = linkOf(element);
  if (page === undefined) notes.push(...unreadLink(element));
  const common = { name, ...defined({ description, page }) };
  const categories = categoriesOf(element);
  const relations = defined({
    trades: wordLinks(categories, 'inferred'),
    media: mediaLinks(mediaOf(element, name, notes).slice(0, MOST_MEDIA), name),
  });
  const video = videoOf(element);
  const identifiers = video === undefined ? [] : [{ scheme: 'youtube', value: video }];
  const record = {
    kind: options.kind,
    identifiers,
    ...ofKind(element, options, { common, relations, categories, id }, notes),
  };
  // parseRecord checks it against the kind, which the options choose.
  const mapped = record as unknown as MappedRecord;
  return notes.length > 0 ? { record: mapped, notes } : { record: mapped };
}

interface Parts {
  readonly common: Readonly<Record<string, unknown>>;
  readonly relations: Readonly<Record<string, readonly Link[] | undefined>>;
  readonly categories: readonly string[];
  readonly id: string;
}

function ofKind(
  element: XmlElement,
  options: FeedOptions,
  { common, relations, categories, id }: Parts,
  notes: Finding[],
) {
  const structure: readonly Link[] | undefined =
    options.structure === undefined ? undefined : [{ identifier: { scheme: 'trame', value: options.structure } }];
  if (options.kind === 'HeritageObject') {
    return {
      fields: { ...common, objectKind: options.type ?? 'testimony' },
      relations: { ...relations, ...defined({ subjects: wordLinks(categories), heldBy: structure }) },
    };
  }
  if (options.kind === 'Event') {
    const interval = whenOf(element);
    if (!interval) notes.push(finding('feed-event-undated', { id }));
    const fields = defined({
      eventType: options.type ?? categories[0],
      status: 'scheduled',
      occurrences: interval && [interval],
      begin: interval?.begin,
      end: interval?.end,
      location: tidyLine(firstOf(element, ['location'])),
      point: pointOf(element, notes),
    });
    return { fields: { ...common, ...fields }, relations: { ...relations, ...defined({ organisers: structure }) } };
  }
  return {
    fields: { ...common, ...defined({ resourceType: options.type, issued: issuedOf(element, notes) }) },
    relations: { ...relations, ...defined({ publishers: structure }) },
  };
}

/** As given: a title of a testimony names its witness, and is public where it stands. */
function titleOf(element: XmlElement): string | undefined {
  return tidyLine(textOfHtml(firstOf(element, ['title'])))?.slice(0, LONGEST_NAME);
}

/** The longest of what an entry says of itself, without markup. */
function descriptionOf(element: XmlElement): string | undefined {
  const groups = [element, ...childrenOf(element, 'group')];
  const texts = groups.flatMap((one) =>
    ['encoded', 'content', 'summary', 'description'].flatMap((name) => childrenOf(one, name).map(plainOf)),
  );
  const longest = texts.reduce<string>((best, text) => ((text?.length ?? 0) > best.length ? (text ?? '') : best), '');
  return withoutContacts(longest);
}

/** Atom says what a text is: `xhtml` has elements within, `text` is none of HTML; RSS says nothing, and means HTML. */
function plainOf(element: XmlElement): string | undefined {
  const text = rawText(element);
  return element.attributes['type'] === 'text' ? text : textOfHtml(text);
}

/** Line ends are kept: YouTube's descriptions have nothing else. */
function rawText(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : `\n${rawText(child)}`)).join('');
}

function shortened(text: string | undefined): string | undefined {
  const line = tidyLine(text);
  if (line === undefined || line.length <= NAME_OF_TEXT) return line;
  return `${line.slice(0, NAME_OF_TEXT).replace(/\s\S*$/, '')}…`;
}

function firstOf(element: XmlElement, names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const child of childrenOf(element, name)) {
      // `media:title` says the same once more, and may be shorter.
      const text = child.ns === MRSS ? '' : textOf(child);
      if (text !== '') return text;
    }
  }
  return undefined;
}

function categoriesOf(element: XmlElement): readonly string[] {
  const words = childrenOf(element, 'category').map(
    (one) => one.attributes['label'] ?? one.attributes['term'] ?? textOfHtml(textOf(one)),
  );
  return unique(words.map(tidyLine)).filter((word) => word.length <= 200 && !/^https?:/.test(word));
}

function videoOf(element: XmlElement): string | undefined {
  const id = childrenOf(element, 'videoId')
    .filter(({ ns }) => ns === YOUTUBE)
    .map(textOf)[0];
  return id !== undefined && /^[\w-]{6,20}$/.test(id) ? id : undefined;
}

/** Enclosures, and what Media RSS names; where neither stands, the first picture of the text. Rights are those that are said of the medium, never of the entry. */
function mediaOf(element: XmlElement, title: string, notes: Finding[]): readonly Picture[] {
  const groups = [element, ...childrenOf(element, 'group')];
  const video = videoOf(element);
  const watched =
    video === undefined
      ? []
      : [{ url: linkOf(element) ?? `https://www.youtube.com/watch?v=${video}`, mediaType: 'video/*', title }];
  const named = groups.flatMap((group) => [
    // YouTube's `content` is a player of a kind that no browser has any more.
    ...(video === undefined ? group.children.filter(isMedium) : []).map((one) => pictureOf(one, group)),
    ...childrenOf(group, 'thumbnail').map((one) => pictureOf(one, group, 'image/*')),
  ]);
  const enclosed = [
    ...childrenOf(element, 'enclosure'),
    ...childrenOf(element, 'link').filter(({ attributes }) => attributes['rel'] === 'enclosure'),
  ].map((one) => {
    const picture = pictureOf(one, element);
    if (picture === undefined) notes.push(unreadEnclosure(one));
    return picture;
  });
  const all = [...watched, ...enclosed, ...named].filter((one) => one !== undefined);
  return all.length > 0 ? all : firstPicture(element);
}

function unreadEnclosure({ attributes }: XmlElement): Finding {
  const said = [attributes['url'] ?? attributes['href'], attributes['type']].filter(Boolean).join(' ');
  const expected = 'l’adresse d’une image, d’un son, d’un film ou d’un document';
  return finding('format-value-unread', { value: said.slice(0, 200) || '–', where: 'enclosure', expected });
}

/** A link that is no whole address, such as `/page` where nothing says of which site. */
function unreadLink(element: XmlElement): readonly Finding[] {
  const value = childrenOf(element, 'link').map((link) => link.attributes['href'] ?? textOf(link))[0];
  if (value === undefined || value === '') return [];
  return [
    finding('format-value-unread', { value: value.slice(0, 200), where: 'link', expected: 'une adresse entière' }),
  ];
}

const isMedium = (child: XmlElement | string): child is XmlElement =>
  typeof child !== 'string' && child.name === 'content' && child.ns === MRSS;

function pictureOf(element: XmlElement, around: XmlElement, assumed?: string): Picture | undefined {
  const { attributes } = element;
  const url = webAddress(attributes['url'] ?? attributes['href']);
  const medium = attributes['medium'];
  const mediaType = attributes['type'] ?? (medium === undefined ? assumed : `${medium}/*`);
  if (url === undefined || mediaTypeOf(url, mediaType) === undefined) return undefined;
  const said = (name: string) =>
    [...childrenOf(element, name), ...childrenOf(around, name)].find(({ ns }) => ns === MRSS);
  const [licence, copyright, credit] = [said('license'), said('copyright'), said('credit')];
  const rights = licence ?? copyright;
  return {
    url,
    mediaType,
    ...defined({
      title: tidyLine(textOfHtml(childrenOf(element, 'title').map(textOf)[0])),
      rights: rights && tidyLine(textOf(rights)),
      rightsUri: webAddress(rights?.attributes['href'] ?? rights?.attributes['url']),
      credit: credit && withoutContacts(textOf(credit)),
    }),
  };
}

function firstPicture(element: XmlElement): readonly Picture[] {
  const html = ['encoded', 'content', 'description', 'summary'].flatMap((name) =>
    childrenOf(element, name).map(rawText),
  );
  const urls = html.flatMap((text) => picturesInHtml(text, 5)).map(webAddress);
  const url = urls.find((one) => one !== undefined && mediaTypeOf(one) === 'image');
  return url === undefined ? [] : [{ url }];
}

function issuedOf(element: XmlElement, notes: Finding[]): string | undefined {
  const text = firstOf(element, ['published', 'issued', 'pubDate', 'date', 'updated']);
  const day = text === undefined ? undefined : feedDay(text);
  if (text !== undefined && day === undefined)
    notes.push(
      finding('format-value-unread', { value: text.slice(0, 100), where: 'pubDate, published', expected: 'une date' }),
    );
  return day;
}

/** When the event is, where the feed says it apart (RSS event module, xCal): when it was announced is something else. */
function whenOf(element: XmlElement) {
  const begin = readInstant(firstOf(element, ['startdate', 'dtstart']) ?? '');
  const end = readInstant(firstOf(element, ['enddate', 'dtend']) ?? '');
  if (begin === undefined) return undefined;
  const whole = { begin, end: end ?? begin };
  return spanOf([whole, { begin, end: begin }]);
}

/** GeoRSS (`lat lon`) or the W3C's vocabulary. */
function pointOf(element: XmlElement, notes: Finding[]): GeoPoint | undefined {
  const written = firstOf(element, ['point']);
  const [latitude, longitude] = [firstOf(element, ['lat']), firstOf(element, ['long'])];
  const apart = latitude !== undefined && longitude !== undefined ? ([latitude, longitude] as const) : undefined;
  const pair = written === undefined ? apart : pairOf(written);
  const found = pair && coordinatesOf(pair[0], pair[1], 'site');
  if (found?.note) notes.push(found.note);
  const value = written ?? latitude ?? longitude;
  if (!found && value !== undefined)
    notes.push(
      finding('format-value-unread', {
        value: value.slice(0, 60),
        where: 'georss:point',
        expected: 'latitude longitude',
      }),
    );
  return found?.point;
}
