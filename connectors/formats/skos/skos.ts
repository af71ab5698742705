/**
 * The format `skos`: a vocabulary as the field exchanges it (SKOS Reference, W3C 2009), in Turtle, N-Triples or RDF/XML, becomes Concepts or Trades.
 * A Concept states each of its labels as `scheme/label`, the identifier that the words of a notice are minted under: so all its spellings lead to it.
 */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { Format, MappedRecord, Mapping, MappingContext } from '../../format.ts';
import { defined } from '../shared/objects.ts';
import { cutSkos, type Labels, type SkosRow, skosFromRaw } from './cut.ts';

const options = z
  .strictObject({
    /** What its concepts are in the graph. */
    kind: z.enum(['Concept', 'Trade']).default('Concept'),
    /** Of Concepts: the scheme in which words are minted (`technique`, `period`, `subject`, `object-type`), for all, or by the address of the file's ConceptScheme. */
    scheme: z.union([z.string().min(1), z.record(z.string(), z.string().min(1))]).optional(),
    /** The languages in which labels are read, the first is the name. */
    languages: z.array(z.string().min(2)).min(1).default(['fr', '']),
  })
  .prefault({});

const texts = z.record(z.string(), z.array(z.string()));
const list = z.array(z.string());
const shape = z.object({
  uri: z.string(),
  schemes: list,
  prefLabel: texts,
  altLabel: texts,
  hiddenLabel: texts,
  definition: texts,
  notation: list,
  broader: list,
  related: list,
  exactMatch: list,
  closeMatch: list,
  deprecated: z.boolean(),
  shared: list,
});

export type SkosOptions = z.infer<typeof options>;

export const skos: Format<SkosOptions> = {
  name: 'skos',
  version: 1,
  options,
  cut: (file, _, tell) => cutSkos(file, tell),
  row: skosFromRaw,
  map: (row, context) => mapConcept(row, context),
};

function mapConcept(json: Json, { id, options: given }: MappingContext & { options: SkosOptions }): Mapping {
  const read = shape.safeParse(json);
  if (!read.success) return { rejected: finding('format-row-foreign', { id, format: 'skos', found: typeof json }) };
  const row: SkosRow = read.data;
  if (row.deprecated) return { rejected: finding('skos-deprecated', { id }), hides: true };
  const labels = inLanguages(row.prefLabel, given.languages);
  const name = labels[0];
  if (name === undefined)
    return { rejected: finding('format-no-name', { id, columns: `skos:prefLabel (${given.languages.join(', ')})` }) };
  const others = [...labels.slice(1), ...inLanguages(row.altLabel, given.languages), ...dutchOf(row)];
  const fields = {
    name,
    ...defined({
      alternativeNames: [...new Set(others)].filter((other) => other !== name),
      description: inLanguages(row.definition, given.languages)[0],
    }),
  };
  const record =
    given.kind === 'Trade' ? tradeOf(row, fields) : conceptOf(row, fields, schemeOf(row, given), others, given);
  return { record };
}

type Fields = { name: string; alternativeNames?: string[]; description?: string };

function tradeOf(row: SkosRow, fields: Fields): MappedRecord {
  return {
    kind: 'Trade',
    identifiers: [{ scheme: 'trame', value: row.notation[0] ?? row.uri }],
    fields,
    relations: defined({ broader: records(row.broader), related: records(row.related) }),
  };
}

function conceptOf(
  row: SkosRow,
  fields: Fields,
  scheme: string,
  others: readonly string[],
  { languages }: SkosOptions,
): MappedRecord {
  const labels = [fields.name, ...others, ...inLanguages(row.hiddenLabel, languages)];
  const own = labels.map((label) => label.toLowerCase()).filter((label) => !row.shared.includes(label));
  const keys = new Set(own.map((label) => `${scheme}/${label}`));
  const identifiers: Identifier[] = [...keys].slice(0, MOST_LABELS).map((value) => ({ scheme: 'concept', value }));
  return {
    kind: 'Concept',
    identifiers,
    fields: { ...fields, scheme, ...defined({ notation: row.notation[0] }) },
    relations: defined({ broader: records(row.broader) }),
  };
}

/** A record states at most fifty identifiers. */
const MOST_LABELS = 50;

/** Other concepts of the same file; one that is not in it stays a placeholder, which nobody sees. */
function records(uris: readonly string[]): readonly Link[] | undefined {
  return uris.length > 0 ? uris.map((record) => ({ record })) : undefined;
}

function schemeOf({ schemes }: SkosRow, { scheme }: SkosOptions): string {
  if (typeof scheme === 'string') return scheme;
  const named = schemes.map((uri) => scheme?.[uri]).find((one) => one !== undefined);
  return named ?? lastPart(schemes[0]) ?? 'skos';
}

const lastPart = (uri: string | undefined): string | undefined =>
  uri?.split(/[#/]/).filter(Boolean).at(-1)?.toLowerCase();

/** The texts in the wanted languages, in their order: `fr` also takes `fr-fr`. */
function inLanguages(labels: Labels, languages: readonly string[]): string[] {
  return languages.flatMap((wanted) =>
    Object.entries(labels)
      .filter(([language]) => language === wanted || language.startsWith(`${wanted}-`))
      .flatMap(([, texts]) => texts),
  );
}

/** Museums over the border write in Dutch: the name, where the vocabulary has one. */
const dutchOf = ({ prefLabel }: SkosRow): readonly string[] => prefLabel['nl'] ?? [];
