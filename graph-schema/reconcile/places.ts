/**
 * Free text becomes places: "Roubaix, rue du Curoir", "Lomme (Lille)", "Comines (B) ; Tourcoing". The text is cut into pieces, every piece is
 * read for itself (places-meaning.ts), and pieces that contain another ("Nord", "Belgique", "59") tell it from its namesakes.
 */

import { fold } from '../text.ts';
import { isCommune, keyOfFolded, liesIn, type Place, type PlaceIndex } from '../vocabularies/place-index.ts';
import { PLACE_TABLES, packagedPlaces } from '../vocabularies/places-packaged.ts';
import { tableText } from '../vocabularies/tables.ts';
import type { Candidate } from './match.ts';
import { bareReadings, type Reading, widest } from './places-bare.ts';
import { likeness } from './places-likeness.ts';
import { type Meaning, pieceReader } from './places-meaning.ts';
import { piecesOf } from './places-pieces.ts';
import { type PlaceRule, type PlaceRules, placeRulesText, readPlaceRules } from './places-rules.ts';

/** A text longer than this names no place, but tells of some. */
const LONGEST_TEXT = 400;

/** No name of a place has one of these. */
const CUT = /[,;:|()[\]\n]/;

export type PlaceReader = (text: string) => readonly Candidate[];

/** The texts of all tables that decide how places are read: part of the version of what texts are read as. */
export function placeReaderTexts(): readonly string[] {
  return [...PLACE_TABLES.map(tableText), placeRulesText()];
}

/** Reads the packaged tables; the reader gives all places that a text means, the surest first. Throws where a table is missing or broken. */
export function createPlaceReader(): PlaceReader {
  const rules = readPlaceRules(placeRulesText());
  const index = packagedPlaces();
  const pieces = pieceReader(index, likeness(index));
  return (text) => {
    if (text.length > LONGEST_TEXT) return [];
    const key = CUT.test(text) ? '' : keyOfFolded(fold(text));
    const named = key === '' ? undefined : index.byName.get(key);
    if (named)
      return candidates(
        bareReadings(key, named, index, rules).map((one) => ({ ...one, text, doubted: false })),
        rules,
      );
    const meanings = piecesOf(text).flatMap((piece) => pieces.read(piece));
    return candidates(new Text(meanings, index, rules).readings(), rules);
  };
}

interface Told extends Reading {
  readonly text: string;
  readonly doubted: boolean;
}

function candidates(told: readonly Told[], rules: PlaceRules): readonly Candidate[] {
  const best = new Map<Place, Candidate>();
  for (const { place, rule, text, doubted } of told) {
    const confidence = doubted ? Math.round(rules[rule] * rules.doubted * 100) / 100 : rules[rule];
    const known = best.get(place);
    if (known && known.confidence >= confidence) continue;
    best.set(place, { identifier: place.identifier, label: place.label, confidence, rule, text });
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence);
}

/** What a piece is among the others: a place that is meant, or one that tells where another is. */
interface Part {
  readonly at: number;
  readonly meaning: Meaning;
  role: 'meant' | 'tells';
  used: boolean;
}

/** The pieces of one text, read together. */
class Text {
  readonly #parts: readonly Part[];
  readonly #index: PlaceIndex;
  readonly #rules: PlaceRules;

