import { DEFAULT_FIRST, MOST_FIRST } from '../compile/page.ts';
import { type builder, words } from './builder.ts';

type QueryFields = Parameters<Parameters<typeof builder.queryFields>[0]>[0];

/** `first` and `after`, the same for every list. */
export function pageArguments(t: { readonly arg: QueryFields['arg'] }) {
  return {
    first: t.arg.int({
      required: true,
      defaultValue: DEFAULT_FIRST,
      description: words({ fr: `Combien au plus, de 0 à ${MOST_FIRST}.`, en: `How many at most, 0 to ${MOST_FIRST}.` }),
    }),
    after: t.arg.string({
      description: words({ fr: 'Lire ce qui suit ce curseur.', en: 'Read what follows this cursor.' }),
    }),
  };
}
