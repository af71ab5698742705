/** Enums from the model: one for each property that may only take some values, one for the kinds, one for how a relation came about. */
import { KINDS, type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import { builder, capital, enumName, words } from './builder.ts';

const enums = new Map<string, ReturnType<typeof makeEnum>>();

/** The enum of a property of a kind that has `values`. */
export function enumOf(kind: KindName, property: string): ReturnType<typeof makeEnum> {
  const name = enumTypeName(kind, property);
  const known = enums.get(name) ?? makeEnum(name, kind, property);
  enums.set(name, known);
  return known;
}

/** `structureType` says enough by itself; `status` does not: `EventStatus`. */
function enumTypeName(kind: KindName, property: string): string {
  return /(Type|Kind)$/.test(property) ? capital(property) : `${kind}${capital(property)}`;
}

function makeEnum(name: string, kind: KindName, property: string) {
  const declared = propertiesOf(kind)[property]!;
  return builder.enumType(name, {
    description: words({ fr: `${declared.fr}.`, en: `${declared.en}.` }),
    values: Object.fromEntries((declared.values ?? []).map((value) => [enumName(value), { value }])),
  });
}

/** `HeritageObject` → `HERITAGE_OBJECT`. */
export const KindEnum = builder.enumType('Kind', {
  description: words({ fr: 'Nature d’une fiche.', en: 'Kind of an entity.' }),
  values: Object.fromEntries(
    KINDS.map((kind) => [
      kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
      { value: kind as string, description: words(kindOf(kind)) },
    ]),
  ),
});

export const How = builder.enumType('How', {
  description: words({ fr: 'D’où le hub tient une relation.', en: 'How the hub knows of a relation.' }),
  values: {
    STATED: { value: 'stated', description: words({ fr: 'Une source la dit.', en: 'A source says so.' }) },
    LABEL: {
      value: 'label',
      description: words({
        fr: 'Un mot de la source, lu dans un vocabulaire.',
        en: 'Words of the source, read against a vocabulary.',
      }),
    },
    INFERRED: { value: 'inferred', description: words({ fr: 'Elle est déduite.', en: 'It is inferred.' }) },
  },
});