  constructor(meanings: readonly Meaning[], index: PlaceIndex, rules: PlaceRules) {
    this.#index = index;
    this.#rules = rules;
    this.#parts = withoutGuesses(meanings).map((meaning, at) => ({
      at,
      meaning,
      role: meaning.kind === 'place' ? 'meant' : 'tells',
      used: false,
    }));
    for (const part of this.#parts) if (part.role === 'meant' && this.#tells(part)) part.role = 'tells';
  }

  /** All that the text means. */
  readings(): readonly Told[] {
    const read = this.#parts.filter(({ role }) => role === 'meant').map((part) => ({ part, told: this.#told(part) }));
    const sure = read.flatMap(({ told: [first] }) =>
      first?.place.ours && isCommune(first.place) && this.#isSure(first) ? [first.place] : [],
    );
    return read.flatMap(({ part, told }) => {
      if (this.#conflicts(part)) return told.map((one) => this.#atMost(one, 'conflict'));
      const listed = told
        .filter((one) => this.#isInList(one, sure))
        .map((one) => ({ ...one, rule: 'listed' as const }));
      if (listed.length === 1) return listed.map((one) => this.#among(part, one));
      return told.map((one) => this.#among(part, one));
    });
  }

  /** Whether a piece contains another one, or says again what one says: "Nord" beside "Roubaix", "59000" beside "Lille". */
  #tells(part: Part): boolean {
    const { places, read } = part.meaning;
    return this.#parts.some((other) => {
      if (other === part || other.role !== 'meant') return false;
      const inside = (one: Place) => places.some((place) => one !== place && liesIn(one, place));
      if (other.meaning.places.some(inside) || (sameSegment(part, other) && other.meaning.instead.some(inside)))
        return true;
      if (!places.some((place) => other.meaning.places.includes(place))) return false;
      if (read === 'postcode' || other.meaning.read === 'postcode')
        return read === 'postcode' && (other.meaning.read !== 'postcode' || other.at < part.at);
      return places.length === other.meaning.places.length
        ? other.at < part.at
        : places.length > other.meaning.places.length;
    });
  }

  #told({ at, meaning }: Part): readonly Told[] {
    const telling = this.#parts.filter((one) => one.at !== at && one.role === 'tells');
    const near = telling.filter((one) => one.meaning.piece.segment === meaning.piece.segment);
    const alone = (one: Part) => !this.#parts.some((other) => other.role === 'meant' && sameSegment(other, one));
    const far = telling.filter((one) => !near.includes(one) && alone(one));
    const told = this.#narrowed(meaning, near) ?? this.#narrowed(meaning, far);
    const readings = told ? this.#qualified(told.places, told.rule) : this.#bare(meaning);
    return readings.map((one) => ({
      ...one,
      text: meaning.piece.raw,
      doubted: meaning.doubted || near.some((other) => other.meaning.doubted),
    }));
  }

  /** The places that agree with what tells where they are; undefined where nothing does. */
  #narrowed(meaning: Meaning, telling: readonly Part[]): { places: readonly Place[]; rule: PlaceRule } | undefined {
    for (const [places, rule] of [
      [meaning.places, QUALIFIED[meaning.read]],
      [meaning.instead, 'short name qualified'],
    ] as const) {
      let kept = places;
      let agreed = false;
      for (const part of telling) {
        const agreeing = kept.filter(part.meaning.holds);
        if (agreeing.length === 0) continue;
        [kept, agreed, part.used] = [agreeing, true, true];
      }
      if (agreed) return { places: kept, rule };
    }
    return undefined;
  }

  #qualified(places: readonly Place[], rule: PlaceRule): readonly Reading[] {
    const [only, ...more] = places.length < 2 ? places : widest(meantAmong(places), this.#rules);
    if (!only) return [];
    if (more.length === 0) return [{ place: only, rule }];
    const bare = more.length + 1 > this.#rules['most rivals'] ? [] : [only, ...more];
    return bare.map((place) => ({ place, rule: 'rival' }));
  }

  #bare({ read, key, places }: Meaning): readonly Reading[] {
    if (read === 'name') return bareReadings(key, places, this.#index, this.#rules);
    if (read === 'whole') return this.#qualified(places, 'qualified name');
    if (read === 'part of') {
      const readings = bareReadings(key, places, this.#index, this.#rules);
      return readings.map((one) => this.#atMost(one, 'part of'));
    }
    const today = places.filter(({ type }) => read !== 'postcode' || type === 'commune');
    const rule =
      read === 'sounds alike' && !today.some((place) => this.#isUnmistakable(key, place)) ? 'misspelt' : read;
    return this.#qualified(today, rule);
  }

  /** Words sound like villages, but not like towns or like names of several words. */
  #isUnmistakable(key: string, { population }: Place): boolean {
    return population >= this.#rules.settled || key.split(' ').length >= this.#rules['unmistakable words'];
  }

  /** Pieces of one segment that agree with none of its places speak against them: "Lille (Somme)". */
  #conflicts(part: Part): boolean {
    const near = this.#parts.filter((one) => sameSegment(one, part));
    const idle = near.some(
      ({ meaning, role, used }) =>
        role === 'tells' && meaning.kind === 'qualifier' && !used && meaning.key !== 'europe',
    );
    const rank = ({ meaning }: Part) => (meaning.places.some(isCommune) ? 'commune' : meaning.places[0]?.type);
    return idle || near.some((one) => one.role === 'meant' && rank(one) !== rank(part));
  }

  /** What stands beside a place and is not understood makes it less sure, unless it is surely a part of it. */
  #among(part: Part, one: Told): Told {
    const near = this.#parts.filter((other) => sameSegment(other, part));
    const others = near.filter((other) => other.role === 'meant' && other !== part);
    const between = ({ at }: Part) => others.some((other) => at < other.at === other.at < part.at);
    const unknown = near.filter((other) => other.meaning.kind === 'unknown' && !between(other));
    const parted = near.some(({ meaning }) => meaning.kind === 'part');
    if (unknown.length === 0 && !parted) return one;
    if (unknown.length > 0 && !isCommune(one.place)) return this.#atMost(one, 'with unknown words');
    const before = unknown.every(({ at }) => at < part.at);
    const known = before || near.some(({ role, meaning, used }) => used && role === 'tells' && meaning.kind !== 'note');
    return this.#atMost(one, known ? 'part of' : 'with unknown words');
  }

  /** A word, or one of several towns of its name, is meant where it stands in a list with a place of its department. */
  #isInList({ place, rule }: Reading, sure: readonly Place[]): boolean {
    const unsure = rule === 'word or name' || (rule === 'rival' && place.population >= this.#rules.settled);
    return unsure && sure.some((one) => one !== place && one.within === place.within);
  }

  #isSure({ rule }: Reading): boolean {
    return this.#rules[rule] >= this.#rules['sounds alike'];
  }

  #atMost<R extends Reading>(one: R, rule: PlaceRule): R {
    return this.#rules[one.rule] > this.#rules[rule] ? { ...one, rule } : one;
  }
}

