/** A name on its own: which of the places of that name is meant, and how surely. */
import { isCommune, liesIn, type Place, type PlaceIndex } from '../vocabularies/place-index.ts';
import type { PlaceRule, PlaceRules } from './places-rules.ts';

export interface Reading {
  readonly place: Place;
  readonly rule: PlaceRule;
}

/** Belgian municipalities have no population in the tables: they count as towns. */
const populationOf = ({ population, country, type }: Place, rules: PlaceRules): number =>
  population === 0 && country === 'BE' && type === 'commune' ? rules.town : population;

/** The readings of a name without anything that tells its namesakes apart; several only where none is sure. */
export function bareReadings(
  key: string,
  named: readonly Place[],
  index: PlaceIndex,
  rules: PlaceRules,
): readonly Reading[] {
  const places = named.length < 2 ? named : widest(outermost(named), rules);
  const areas = places.filter((place) => !isCommune(place));
  if (areas.length > 0) return areas.length === places.length ? areas.map(areaReading) : rivals(places, rules);
  const ours = settled(
    places.filter((place) => place.ours),
    rules,
  );
  if (ours.length > 1) return rivals(ours, rules);
  const others = places.filter((place) => !place.ours);
  const [place] = ours;
  return place ? oursOrTheirs(key, place, others, index, rules) : theirs(key, others, index, rules);
}

/** A commune and what has its name within it are one thing. */
function outermost(places: readonly Place[]): readonly Place[] {
  return places.filter((place) => !places.some((one) => one !== place && isCommune(one) && liesIn(place, one)));
}

/** Of an area and a village of its name the area is meant ("Suisse"), of an area and a great city the city ("Paris"). */
export function widest(places: readonly Place[], rules: PlaceRules): readonly Place[] {
  const areas = places.filter((place) => !isCommune(place));
  if (areas.length === 0 || areas.length === places.length) return places;
  const largest = places.filter(isCommune).toSorted((a, b) => b.population - a.population)[0];
  if (!largest || largest.population < rules.settled) return areas;
  return largest.population >= rules['great city'] ? [largest] : places;
}

const OUR_AREAS = /^(?:insee-reg:(?:32|28)|insee-dep:(?:02|14|27|50|59|60|61|62|76|80)|iso-3166:..)$/;

function areaReading(place: Place): Reading {
  return { place, rule: OUR_AREAS.test(place.id) ? 'name' : 'area elsewhere' };
}

/** A town is meant rather than a former commune of its name in its country. */
function settled(places: readonly Place[], rules: PlaceRules): readonly Place[] {
  const today = places.filter(({ type }) => type === 'commune');
  const [town] = today;
  if (today.length !== 1 || !town || populationOf(town, rules) < rules.settled) return places;
  return places.filter(({ type, country }) => type === 'commune' || country !== town.country);
}

function rivals(places: readonly Place[], rules: PlaceRules): readonly Reading[] {
  return places.length > rules['most rivals'] ? [] : places.map((place) => ({ place, rule: 'rival' }));
}

function oursOrTheirs(
  key: string,
  place: Place,
  others: readonly Place[],
  index: PlaceIndex,
  rules: PlaceRules,
): readonly Reading[] {
  const population = populationOf(place, rules);
  const isOther = (one: Place) => !liesIn(one, place) && !liesIn(place, one);
  const longer = [...(index.byShortName.get(key) ?? []), ...(index.byPart.get(key) ?? [])].filter(isOther);
  const towns = others.filter((one) => one.population >= rules.town);
  const largest = (places: readonly Place[]) => Math.max(0, ...places.map((one) => populationOf(one, rules)));
  const needed = Math.max(
    rules.dominance * largest(others),
    rules['dominance over longer names'] * largest(longer),
    longer.length > 0 ? 1 : 0,
  );
  if (population < needed) return [place, ...towns].map((one) => ({ place: one, rule: 'namesake' }));
  if (isWord(key, place, index)) return [{ place, rule: 'word or name' }];
  if (place.type === 'former-commune' && others.length > 0) return [{ place, rule: 'namesake' }];
  return [{ place, rule: others.length > 0 ? 'name with namesakes' : 'name' }];
}

function theirs(key: string, places: readonly Place[], index: PlaceIndex, rules: PlaceRules): readonly Reading[] {
  const [first, second] = places.toSorted((a, b) => b.population - a.population);
  if (!first) return [];
  const alone = first.population >= Math.max(rules.town, rules.dominance * (second?.population ?? 0));
  const shortened = index.byShortName
    .get(key)
    ?.some(({ ours, population }) => ours && population * rules.dominance > first.population);
  if (alone && !shortened && places.length <= rules['most rivals'])
    return [{ place: first, rule: index.homonyms.has(key) ? 'word or name' : 'town elsewhere' }];
  if (!second && !shortened && key.split(' ').length >= rules['unmistakable words'])
    return [{ place: first, rule: 'unmistakable name' }];
  return places.length > rules['most rivals'] ? [] : places.map((place) => ({ place, rule: 'elsewhere' }));
}

/** Listed as a word, or too short to be told from one; a former commune of an article and a word ("Le Tourneur") is rather a surname. */
function isWord(key: string, { type }: Place, { homonyms }: PlaceIndex): boolean {
  return homonyms.has(key) || key.length < 3 || (type === 'former-commune' && /^(?:l[ae]s?|l) [a-z]+$/.test(key));
}
