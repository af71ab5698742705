/** `structureNetwork`: who shares what trade with whom, with the figures of networks, and in the formats of analysts' tools. */
import { STRUCTURE_TYPES } from '#graph-schema/model.ts';
import { today } from '../compile/audience.ts';
import { compileEntities, readingKind } from '../compile/entities.ts';
import type { Row } from '../compile/entity.ts';
import { compileResolveIds, idKey, type ResolvedIds } from '../compile/resolve-ids.ts';
import { type Selected, selectionOfField } from '../compile/selection.ts';
import { exported, type Format } from '../network/export.ts';
import type { NetworkAnswer, NetworkQuestion, Through } from '../network/question.ts';
import { Refusal } from '../refusal.ts';
import { builder, byKey, type GatewayContext, words } from './builder.ts';
import { kindRef } from './connection.ts';
import { enumOf } from './enums.ts';

const MOST_LISTED = 1_000;
const DEFAULT_LISTED = 100;
const DEEPEST = 3;
const MOST_IDS = 100;

export const ThroughEnum = builder.enumType('TradesThrough', {
  description: words({
    fr: 'Ce qui fait qu’un métier est celui d’une structure.',
    en: 'What makes a trade a structure’s.',
  }),
  values: {
    OWN: {
      value: 'own',
      description: words({ fr: 'Il la concerne elle-même.', en: 'It concerns the structure itself.' }),
    },
    HOLDINGS: {
      value: 'holdings',
      description: words({ fr: 'Elle en conserve des objets.', en: 'It holds objects of it.' }),
    },
    EITHER: { value: 'either', description: words({ fr: 'L’un ou l’autre.', en: 'Either.' }) },
  } as const satisfies Record<string, { value: Through; description: string }>,
});

const FormatEnum = builder.enumType('NetworkFormat', {
  description: words({ fr: 'Format d’un réseau.', en: 'Format of a network.' }),
  values: {
    GEXF: { value: 'gexf', description: words({ fr: 'GEXF 1.3 (Gephi).', en: 'GEXF 1.3 (Gephi).' }) },
    GRAPHML: {
      value: 'graphml',
      description: words({ fr: 'GraphML (igraph, networkx, yEd).', en: 'GraphML (igraph, networkx, yEd).' }),
    },
    NODES_CSV: { value: 'nodes-csv', description: words({ fr: 'CSV des structures.', en: 'CSV of the structures.' }) },
    EDGES_CSV: { value: 'edges-csv', description: words({ fr: 'CSV des liens.', en: 'CSV of the links.' }) },
  } as const satisfies Record<string, { value: Format; description: string }>,
});

const NetworkFilter = builder.inputType('NetworkFilter', {
  description: words({ fr: 'Quelles structures, et ce qui les lie.', en: 'Which structures, and what links them.' }),
  fields: (t) => ({
    through: t.field({
      type: ThroughEnum,
      description: words({
        fr: 'Ce qui fait qu’un métier est celui d’une structure ; sinon OWN.',
        en: 'What makes a trade a structure’s; else OWN.',
      }),
    }),
    trades: t.idList({
      description: words({
        fr: 'Seulement ces métiers ou de plus précis : uid ou code.',
        en: 'Only these trades or narrower ones: uid or code.',
      }),
    }),
    places: t.idList({
      description: words({
        fr: 'Structures de ces lieux (`insee-dep:59`) ou de ce qu’ils contiennent.',
        en: 'Structures of these places (`insee-dep:59`) or of what they contain.',
      }),
    }),
    structureTypes: t.field({
      type: [enumOf('Structure', 'structureType')],
      description: words({ fr: 'Ces sortes de structures.', en: 'These types of structures.' }),
    }),
    minimumWeight: t.int({
      description: words({
        fr: 'Combien de métiers deux structures doivent partager pour être liées ; sinon 1.',
        en: 'How many trades two structures must share to be linked; else 1.',
      }),
    }),
    about: t.id({
      description: words({
        fr: 'Autour de cette structure : uid ou code. Les chiffres restent ceux du réseau entier.',
        en: 'Around this structure: uid or code. The figures stay those of the whole network.',
      }),
    }),
    depth: t.int({
      description: words({
        fr: `À combien de liens d’elle au plus, de 1 à ${DEEPEST} ; sinon 1.`,
        en: `At most so many links from it, 1 to ${DEEPEST}; else 1.`,
      }),
    }),
  }),
});

