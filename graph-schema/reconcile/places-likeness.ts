/** Names that are written otherwise than the tables have them: by ear, or with one letter wrong. */
import { isCommune, type Place, type PlaceIndex } from '../vocabularies/place-index.ts';

export interface Likeness {
  /** Our communes whose name sounds the same. */
  soundsLike(key: string): readonly Place[];
  /** Our communes whose name is one letter away: one more, one less, another one, or two that changed places. */
  oneLetterOff(key: string): readonly Place[];
}

/** Shorter names have too many neighbours. */
const SHORTEST = 6;
const SHORTEST_SOUND = 5;
const LONGEST = 45;

/** Compares with the names of our communes; its two indexes are made when they are first asked for. */
export function likeness({ ourNames, byName }: PlaceIndex): Likeness {
  let sounds: ReadonlyMap<string, readonly string[]> | undefined;
  let halves: ReadonlyMap<string, readonly string[]> | undefined;
  const places = (names: readonly string[]): readonly Place[] => [
    ...new Set(names.flatMap((name) => (byName.get(name) ?? []).filter((place) => place.ours && isCommune(place)))),
  ];
  return {
    soundsLike(key) {
      if (!isComparable(key)) return [];
      const sound = soundOf(key);
      if (sound.length < SHORTEST_SOUND) return [];
      sounds ??= indexed(ourNames, (name) => [soundOf(name), ...withoutArticle(name).map(soundOf)]);
      return places(sounds.get(sound) ?? []);
    },
    oneLetterOff(key) {
      if (!isComparable(key)) return [];
      halves ??= indexed(ourNames, (name) => halvesOf(name, name.length));
      const near = [key.length - 1, key.length, key.length + 1].flatMap((length) =>
        halvesOf(key, length).flatMap((half) => halves?.get(half) ?? []),
      );
      return places([...new Set(near)].filter((name) => isOneLetterOff(key, name)));
    },
  };
}

function isComparable(key: string): boolean {
  return key.length >= SHORTEST && key.length <= LONGEST && /^[a-z ]+$/.test(key);
}

function indexed(
  names: readonly string[],
  keysOf: (name: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const name of names.filter(isComparable))
    for (const key of keysOf(name)) {
      const known = index.get(key);
      if (known) known.push(name);
      else index.set(key, [name]);
    }
  return index;
}

/** "Petit-Quevilly" for Le Petit-Quevilly; of one word alone the article is not left out. */
function withoutArticle(name: string): readonly string[] {
  const [, rest] = /^(?:les?|la|l) (.+ .+)$/.exec(name) ?? [];
  return rest === undefined ? [] : [rest];
}

/** One wrong letter leaves the first or the last half of the name whole. */
function halvesOf(key: string, length: number): readonly string[] {
  const half = Math.floor((length - 1) / 2);
  return [`${length}<${key.slice(0, half)}`, `${length}>${key.slice(-half)}`];
}

/** Damerau's distance is 1. */
export function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (a.length !== b.length) return restA.slice(1) === restB || restB.slice(1) === restA;
  return (
    restA.slice(1) === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

/** French and Flemish spellings of one sound become one; silent ends go, and articles within a name. */
export function soundOf(key: string): string {
  return key
    .replace(/ (?:(?:la|le|les|l|d|de|du|des|aux|au) )+/g, ' ')
    .replace(/ch/g, '$')
    .replace(/ph/g, 'f')
    .replace(/ae/g, 'a')
    .replace(/cqu?|ck|qu?|k|c(?![eiy])/g, 'k')
    .replace(/h/g, '')
    .replace(/y/g, 'i')
    .replace(/w/g, 'v')
    .replace(/([a-z])\1/g, '$1')
    .replace(/[esxtzd]{1,3}(?= |$)/g, '')
    .trim();
}
