/** A HeritageObject from values that say by a word what they are: the metadata of IIIF, Omeka S and EDM come down to this. */
import { readDate } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Fields, Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Mapping } from '../../format.ts';
import { dateOf, defined, maker, makers, objectKindOf, objectMapping, objectName, wordLinks } from './objects.ts';
import { arkIn, bareTerms, qualified, splitList, tidyLine, unique, webAddress, withoutEmails } from './text.ts';

/** What a value is about. `format` and `coverage` hold all sorts, as in Dublin Core; `other` has no field of its own; `private` is for nobody. */
export type Meaning =
  | 'title'
  | 'alternative'
  | 'description'
  | 'date'
  | 'creator'
  | 'inventory'
  | 'identifier'
  | 'place'
  | 'subject'
  | 'type'
  | 'technique'
  | 'dimensions'
  | 'format'
  | 'coverage'
  | 'period'
  | 'inscription'
  | 'use'
  | 'duration'
  | 'rights'
  | 'credit'
  | 'page'
  | 'other'
  | 'ignored'
  | 'private';

/** One value, plain text. `label`: the partner's word for it, shown where the value has no field of its own; of a creator, the role. */
export interface Said {
  readonly meaning: Meaning;
  readonly text: string;
  readonly label?: string | undefined;
}

export type ObjectKind = NonNullable<Fields<'HeritageObject'>['objectKind']>;

/** What a partner's record says, beside its values. */
export interface Described {
  readonly id: string;
  readonly said: readonly Said[];
  /** Its nature where its words do not tell. */
  readonly kind: ObjectKind;
  /** Its nature whatever its words: there is film or sound. */
  readonly surely?: ObjectKind | undefined;
  readonly page?: string | undefined;
  readonly point?: GeoPoint | undefined;
  /** Texts in which an ARK may stand. */
  readonly addresses: readonly string[];
  /** Makes the links to pictures once the name is known. */
  readonly media: (name: string) => readonly Link[];
  /** Which fields the partner can fill to give it a name. */
  readonly named: string;
}

/** So many values without a field of their own are kept, as lines of the description; characters of one. */
const LIMITS = { others: 60, other: 2_000, listed: 500 } as const;

/** The record of a described thing. Rejects one without any name; says how many values were left out, and why. */
export function describedObject(described: Described, notes: Finding[]): Mapping {
  const { id } = described;
  const said = described.said.filter((one) => !isBareAddress(one));
  const of = (...meanings: readonly Meaning[]): readonly string[] =>
    unique(said.filter(({ meaning }) => meanings.includes(meaning)).map(({ text }) => text));
  const lines = (...meanings: readonly Meaning[]) => unique(of(...meanings).map((text) => tidyLine(text)));
  const list = (...meanings: readonly Meaning[]) => unique(of(...meanings).flatMap((text) => splitList(text)));
  const types = unique(of('type').flatMap((text) => bareTerms(text))).filter((type) => !isMedium(type));
  const inventory = inventoryOf(lines('inventory'), lines('identifier'));
  const titles = lines('title');
  const name = objectName(titles, [types[0]], inventory);
  if (name === undefined) return { rejected: finding('format-no-name', { id, columns: described.named }) };
  const formats = list('format');
  const coverage = list('coverage');
  const others = otherLines(described, notes);
  const fields = {
    name,
    ...defined({
      // A title that is too long for a name stands here whole.
      alternativeNames: unique([...titles, ...lines('alternative')]).filter((title) => title !== name),
      description: withoutEmails([...of('description'), ...others].join('\n')),
      page: described.page ?? lines('page').map(webAddress).find(Boolean),
      objectKind: described.surely ?? kindOf(lines('type'), types, described.kind),
      objectTypes: types,
      inventoryNumber: inventory,
      date: dateOf(lines('date')[0], notes),
      dimensions: tidyLine([...lines('dimensions'), ...formats.filter(isMeasure)].join(' ; ')),
      inscriptions: withoutEmails(of('inscription').join('\n')),
      use: tidyLine(lines('use').join(' ; ')),
      duration: lines('duration')[0],
      credit: withoutEmails(of('credit').join('\n')),
      point: described.point,
    }),
  };
  const relations = defined({
    madeIn: wordLinks([...list('place'), ...coverage.filter((text) => !isPeriod(text))]).slice(0, LIMITS.listed),
    techniques: wordLinks(techniquesOf(list('technique'), formats)),
    periods: wordLinks([...list('period'), ...coverage.filter(isPeriod)]),
    subjects: wordLinks(list('subject')).slice(0, LIMITS.listed),
    trades: wordLinks(
      list('subject').map((subject) => qualified(subject).text),
      'inferred',
    ).slice(0, LIMITS.listed),
    creators: said.flatMap(creatorsOf).slice(0, LIMITS.listed),
    media: described.media(name).slice(0, LIMITS.listed),
  });
  const arks = unique([...described.addresses, ...lines('identifier')].map(arkName));
  const identifiers = arks.map((value) => ({ scheme: 'ark', value }));
  return objectMapping({ kind: 'HeritageObject', identifiers, fields, relations }, notes);
}