const QUALIFIED: Readonly<Record<Meaning['read'], PlaceRule>> = {
  name: 'qualified name',
  whole: 'qualified name',
  postcode: 'postcode',
  'long name': 'long name',
  'old part': 'old part',
  'part of': 'part of',
  'sounds alike': 'misspelt qualified',
  misspelt: 'misspelt qualified',
  'short name': 'short name qualified',
};

const GUESSED: ReadonlySet<Meaning['read']> = new Set(['sounds alike', 'misspelt', 'short name']);

/** Beside a commune, what only resembles a place is rather a person or a thing: "Cambrai (Jean de)". */
function withoutGuesses(meanings: readonly Meaning[]): readonly Meaning[] {
  const communes = meanings.filter(
    ({ kind, read, places }) => kind === 'place' && !GUESSED.has(read) && places.some(isCommune),
  );
  return meanings.map((meaning) => {
    const beside = communes.some(
      ({ piece, holds }) => piece.segment === meaning.piece.segment && !meaning.places.some(holds),
    );
    return GUESSED.has(meaning.read) && beside ? { ...meaning, kind: 'unknown', places: [], instead: [] } : meaning;
  });
}

const sameSegment = (a: Part, b: Part): boolean => a.meaning.piece.segment === b.meaning.piece.segment;

/** A commune of today rather than a former one of its name. */
function meantAmong(places: readonly Place[]): readonly Place[] {
  const today = places.filter(({ type }) => type !== 'former-commune');
  return today.length > 0 ? today : places;
}