const figure = (fr: string, en: string) => ({
  nullable: false as const,
  description: words({ fr, en }),
  resolve: byKey,
});

const NetworkNodeType = builder.objectRef<Row>('NetworkNode').implement({
  description: words({ fr: 'Une structure dans le réseau.', en: 'A structure in the network.' }),
  fields: (t) => ({
    uid: t.id(figure('Son uid.', 'Its uid.')),
    structure: t.field({
      type: kindRef('Structure'),
      nullable: true,
      description: words({ fr: 'La structure.', en: 'The structure.' }),
      resolve: byKey,
    }),
    trades: t.int(
      figure('Combien de métiers elle a, de ceux demandés.', 'How many trades it has, of those asked for.'),
    ),
    degree: t.int(figure('À combien d’autres elle est liée.', 'How many others it is linked to.')),
    weightedDegree: t.float(figure('Somme de la force de ses liens.', 'Sum of the strengths of its links.')),
    pageRank: t.float(
      figure(
        'PageRank (amortissement 0,85, liens pondérés par leur force) : la somme du réseau entier est 1.',
        'PageRank (damping 0.85, links weighted by strength): the whole network sums to 1.',
      ),
    ),
    community: t.int(
      figure(
        'Communauté (Louvain), numérotée de la plus grande à la plus petite.',
        'Community (Louvain), numbered from the largest to the smallest.',
      ),
    ),
    component: t.int(figure('Composante connexe, numérotée de même.', 'Connected component, numbered likewise.')),
  }),
});

const NetworkEdgeType = builder.objectRef<Row>('NetworkEdge').implement({
  description: words({
    fr: 'Un lien : deux structures qui partagent des métiers.',
    en: 'A link: two structures that share trades.',
  }),
  fields: (t) => ({
    source: t.id(figure('L’uid de l’une.', 'The uid of the one.')),
    target: t.id(figure('L’uid de l’autre.', 'The uid of the other.')),
    weight: t.int(figure('Combien de métiers elles partagent.', 'How many trades they share.')),
    strength: t.float(
      figure(
        'De même, un métier rare comptant davantage : somme de ln(1 + structures / structures qui l’ont).',
        'The same, a rare trade counting more: sum of ln(1 + structures / structures that have it).',
      ),
    ),
    sharedTrades: t.field({
      type: [kindRef('Trade')],
      nullable: false,
      description: words({ fr: 'Ces métiers, le plus rare d’abord.', en: 'These trades, the rarest first.' }),
      resolve: byKey,
    }),
  }),
});

const NetworkCommunityType = builder.objectRef<Row>('NetworkCommunity').implement({
  description: words({
    fr: 'Une communauté : des structures plus liées entre elles qu’aux autres.',
    en: 'A community: structures more linked to each other than to others.',
  }),
  fields: (t) => ({
    number: t.int(figure('Son numéro.', 'Its number.')),
    size: t.int(figure('Combien de structures elle a ici.', 'How many structures it has here.')),
    topTrades: t.field({
      type: [kindRef('Trade')],
      nullable: false,
      description: words({
        fr: 'Les métiers les plus répandus en elle.',
        en: 'The trades that are most common in it.',
      }),
      resolve: byKey,
    }),
  }),
});

