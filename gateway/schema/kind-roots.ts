/** For each kind that has them, the root field for one and the root field for a list. */
import { type KindName, kindOf } from '#graph-schema/model.ts';
import { compileList, compileOne } from '../compile/roots.ts';
import { selectionOfField } from '../compile/selection.ts';
import { builder, words } from './builder.ts';
import { kindRef, rootConnection } from './connection.ts';
import { filterInput } from './filter-input.ts';
import { pageArguments } from './page-arguments.ts';

/** Registers `one(uid, code)` and `many(filter, first, after)`. Stops, legs and media are reached through what holds them, or by `node`. */
export function kindRoots(kind: KindName, one: string, many: string): void {
  oneRoot(kind, one);
  listRoot(kind, many);
}

function oneRoot(kind: KindName, name: string): void {
  const { fr, en } = kindOf(kind);
  builder.queryField(name, (t) =>
    t.field({
      type: kindRef(kind),
      nullable: true,
      description: words({
        fr: `${fr} : celui ou celle de cet identifiant, ou de ce code ; rien s’il n’y en a pas.`,
        en: `${en}: the one with this id, or with this code; null where there is none.`,
      }),
      args: {
        uid: t.arg.id({ description: words({ fr: 'Identifiant du hub.', en: 'The hub’s identifier.' }) }),
        id: t.arg.id({ description: words({ fr: 'Le même que `uid`.', en: 'The same as `uid`.' }) }),
        code: t.arg.string({
          description: words({
            fr: 'Un code avec son vocabulaire : `museofile:M0123`, `insee:59350`, `uai:0590001A`.',
            en: 'A code with its scheme: `museofile:M0123`, `insee:59350`, `uai:0590001A`.',
          }),
        }),
      },
      resolve: async (_root, _args, { ask, audience }, info) =>
        (await ask(compileOne(kind, selectionOfField(info), audience))) as never,
    }),
  );
}

const EventOrder = builder.enumType('EventOrder', {
  description: words({ fr: 'Ordre d’une liste d’événements.', en: 'Order of a list of events.' }),
  values: {
    NAME: { value: 'name', description: words({ fr: 'Par nom.', en: 'By name.' }) },
    BEGIN: {
      value: 'begin',
      description: words({
        fr: 'Par début de la première date ; ce qui n’a pas de date n’y est pas.',
        en: 'By the begin of the first occurrence; what has no date is left out.',
      }),
    },
  },
});

function listRoot(kind: KindName, name: string): void {
  const { fr, en } = kindOf(kind);
  const filter = filterInput(kind);
  builder.queryField(name, (t) => {
    const order = t.arg({
      type: EventOrder,
      required: true,
      defaultValue: 'name',
      description: words({ fr: 'Ordre de la liste.', en: 'Order of the list.' }),
    });
    return t.field({
      type: rootConnection(kind),
      nullable: false,
      description: words({ fr: `Liste, par nom : ${fr}.`, en: `List, by name: ${en}.` }),
      args: {
        filter: t.arg({ type: filter, description: words({ fr: 'Ce qu’il faut garder.', en: 'What to keep.' }) }),
        ...(kind === 'Event' ? { orderBy: order } : {}),
        ...pageArguments(t),
      },
      resolve: async (_root, _args, { ask, audience }, info) =>
        (await ask(compileList(kind, selectionOfField(info), audience))) as never,
    });
  });
}