/** These are read as words: an address in their place says nothing to a reader. */
const WORDS: ReadonlySet<Meaning> = new Set(['place', 'subject', 'type', 'technique', 'period', 'coverage', 'creator']);

const isBareAddress = ({ meaning, text }: Said): boolean => WORDS.has(meaning) && /^https?:\/\/\S+$/i.test(text);

/** The ARK in an address, without what IIIF puts behind it (`/manifest.json`). */
function arkName(text: string): string | undefined {
  const ark = arkIn(text);
  return ark === undefined ? undefined : /^ark:\/\d+\/[^/?#;,]+/.exec(ark)?.[0];
}

const ROLE =
  /^(auteur|photographe|dessinateur|graveur|lithographe|imprimeur|editeur|fabricant|inventeur|architecte|realisateur|peintre|sculpteur|illustrateur|cineaste|redacteur|donateur|author|photographer|engraver|printer|publisher|maker|architect|director|illustrator)\b/;

/** Brackets behind a name hold a role only where it is one: `Frères Untel (Jean et Paul)` are names, `(1850-1900)` a life. */
function creatorsOf({ meaning, text, label }: Said): readonly Link[] {
  if (meaning !== 'creator') return [];
  return splitList(text).flatMap((name) => {
    const { qualifiers } = qualified(name);
    const isRole = qualifiers.length > 0 && qualifiers.every((one) => ROLE.test(fold(one)));
    return isRole ? makers(name, label) : maker(name, label);
  });
}

/** The number by which it is kept; of mixed identifiers, the first that is no address. */
function inventoryOf(numbers: readonly string[], identifiers: readonly string[]): string | undefined {
  const others = identifiers.filter(
    (text) => webAddress(text) === undefined && !/^(ark:|oai:|https?:|urn:|uuid|doi:|10\.\d{4,9}\/)/i.test(text),
  );
  const labelled = others.find((text) => /^(n° ?)?inv/i.test(text));
  const chosen = numbers[0] ?? labelled ?? others[0];
  return chosen?.replace(/^(n° ?)?(inv\.?|inventaire)\s*[:.]\s*(?=\S)/i, '').slice(0, 500);
}

/** Words that tell the medium of a digital thing and not what the thing is called: the DCMI Type Vocabulary, EDM's types, media types. */
const isMedium = (type: string): boolean =>
  /^(collection|dataset|event|image|interactive ?resource|moving ?image|physical ?object|service|software|sound|still ?image|text|video|3d|\w+\/[\w.+-]+)$/i.test(
    type,
  );

const THING = /^(objet|outil|machine|physical ?object|physicalobject|instrument|mobilier|meuble|vetement|costume)/;
const ART = /^(painting|drawing|print|engraving|sculpture|photograph|schilderij|tekening|foto)\b/;
const WRITTEN = /\b(lettre|letter|carnet|catalogue|facture|dossier|correspondance|periodique|journal|brochure)\b/;

function kindOf(written: readonly string[], types: readonly string[], otherwise: ObjectKind): ObjectKind {
  const kind = objectKindOf([...types, ...written]);
  if (kind !== 'object') return kind;
  const folded = written.map(fold);
  if (folded.some((word) => THING.test(word))) return 'object';
  if (folded.some((word) => ART.test(word))) return 'work';
  return folded.some((word) => WRITTEN.test(word)) ? 'document' : otherwise;
}

const isMediaType = (text: string): boolean => /^(image|video|audio|text|application|model)\/[\w.+-]+$/i.test(text);

const isMeasure = (text: string): boolean =>
  /\d\s*(mm|cm|dm|m|kg|g)\b|\d\s*[x×]\s*\d|\d\s*(p\.|pages?|feuill|f\.|vol|min|mn)|^(h|l|la|d|pr?|ép?)\.? ?\d/i.test(
    text,
  );

function techniquesOf(techniques: readonly string[], formats: readonly string[]): readonly string[] {
  const words = formats.filter((text) => !isMeasure(text) && !isMediaType(text) && !isMedium(text));
  return [...techniques, ...words].map((text) => qualified(text).text);
}

const isPeriod = (text: string): boolean => readDate(text).edtf !== undefined;

/** What has no field of its own, as `Éditeur : …`: a reader still finds it. */
function otherLines({ id, said }: Described, notes: Finding[]): readonly string[] {
  const others = said.filter(({ meaning, text }) => meaning === 'other' && withoutEmails(text) !== undefined);
  const kept = others.filter(({ text }) => text.length <= LIMITS.other).slice(0, LIMITS.others);
  const left = said.filter((one) => isBareAddress(one) || (others.includes(one) && !kept.includes(one)));
  if (left.length > 0) {
    const names = unique(left.map(({ label, text }) => label ?? text.slice(0, 80))).slice(0, 5);
    notes.push(finding('values-left-out', { id, count: left.length, names: names.join(', ').slice(0, 200) }));
  }
  const hidden = said.filter(({ meaning }) => meaning === 'private').length;
  if (hidden > 0) notes.push(finding('values-private', { id, count: hidden }));
  return unique(kept.map(({ label, text }) => tidyLine(label === undefined ? text : `${label} : ${text}`)));
}