const StructureNetworkType = builder.objectRef<Row>('StructureNetwork').implement({
  description: words({
    fr: 'Le réseau des structures par leurs métiers communs.',
    en: 'The network of structures by the trades that they share.',
  }),
  fields: (t) => {
    const listed = {
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_LISTED,
        description: words({
          fr: `Combien au plus, de 0 à ${MOST_LISTED}.`,
          en: `How many at most, 0 to ${MOST_LISTED}.`,
        }),
      }),
      skip: t.arg.int({
        required: true,
        defaultValue: 0,
        description: words({
          fr: 'Combien laisser d’abord : le réseau est le même tant que `asOf` ne change pas.',
          en: 'How many to leave out first: the network is the same while `asOf` does not change.',
        }),
      }),
    };
    return {
      nodeCount: t.int(figure('Combien de structures.', 'How many structures.')),
      edgeCount: t.int(figure('Combien de liens.', 'How many links.')),
      nodes: t.field({
        type: [NetworkNodeType],
        nullable: false,
        args: listed,
        description: words({ fr: 'Les structures, par PageRank.', en: 'The structures, by PageRank.' }),
        resolve: byKey,
      }),
      edges: t.field({
        type: [NetworkEdgeType],
        nullable: false,
        args: listed,
        description: words({ fr: 'Les liens, les plus forts d’abord.', en: 'The links, the strongest first.' }),
        resolve: byKey,
      }),
      communities: t.field({
        type: [NetworkCommunityType],
        nullable: false,
        description: words({
          fr: 'Les communautés, les plus grandes d’abord.',
          en: 'The communities, the largest first.',
        }),
        resolve: byKey,
      }),
      tooCommon: t.field({
        type: [kindRef('Trade')],
        nullable: false,
        description: words({
          fr: 'Métiers que plus de 300 structures ont : ils n’en lient aucune.',
          en: 'Trades that more than 300 structures have: they link none.',
        }),
        resolve: byKey,
      }),
      isCut: t.boolean(
        figure('Seuls les 50 000 liens les plus forts sont là.', 'Only the 50,000 strongest links are there.'),
      ),
      asOf: t.string(
        figure(
          'Le changement du graphe auquel tout ceci est arrêté.',
          'The change of the graph at which all of this stands.',
        ),
      ),
      export: t.string({
        ...figure('Le réseau entier, en texte.', 'The whole network, as text.'),
        args: {
          format: t.arg({
            type: FormatEnum,
            required: true,
            description: words({ fr: 'Le format.', en: 'The format.' }),
          }),
        },
      }),
    };
  },
});

builder.queryField('structureNetwork', (t) =>
  t.field({
    type: StructureNetworkType,
    nullable: false,
    description: words({
      fr: 'Qui partage quel métier avec qui : les structures que tout le monde peut voir, leurs liens, leurs chiffres, et le tout en GEXF, GraphML ou CSV.',
      en: 'Who shares what trade with whom: the structures that everyone may see, their links, their figures, and all of it as GEXF, GraphML or CSV.',
    }),
    args: {
      filter: t.arg({
        type: NetworkFilter,
        description: words({ fr: 'Quel réseau ; sinon tout.', en: 'Which network; else all of it.' }),
      }),
    },
    resolve: async (_root, _args, context, info) => (await network(selectionOfField(info), context)) as never,
  }),
);

interface FilterArgument {
  readonly through?: Through | null;
  readonly trades?: readonly string[] | null;
  readonly places?: readonly string[] | null;
  readonly structureTypes?: readonly (typeof STRUCTURE_TYPES)[number][] | null;
  readonly minimumWeight?: number | null;
  readonly about?: string | null;
  readonly depth?: number | null;
}

async function network(field: Selected, context: GatewayContext): Promise<Row> {
  const { ask, audience, catalogue, seal } = context;
  const filter = (field.args['filter'] ?? {}) as FilterArgument;
  const ids = await resolved(filter, context);
  const answer = await catalogue.network(questionOf(filter, ids));
  const row: Row = {};
  for (const one of [...field.of.values()].flat()) {
    row[one.key] = await written(one, answer, { ask, audience, seal });
  }
  return row;
}

async function resolved(
  { trades, places, about }: FilterArgument,
  { ask, audience }: GatewayContext,
): Promise<ResolvedIds> {
  const given = [
    ...bounded(trades, 'trades').map((one) => ({ given: one, kinds: ['Trade' as const] })),
    ...bounded(places, 'places').map((one) => ({ given: one, kinds: ['Place' as const] })),
    ...(about == null ? [] : [{ given: String(about), kinds: ['Structure' as const] }]),
  ];
  return given.length === 0 ? new Map() : ((await ask(compileResolveIds(given, audience))) as ResolvedIds);
}

function bounded(ids: readonly string[] | null | undefined, name: string): readonly string[] {
  if ((ids?.length ?? 0) > MOST_IDS)
    throw new Refusal(
      'BAD_ARGUMENT',
      `\`${name}\` prend ${MOST_IDS} valeurs au plus.`,
      `\`${name}\` takes ${MOST_IDS} values at most.`,
    );
  return (ids ?? []).map(String);
}

