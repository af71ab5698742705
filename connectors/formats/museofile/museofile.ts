/**
 * The format `museofile`: the ministry's table of the musées de France, in its three spellings, as a table, as JSON of POP or of an API, or row by row
 * from a paged API. Telephone numbers and e-mail addresses are not taken over.
 */
import { readDate } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { HeritageRecord } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { cutPop } from '../pop/cut.ts';
import { lineAt, listsAt, type Notice, readNotice, unknownFields } from '../pop/notice.ts';
import { describe } from '../pop/shared.ts';
import { rowFromRaw } from '../reading/rows.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { defined, wordLinks } from '../shared/objects.ts';
import { splitList, tidyLine, unique, webAddress, withoutEmails } from '../shared/text.ts';
import { pairOf, readDay } from '../table/values.ts';
import { MUSEO } from './base.ts';

export const museofile: Format = {
  name: 'museofile',
  version: 3,
  cut: (file, _, tell) => cutPop(file, MUSEO, tell),
  row: rowFromRaw,
  map: mapMuseum,
};

function mapMuseum(row: Json, context: MappingContext): Mapping {
  const { notice, unknown } = readNotice(row, MUSEO);
  const line = (...codes: string[]) => lineAt(notice, ...codes);
  const name = line('NOMOFF', 'NOMUSAGE');
  if (name === undefined) return { rejected: finding('format-no-name', { id: context.id, columns: 'Nom_officiel' }) };
  const notes = [...unknownFields(unknown, MUSEO, context.id)];
  const founded = line('AN_CREAT');
  const others = [line('NOMUSAGE'), ...listsAt(notice, 'AUTNOM'), line('SIGLE_M')];
  const fields = {
    name,
    structureType: 'museum' as const,
    ...defined({
      alternativeNames: unique(others).filter((other) => other !== name),
      description: describe(notice, MUSEO, ['HIST', 'ATOUT']),
      address: withoutEmails(tidyLine(unique([line('ADRL1_M', 'ADRESSE'), line('LIEU_M')]).join(', '))),
      postcode: postcode(line('CP_M')),
      page: pageOf(notice, notes),
      point: pointOf(notice, notes),
      themes: unique([...listsAt(notice, 'DOMPAL', 'THEMES').flatMap((theme) => splitList(theme)), line('CATEG')]),
      founded: founded === undefined ? undefined : readDate(founded),
      labels: labelsOf(notice),
      ...openness(notice, context.id, notes),
    }),
  };
  const [town, department] = [line('VILLE_M'), line('DPT', 'REGION')];
  const place = town === undefined ? undefined : department === undefined ? town : `${town} (${department})`;
  const record: Omit<HeritageRecord<'Structure'>, 'visibility'> = {
    kind: 'Structure',
    identifiers: museumCode(line('REF') ?? context.id, notes),
    fields,
    relations: defined({ place: wordLinks([place]) }),
  };
  return { record, ...(notes.length > 0 ? { notes } : {}) };
}

function pageOf(notice: Notice, notes: Finding[]): string | undefined {
  const written = unique([lineAt(notice, 'URL_M'), lineAt(notice, 'URL_M2')]);
  const page = written.map(webAddress).find((address) => address !== undefined);
  const [first] = written;
  if (page === undefined && first !== undefined)
    notes.push(
      finding('format-value-unread', { value: first.slice(0, 100), where: 'URL', expected: 'une adresse du web' }),
    );
  return page;
}

function museumCode(id: string, notes: Finding[]): readonly { scheme: string; value: string }[] {
  const value = id.toUpperCase();
  if (/^M\d{4}$/.test(value)) return [{ scheme: 'museofile', value }];
  notes.push(finding('format-value-unread', { value: id, where: 'Identifiant', expected: 'M et quatre chiffres' }));
  return [];
}

/** A spreadsheet takes the zero from before `02100`, and JSON gives it as a number; of four digits it is sure. */
function postcode(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}$/.test(text) ? `0${text}` : text;
}

function pointOf(notice: Notice, notes: Finding[]): GeoPoint | undefined {
  const text = lineAt(notice, 'POP_COORDONNEES');
  const [latitude, longitude] = [lineAt(notice, 'LATITUDE'), lineAt(notice, 'LONGITUDE')];
  const apart = latitude !== undefined && longitude !== undefined ? ([latitude, longitude] as const) : undefined;
  const found = [text === undefined ? undefined : pairOf(text), apart]
    .map((pair) => pair && coordinatesOf(pair[0], pair[1], 'site'))
    .find((position) => position !== undefined);
  if (found?.note) notes.push(found.note);
  const unread = text ?? latitude ?? longitude;
  if (!found && unread !== undefined) {
    const value = unread.slice(0, 60);
    notes.push(finding('format-value-unread', { value, where: 'Coordonnees', expected: 'latitude,longitude' }));
  }
  return found?.point;
}

/** The appellation, and how the building and its surroundings are protected. */
function labelsOf(notice: Notice): readonly string[] {
  const decreed = lineAt(notice, 'APPELLATION');
  const appellation = decreed === undefined ? undefined : `Musée de France (arrêté du ${readDay(decreed) ?? decreed})`;
  return unique([appellation, ...listsAt(notice, 'LABEL', 'PROT-BAT', 'PROT-ESP')]);
}

/** In the field of its closing: that it is open again, and that it will be. */
const OPEN = /^(non|0|ouvert)|\bre-?ouver/;
const FOR_A_WHILE = /travaux|temporaire|provisoire|renovation|restauration/;
const HAS_CLOSED = /\b\d{4}\b|ferm|^(oui|1|x)$/;

/** ANNEE_FE says that it has closed, and when; ACCES that the public is not let in, which may be for works only. */
function openness(
  notice: Notice,
  id: string,
  notes: Finding[],
): { closed?: boolean; closedOn?: string | undefined; openingHours?: string | undefined } {
  const since = lineAt(notice, 'ANNEE_FE');
  const said = fold(since ?? '');
  if (since !== undefined && FOR_A_WHILE.test(said) && !OPEN.test(said)) {
    notes.push(finding('museofile-not-open', { id }));
    return { openingHours: `Fermé au public (${since.slice(0, 200)})` };
  }
  if (since !== undefined && !OPEN.test(said) && !HAS_CLOSED.test(said))
    notes.push(
      finding('format-value-unread', { value: since.slice(0, 100), where: 'ANNEE_FE', expected: 'une année' }),
    );
  else if (since !== undefined && !OPEN.test(said)) {
    const year = /\b\d{4}\b/.exec(since)?.[0];
    return { closed: true, ...defined({ closedOn: readDay(since), openingHours: year && `Fermé en ${year}` }) };
  }
  if (fold(lineAt(notice, 'ACCES') ?? '') !== 'non') return {};
  notes.push(finding('museofile-not-open', { id }));
  return { openingHours: 'Fermé au public' };
}
