/** The object type of a kind: its properties, and its relations in both directions. Derived; nothing is said here twice. */
import { COMMON, inverseRelationsOf, type KindName, kindOf } from '#graph-schema/model.ts';
import { linkName, meanings, type Step } from '../compile/meaning.ts';
import { byKey, words } from './builder.ts';
import { kindRef, stepConnection, stepEdge } from './connection.ts';
import { Entity } from './entity.ts';
import { linkFilterInput } from './filter-input.ts';
import { pageArguments } from './page-arguments.ts';
import { type FieldBuilder, propertyFields } from './properties.ts';

/** Registers the type of a kind. */
export function implementKind(kind: KindName): void {
  const declared = kindOf(kind);
  kindRef(kind).implement({
    description: words({ fr: `${declared.fr}.`, en: `${declared.en}.` }),
    interfaces: [Entity],
    fields: (t) => ({
      ...propertyFields(t, kind, ownProperties(kind)),
      ...outgoing(t, kind),
      ...incoming(t, kind),
    }),
  });
}

function ownProperties(kind: KindName) {
  return Object.fromEntries(Object.entries(kindOf(kind).properties).filter(([name]) => !(name in COMMON)));
}

function stepOf(kind: KindName, name: string): Step {
  const meaning = meanings(kind).get(name);
  if (meaning?.is !== 'step') throw new Error(`${kind}.${name} is no relation`);
  return meaning.step;
}

function outgoing(t: FieldBuilder, kind: KindName) {
  return Object.fromEntries(
    Object.entries(kindOf(kind).relations).flatMap(([name, declared]) => {
      const step = stepOf(kind, name);
      const description = words({ fr: `${declared.fr}.`, en: `${declared.en}.` });
      if (!step.single) return [[name, listField(t, kind, name, step, description)]];
      const told = words({
        fr: `${declared.fr}, avec d’où le hub la tient et sa sûreté.`,
        en: `${declared.en}, with how the hub knows of it and how surely.`,
      });
      return [
        [name, t.field({ type: kindRef(step.to), nullable: true, description, resolve: byKey })],
        [
          linkName(name),
          t.field({ type: stepEdge(kind, name, step), nullable: true, description: told, resolve: byKey }),
        ],
      ];
    }),
  );
}

function incoming(t: FieldBuilder, kind: KindName) {
  return Object.fromEntries(
    inverseRelationsOf(kind).map(({ from, declared }) => {
      const description = words({
        fr: `Ceux et celles dont « ${declared.fr} » mène ici. (${kindOf(from).fr}.)`,
        en: `Those whose “${declared.en}” leads here. (${kindOf(from).en}.)`,
      });
      const { inverse } = declared;
      return [inverse, listField(t, kind, inverse, stepOf(kind, inverse), description)];
    }),
  );
}

function listField(t: FieldBuilder, kind: KindName, name: string, step: Step, description: string) {
  return t.field({
    type: stepConnection(kind, name, step),
    nullable: false,
    args: {
      filter: t.arg({
        type: linkFilterInput(step.to),
        description: words({ fr: 'Ce qu’il faut garder.', en: 'What to keep.' }),
      }),
      ...pageArguments(t),
    },
    description,
    resolve: byKey,
  });
}
