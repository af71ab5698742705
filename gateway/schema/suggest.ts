/** `suggest`, while somebody types, and `similar`, beside what they look at. */
import { KINDS, type KindName } from '#graph-schema/model.ts';
import type { Suggestion } from '../catalogue/question.ts';
import { today } from '../compile/audience.ts';
import { compileEntities, readingAny } from '../compile/entities.ts';
import type { Row } from '../compile/entity.ts';
import { compileResolveIds, idKey, type ResolvedIds } from '../compile/resolve-ids.ts';
import { type Selected, selectionOfField } from '../compile/selection.ts';
import { Refusal } from '../refusal.ts';
import { builder, byKey, type GatewayContext, words } from './builder.ts';
import { Entity } from './entity.ts';
import { KindEnum } from './enums.ts';

const MOST_SHOWN = 20;
const DEFAULT_SHOWN = 8;
const MOST_CHARACTERS = 200;

const SuggestionType = builder.objectRef<Row>('Suggestion').implement({
  description: words({
    fr: 'Un nom que l’on est peut-être en train d’écrire.',
    en: 'A name that somebody may be typing.',
  }),
  fields: (t) => ({
    name: t.string({ nullable: false, description: words({ fr: 'Le nom.', en: 'The name.' }), resolve: byKey }),
    kind: t.field({
      type: KindEnum,
      nullable: false,
      description: words({ fr: 'De quelle nature de fiche.', en: 'Of which kind of entity.' }),
      resolve: byKey,
    }),
    count: t.int({
      nullable: false,
      description: words({
        fr: 'Combien de fiches de cette nature ont ce nom.',
        en: 'How many entities of this kind have this name.',
      }),
      resolve: byKey,
    }),
    uid: t.id({ nullable: false, description: words({ fr: 'L’une d’elles.', en: 'One of them.' }), resolve: byKey }),
    entity: t.field({
      type: Entity,
      nullable: true,
      description: words({ fr: 'La fiche de cet uid.', en: 'The entity of this uid.' }),
      resolve: byKey,
    }),
  }),
});

builder.queryField('suggest', (t) =>
  t.field({
    type: [SuggestionType],
    nullable: false,
    description: words({
      fr: 'Les noms dans lesquels chaque mot écrit en commence un : métiers, structures et lieux d’abord, accents et majuscules indifférents.',
      en: 'Names in which every typed word begins a word: trades, structures and places first, whatever the accents and capitals.',
    }),
    args: {
      typed: t.arg.string({
        required: true,
        description: words({ fr: 'Ce qui est écrit jusqu’ici.', en: 'What has been typed so far.' }),
      }),
      kinds: t.arg({
        type: [KindEnum],
        description: words({ fr: 'Seulement ces natures de fiches.', en: 'Only these kinds.' }),
      }),
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_SHOWN,
        description: words({
          fr: `Combien au plus, de 0 à ${MOST_SHOWN}.`,
          en: `How many at most, 0 to ${MOST_SHOWN}.`,
        }),
      }),
    },
    resolve: async (_root, { typed, kinds, first }, context, info) => {
      const most = checked(first);
      if (typed.length > MOST_CHARACTERS)
        throw new Refusal(
          'BAD_ARGUMENT',
          `\`typed\` tient en ${MOST_CHARACTERS} caractères.`,
          `\`typed\` holds at most ${MOST_CHARACTERS} characters.`,
        );
      const wanted = KINDS.filter((kind) => (kinds ?? []).includes(kind));
      const found = await context.catalogue.suggest(typed, wanted, most, today());
      return (await withEntities(found, selectionOfField(info), context)) as never;
    },
  }),
);

const SimilarType = builder.objectRef<Row>('Similar').implement({
  description: words({ fr: 'Une fiche qui ressemble à une autre.', en: 'An entity that is like another.' }),
  fields: (t) => ({
    entity: t.field({
      type: Entity,
      nullable: false,
      description: words({ fr: 'La fiche.', en: 'The entity.' }),
      resolve: byKey,
    }),
    score: t.float({
      nullable: false,
      description: words({ fr: 'À quel point, de 0 à 1.', en: 'How much, 0 to 1.' }),
      resolve: byKey,
    }),
    shared: t.field({
      type: [Entity],
      nullable: false,
      description: words({
        fr: 'Ce qu’elles ont en commun, le plus rare d’abord.',
        en: 'What they share, the rarest first.',
      }),
      resolve: byKey,
    }),
  }),
});

