/** Why an answer to a search is one: the passages of its texts that have the words, and of a recording the moments at which they are said. */
import { KINDS, propertiesOf } from '#graph-schema/model.ts';
import { highlight, lookedFor, type Passage } from '../catalogue/words/highlight.ts';
import { type Moment, momentsOf } from '../catalogue/words/moments.ts';
import { cypher } from '../compile/cypher.ts';
import type { Row } from '../compile/entity.ts';
import { pick } from '../compile/page.ts';
import type { ReadEdgeField } from '../compile/search.ts';
import type { Selected } from '../compile/selection.ts';
import { Refusal } from '../refusal.ts';
import { builder, byKey, words } from './builder.ts';

export const DEFAULT_MOMENTS = 5;
export const MOST_MOMENTS = 20;

const MarkType = builder.objectRef<Row>('Mark').implement({
  description: words({
    fr: 'Un mot trouvé, dans un texte : positions en unités UTF-16, comme les chaînes de JavaScript.',
    en: 'A word that was found, in a text: offsets in UTF-16 units, as of strings in JavaScript.',
  }),
  fields: (t) => ({
    begin: t.int({
      nullable: false,
      description: words({ fr: 'Où il commence.', en: 'Where it begins.' }),
      resolve: byKey,
    }),
    end: t.int({
      nullable: false,
      description: words({
        fr: 'Où il finit : le premier signe après lui.',
        en: 'Where it ends: the first sign after it.',
      }),
      resolve: byKey,
    }),
  }),
});

export const HighlightType = builder.objectRef<Row>('Highlight').implement({
  description: words({
    fr: 'Un passage d’une fiche où se trouvent les mots cherchés. Du texte, jamais du HTML : l’échapper revient à qui l’affiche.',
    en: 'A passage of an entity that has the words looked for. Text, never HTML: whoever shows it escapes it.',
  }),
  fields: (t) => ({
    field: t.string({
      nullable: false,
      description: words({
        fr: 'Le champ de la fiche d’où il vient (`name`, `description`…).',
        en: 'The field of the entity that it comes from (`name`, `description`…).',
      }),
      resolve: byKey,
    }),
    text: t.string({
      nullable: false,
      description: words({
        fr: 'Le passage, tel qu’il s’y trouve ; d’un long texte, la partie qui dit le plus, en 200 signes environ.',
        en: 'The passage, as it stands there; of a long text, the part that tells most, in some 200 signs.',
      }),
      resolve: byKey,
    }),
    marks: t.field({
      type: [MarkType],
      nullable: false,
      description: words({ fr: 'Les mots trouvés, dans l’ordre.', en: 'The words that were found, in order.' }),
      resolve: byKey,
    }),
  }),
});

export const MomentType = builder.objectRef<Row>('Moment').implement({
  description: words({
    fr: 'Un moment d’un enregistrement où sont dits les mots cherchés.',
    en: 'A moment of a recording at which the words looked for are said.',
  }),
  fields: (t) => ({
    begin: t.float({
      nullable: false,
      description: words({ fr: 'Début, en secondes.', en: 'Begin, in seconds.' }),
      resolve: byKey,
    }),
    end: t.float({
      nullable: false,
      description: words({ fr: 'Fin, en secondes.', en: 'End, in seconds.' }),
      resolve: byKey,
    }),
    text: t.string({
      nullable: false,
      description: words({ fr: 'Ce qui est dit.', en: 'What is said.' }),
      resolve: byKey,
    }),
    marks: t.field({
      type: [MarkType],
      nullable: false,
      description: words({ fr: 'Les mots trouvés, dans l’ordre.', en: 'The words that were found, in order.' }),
      resolve: byKey,
    }),
  }),
});

/** The texts that the full-text index is made of, but names of days and transcripts, in the order in which they are shown. */
const TEXTS: readonly string[] = [
  ...new Set(
    KINDS.flatMap((kind) =>
      Object.entries(propertiesOf(kind))
        .filter(([, { search, type }]) => search === true && (type === 'string' || type === 'strings'))
        .map(([name]) => name),
    ),
  ),
];

/** Reads `highlights` and `moments` of what a visitor typed, out of the row's own texts. */
export function readingHighlights(typed: string | undefined): ReadEdgeField {
  return (columns, field) => {
    if (field.name !== 'highlights' && field.name !== 'moments') return undefined;
    if (typed === undefined) return () => [];
    const looked = lookedFor(typed);
    if (field.name === 'moments') {
      const most = checked(field.args['first'] as number);
      const read = columns.add(cypher`coalesce(n0.transcript, [])`);
      return (row) => momentsOf(read(row) as string[], looked, most).map((moment) => written(field, moment));
    }
    const texts = TEXTS.map((name) => ({ name, read: columns.add(cypher`n0.${name}`) }));
    return (row) =>
      texts.flatMap(({ name, read }) => {
        const passage = firstOf((text) => highlight(text, looked), textsOf(read(row)));
        return passage ? [written(field, { field: name, ...passage })] : [];
      });
  };
}

function textsOf(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored : stored == null ? [] : [String(stored)];
}

/** The first that there is. */
function firstOf<T>(find: (text: string) => T | undefined, texts: readonly string[]): T | undefined {
  for (const text of texts) {
    const found = find(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By response key, and so each of its marks. */
function written(field: Selected, passage: Moment | (Passage & { readonly field: string })): Row {
  const row: Row = {};
  for (const part of [...field.of.values()].flat())
    row[part.key] =
      part.name === 'marks'
        ? passage.marks.map(([begin, end]) => pick(part, { begin, end }))
        : passage[part.name as keyof typeof passage];
  return row;
}

function checked(first: number): number {
  if (first >= 0 && first <= MOST_MOMENTS) return first;
  throw new Refusal(
    'FIRST_TOO_LARGE',
    `\`moments(first:)\` va de 0 à ${MOST_MOMENTS}.`,
    `\`moments(first:)\` goes from 0 to ${MOST_MOMENTS}.`,
  );
}
