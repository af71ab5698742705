/** Relay connections: those of the lists at the root, and those of relations, whose edges say how the relation came about. */
import { type KindName, kindOf } from '#graph-schema/model.ts';
import type { Row } from '../compile/entity.ts';
import type { Step } from '../compile/meaning.ts';
import { builder, byKey, capital, words } from './builder.ts';
import { How } from './enums.ts';
import type { FieldBuilder } from './properties.ts';

export const PageInfo = builder.objectRef<Row>('PageInfo').implement({
  description: words({ fr: 'Où l’on en est dans une liste.', en: 'Where in a list one is.' }),
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description: words({ fr: 'Il y a une suite.', en: 'There is more.' }),
      resolve: byKey,
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      description: words({ fr: 'Cette page n’est pas la première.', en: 'This page is not the first.' }),
      resolve: byKey,
    }),
    startCursor: t.string({
      description: words({ fr: 'Curseur du premier élément.', en: 'Cursor of the first item.' }),
      resolve: byKey,
    }),
    endCursor: t.string({
      description: words({
        fr: 'Curseur du dernier élément : à donner à `after` pour lire la suite.',
        en: 'Cursor of the last item: give it to `after` to read on.',
      }),
      resolve: byKey,
    }),
  }),
});

type Ref = ReturnType<typeof builder.objectRef<Row>>;
type Fields = Record<string, ReturnType<FieldBuilder['field']>>;

const refs = new Map<string, Ref>();

/** The object type of a kind, by name: types refer to each other in circles. */
export function kindRef(kind: KindName): Ref {
  return refOf(kind);
}

function refOf(name: string): Ref {
  const ref = refs.get(name) ?? builder.objectRef<Row>(name);
  refs.set(name, ref);
  return ref;
}

const made = new Map<string, Ref>();

/** Makes an object type unless one of this name is there already. */
function once(name: string, make: (ref: Ref) => void): Ref {
  const ref = refOf(name);
  if (!made.has(name)) {
    made.set(name, ref);
    make(ref);
  }
  return ref;
}

/** The connection of a list of this kind at the root. */
export function rootConnection(kind: KindName): Ref {
  const edge = edgeType(`${kind}Edge`, kind, () => ({}));
  return connectionType(`${kind}Connection`, kind, edge);
}

/** The connection of a relation. Relations to one kind share it, but for those that tell facts of their own. */
export function stepConnection(from: KindName, name: string, step: Step): Ref {
  const base = step.declared.facts ? `${from}${capital(name)}` : `${step.to}Link`;
  return connectionType(`${base}Connection`, step.to, stepEdge(from, name, step));
}

/** The edge of a relation; by itself where the relation has a single target. */
export function stepEdge(from: KindName, name: string, { declared, to }: Step): Ref {
  const base = declared.facts ? `${from}${capital(name)}` : `${to}Link`;
  return edgeType(`${base}Edge`, to, (t) => ({
    how: t.field({
      type: How,
      nullable: false,
      description: words({ fr: 'D’où le hub la tient.', en: 'How the hub knows of it.' }),
      resolve: byKey,
    }),
    confidence: t.float({
      nullable: false,
      description: words({ fr: 'Sûreté, de 0 à 1.', en: 'How sure it is, 0 to 1.' }),
      resolve: byKey,
    }),
    text: t.string({
      description: words({
        fr: 'Ce qui le dit, où il a fallu le lire ou le déduire : les mots de la source, un code et son libellé.',
        en: 'What says so, where it had to be read or inferred: the words of the source, a code and its label.',
      }),
      resolve: byKey,
    }),
    rule: t.string({
      description: words({
        fr: 'La règle qui l’a lue ou déduite (`use`, `naf-close`, `transcript`… : docs/inference.md) ; rien où une source la dit.',
        en: 'The rule that read or inferred it (`use`, `naf-close`, `transcript`…: docs/inference.md); null where a source says so.',
      }),
      resolve: byKey,
    }),
    ...Object.fromEntries((declared.facts ?? []).map((fact) => [fact, factField(t, fact)])),
  }));
}

const FACTS: Readonly<Record<string, { fr: string; en: string }>> = {
  since: { fr: 'Depuis quand.', en: 'Since when.' },
  role: { fr: 'À quel titre.', en: 'In what role.' },
  match: { fr: 'Sorte de correspondance.', en: 'Kind of match.' },
  position: { fr: 'Rang.', en: 'Position in the order.' },
  moment: {
    fr: 'Dans un enregistrement, la seconde où l’on en parle d’abord.',
    en: 'In a recording, the second at which it is first spoken of.',
  },
};

/** Facts are kept as texts; these are numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['moment']);

function factField(t: FieldBuilder, fact: string) {
  const said = FACTS[fact];
  if (said === undefined) throw new Error(`the fact ${fact} has no description in connection.ts`);
  const told = { description: words(said), resolve: byKey };
  return NUMBERS.has(fact) ? t.float(told) : t.string(told);
}

function edgeType(name: string, kind: KindName, more: (t: FieldBuilder) => Fields): Ref {
  return once(name, (ref) =>
    ref.implement({
      description: words({
        fr: `Un élément d’une liste : ${kindOf(kind).fr}.`,
        en: `An item of a list: ${kindOf(kind).en}.`,
      }),
      fields: (t) => ({
        node: t.field({ type: kindRef(kind), nullable: false, description: words(kindOf(kind)), resolve: byKey }),
        cursor: t.string({
          nullable: false,
          description: words({ fr: 'À donner à `after` pour lire la suite.', en: 'Give it to `after` to read on.' }),
          resolve: byKey,
        }),
        ...more(t),
      }),
    }),
  );
}

function connectionType(name: string, kind: KindName, edge: Ref): Ref {
  return once(name, (ref) =>
    ref.implement({
      description: words({
        fr: `Une page d’une liste : ${kindOf(kind).fr}.`,
        en: `A page of a list: ${kindOf(kind).en}.`,
      }),
      fields: (t) => pageFields(t, edge, kindRef(kind)),
    }),
  );
}

type Listed = Pick<Ref, 'name'>;

/** What every connection has. */
export function pageFields(t: FieldBuilder, edge: Listed, node: Listed) {
  const list = (of: Listed, description: string): ReturnType<FieldBuilder['field']> =>
    t.field({ type: [of], nullable: false, description, resolve: byKey } as never);
  return {
    edges: list(edge, words({ fr: 'Les éléments, avec ce qui les lie.', en: 'The items, with what links them.' })),
    nodes: list(node, words({ fr: 'Les éléments seuls.', en: 'The items alone.' })),
    pageInfo: t.field({
      type: PageInfo,
      nullable: false,
      description: words({ fr: 'Pour lire la suite.', en: 'For reading on.' }),
      resolve: byKey,
    }),
    totalCount: t.int({
      nullable: false,
      description: words({
        fr: 'Combien en tout ; compté seulement si demandé.',
        en: 'How many in all; counted only when asked for.',
      }),
      resolve: byKey,
    }),
  };
}
