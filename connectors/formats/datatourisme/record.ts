/** What was said becomes an Event, a Structure, a Route or an Offer. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { MappedRecord, Mapping, MappingContext } from '../../format.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { defined, mediaLinks, wordLinks } from '../shared/objects.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { unique } from '../shared/text.ts';
import { classWords, kindOfClasses, type ObjectKind, structureTypeOf } from './classes.ts';
import type { Said } from './object.ts';
import { spanInParis } from './paris.ts';
import { intervalInWords } from './periods.ts';
import { bounded } from './visits.ts';

const CLASSES_SHOWN = 6;

/** What stands at the end of its address: the same in every form of the data. */
export function uuidOf(id: string): string {
  return (
    id
      .replace(/[/#]+$/, '')
      .split(/[/#]/)
      .at(-1) ?? id
  );
}

/** The record of what was said. `notes` holds what was told already. */
export function recordOf(said: Said, context: Pick<MappingContext, 'id'>, notes: Finding[]): Mapping {
  const { id } = context;
  const [name] = said.names;
  if (name === undefined) {
    const code = said.classes.length === 0 ? 'datatourisme-row-foreign' : 'format-no-name';
    return { rejected: finding(code, { id, columns: 'rdfs:label' }) };
  }
  const known = kindOfClasses(said.classes, said.occurrences.length > 0);
  const kind = known ?? (said.occurrences.length > 0 ? 'Event' : 'Structure');
  if (known === undefined) {
    const classes = said.classes.slice(0, CLASSES_SHOWN).join(', ') || '–';
    notes.push(finding('datatourisme-class-unknown', { id, classes, kind }));
  }
  const own: Identifier = { scheme: 'datatourisme', value: uuidOf(id) };
  const place = placeOf(said);
  const relations = defined({ place, media: mediaLinks(said.pictures, name) });
  const record = {
    kind,
    identifiers: [own, ...siretOf(kind, said, notes)],
    fields: fieldsOf(kind, said, id, notes),
    relations,
  };
  return { record: record as unknown as MappedRecord, ...(notes.length > 0 ? { notes } : {}) };
}

function fieldsOf(kind: ObjectKind, said: Said, id: string, notes: Finding[]) {
  if (kind === 'Offer') return offerFields(said);
  if (kind === 'Event') return eventFields(said, notes);
  // Of what has no dates of its own they are said in words.
  const days = bounded(unique(said.occurrences.map(intervalInWords)), ' ; ', 'takesPlaceAt', id, notes);
  const dates = [...said.dateWords, ...words('Dates', days === undefined ? [] : [days])];
  return kind === 'Route' ? routeFields(said, dates) : structureFields(said, dates, notes);
}

function common(said: Said, ...lines: readonly (string | undefined)[]) {
  const [name = '', ...alternativeNames] = said.names;
  const description = textOf([said.description, ...lines]);
  return { name, ...defined({ alternativeNames, description, page: said.page }) };
}

function routeFields(said: Said, dates: readonly string[]) {
  const routeType = [...classWords(said.classes).slice(0, 1), ...said.tourTypes].join(', ');
  const price = words('Tarif', said.price === undefined ? [] : [said.price.text]);
  const more = [...dates, ...said.practical, ...themesAndLabels(said), ...said.accessibility, ...price];
  return {
    ...common(said, ...more, said.openingHours, ...placesInWords(said)),
    ...defined({ routeType: routeType || undefined, duration: said.duration }),
  };
}

function offerFields(said: Said) {
  const [offerType = 'visite'] = classWords(said.classes);
  const conditions = textOf([said.openingHours, ...practical(said), ...said.accessibility, ...placesInWords(said)]);
  return {
    ...common(said, ...themesAndLabels(said)),
    ...defined({ offerType, price: said.price, duration: said.duration, conditions }),
  };
}

function eventFields(said: Said, notes: Finding[]) {
  const span = spanInParis(said.occurrences);
  const duration = said.duration === undefined ? [] : [`Durée : ${said.duration}`];
  return {
    ...common(said, ...themesAndLabels(said)),
    ...defined({
      eventType: classWords(said.classes)[0],
      occurrences: said.occurrences,
      begin: span?.begin,
      end: span?.end,
      location: [firstPlace(said), ...said.others].filter((one) => one !== '').join(' ; ') || undefined,
      conditions: textOf([...said.dateWords, said.openingHours, ...duration, ...practical(said)]),
      price: said.price,
      accessibility: said.accessibility,
      registration: said.booking,
      point: pointOf(said, notes),
    }),
  };
}

function structureFields(said: Said, dates: readonly string[], notes: Finding[]) {
  const more = [...dates, ...practical(said), ...words('Autres lieux', said.others)];
  const duration = said.duration === undefined ? [] : [`Durée : ${said.duration}`];
  return {
    ...common(said, ...more, ...duration),
    structureType: structureTypeOf(said.classes),
    ...defined({
      address: said.address,
      postcode: said.postcode,
      point: pointOf(said, notes),
      themes: unique([...classWords(said.classes), ...said.themes]),
      labels: unique([...said.labels, ...said.accessibility]),
      openingHours: said.openingHours,
      price: said.price,
    }),
  };
}

const practical = (said: Said): readonly string[] => [...said.practical, ...words('Type de parcours', said.tourTypes)];

function themesAndLabels({ themes, labels, accessibility }: Said): readonly string[] {
  const others = labels.filter((label) => !accessibility.includes(label));
  return [...words('Thèmes', themes), ...words('Labels', others)];
}

/** A kind that has no address of its own says it in words. */
function placesInWords(said: Said): readonly string[] {
  return words('Lieu', [firstPlace(said), ...said.others]);
}

function firstPlace({ address, postcode, town }: Said): string {
  const line = [postcode, town].filter((part) => part !== undefined).join(' ');
  return [address, line].filter((part) => part).join(', ');
}

function words(what: string, parts: readonly string[]): readonly string[] {
  const said = parts.filter((part) => part !== '').join(' ; ');
  return said === '' ? [] : [`${what} : ${said}`];
}

const textOf = (lines: readonly (string | undefined)[]): string | undefined => unique(lines).join('\n') || undefined;

/** The number is that of a contact, who may be the town hall of many sights: only a firm is known by it. */
function siretOf(kind: ObjectKind, said: Said, notes: Finding[]): readonly Identifier[] {
  const isFirm = kind === 'Structure' && structureTypeOf(said.classes) === 'firm';
  return isFirm ? siretIdentifiers(said.siret, 'siret', notes) : [];
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
  if (insee !== undefined) return [{ identifier: { scheme: 'insee', value: insee } }];
  return wordLinks([town === undefined ? undefined : postcode === undefined ? town : `${town} (${postcode})`]);
}
