/** What LIDO says by events: who made the thing, when, where, of what; and where it was used. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { When } from '#graph-schema/property.ts';
import type { Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import { descend, textsAt, type XmlElement } from '../../xml.ts';
import { dateOf, maker, wordLinks } from '../shared/objects.ts';
import { tidyLine, unique } from '../shared/text.ts';
import { conceptUris, frenchAt, nameAt, termOf, termsAt } from './terms.ts';

/** LIDO terminology: production, creation, designing stand under one heading here; use under another. */
const MAKING = {
  words: /^(production|creation|fabrication|conception|realisation|execution|manufacture|edition)/,
  uris: /(lido00007|lido00012|eventType\/(production|creation))$/,
};
const USING = { words: /^(utilisation|usage|use)\b/, uris: /(lido00011|eventType\/use)$/ };

export interface Making {
  readonly date: When | undefined;
  readonly madeIn: readonly Link[];
  readonly techniques: readonly Link[];
  readonly periods: readonly Link[];
  readonly creators: readonly Link[];
  /** The roles of the makers: words for trades. */
  readonly roles: readonly string[];
}

/** Reads the events of the `descriptiveMetadata` that made the thing, and the places of those that used it. */
export function makingOf(descriptive: XmlElement, notes: Finding[]): Making {
  const events = descend(descriptive, 'eventWrap', 'eventSet', 'event');
  const making = events.filter((event) => isOf(event, MAKING));
  const places = [...making, ...events.filter((event) => isOf(event, USING))].flatMap(placesOf);
  const actors = making.flatMap((event) => descend(event, 'eventActor'));
  return {
    date: making.map((event) => dateIn(event, notes)).find((date) => date !== undefined),
    madeIn: wordLinks(places),
    techniques: wordLinks(making.flatMap(materialsOf)),
    periods: wordLinks(making.flatMap((event) => [...termsAt(event, 'periodName'), ...termsAt(event, 'culture')])),
    creators: actors.flatMap(creatorOf),
    roles: unique(actors.flatMap((actor) => termsAt(actor, 'actorInRole', 'roleActor'))),
  };
}

function isOf(event: XmlElement, type: { readonly words: RegExp; readonly uris: RegExp }): boolean {
  return descend(event, 'eventType').some(
    (given) => type.words.test(fold(termOf(given) ?? '')) || conceptUris(given).some((uri) => type.uris.test(uri)),
  );
}

/** The years that LIDO gives beside the words are surer than the reading of the words. */
function dateIn(event: XmlElement, notes: Finding[]): When | undefined {
  const [shown] = frenchAt(event, 'eventDate', 'displayDate');
  const [earliest] = textsAt(event, 'eventDate', 'date', 'earliestDate');
  const [latest] = textsAt(event, 'eventDate', 'date', 'latestDate');
  const [from, to] = [yearOf(earliest), yearOf(latest)];
  const text = shown ?? (earliest === latest ? earliest : [earliest, latest].filter(Boolean).join('/'));
  if (from === undefined || to === undefined || from > to || text === undefined) return dateOf(text, notes);
  return { text, edtf: from === to ? edtfYear(from) : `${edtfYear(from)}/${edtfYear(to)}`, from, to, confidence: 1 };
}

function yearOf(text: string | undefined): number | undefined {
  const year = /^(-?\d{1,4})(-\d{2}){0,2}(T.*)?$/.exec(text ?? '')?.[1];
  return year === undefined ? undefined : Number(year);
}

const edtfYear = (year: number): string => `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;

function placesOf(event: XmlElement): readonly string[] {
  return descend(event, 'eventPlace').flatMap((place) => {
    const shown = frenchAt(place, 'displayPlace');
    const named = nameAt(place, 'place', 'namePlaceSet');
    return shown.length > 0 ? shown : named === undefined ? [] : [named];
  });
}

function materialsOf(event: XmlElement): readonly string[] {
  return descend(event, 'eventMaterialsTech').flatMap((materials) => {
    const terms = termsAt(materials, 'materialsTech', 'termMaterialsTech');
    return terms.length > 0 ? terms : frenchAt(materials, 'displayMaterialsTech');
  });
}

function creatorOf(actor: XmlElement): readonly Link[] {
  const inRoles = descend(actor, 'actorInRole');
  if (inRoles.length === 0) return frenchAt(actor, 'displayActorInRole').flatMap((shown) => maker(shown, undefined));
  return inRoles.flatMap((inRole) => {
    const name = nameAt(inRole, 'actor', 'nameActorSet');
    return maker(name, tidyLine(termsAt(inRole, 'roleActor').join(', ')));
  });
}
