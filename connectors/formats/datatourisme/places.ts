/** Where an object is: its first place, and the others in words. */
import { unique } from '../shared/text.ts';
import { at, inFrench, publicLine, type Thing, textOf, texts, things } from './values.ts';

export interface Where {
  readonly address?: string | undefined;
  readonly postcode?: string | undefined;
  readonly town?: string | undefined;
  readonly insee?: string | undefined;
  readonly coordinates?: readonly [latitude: string, longitude: string] | undefined;
  /** The places beside the first, each on a line. */
  readonly others: readonly string[];
}

const INSEE = /^(\d{5}|2[AB]\d{3})$/;

/** Address and position are those of one place: the first that has both, else the first that has an address, else a position. */
export function whereIn(object: Thing): Where {
  const spots = things(at(object, 'isLocatedAt')).flatMap(spotsIn);
  const first =
    spots.find((spot) => spot.words !== '' && spot.coordinates) ?? spots.find((spot) => spot.words !== '') ?? spots[0];
  if (first === undefined) return { others: [] };
  const others = unique(spots.map((spot) => spot.words)).filter((words) => words !== first.words);
  return { ...first, others };
}

/** One for each address of a place; the place's position is that of the first. */
function spotsIn(place: Thing): readonly (Omit<Where, 'others'> & { readonly words: string })[] {
  const geo = things(at(place, 'geo'))[0];
  const [latitude, longitude] = [textOf(at(geo, 'latitude')), textOf(at(geo, 'longitude'))];
  const coordinates = latitude === undefined || longitude === undefined ? undefined : ([latitude, longitude] as const);
  const name = publicLine([...inFrench(at(place, 'label')), ...inFrench(at(place, 'name'))][0]);
  const addresses = things(at(place, 'address'));
  if (addresses.length === 0) return [{ coordinates, address: name, words: name ?? '' }];
  return addresses.map((address, rank) => {
    const city = things(at(address, 'hasAddressCity'))[0];
    const postcode = publicLine(textOf(at(address, 'postalCode')));
    const cedex = publicLine(textOf(at(address, 'cedex')));
    const town = publicLine(textOf(at(address, 'addressLocality')) ?? inFrench(at(city, 'label'))[0]);
    const box = publicLine(textOf(at(address, 'postOfficeBoxNumber')));
    const lines = unique([name, ...texts(at(address, 'streetAddress')).map(publicLine), box]).join(', ');
    const words = [lines, [postcode, town, cedex].filter((part) => part !== undefined).join(' ')];
    return {
      coordinates: rank === 0 ? coordinates : undefined,
      address: lines || undefined,
      postcode,
      town,
      insee: inseeOf(city),
      words: words.filter((part) => part !== '').join(', '),
    };
  });
}

/** The code of a commune stands beside its name, or is the end of its address (`kb:59512`). */
function inseeOf(city: Thing | undefined): string | undefined {
  const codes = [textOf(at(city, 'insee')), textOf(at(city, 'id'))?.split(/[:/#]/).at(-1)];
  return codes.find((code) => code !== undefined && INSEE.test(code));
}
