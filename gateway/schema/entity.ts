import { COMMON, type KindName } from '#graph-schema/model.ts';
import { KIND, type Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';
import { Code } from './code.ts';
import { FieldProvenance } from './field-provenance.ts';
import { propertyFields } from './properties.ts';

/** What all kinds have in common. */
export const Entity = builder.interfaceRef<Row>('Entity').implement({
  description: words({
    fr: 'Tout ce que décrit le graphe : structures, métiers, objets, lieux, événements…',
    en: 'All that the graph describes: structures, trades, objects, places, events…',
  }),
  resolveType: (row) => row[KIND] as KindName,
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: words({
        fr: 'Identifiant pour Relay et les caches : le même que `uid`.',
        en: 'Identifier for Relay and caches: the same as `uid`.',
      }),
      resolve: byKey,
    }),
    uid: t.id({
      nullable: false,
      description: words({
        fr: 'Identifiant du hub, stable, jamais réattribué. Celui d’une fiche fusionnée mène à celle qui l’a reprise.',
        en: 'The hub’s identifier, stable and never reused. That of a merged entity leads to the one that took over.',
      }),
      resolve: byKey,
    }),
    codes: t.field({
      type: [Code],
      nullable: false,
      description: words({ fr: 'Identifiants donnés par d’autres.', en: 'Identifiers that others gave.' }),
      resolve: byKey,
    }),
    provenance: t.field({
      type: [FieldProvenance],
      nullable: false,
      description: words({
        fr: 'Champ par champ, la source et la notice retenues.',
        en: 'Field by field, the source and record that were heard.',
      }),
      resolve: byKey,
    }),
    notSeenSince: t.field({
      type: 'Instant',
      nullable: true,
      description: words({
        fr: 'Depuis quand plus aucune source ne la nomme ; rien tant qu’une la nomme. Elle pourra être retirée.',
        en: 'Since when no source names it any more; null while one does. It may be taken away.',
      }),
      resolve: byKey,
    }),
    ...propertyFields(t, undefined, COMMON),
  }),
});
