/** `coverage`: where a trade has its museums, firms and schools, where it has none, and why. */
import { STRUCTURE_TYPES } from '#graph-schema/model.ts';
import { today } from '../compile/audience.ts';
import { compileEntities, readingKind } from '../compile/entities.ts';
import type { Row } from '../compile/entity.ts';
import { compileResolveIds, idKey, type ResolvedIds } from '../compile/resolve-ids.ts';
import { type Selected, selectionOfField } from '../compile/selection.ts';
import type { CoverageAnswer, CoverageCell, CoverageQuestion, Zero } from '../network/question.ts';
import { Refusal } from '../refusal.ts';
import { builder, byKey, enumName, type GatewayContext, words } from './builder.ts';
import { kindRef } from './connection.ts';
import { enumOf } from './enums.ts';
import { ThroughEnum } from './network.ts';

const DEFAULT_TRADES = 20;
const MOST_TRADES = 100;
const MOST_CELLS = 20_000;

const CoverageZero = builder.enumType('CoverageZero', {
  description: words({ fr: 'Pourquoi une case est vide.', en: 'Why a cell is empty.' }),
  values: {
    NONE_KNOWN: {
      value: 'none-known',
      description: words({
        fr: 'Des structures de cette sorte y sont connues, aucune de ce métier.',
        en: 'Structures of this type are known there, none of this trade.',
      }),
    },
    NOT_HARVESTED: {
      value: 'not-harvested',
      description: words({
        fr: 'Aucune structure de cette sorte n’y est connue, pour aucun métier : la source qui les dirait n’est pas moissonnée.',
        en: 'No structure of this type is known there, for any trade: the source that would tell of them is not harvested.',
      }),
    },
    NOT_APPLICABLE: {
      value: 'not-applicable',
      description: words({
        fr: 'Une entreprise ou une école ne peut pas être d’un métier dont l’époque est passée.',
        en: 'A firm or school cannot be of a trade whose time is over.',
      }),
    },
  } as const satisfies Record<string, { value: Zero; description: string }>,
});

const CoverageCellType = builder.objectRef<Row>('CoverageCell').implement({
  description: words({
    fr: 'Un métier, un département, une sorte de structure.',
    en: 'A trade, a department, a type of structure.',
  }),
  fields: (t) => ({
    trade: t.id({
      nullable: false,
      description: words({ fr: 'L’uid du métier.', en: 'The trade’s uid.' }),
      resolve: byKey,
    }),
    department: t.id({
      nullable: false,
      description: words({ fr: 'L’uid du département.', en: 'The department’s uid.' }),
      resolve: byKey,
    }),
    structureType: t.field({
      type: enumOf('Structure', 'structureType'),
      nullable: false,
      description: words({ fr: 'La sorte de structure.', en: 'The type of structure.' }),
      resolve: byKey,
    }),
    count: t.int({
      nullable: false,
      description: words({ fr: 'Combien de structures.', en: 'How many structures.' }),
      resolve: byKey,
    }),
    zero: t.field({
      type: CoverageZero,
      nullable: true,
      description: words({ fr: 'S’il n’y en a pas, pourquoi.', en: 'Where there is none, why.' }),
      resolve: byKey,
    }),
    query: t.string({
      nullable: false,
      description: words({
        fr: 'La requête GraphQL qui donne ces structures, et leur nombre.',
        en: 'The GraphQL query that gives these structures, and their number.',
      }),
      resolve: byKey,
    }),
  }),
});

const CoverageType = builder.objectRef<Row>('Coverage').implement({
  description: words({
    fr: 'Combien de structures, par métier, département et sorte de structure.',
    en: 'How many structures, by trade, department and type of structure.',
  }),
  fields: (t) => ({
    trades: t.field({
      type: [kindRef('Trade')],
      nullable: false,
      description: words({ fr: 'Les métiers, dans l’ordre des cases.', en: 'The trades, in the order of the cells.' }),
      resolve: byKey,
    }),
    departments: t.field({
      type: [kindRef('Place')],
      nullable: false,
      description: words({
        fr: 'Les départements, dans l’ordre des cases.',
        en: 'The departments, in the order of the cells.',
      }),
      resolve: byKey,
    }),
    cells: t.field({
      type: [CoverageCellType],
      nullable: false,
      description: words({
        fr: 'Les cases : par métier, puis département, puis sorte.',
        en: 'The cells: by trade, then department, then type.',
      }),
      resolve: byKey,
    }),
    asOf: t.string({
      nullable: false,
      description: words({
        fr: 'Le changement du graphe auquel tout ceci est arrêté.',
        en: 'The change of the graph at which all of this stands.',
      }),
      resolve: byKey,
    }),
  }),
});

builder.queryField('coverage', (t) =>
  t.field({
    type: CoverageType,
    nullable: false,
    description: words({
      fr: 'Où un métier a ses musées, ses entreprises, ses écoles, où il n’en a pas, et pourquoi. Un métier vaut pour ce qui le précise (avec HOLDINGS, pour lui seul).',
      en: 'Where a trade has its museums, firms and schools, where it has none, and why. A trade stands for what is narrower (with HOLDINGS, for itself only).',
    }),
    args: {
      trades: t.arg.idList({
        description: words({
          fr: 'Ces métiers : uid ou code ; sinon les plus répandus.',
          en: 'These trades: uid or code; else the most common.',
        }),
      }),
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_TRADES,
        description: words({
          fr: `Sans \`trades\`, combien de métiers, de 0 à ${MOST_TRADES}.`,
          en: `Without \`trades\`, how many trades, 0 to ${MOST_TRADES}.`,
        }),
      }),
      departments: t.arg.idList({
        description: words({
          fr: 'Ces lieux (`insee-dep:59`, un arrondissement, un pays…) ; sinon tous les départements où il y a une structure.',
          en: 'These places (`insee-dep:59`, a country…); else all departments in which a structure stands.',
        }),
      }),
      structureTypes: t.arg({
        type: [enumOf('Structure', 'structureType')],
        description: words({
          fr: 'Ces sortes de structures ; sinon musée, entreprise, école.',
          en: 'These types of structures; else museum, firm, school.',
        }),
      }),
      through: t.arg({
        type: ThroughEnum,
        required: true,
        defaultValue: 'own',
        description: words({
          fr: 'Ce qui fait qu’un métier est celui d’une structure : OWN ou HOLDINGS.',
          en: 'What makes a trade a structure’s: OWN or HOLDINGS.',
        }),
      }),
    },
    resolve: async (_root, _args, context, info) => (await coverage(selectionOfField(info), context)) as never,
  }),
);

