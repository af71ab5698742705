/** The places of the packaged tables, read once in a process: they are large. */
import { type PlaceIndex, placeIndex } from './place-index.ts';
import { tableRows, tableText } from './tables.ts';

/** The tables that decide what texts about places mean. */
export const PLACE_TABLES = ['places', 'places-elsewhere', 'place-names', 'place-homonyms'] as const;

let packaged: PlaceIndex | undefined;

/** Throws where a table is missing or broken: the program is then badly installed. */
export function packagedPlaces(): PlaceIndex {
  packaged ??= placeIndex({
    places: tableRows(tableText('places')),
    elsewhere: tableText('places-elsewhere'),
    names: tableRows(tableText('place-names')),
    homonyms: tableRows(tableText('place-homonyms')),
  });
  return packaged;
}

/** What a commune is that no source describes (places-elsewhere.csv), by its INSEE code; undefined of a place that the graph's own table has, and of an unknown code. */
export function placeElsewhere(
  insee: string,
): { readonly name: string; readonly placeType: string; readonly country: string } | undefined {
  const place = packagedPlaces().byId.get(`insee:${insee}`);
  return place && !place.ours ? { name: place.label, placeType: place.type, country: place.country } : undefined;
}
