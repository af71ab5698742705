/** What an object of a flux says, whichever kind it becomes (record.ts). */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval, Price } from '#graph-schema/property.ts';
import type { Picture } from '../shared/objects.ts';
import { unique, webAddress } from '../shared/text.ts';
import { unknownPaths } from './fates.ts';
import { datesOf } from './periods.ts';
import { type Where, whereIn } from './places.ts';
import { durationOf, practicalLines } from './practical.ts';
import {
  at,
  bareName,
  inFrench,
  isTrue,
  labelOf,
  labelsOf,
  publicLine,
  publicText,
  spoken,
  type Thing,
  textOf,
  texts,
  things,
} from './values.ts';
import { openingHoursOf, priceOf } from './visits.ts';

/** What an object says, whether it comes from a flux or from the catalogue. */
export interface Said extends Where {
  readonly classes: readonly string[];
  readonly names: readonly string[];
  readonly description?: string | undefined;
  readonly page?: string | undefined;
  /** Where one books. */
  readonly booking?: string | undefined;
  readonly labels: readonly string[];
  readonly themes: readonly string[];
  /** How a tour goes: loop, there and back. */
  readonly tourTypes: readonly string[];
  readonly openingHours?: string | undefined;
  readonly price?: Price | undefined;
  readonly duration?: string | undefined;
  readonly accessibility: readonly string[];
  readonly pictures: readonly Picture[];
  readonly siret?: string | undefined;
  readonly occurrences: readonly Interval[];
  /** What the dates say beyond `occurrences`, and what there is to know before one comes. */
  readonly dateWords: readonly string[];
  readonly practical: readonly string[];
}

const ACCESS = 'Accessible aux personnes à mobilité réduite';
const PATHS_SHOWN = 20;

/** What an object of a flux, or of the API, says. Fields that are not known are told. */
export function saidIn(object: Thing, id: string, notes: Finding[]): Said {
  tellUnknown(unknownPaths(object), id, notes);
  const label = spoken(at(object, 'label'));
  const contacts = ['hasContact', 'hasBookingContact'].flatMap((name) => things(at(object, name)));
  const reviews = things(at(object, 'hasReview')).filter((review) => !isTrue(at(review, 'pending')));
  const labels = unique(reviews.flatMap((review) => things(at(review, 'hasReviewValue')).map(reviewInWords)));
  const terms = ['hasTheme', 'hasArchitecturalStyle', 'providesFoodProduct', 'providesCuisineOfType'];
  const dates = datesOf(object, id, notes);
  return {
    ...whereIn(object),
    classes: texts(at(object, 'type')).map(bareName),
    names: unique([...label.french, ...label.others].map(publicLine)),
    description: descriptionOf(object),
    page: pageOf(contacts),
    booking: pageOf(things(at(object, 'hasBookingContact'))),
    labels,
    themes: unique(terms.flatMap((name) => labelsOf(at(object, name)))),
    tourTypes: labelsOf(at(object, 'hasTourType')),
    openingHours: openingHoursOf(object, id, notes),
    price: priceOf(object, id, notes),
    duration: durationOf(object),
    accessibility: unique([
      isTrue(at(object, 'reducedMobilityAccess')) ? ACCESS : undefined,
      ...labels.filter((review) => /handicap/i.test(review)),
    ]),
    pictures: ['hasMainRepresentation', 'hasRepresentation']
      .flatMap((name) => things(at(object, name)))
      .flatMap((shown) => picturesIn(shown, notes)),
    siret: [object, ...contacts]
      .flatMap((one) => ['siret', 'taxID'].map((name) => textOf(at(one, name))))
      .find((one) => one !== undefined),
    occurrences: dates.occurrences,
    dateWords: dates.words,
    practical: practicalLines(object),
  };
}

/** The first page of contacts. */
function pageOf(contacts: readonly Thing[]): string | undefined {
  const pages = contacts.flatMap((contact) => texts(at(contact, 'homepage')));
  return pages.map(webAddress).find((page) => page !== undefined);
}

/** What is filled and not known, in one finding of the object. */
export function tellUnknown(paths: readonly string[], id: string, notes: Finding[]): void {
  if (paths.length === 0) return;
  const shown = paths.slice(0, PATHS_SHOWN).map((path) => path.slice(0, 100));
  notes.push(finding('datatourisme-path-unknown', { id, paths: shown.join(', ') }));
}

/** The short texts before the long ones; what another holds already is left out. In French, where there is any French. */
function descriptionOf(object: Thing): string | undefined {
  const described = things(at(object, 'hasDescription'));
  const all = [
    ...described.map((one) => at(one, 'shortDescription')),
    at(object, 'comment'),
    ...described.map((one) => at(one, 'description')),
  ].map(spoken);
  const french = all.flatMap((one) => one.french);
  const foreign = all.flatMap((one) => one.others.slice(0, 1));
  const chosen = unique((french.length > 0 ? french : foreign).map(publicText));
  const kept: string[] = [];
  // A summary often breaks off with an ellipsis.
  for (const text of chosen.toSorted((a, b) => b.length - a.length))
    if (!kept.some((longer) => longer.includes(text.replace(/\s*(\.\.\.|…)$/, '')))) kept.push(text);
  return chosen.filter((text) => kept.includes(text)).join('\n') || undefined;
}

function reviewInWords(value: Thing): string | undefined {
  const rating = textOf(at(value, 'ratingValue'));
  return labelOf(value) ?? (rating === undefined ? undefined : publicLine(`Classement : ${rating}`));
}

/** Of a picture the rights are its own: nothing stated, nothing permitted. */
function picturesIn(shown: Thing, notes: Finding[]): readonly Picture[] {
  const note = things(at(shown, 'hasAnnotation'))[0];
  return things(at(shown, 'hasRelatedResource')).flatMap((resource) =>
    texts(at(resource, 'locator')).flatMap((locator) => {
      const url = webAddress(locator);
      if (url === undefined) {
        notes.push(
          finding('format-value-unread', {
            value: publicLine(locator.slice(0, 100)) ?? '–',
            where: 'ebucore:locator',
            expected: 'une adresse http ou https',
          }),
        );
        return [];
      }
      const rights = publicLine(textOf(at(note, 'isCoveredBy')));
      const isAddress = rights !== undefined && /^https?:/.test(rights);
      return [
        {
          url,
          title: publicLine(inFrench(at(note, 'title'))[0]),
          mediaType: labelsOf(at(resource, 'hasMimeType'))[0],
          rights: isAddress ? undefined : rights,
          rightsUri: isAddress ? rights : undefined,
          credit: publicLine(unique(texts(at(note, 'credits'))).join(', ')),
        },
      ];
    }),
  );
}