interface Arguments {
  readonly trades?: readonly string[] | null;
  readonly first: number;
  readonly departments?: readonly string[] | null;
  readonly structureTypes?: readonly (typeof STRUCTURE_TYPES)[number][] | null;
  readonly through: 'own' | 'holdings' | 'either';
}

async function coverage(field: Selected, context: GatewayContext): Promise<Row> {
  const { ask, audience, catalogue, seal } = context;
  const args = field.args as unknown as Arguments;
  const given = [
    ...(args.trades ?? []).map((one) => ({ given: String(one), kinds: ['Trade' as const] })),
    ...(args.departments ?? []).map((one) => ({ given: String(one), kinds: ['Place' as const] })),
  ];
  refuseMany(args);
  const ids: ResolvedIds =
    given.length === 0 ? new Map() : ((await ask(compileResolveIds(given, audience))) as ResolvedIds);
  const answer = await catalogue.coverage(questionOf(args, ids));
  const row: Row = {};
  for (const one of [...field.of.values()].flat()) {
    if (one.name === 'asOf') row[one.key] = await seal(answer.asOf);
    else if (one.name === 'cells') row[one.key] = answer.cells.map((cell) => writtenCell(one, cell, args));
    else row[one.key] = await entities(one, answer, context);
  }
  return row;
}

/** @throws Refusal */
function refuseMany({ trades, departments, structureTypes, first, through }: Arguments): void {
  const bad = (fr: string, en: string) => new Refusal('BAD_ARGUMENT', fr, en);
  if (through === 'either')
    throw bad(
      '`through` est ici OWN ou HOLDINGS : chaque chiffre est une requête que l’on peut refaire.',
      '`through` is OWN or HOLDINGS here: every figure is a query that can be repeated.',
    );
  if (first < 0 || first > MOST_TRADES)
    throw bad(`\`first\` va de 0 à ${MOST_TRADES}.`, `\`first\` goes from 0 to ${MOST_TRADES}.`);
  if ((trades?.length ?? 0) > MOST_TRADES || (departments?.length ?? 0) > MOST_TRADES)
    throw bad(
      `\`trades\` et \`departments\` prennent ${MOST_TRADES} valeurs au plus.`,
      `\`trades\` and \`departments\` take ${MOST_TRADES} values at most.`,
    );
  const cells = (trades?.length ?? first) * (departments?.length ?? 0) * (structureTypes?.length ?? 3);
  if (cells > MOST_CELLS)
    throw bad(
      `Cela ferait ${cells} cases, plus que ${MOST_CELLS} : demandez moins de métiers ou de lieux.`,
      `That would be ${cells} cells, more than ${MOST_CELLS}: ask for fewer trades or places.`,
    );
}

function questionOf(args: Arguments, ids: ResolvedIds): CoverageQuestion {
  const uid = (kind: 'Trade' | 'Place', given: string) => ids.get(idKey(kind, given))?.uid ?? '';
  const types = args.structureTypes ?? (['museum', 'firm', 'school'] as const);
  return {
    through: args.through === 'holdings' ? 'holdings' : 'own',
    ...(args.trades == null ? {} : { trades: args.trades.map((one) => uid('Trade', String(one))) }),
    first: args.first,
    ...(args.departments == null ? {} : { departments: args.departments.map((one) => uid('Place', String(one))) }),
    structureTypes: STRUCTURE_TYPES.filter((type) => types.includes(type)),
    today: today(),
  };
}

function writtenCell(field: Selected, cell: CoverageCell, { through }: Arguments): Row {
  const row: Row = {};
  for (const { key, name } of [...field.of.values()].flat())
    row[key] = name === 'query' ? queryOf(cell, through) : (cell[name as keyof CoverageCell] ?? null);
  return row;
}

function queryOf({ trade, department, structureType }: CoverageCell, through: Arguments['through']): string {
  const type = enumName(structureType);
  if (through === 'own')
    return `{ search(filter: { kinds: [STRUCTURE], structureTypes: [${type}], trades: ["${trade}"], places: ["${department}"] }) { totalCount nodes { uid name } } }`;
  return `{ structures(filter: { structureType: [${type}], holdsOf: "${trade}", place: "${department}" }) { totalCount nodes { uid name } } }`;
}

async function entities(
  field: Selected,
  answer: CoverageAnswer,
  { ask, audience }: GatewayContext,
): Promise<readonly Row[]> {
  const [kind, uids] =
    field.name === 'trades' ? (['Trade', answer.trades] as const) : (['Place', answer.departments] as const);
  if (uids.length === 0) return [];
  const question = compileEntities(uids, audience, readingKind(kind, field, audience));
  const found: ReadonlyMap<string, Row> = (await ask(question)) as ReturnType<typeof question.read>;
  return uids.map((uid) => found.get(uid)).filter((row) => row !== undefined);
}
