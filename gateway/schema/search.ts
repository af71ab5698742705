/** `search`: what people look for, over everything that everyone may see. */
import type { SearchOrder } from '../catalogue/question.ts';
import type { Row } from '../compile/entity.ts';
import { selectionOfField } from '../compile/selection.ts';
import { builder, byKey, words } from './builder.ts';
import { pageFields } from './connection.ts';
import { Entity } from './entity.ts';
import { pageArguments } from './page-arguments.ts';
import { search } from './search-answer.ts';
import { SearchFacets } from './search-facets.ts';
import { Around, SearchFilter } from './search-filter.ts';
import { DEFAULT_MOMENTS, HighlightType, MOST_MOMENTS, MomentType } from './search-highlights.ts';

const SearchOrderEnum = builder.enumType('SearchOrder', {
  description: words({ fr: 'Ordre des réponses.', en: 'Order of the answers.' }),
  values: {
    RELEVANCE: {
      value: 'relevance',
      description: words({
        fr: 'Les plus proches des mots cherchés ; sans mots, par nom.',
        en: 'Nearest to the words looked for; without words, by name.',
      }),
    },
    NAME: { value: 'name', description: words({ fr: 'Par nom.', en: 'By name.' }) },
    DATE: {
      value: 'date',
      description: words({
        fr: 'Les plus anciennes d’abord (date de création).',
        en: 'Oldest first (date of making).',
      }),
    },
    NEWEST: {
      value: 'newest',
      description: words({ fr: 'Entrées en dernier dans le hub d’abord.', en: 'Latest added to the hub first.' }),
    },
    BEGIN: {
      value: 'begin',
      description: words({ fr: 'Prochaine date d’un événement d’abord.', en: 'Next occurrence of an event first.' }),
    },
    DISTANCE: {
      value: 'distance',
      description: words({
        fr: 'Les plus proches d’abord, de `from` ou de `filter.near`.',
        en: 'Nearest first, from `from` or `filter.near`.',
      }),
    },
  } as const satisfies Record<string, { value: SearchOrder; description: string }>,
});

const SearchEdge = builder.objectRef<Row>('SearchEdge').implement({
  description: words({ fr: 'Une réponse à une recherche.', en: 'An answer to a search.' }),
  fields: (t) => ({
    node: t.field({
      type: Entity,
      nullable: false,
      description: words({ fr: 'La fiche.', en: 'The entity.' }),
      resolve: byKey,
    }),
    score: t.float({
      nullable: false,
      description: words({
        fr: 'Pertinence : ne se compare qu’à l’intérieur d’une recherche ; 0 sans mots.',
        en: 'Relevance: to be compared within one search only; 0 without words.',
      }),
      resolve: byKey,
    }),
    distance: t.int({
      description: words({
        fr: 'Mètres, à vol d’oiseau, de `from` ou de `filter.near`.',
        en: 'Metres, as the crow flies, from `from` or `filter.near`.',
      }),
      resolve: byKey,
    }),
    duplicates: t.int({
      nullable: false,
      description: words({
        fr: 'Combien d’autres fiches se présentent de même et sont repliées dans celle-ci.',
        en: 'How many other entities look the same and are folded into this one.',
      }),
      resolve: byKey,
    }),
    highlights: t.field({
      type: [HighlightType],
      nullable: false,
      description: words({
        fr: 'Les passages de la fiche où se trouvent les mots cherchés, un par champ, le nom d’abord ; rien sans mots.',
        en: 'The passages of the entity that have the words looked for, one a field, the name first; none without words.',
      }),
      resolve: byKey,
    }),
    moments: t.field({
      type: [MomentType],
      nullable: false,
      description: words({
        fr: 'D’un film ou d’un témoignage, quand les mots cherchés sont dits : les moments qui en ont le plus d’abord.',
        en: 'Of a film or testimony, when the words looked for are said: the moments that have most of them first.',
      }),
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: DEFAULT_MOMENTS,
          description: words({
            fr: `Combien au plus, de 0 à ${MOST_MOMENTS}.`,
            en: `How many at most, 0 to ${MOST_MOMENTS}.`,
          }),
        }),
      },
      resolve: byKey,
    }),
    cursor: t.string({
      nullable: false,
      description: words({ fr: 'À donner à `after` pour lire la suite.', en: 'Give it to `after` to read on.' }),
      resolve: byKey,
    }),
  }),
});

const SearchConnection = builder.objectRef<Row>('SearchConnection').implement({
  description: words({
    fr: 'Les réponses à une recherche, et combien de chaque sorte.',
    en: 'The answers to a search, and how many of each sort.',
  }),
  fields: (t) => ({
    ...pageFields(t, SearchEdge, Entity),
    entityCount: t.int({
      nullable: false,
      description: words({
        fr: 'Combien de fiches, celles qui sont repliées comprises : ce que comptent les facettes.',
        en: 'How many entities, those folded into others included: what the facets count.',
      }),
      resolve: byKey,
    }),
    facets: t.field({
      type: SearchFacets,
      nullable: false,
      description: words({ fr: 'Les facettes.', en: 'The facets.' }),
      resolve: byKey,
    }),
    asOf: t.string({
      nullable: false,
      description: words({
        fr: 'Le changement du graphe auquel tout ceci est arrêté : le même, tant que rien n’a changé.',
        en: 'The change of the graph at which all of this stands: the same while nothing has changed.',
      }),
      resolve: byKey,
    }),
    didYouMean: t.string({
      description: words({
        fr: 'Une autre façon d’écrire les mots cherchés, qui trouve davantage.',
        en: 'Another way to write the words looked for, which finds more.',
      }),
      resolve: byKey,
    }),
  }),
});

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    nullable: false,
    description: words({
      fr: 'Recherche en français sur toutes les fiches : tous les mots, accents et pluriels indifférents ; « mots entre guillemets droits » côte à côte ; `tiss*` pour un début de mot. Sans `query`, tout ce que garde le filtre.',
      en: 'French search over all entities: all words, whatever their accents and plurals; words in straight quotes side by side; `tiss*` for a beginning. Without `query`, all that the filter keeps.',
    }),
    args: {
      query: t.arg.string({ description: words({ fr: 'Les mots cherchés.', en: 'The words to look for.' }) }),
      filter: t.arg({ type: SearchFilter, description: words({ fr: 'Ce qu’il faut garder.', en: 'What to keep.' }) }),
      orderBy: t.arg({
        type: SearchOrderEnum,
        required: true,
        defaultValue: 'relevance',
        description: words({ fr: 'Ordre des réponses.', en: 'Order of the answers.' }),
      }),
      from: t.arg({
        type: Around,
        description: words({
          fr: 'D’où mesurer les distances (`km` n’y compte pas) ; sinon de `filter.near`.',
          en: 'Where to measure distances from (`km` does not count); else from `filter.near`.',
        }),
      }),
      collapse: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: words({
          fr: 'Replier en une réponse les fiches qui se présentent de même (même objet dans deux sources, série).',
          en: 'Fold entities that look the same into one answer (one object in two sources, a series).',
        }),
      }),
      ...pageArguments(t),
    },
    resolve: async (_root, _args, context, info) => (await search(selectionOfField(info), context)) as never,
  }),
);
