/** What the notices of Mérimée, Palissy and Mémoire have in common: lines of description, people, pictures, the public page, what is not taken over. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { When } from '#graph-schema/property.ts';
import type { Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { rowFromRaw } from '../reading/rows.ts';
import { dateOf, makers, mediaLinks, type ObjectRecord, objectMapping, type Picture } from '../shared/objects.ts';
import { splitList, unique, webAddress, withoutEmails } from '../shared/text.ts';
import type { Base } from './base.ts';
import { cutPop } from './cut.ts';
import { lineAt, listsAt, type Notice, readNotice, textAt, unknownFields } from './notice.ts';

/** Makes the record of a notice; `identifiers` is the reference. Undefined where the notice has nothing to be called by. */
export type NoticeMap = (
  notice: Notice,
  notes: Finding[],
  context: MappingContext,
) => Pick<ObjectRecord, 'fields' | 'relations'> | undefined;

/** A format of one base. `named` are the codes that a name is made of, for the finding that tells that there is none. */
export function popFormat(base: Base, named: string, map: NoticeMap): Format {
  return {
    name: base.name,
    version: 2,
    cut: (file, _, tell) => cutPop(file, base, tell),
    row: rowFromRaw,
    map: (row, context) => mapNotice(row, context, base, named, map),
  };
}

function mapNotice(row: Json, context: MappingContext, base: Base, named: string, map: NoticeMap): Mapping {
  const { notice, unknown } = readNotice(row, base);
  if (!notice.has('REF')) {
    const found = [...notice.keys(), ...unknown].slice(0, 10).join(', ');
    return { rejected: finding('format-row-foreign', { id: context.id, format: base.name, found }) };
  }
  if (notice.has('SUPMIS')) return { rejected: finding('pop-notice-withdrawn', { id: context.id }), hides: true };
  const notes = [...unknownFields(unknown, base, context.id)];
  const made = map(notice, notes, context);
  if (made === undefined) return { rejected: finding('format-no-name', { id: context.id, columns: named }) };
  const reference = lineAt(notice, 'REF') ?? context.id;
  const identifiers = [{ scheme: base.name, value: reference }];
  return objectMapping({ kind: 'HeritageObject', identifiers, ...made }, notes);
}

/** Texts, then a line a field: `Plan : plan rectangulaire`. WADRS is ADRS as it is shown, and stands for it. */
export function describe(notice: Notice, base: Base, texts: readonly string[]): string | undefined {
  const parts = texts.map((code) => textAt(notice, code));
  for (const [code, label] of base.lines) {
    if ((code === 'ADRS' || code === 'ADRESSE') && notice.has('WADRS')) continue;
    const value = lineAt(notice, code);
    if (value !== undefined) parts.push(`${label} : ${value}`);
  }
  return withoutEmails(unique(parts).join('\n'));
}

/** Makers by these codes, in the words of the notice; nobody known by name is no maker (`maître d'œuvre inconnu`). */
export function peopleIn(notice: Notice, roles: Readonly<Record<string, string | undefined>>): readonly Link[] {
  return Object.entries(roles).flatMap(([code, role]) =>
    (notice.get(code) ?? [])
      .flatMap((value) => splitList(value))
      .filter((part) => !/\binconnue?s?\b/.test(fold(part)))
      .flatMap((part) => makers(part.replace(/\(\s*\?\s*,?\s*/g, '(').replace(/\){2,}/g, ')'), role)),
  );
}

/** A date as POP writes it: `1975/01/28`, `1924.05.12`, `1900 (vers)`, centuries, several at once. */
export function popDate(notice: Notice, notes: Finding[], ...codes: readonly string[][]): When | undefined {
  const written = codes.map((group) => listsAt(notice, ...group)).find((values) => values.length > 0);
  if (written === undefined) return undefined;
  const readable = written.map((value) =>
    value
      .replace(/\b(\d{4})[./](\d{2})(?:[./](\d{2}))?\b/g, (_, year, month, day) =>
        [year, month, day].filter(Boolean).join('-'),
      )
      .replace(/^(.*\S)\s*\((vers|avant|après|environ)\)$/i, '$2 $1'),
  );
  const when = dateOf(readable.join(' ; '), notes);
  return when && { ...when, text: written.join(' ; ') };
}

/** What the law says of it: who owns it, how it is protected, since when. */
export function legalStatusOf(notice: Notice, ...codes: string[]): string | undefined {
  return withoutEmails(unique(codes.map((code) => lineAt(notice, code))).join(' ; '));
}

/** Its dossier where one is online, else its notice on POP: only a reference of the ministry's own form has one. */
export function pageOf(notice: Notice, base: Base, form: RegExp): string | undefined {
  const dossier = listsAt(notice, 'DOSURL', 'DOSURLPDF')
    .map(webAddress)
    .find((address) => address !== undefined);
  const reference = lineAt(notice, 'REF');
  if (dossier !== undefined || reference === undefined || !form.test(reference)) return dossier;
  return `https://www.pop.culture.gouv.fr/notice/${base.name}/${reference}`;
}

/** Pictures that have an address. The others are paths in the ministry's store: told, by their number. `rights` are those of the pictures. */
export function picturesOf(
  notice: Notice,
  notes: Finding[],
  context: MappingContext,
  name: string,
  said: Pick<Picture, 'rights' | 'credit'> = {},
): readonly Link[] {
  const named = listsAt(notice, 'IMG', 'VIDEO', 'IMAGE');
  notes.push(...withoutAddress(named, context.id));
  const urls = named.flatMap((value) => (isAddress(value) ? (webAddress(value) ?? []) : []));
  return mediaLinks(
    urls.map((url) => ({ url, ...said })),
    name,
  );
}

const isAddress = (value: string): boolean => /^https?:\/\//i.test(value);

/** What is told of pictures that are named by a path: one note a notice. */
export function withoutAddress(named: readonly string[], id: string): readonly Finding[] {
  const paths = named.filter((value) => !isAddress(value) && /\.(jpe?g|png|tiff?|gif|pdf|mp4|mp3)$/i.test(value));
  return paths.length === 0 ? [] : [finding('pop-pictures-without-address', { id, count: paths.length })];
}