builder.queryField('similar', (t) =>
  t.field({
    type: [SimilarType],
    nullable: false,
    description: words({
      fr: 'Les fiches de même nature qui ont le plus en commun avec celle-ci (métiers, matières, sujets, auteurs, lieux, mots, siècle), le rare comptant davantage.',
      en: 'Entities of the same kind that share most with this one (trades, materials, subjects, makers, places, words, century), rarer things counting more.',
    }),
    args: {
      id: t.arg.id({
        required: true,
        description: words({
          fr: 'Son uid, ou son code avec son vocabulaire.',
          en: 'Its uid, or its code with its scheme.',
        }),
      }),
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_SHOWN,
        description: words({
          fr: `Combien au plus, de 0 à ${MOST_SHOWN}.`,
          en: `How many at most, 0 to ${MOST_SHOWN}.`,
        }),
      }),
    },
    resolve: async (_root, { id, first }, context, info) =>
      (await similar(String(id), checked(first), selectionOfField(info), context)) as never,
  }),
);

function checked(first: number): number {
  if (first >= 0 && first <= MOST_SHOWN) return first;
  throw new Refusal(
    'FIRST_TOO_LARGE',
    `\`first\` va ici de 0 à ${MOST_SHOWN}.`,
    `\`first\` goes from 0 to ${MOST_SHOWN} here.`,
  );
}

function fieldsOf(field: Selected): readonly Selected[] {
  return [...field.of.values()].flat();
}

async function withEntities(
  found: readonly Suggestion[],
  field: Selected,
  context: Pick<GatewayContext, 'ask' | 'audience'>,
): Promise<Row[]> {
  const fields = fieldsOf(field);
  const wanted = fields.filter(({ name }) => name === 'entity');
  const entities = await readAll(
    found.map(({ uid }) => uid),
    wanted,
    context,
  );
  return found.map((one) => {
    const row: Row = {};
    for (const part of fields)
      row[part.key] =
        part.name === 'entity' ? (entities.get(one.uid)?.get(part) ?? null) : one[part.name as keyof Suggestion];
    return row;
  });
}

async function similar(id: string, first: number, field: Selected, context: GatewayContext): Promise<Row[]> {
  const { ask, audience, catalogue } = context;
  // A uid that another took over is followed: of whatever kind it is.
  const ids = (await ask(compileResolveIds([{ given: id, kinds: KINDS }], audience))) as ResolvedIds;
  const uid = KINDS.map((kind: KindName) => ids.get(idKey(kind, id))?.uid).find((one) => one !== undefined);
  const found = uid === undefined ? [] : await catalogue.similar(uid, first, today());
  const fields = fieldsOf(field);
  const wanted = fields.filter(({ name }) => name !== 'score');
  const entities = await readAll([...new Set(found.flatMap((one) => [one.uid, ...one.shared]))], wanted, context);
  return found
    .filter((one) => wanted.length === 0 || entities.has(one.uid))
    .map((one) => {
      const row: Row = {};
      for (const part of fields) {
        if (part.name === 'score') row[part.key] = one.score;
        else if (part.name === 'entity') row[part.key] = entities.get(one.uid)!.get(part);
        else row[part.key] = one.shared.flatMap((thing) => entities.get(thing)?.get(part) ?? []);
      }
      return row;
    });
}

/** The entities of these uids, read for each of these fields: one text. */
async function readAll(
  uids: readonly string[],
  fields: readonly Selected[],
  { ask, audience }: Pick<GatewayContext, 'ask' | 'audience'>,
): Promise<ReadonlyMap<string, ReadonlyMap<Selected, unknown>>> {
  if (uids.length === 0 || fields.length === 0) return new Map();
  const question = compileEntities(uids, audience, (columns) => {
    const readers = fields.map((field) => [field, readingAny(KINDS, field, audience)(columns)] as const);
    return (row) => new Map(readers.map(([field, read]) => [field, read(row)] as const));
  });
  return (await ask(question)) as ReturnType<typeof question.read>;
}
