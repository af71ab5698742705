/** Where a notice of POP says that something stands: the commune by its INSEE code, else in words; and the point. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Link } from '#graph-schema/record.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import { wordLinks } from '../shared/objects.ts';
import { unique } from '../shared/text.ts';
import { pairOf } from '../table/values.ts';
import { lineAt, listAt, type Notice } from './notice.ts';

/** The communes (INSEE, else COM with its department). `how` is `inferred` where the thing is there but was perhaps not made there. */
export function placeLinks(notice: Notice, notes: Finding[], how?: 'inferred'): readonly Link[] {
  const codes = unique(listAt(notice, 'INSEE').flatMap((value) => value.split(/[,\s]+/)));
  const known = codes.flatMap((code) => inseeOf(code, notes));
  const said = how === undefined ? {} : { how, confidence: 0.7 };
  if (known.length > 0) return known.map((value) => ({ identifier: { scheme: 'insee', value }, ...said }));
  const department = lineAt(notice, 'DPT_LETTRE', 'DPT');
  const communes = listAt(notice, 'COM', 'WCOM');
  const words = communes.map((commune) => (department === undefined ? commune : `${commune} (${department})`));
  return wordLinks(words).map((link) => ({ ...link, ...said }));
}

/** A spreadsheet takes the zero from before `02691`; of four digits it is sure. */
function inseeOf(code: string, notes: Finding[]): readonly string[] {
  if (/^\d{4}$/.test(code)) return [`0${code}`];
  if (/^(?:\d{5}|2[AB]\d{3})$/i.test(code)) return [code.toUpperCase()];
  notes.push(finding('format-value-unread', { value: code.slice(0, 50), where: 'INSEE', expected: 'cinq chiffres' }));
  return [];
}

/** The projections that are read; the four zones of the old Lambert (NTF) and those overseas are not. */
const READ_ZONES = /^(?:lambert ?-?93|rgf ?93|l93|wgs ?84|epsg:(?:2154|4326))$/i;

/** The point: WGS 84 as POP works it out (POP_COORDONNEES), else as it was entered (COOR, or the first of COORM) in the projection that ZONE names. */
export function pointOf(notice: Notice, notes: Finding[]): GeoPoint | undefined {
  const worked = pairOf(lineAt(notice, 'POP_COORDONNEES') ?? '');
  const point = worked && coordinatesOf(worked[0], worked[1], 'site');
  if (point?.note) notes.push(point.note);
  if (point) return point.point;
  const code = notice.has('COOR') ? 'COOR' : 'COORM';
  const entered = notice.get(code)?.[0];
  if (entered === undefined) return undefined;
  const zone = lineAt(notice, 'ZONE');
  const [x, y] = entered.split(/[;,\s]+/).filter((part) => part !== '');
  const isRead = x !== undefined && y !== undefined && (zone === undefined || READ_ZONES.test(zone));
  const declared = zone === undefined || /84|4326/.test(zone) ? undefined : 'lambert-93';
  const found = isRead ? coordinatesOf(x, y, code === 'COOR' ? 'site' : 'area', declared) : undefined;
  // That a projection was worked out is worth telling only where the notice does not name it.
  if (found?.note && !(zone !== undefined && found.note.code === 'coordinates-projected')) notes.push(found.note);
  if (found) return found.point;
  notes.push(
    finding('format-value-unread', {
      value: `${entered.slice(0, 60)} (${zone ?? 'sans ZONE'})`,
      where: code,
      expected: 'des coordonnées Lambert 93 ou WGS 84',
    }),
  );
  return undefined;
}
