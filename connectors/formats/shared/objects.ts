/** What the museum formats share when they make a HeritageObject: names, links of words, makers, pictures. */

import { readDate } from '#graph-schema/dates.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import type { When } from '#graph-schema/property.ts';
import type { Fields, HeritageRecord, Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { MappedRecord } from '../../format.ts';
import { RIGHTS } from './rights.ts';
import { qualified, splitList, tidyLine, unique } from './text.ts';

export type ObjectRecord = Omit<HeritageRecord<'HeritageObject'>, 'visibility'>;
type ObjectFields = Fields<'HeritageObject'>;

/** A name of at most this length: longer ones are cut at a word, the whole standing in the description (`cutTitle`). */
const LONGEST_NAME = 500;
const LONGEST_WORDS = 1_000;

/** The title, else what the object is and its inventory number: `navette (2019.3.1)`. Undefined where nothing is known. */
export function objectName(
  titles: readonly string[],
  kinds: readonly (string | undefined)[],
  inventory: string | undefined,
): string | undefined {
  const [title] = titles;
  if (title !== undefined) return shortened(title, LONGEST_NAME);
  const kind = kinds.find((one) => one !== undefined);
  if (kind === undefined) return undefined;
  return shortened(inventory === undefined ? kind : `${kind} (${inventory})`, LONGEST_NAME);
}

/** The title that `objectName` cuts short, whole: a description begins with it. None where nothing is cut. */
export function cutTitle(titles: readonly string[]): readonly string[] {
  return titles.slice(0, 1).filter((title) => title.length > LONGEST_NAME);
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit / 2)).trimEnd()}…`;
}

/** Links to what words mean, each once; too long a text is no word and is left out. */
export function wordLinks(words: readonly (string | undefined)[], how?: 'inferred'): readonly Link[] {
  return unique(words.map((word) => tidyLine(word)))
    .filter((text) => text.length <= LONGEST_WORDS)
    .map((text) => (how === undefined ? { text } : { text, how }));
}

/** Says that there is no date: nothing to be told. */
const UNDATED = /^(s\.? ?d\.?|sans date|non datee?|date inconnue|inconnue?|indeterminee?|n\.? ?d\.?)$/;

/** A date as it is written, with a note where it was not understood. */
export function dateOf(text: string | undefined, notes: Finding[]): When | undefined {
  const written = tidyLine(text);
  if (written === undefined) return undefined;
  const when = readDate(written);
  if (when.edtf === undefined && !UNDATED.test(fold(written)))
    notes.push(finding('format-date-unread', { value: written.slice(0, 100) }));
  return when;
}

const NOBODY = /^(anonyme|inconnue?|auteur inconnu|non identifiée?|anonymous|unknown|s\.? ?n\.?)$/;

/** Makers from `NOM Prénom (rôle, rôle) ; …`. Nobody known by name is no maker. */
export function makers(text: string | undefined, role?: string): readonly Link[] {
  return splitList(text).flatMap((part) => {
    const { text: name, qualifiers } = qualified(part);
    return maker(name, role ?? qualifiers.join(', '));
  });
}

/** One maker, or none. */
export function maker(name: string | undefined, role: string | undefined): readonly Link[] {
  const written = tidyLine(name);
  if (written === undefined || written.length > LONGEST_WORDS || NOBODY.test(fold(written))) return [];
  const said = tidyLine(role);
  return [said === undefined ? { text: written } : { text: written, facts: { role: said.slice(0, LONGEST_WORDS) } }];
}

export interface Picture {
  readonly url: string;
  readonly title?: string | undefined;
  readonly mediaType?: string | undefined;
  /** The rights as stated, and the address of the licence: of the picture itself, never of the notice. */
  readonly rights?: string | undefined;
  readonly rightsUri?: string | undefined;
  readonly credit?: string | undefined;
}

/** Pictures, sound and film that a record brings along, each address once. Of unknown rights, `republishable` is not said. */
export function mediaLinks(pictures: readonly Picture[], objectName: string): readonly Link[] {
  const byUrl = new Map(pictures.toReversed().map((picture) => [picture.url, picture]));
  return [...byUrl.values()].toReversed().map((picture) => ({ media: mediaFields(picture, objectName) }));
}

function mediaFields(picture: Picture, objectName: string): Fields<'Media'> {
  const republishable = RIGHTS.republishable(picture.rights, picture.rightsUri);
  return defined({
    name: picture.title ?? objectName,
    url: picture.url,
    mediaType: mediaTypeOf(picture.url, picture.mediaType),
    rights: picture.rights,
    rightsUri: picture.rightsUri,
    credit: picture.credit,
    republishable,
  }) as Fields<'Media'>;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['jpg', 'jpeg', 'png', 'gif', 'tif', 'tiff', 'webp', 'svg', 'jp2', 'bmp'].map((ext) => [ext, 'image']),
  ),
  ...Object.fromEntries(['mp4', 'webm', 'mov', 'avi', 'mpg', 'mpeg', 'ogv'].map((ext) => [ext, 'video'])),
  ...Object.fromEntries(['mp3', 'ogg', 'wav', 'flac', 'm4a'].map((ext) => [ext, 'audio'])),
  pdf: 'document',
};

const DOCUMENT =
  /^(application\/(pdf|msword|rtf|epub\+zip|vnd\.(oasis\.opendocument|openxmlformats-officedocument))|document\/)/i;

/** image, video, audio or document, by the media type that was given or by the address's ending; undefined where neither tells. */
export function mediaTypeOf(url: string, given?: string): string | undefined {
  const main = /^(image|video|audio)\//i.exec(given ?? '')?.[1]?.toLowerCase();
  if (main !== undefined) return main;
  if (DOCUMENT.test(given ?? '')) return 'document';
  const ending = /\.([a-z0-9]{2,4})$/i.exec(URL.canParse(url) ? new URL(url).pathname : url)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : EXTENSIONS[ending];
}

const KIND_WORDS: readonly (readonly [RegExp, NonNullable<ObjectFields['objectKind']>])[] = [
  [/^(film|video|movingimage|image animee|cinema)/, 'film'],
  [/^(temoignage|memoire orale|entretien)/, 'testimony'],
  [/^(specimen|zoologie|botanique|mineralogie|paleontologie|herbier)/, 'specimen'],
  [/^(archives?|manuscrit|imprime|livre|document|registre|plan|affiche|carte postale|text)\b/, 'document'],
  [/^(peinture|dessin|estampe|sculpture|tableau|gravure|aquarelle|photographie)\b/, 'work'],
];

/** Object, unless its kind or domain says that it is a work, a document, a film, a testimony or a specimen. */
export function objectKindOf(words: readonly string[]): NonNullable<ObjectFields['objectKind']> {
  const folded = words.map(fold);
  return KIND_WORDS.find(([pattern]) => folded.some((word) => pattern.test(word)))?.[1] ?? 'object';
}

/** Only the entries that say something: no undefined, no empty list. */
export function defined<T extends Record<string, unknown>>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const said = Object.entries(entries).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** A mapping of a HeritageObject. */
export function objectMapping(
  record: ObjectRecord,
  notes: readonly Finding[],
): { record: MappedRecord; notes?: readonly Finding[] } {
  return notes.length === 0 ? { record } : { record, notes };
}
