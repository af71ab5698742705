/** The blocks of a structure, an object and an event: what two descriptions of one thing share, whatever else differs. */
import type { Block } from './candidates.ts';
import type { ComparedEvent } from './events.ts';
import { inventoryNumbers } from './inventory.ts';
import type { ComparedName } from './names.ts';
import { type ComparedObject, tellingTitle } from './objects.ts';
import { type ComparedStructure, namesOf, type Placed, townKeys } from './structures.ts';
import { subjectOf } from './subjects.ts';

/** Words of one description that make blocks of their own; more are rare, and would cost each of them. */
const MOST_WORDS = 12;
/** Of a name they are also taken two by two. */
const MOST_NAME_WORDS = 6;

/** Its codes; each word that tells, at its place, finer with a second word; its whole name wherever it is (for where a place is not known). */
export function structureBlocks(structure: ComparedStructure): readonly Block[] {
  const names = namesOf(structure, structure.towns);
  const words = wordsOf(names).slice(0, MOST_NAME_WORDS);
  const places = placeKeys(structure);
  const named = (place: string) => names.map((name) => ({ key: `name ${joined(name)} @ ${place}` }));
  const here = places.flatMap((place) =>
    words.map((word) => ({
      key: `word ${word} @ ${place}`,
      finer: [...words.filter((other) => other !== word).map((other) => twoWords(word, other, place)), ...named(place)],
    })),
  );
  const anywhere = names.map((name) => ({ key: `name ${joined(name)}`, finer: places.flatMap(named) }));
  return [...codeBlocks(structure.codes), ...here, ...anywhere];
}

const twoWords = (a: string, b: string, place: string): Block => ({
  key: `words ${[a, b].sort().join(' ')} @ ${place}`,
});

/** Its codes; its holder with each of its numbers; without a number its holder with its title, finer by its year. */
export function objectBlocks(object: ComparedObject): readonly Block[] {
  const holders = holderKeys(object.holder);
  const numbers = inventoryNumbers(object.inventoryNumber ?? '');
  // A number that returns as often as that in one holder is a word for none; with the title it may tell.
  const title = [...tellingTitle(object)].sort().join(' ');
  const numbered = numbers.flatMap(({ key }) =>
    holders.map((holder) => ({
      key: `number ${key} @ ${holder}`,
      finer: [{ key: `number ${key} ${title} @ ${holder}` }],
    })),
  );
  const unnumbered = holders.map((holder) => ({
    key: `title ${title} @ ${holder}`,
    finer: [{ key: `title ${title} ${object.from ?? ''} @ ${holder}` }],
  }));
  return [...codeBlocks(object.codes), ...(numbers.length > 0 ? numbered : unnumbered)];
}

/** Its codes; its first day at its place, finer by the words of its title and venue; its first day at its venue where no place is known. */
export function eventBlocks(event: ComparedEvent): readonly Block[] {
  const { begin, title, venue, towns } = event;
  const venueWords = wordsOf(namesOf({ name: venue }, towns));
  const { telling, kinds, programmes } = subjectOf(title, [venue, ...towns]);
  const words = [...telling, ...kinds, ...programmes, ...venueWords].slice(0, MOST_WORDS);
  const here = placeKeys(event).map((place) => ({
    key: `day ${begin} @ ${place}`,
    finer: words.map((word) => ({ key: `day ${begin} ${word} @ ${place}` })),
  }));
  const unplaced = venueWords.map((word) => ({ key: `day ${begin} venue ${word}` }));
  return [...codeBlocks(event.codes), ...here, ...unplaced];
}

const codeBlocks = (codes: readonly string[]): readonly Block[] => codes.map((code) => ({ key: `code ${code}` }));

/** Thousands of objects have one holder: its keys are worked out once. */
const KEYS_OF_HOLDERS = new WeakMap<ComparedStructure, readonly string[]>();

function holderKeys(holder: ComparedStructure | undefined): readonly string[] {
  if (!holder) return [];
  const known = KEYS_OF_HOLDERS.get(holder) ?? keysOfHolder(holder);
  KEYS_OF_HOLDERS.set(holder, known);
  return known;
}

/** A holder by its codes where it has some of the hub's own, and by its words at its place. */
function keysOfHolder(holder: ComparedStructure): readonly string[] {
  const words = wordsOf(namesOf(holder, holder.towns));
  const places = placeKeys(holder);
  const named = words.flatMap((word) => (places.length > 0 ? places.map((place) => `${word} ${place}`) : [word]));
  return [...holder.codes, ...named];
}

/** Codes of its place and what it lies in, and its names. */
function placeKeys(placed: Placed): readonly string[] {
  return [...placed.places, ...townKeys(placed).map((town) => `town ${town}`)];
}

/** The words that tell in any of its names; those that all share where there is no other. */
function wordsOf(names: readonly ComparedName[]): readonly string[] {
  const words = names.flatMap(({ telling, generic }) =>
    telling.size > 0 ? [...telling] : [[...generic].sort().join(' ')],
  );
  return [...new Set(words)].filter((word) => word !== '').slice(0, MOST_WORDS);
}

/** A name without its spaces: "Choco Rêve" is "Chocorêve". */
const joined = ({ telling, generic }: ComparedName): string => [...(telling.size > 0 ? telling : generic)].join('');
