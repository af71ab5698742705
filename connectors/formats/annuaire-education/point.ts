/** Where a school stands: in degrees, or in the metres of the map that the register was drawn on. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import { fold } from '#graph-schema/text.ts';
import { coordinatesOf } from '../shared/coordinates.ts';
import type { Cells } from './cells.ts';

/** Undefined where nothing is said, or nothing that can be understood: that is told, and so is what was mended. */
export function pointOf(cells: Cells, notes: Finding[]): GeoPoint | undefined {
  const pair = pairOf(cells);
  if (pair === undefined) return undefined;
  const read = coordinatesOf(pair[0], pair[1], precisionOf(cells));
  if (read === undefined) {
    const value = `${pair[0]}, ${pair[1]}`.slice(0, 100);
    notes.push(finding('format-value-unread', { value, where: 'latitude, longitude', expected: 'une position' }));
    return undefined;
  }
  if (read.note) notes.push(read.note);
  return read.point;
}

/** Degrees first: metres want to be converted. */
function pairOf(cells: Cells): readonly [string, string] | undefined {
  const both = (first: string, second: string): readonly [string, string] | undefined => {
    const [a, b] = [cells.text(first), cells.text(second)];
    return a === undefined || b === undefined ? undefined : [a, b];
  };
  return (
    both('latitude', 'longitude') ??
    cells.pair('position') ??
    cells.pair('geo_coordonnees') ??
    both('coordx_origine', 'coordy_origine') ??
    both('coordonnee_x', 'coordonnee_y')
  );
}

const STREET = /rue|voie|lieu.?dit|adressage|interpolation|quartier/;
const COMMUNE = /commune|ville|mairie|mauvaise/;

/** The register says how near it came: `Numéro de rue`, `Rue`, `CENTRE COMMUNE`… */
function precisionOf(cells: Cells): GeoPoint['precision'] {
  const word = fold(cells.text('precision_localisation', 'localisation') ?? '');
  if (/numero|plaque|parcelle|batiment|parfaite/.test(word)) return 'site';
  if (COMMUNE.test(word)) return 'commune';
  return STREET.test(word) ? 'street' : 'site';
}
