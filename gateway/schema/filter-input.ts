/** The input type of a kind's filters, made of the very table that the compiler obeys. */
import type { KindName } from '#graph-schema/model.ts';
import type { Filter } from '../compile/filter.ts';
import { filtersOf } from '../compile/filters.ts';
import { builder, words } from './builder.ts';
import { enumOf } from './enums.ts';

const TYPES = { string: 'String', id: 'ID', boolean: 'Boolean', year: 'Int', day: 'Day' } as const;

export function filterInput(kind: KindName) {
  return builder.inputType(`${kind}Filter`, {
    description: words({
      fr: 'Ce que la liste doit garder : tout ce qui est donné doit être vrai.',
      en: 'What the list is to keep: all that is given must hold.',
    }),
    fields: (t) =>
      Object.fromEntries(
        filtersOf(kind).map((filter: Filter) => {
          const description = words(filter);
          if (filter.takes === 'values')
            return [filter.name, t.field({ type: [enumOf(kind, filter.name)], description })];
          return [filter.name, t.field({ type: TYPES[filter.takes], description })];
        }),
      ),
  });
}
