/** An object of DATAtourisme becomes an Event, a Structure, a Route or an Offer. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { MappedRecord, Mapping, MappingContext } from '../../format.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { defined, mediaLinks, type Picture, wordLinks } from '../shared/objects.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import { spanOf } from '../table/values.ts';
import { classWords, kindOfClasses, structureTypeOf } from './classes.ts';
import { occurrencesOf, openingHoursOf, priceOf } from './periods.ts';
import { inFrench, labelsOf, spoken, type Thing, textOf, texts, thing, things } from './values.ts';

/** What an object says, whether it comes from a flux or from the catalogue. */
export interface Said {
  readonly classes: readonly string[];
  readonly names: readonly string[];
  readonly description?: string | undefined;
  readonly page?: string | undefined;
  readonly address?: string | undefined;
  readonly postcode?: string | undefined;
  readonly town?: string | undefined;
  readonly insee?: string | undefined;
  readonly coordinates?: readonly [latitude: string, longitude: string] | undefined;
  readonly labels: readonly string[];
  readonly themes: readonly string[];
  readonly openingHours?: string | undefined;
  readonly price?: ReturnType<typeof priceOf>;
  readonly accessibility: readonly string[];
  readonly pictures: readonly Picture[];
  readonly siret?: string | undefined;
  readonly occurrences: ReturnType<typeof occurrencesOf>;
}

