import type { Row } from '../compile/entity.ts';
import { compileSearch, MOST_ANSWERS } from '../compile/search.ts';
import { selectionOfField } from '../compile/selection.ts';
import { builder, byKey, words } from './builder.ts';
import { pageFields } from './connection.ts';
import { Entity } from './entity.ts';
import { KindEnum } from './enums.ts';
import { pageArguments } from './page-arguments.ts';

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
        fr: 'Pertinence : ne se compare qu’à l’intérieur d’une recherche.',
        en: 'Relevance: to be compared within one search only.',
      }),
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
    fr: `Les réponses à une recherche, les meilleures d’abord, ${MOST_ANSWERS} au plus (\`totalCount\` compris).`,
    en: `The answers to a search, best first, ${MOST_ANSWERS} at most (\`totalCount\` too).`,
  }),
  fields: (t) => pageFields(t, SearchEdge, Entity),
});

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    nullable: false,
    description: words({
      fr: `Recherche plein texte en français sur toutes les fiches : tous les mots, accents et pluriels indifférents ; « mots entre guillemets droits » côte à côte ; \`tiss*\` pour un début de mot. ${MOST_ANSWERS} réponses au plus.`,
      en: `French full-text search over all entities: all words, whatever their accents and plurals; words in straight quotes side by side; \`tiss*\` for a beginning. At most ${MOST_ANSWERS} answers.`,
    }),
    args: {
      query: t.arg.string({
        required: true,
        description: words({ fr: 'Les mots cherchés.', en: 'The words to look for.' }),
      }),
      kinds: t.arg({
        type: [KindEnum],
        description: words({
          fr: 'Seulement ces natures de fiches ; sinon toutes, sauf les médias, étapes et volets.',
          en: 'Only these kinds; else all but media, stops and legs.',
        }),
      }),
      ...pageArguments(t),
    },
    resolve: async (_root, _args, { ask, audience }, info) =>
      (await ask(compileSearch(selectionOfField(info), audience))) as never,
  }),
);
