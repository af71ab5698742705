/** The input type of a kind's filters, made of the very table that the compiler obeys. */
import type { KindName } from '#graph-schema/model.ts';
import type { Filter } from '../compile/filter.ts';
import { filtersOf } from '../compile/filters.ts';
import { builder, words } from './builder.ts';
import { enumOf, How } from './enums.ts';

const TYPES = { string: 'String', id: 'ID', boolean: 'Boolean', year: 'Int', day: 'Day' } as const;

/** Of a list at the root. */
export function filterInput(kind: KindName) {
  return builder.inputType(`${kind}Filter`, {
    description: words(KEEPS),
    fields: (t) => fieldsOf(t, kind, filtersOf(kind)),
  });
}

const made = new Map<KindName, ReturnType<typeof makeLinkFilter>>();

/** Of the list of a relation to this kind. */
export function linkFilterInput(kind: KindName): ReturnType<typeof makeLinkFilter> {
  const known = made.get(kind) ?? makeLinkFilter(kind);
  made.set(kind, known);
  return known;
}

/** A full-text search can only be begun from, so that there is none along a relation. */
function makeLinkFilter(kind: KindName) {
  return builder.inputType(`${kind}LinkFilter`, {
    description: words(KEEPS),
    fields: (t) => ({
      how: t.field({
        type: [How],
        description: words({ fr: 'D’où le hub tient la relation.', en: 'How the hub knows of the relation.' }),
      }),
      confidence: t.float({
        description: words({ fr: 'Sûreté d’au moins tant, de 0 à 1.', en: 'At least as sure as this, 0 to 1.' }),
      }),
      ...fieldsOf(
        t,
        kind,
        filtersOf(kind).filter(({ name }) => name !== 'search'),
      ),
    }),
  });
}

const KEEPS = {
  fr: 'Ce que la liste doit garder : tout ce qui est donné doit être vrai.',
  en: 'What the list is to keep: all that is given must hold.',
};

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

function fieldsOf(t: InputFields, kind: KindName, filters: readonly Filter[]) {
  return Object.fromEntries(
    filters.map((filter) => {
      const description = words(filter);
      if (filter.takes === 'values') return [filter.name, t.field({ type: [enumOf(kind, filter.name)], description })];
      return [filter.name, t.field({ type: TYPES[filter.takes], description })];
    }),
  );
}
