/** The schema: every type of this folder, gathered. */
import type { GraphQLSchema } from 'graphql';
import { KINDS } from '#graph-schema/model.ts';
import { builder, words } from './builder.ts';
import './scalars.ts';
import './node.ts';
import './search.ts';
import './suggest.ts';
import './network.ts';
import './coverage.ts';
import './source.ts';
import './run.ts';
import './kind-count.ts';
import './thumbnail.ts';
import './me.ts';
import './api-keys.ts';
import './pathway-badges.ts';
import './pathway-candidates.ts';
import { implementKind } from './kind.ts';
import { kindRoots } from './kind-roots.ts';

builder.queryType({
  description: words({
    fr: 'Le graphe du patrimoine des métiers : ce que disent les partenaires, relié.',
    en: 'The graph of the heritage of trades: what the partners say, linked.',
  }),
});

for (const kind of KINDS) implementKind(kind);

kindRoots('Structure', 'structure', 'structures');
kindRoots('HeritageObject', 'heritageObject', 'heritageObjects');
kindRoots('Trade', 'trade', 'trades');
kindRoots('Place', 'place', 'places');
kindRoots('Event', 'event', 'events');
kindRoots('Programme', 'programme', 'programmes');
kindRoots('Exhibition', 'exhibition', 'exhibitions');
kindRoots('Route', 'route', 'routes');
kindRoots('Pathway', 'pathway', 'pathways');
kindRoots('Offer', 'offer', 'offers');
kindRoots('Resource', 'resource', 'resources');
kindRoots('Concept', 'concept', 'concepts');
kindRoots('Agent', 'agent', 'agents');

export const schema: GraphQLSchema = builder.toSchema();