/** What stands at the end of its address: the same in every form of the data. */
export function uuidOf(id: string): string {
  return (
    id
      .replace(/[/#]+$/, '')
      .split(/[/#]/)
      .at(-1) ?? id
  );
}

const ACCESS = 'Accessible aux personnes à mobilité réduite';

/** What an object of a flux says. */
export function saidIn(object: Thing, id: string, notes: Finding[]): Said {
  const places = things(object['isLocatedAt']);
  const address = places.flatMap((place) => things(place['schema:address']))[0];
  const city = things(address?.['hasAddressCity'])[0];
  const geo = places.flatMap((place) => things(place['schema:geo']))[0];
  const [latitude, longitude] = [textOf(geo?.['schema:latitude']), textOf(geo?.['schema:longitude'])];
  const label = spoken(object['rdfs:label']);
  const described = things(object['hasDescription']);
  const long = described.flatMap((one) => inFrench(one['dc:description']));
  const short = described.flatMap((one) => inFrench(one['shortDescription']));
  const descriptions = [long, short, inFrench(object['rdfs:comment'])].find((list) => list.length > 0) ?? [];
  const contacts = ['hasContact', 'hasBookingContact'].flatMap((name) => things(object[name]));
  const reviews = things(object['hasReview']).flatMap((review) => labelsOf(review['hasReviewValue']));
  return {
    classes: classesIn(object),
    names: unique([...label.french, ...label.others].map((name) => tidyLine(name))),
    description: withoutContacts(unique(descriptions).join('\n')),
    page: contacts
      .flatMap((contact) => texts(contact['foaf:homepage']))
      .map(webAddress)
      .find((page) => page !== undefined),
    address: tidyLine(texts(address?.['schema:streetAddress']).join(', ')),
    postcode: textOf(address?.['schema:postalCode']),
    town: textOf(address?.['schema:addressLocality']),
    insee: textOf(city?.['insee']),
    coordinates: latitude === undefined || longitude === undefined ? undefined : [latitude, longitude],
    labels: unique(reviews),
    themes: labelsOf(object['hasTheme']),
    openingHours: openingHoursOf(places),
    price: priceOf(object),
    accessibility: unique([
      object['reducedMobilityAccess'] === true || textOf(object['reducedMobilityAccess']) === 'true'
        ? ACCESS
        : undefined,
      ...reviews.filter((review) => /handicap/i.test(review)),
    ]),
    pictures: ['hasMainRepresentation', 'hasRepresentation']
      .flatMap((name) => things(object[name]))
      .flatMap(picturesIn),
    siret: ['siret', 'schema:taxID'].map(
      (name) => textOf(object[name]) ?? contacts.map((one) => textOf(one[name]))[0],
    )[0],
    occurrences: occurrencesOf(object, id, notes),
  };
}

/** Without what stands before them: `https://www.datatourisme.fr/ontology/core#Museum`, `schema:Event`. */
export function bareClass(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('#'), name.lastIndexOf(':'), name.lastIndexOf('/')) + 1);
}

export function classesIn(object: Json): readonly string[] {
  return texts(thing(object)?.['@type']).map(bareClass);
}

/** Of a picture the rights are its own: nothing stated, nothing permitted. */
function picturesIn(shown: Thing): readonly Picture[] {
  const note = things(shown['ebucore:hasAnnotation'])[0];
  return things(shown['ebucore:hasRelatedResource']).flatMap((resource) =>
    texts(resource['ebucore:locator']).flatMap((locator) => {
      const url = webAddress(locator);
      if (url === undefined) return [];
      const rights = textOf(note?.['ebucore:isCoveredBy']);
      const isAddress = rights !== undefined && /^https?:/.test(rights);
      return [
        {
          url,
          title: tidyLine(inFrench(note?.['ebucore:title'])[0]),
          mediaType: labelsOf(resource['ebucore:hasMimeType'])[0],
          rights: isAddress ? undefined : rights,
          rightsUri: isAddress ? rights : undefined,
          credit: withoutContacts(unique(texts(note?.['credits'])).join(', ')),
        },
      ];
    }),
  );
}

/** The record of what was said. `notes` holds what was told already. */
export function recordOf(said: Said, context: Pick<MappingContext, 'id'>, notes: Finding[]): Mapping {
  const { id } = context;
  const [name, ...others] = said.names;
  if (name === undefined) {
    const code = said.classes.length === 0 ? 'datatourisme-row-foreign' : 'format-no-name';
    return { rejected: finding(code, { id, columns: 'rdfs:label' }) };
  }
  const known = kindOfClasses(said.classes, said.occurrences.length > 0);
  const kind = known ?? (said.occurrences.length > 0 ? 'Event' : 'Structure');
  if (known === undefined)
    notes.push(
      finding('datatourisme-class-unknown', { id, classes: said.classes.slice(0, 6).join(', ') || '–', kind }),
    );
  const common = { name, ...defined({ alternativeNames: others, description: said.description, page: said.page }) };
  const record = made(kind, said, common, id, notes);
  return { record: record as unknown as MappedRecord, ...(notes.length > 0 ? { notes } : {}) };
}

function made(kind: string, said: Said, common: { readonly name: string }, id: string, notes: Finding[]) {
  const words = classWords(said.classes);
  const own: Identifier = { scheme: 'datatourisme', value: uuidOf(id) };
  const place = placeOf(said);
  const media = mediaLinks(said.pictures, common.name);
  const town = [said.postcode, said.town].filter((part) => part !== undefined).join(' ');
  if (kind === 'Route')
    return { kind, identifiers: [], fields: { ...common, ...defined({ routeType: words[0] }) }, relations: {} };
  if (kind === 'Offer') {
    const fields = {
      ...common,
      ...defined({ offerType: words[0] ?? 'visite', price: said.price, conditions: said.openingHours }),
    };
    return { kind, identifiers: [], fields, relations: {} };
  }
  const point = pointOf(said, notes);
  if (kind === 'Event') {
    const span = spanOf(said.occurrences);
    const fields = {
      ...common,
      ...defined({
        eventType: words[0],
        occurrences: said.occurrences,
        begin: span?.begin,
        end: span?.end,
        location: tidyLine([said.address, town].filter((part) => part).join(', ')),
        conditions: said.openingHours,
        price: said.price,
        accessibility: said.accessibility,
        point,
      }),
    };
    return { kind, identifiers: [own], fields, relations: defined({ place, media }) };
  }
  const fields = {
    ...common,
    structureType: structureTypeOf(said.classes),
    ...defined({
      address: said.address,
      postcode: said.postcode,
      point,
      themes: unique([...words, ...said.themes]),
      labels: said.labels,
      openingHours: said.openingHours,
      price: said.price,
    }),
  };
  const identifiers = [own, ...siretIdentifiers(said.siret, 'siret', notes)];
  return { kind, identifiers, fields, relations: defined({ place, media }) };
}

function pointOf({ coordinates }: Said, notes: Finding[]): GeoPoint | undefined {
  if (coordinates === undefined) return undefined;
  const read = coordinatesOf(coordinates[0], coordinates[1], 'site');
  if (read?.note) notes.push(read.note);
  if (!read) {
    const value = coordinates.join(', ').slice(0, 100);
    notes.push(finding('format-value-unread', { value, where: 'schema:geo', expected: 'des degrés décimaux' }));
  }
  return read?.point;
}

function placeOf({ insee, town, postcode }: Said): readonly Link[] {
  if (insee !== undefined && /^(\d{5}|2[AB]\d{3})$/.test(insee))
    return [{ identifier: { scheme: 'insee', value: insee } }];
  return wordLinks([town === undefined ? undefined : postcode === undefined ? town : `${town} (${postcode})`]);
}