function questionOf(filter: FilterArgument, ids: ResolvedIds): NetworkQuestion {
  const { through, trades, places, structureTypes, minimumWeight, about, depth } = filter;
  const steps = depth ?? 1;
  if (steps < 1 || steps > DEEPEST)
    throw new Refusal('BAD_ARGUMENT', `\`depth\` va de 1 à ${DEEPEST}.`, `\`depth\` goes from 1 to ${DEEPEST}.`);
  if ((minimumWeight ?? 1) < 1)
    throw new Refusal('BAD_ARGUMENT', '`minimumWeight` vaut 1 au moins.', '`minimumWeight` is 1 at least.');
  const uid = (kind: 'Trade' | 'Place' | 'Structure', given: string) => ids.get(idKey(kind, given))?.uid ?? '';
  return {
    through: through ?? 'own',
    ...(trades == null ? {} : { trades: trades.map((one) => uid('Trade', String(one))) }),
    ...(places == null ? {} : { places: places.map((one) => uid('Place', String(one))) }),
    ...(structureTypes == null
      ? {}
      : { structureTypes: STRUCTURE_TYPES.filter((type) => structureTypes.includes(type)) }),
    minimumWeight: minimumWeight ?? 1,
    ...(about == null ? {} : { about: { uid: uid('Structure', String(about)), depth: steps } }),
    today: today(),
  };
}

type Means = Pick<GatewayContext, 'ask' | 'audience' | 'seal'>;

async function written(field: Selected, answer: NetworkAnswer, means: Means): Promise<unknown> {
  switch (field.name) {
    case 'nodeCount':
      return answer.nodes.length;
    case 'edgeCount':
      return answer.edges.length;
    case 'nodes':
      return withEntities(field, listed(field, answer.nodes), 'structure', 'Structure', ({ uid }) => [uid], means);
    case 'edges':
      return withEntities(field, listed(field, answer.edges), 'sharedTrades', 'Trade', ({ trades }) => trades, means);
    case 'communities':
      return withEntities(field, answer.communities, 'topTrades', 'Trade', ({ topTrades }) => topTrades, means);
    case 'tooCommon':
      return [...(await read(answer.tooCommon, 'Trade', field, means)).values()];
    case 'asOf':
      return means.seal(answer.asOf);
    case 'export':
      return exported(field.args['format'] as Format, answer, await tradeNames(answer, means));
    default:
      return answer.isCut;
  }
}

function listed<T>(field: Selected, all: readonly T[]): readonly T[] {
  const { first, skip } = field.args as { first: number; skip: number };
  if (first < 0 || first > MOST_LISTED || skip < 0)
    throw new Refusal(
      'FIRST_TOO_LARGE',
      `\`first\` va ici de 0 à ${MOST_LISTED}.`,
      `\`first\` goes from 0 to ${MOST_LISTED} here.`,
    );
  return all.slice(skip, skip + first);
}

/** Rows by response key; the field `entity` is made of the entities that each names: one where the row is of one, a list else. */
async function withEntities<T extends object>(
  field: Selected,
  rows: readonly T[],
  entity: string,
  kind: 'Structure' | 'Trade',
  uidsOf: (row: T) => readonly string[],
  means: Means,
): Promise<Row[]> {
  const fields = [...field.of.values()].flat();
  const found = new Map<Selected, ReadonlyMap<string, Row>>();
  for (const one of fields.filter(({ name }) => name === entity))
    found.set(one, await read([...new Set(rows.flatMap(uidsOf))], kind, one, means));
  return rows.map((row) => {
    const shown: Row = {};
    for (const one of fields) {
      const entities = found.get(one);
      if (entities === undefined) shown[one.key] = row[one.name as keyof T];
      else if (kind === 'Structure') shown[one.key] = entities.get(uidsOf(row)[0]!) ?? null;
      else shown[one.key] = uidsOf(row).flatMap((uid) => entities.get(uid) ?? []);
    }
    return shown;
  });
}

async function read(
  uids: readonly string[],
  kind: 'Structure' | 'Trade',
  field: Selected,
  { ask, audience }: Pick<Means, 'ask' | 'audience'>,
): Promise<ReadonlyMap<string, Row>> {
  if (uids.length === 0) return new Map();
  const question = compileEntities(uids, audience, readingKind(kind, field, audience));
  return (await ask(question)) as ReturnType<typeof question.read>;
}

const NAME: Selected = { key: 'name', name: 'name', args: {}, of: new Map() };

async function tradeNames({ edges }: NetworkAnswer, means: Means): Promise<ReadonlyMap<string, string>> {
  const field: Selected = { key: 'trade', name: 'trade', args: {}, of: new Map([['Trade', [NAME]]]) };
  const rows = await read([...new Set(edges.flatMap(({ trades }) => trades))], 'Trade', field, means);
  return new Map([...rows].map(([uid, row]) => [uid, String(row['name'])]));
}
