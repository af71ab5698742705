/** `pathwayCandidates`: for whoever builds a pathway, the structures that could be each of its legs, and why. */
import type { Row } from '../compile/entity.ts';
import { type Selected, selectionOfField } from '../compile/selection.ts';
import {
  type CandidatesAnswer,
  type CandidatesQuestion,
  candidatesFor,
  DEFAULT_CANDIDATES,
  DEFAULT_KM,
  type Entities,
  type LegCandidates,
  MOST_CANDIDATES,
  MOST_KM,
  readEntities,
} from '../pathways/answer.ts';
import type { Candidate } from '../pathways/score.ts';
import { builder, words } from './builder.ts';
import { PathwayCandidates } from './pathway-candidate-types.ts';
import { Around, type AroundArgument, idsIn, positionOf } from './search-filter.ts';

builder.queryField('pathwayCandidates', (t) =>
  t.field({
    type: PathwayCandidates,
    nullable: false,
    description: words({
      fr: 'Autour d’un métier et d’un lieu, les structures qui peuvent être chaque volet d’un parcours découverte : patrimoine, entreprise, formation ; ce qui les lie au métier, et ce qui manque. Ce qui n’est pas connu n’exclut rien.',
      en: 'Around a trade and a place, the structures that could be each leg of a school pathway: heritage, firm, training; what links them to the trade, and what is missing. What is not known excludes nothing.',
    }),
    args: {
      trade: t.arg.id({
        required: true,
        description: words({
          fr: 'Le métier : son uid, ou son code (`trame:tisserand`).',
          en: 'The trade: its uid, or its code (`trame:tisserand`).',
        }),
      }),
      near: t.arg({
        type: Around,
        required: true,
        description: words({
          fr: 'D’où l’on part : un point, une commune (`insee:59350`), une école (`uai:0590001A`). `km` n’y compte pas : voyez `maxKm`.',
          en: 'Where one sets out: a point, a commune (`insee:59350`), a school (`uai:0590001A`). `km` does not count: see `maxKm`.',
        }),
      }),
      level: t.arg.string({
        description: words({
          fr: 'Le niveau scolaire, tel que les offres l’écrivent (`4e`, `CM2`).',
          en: 'The school level, as the offers write it (`4e`, `CM2`).',
        }),
      }),
      maxKm: t.arg.float({
        required: true,
        defaultValue: DEFAULT_KM,
        description: words({
          fr: `À combien de kilomètres au plus, à vol d’oiseau ; ${MOST_KM} au plus.`,
          en: `Within how many kilometres, as the crow flies; at most ${MOST_KM}.`,
        }),
      }),
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_CANDIDATES,
        description: words({
          fr: `Combien de structures pour chaque volet ; ${MOST_CANDIDATES} au plus.`,
          en: `How many structures for each leg; at most ${MOST_CANDIDATES}.`,
        }),
      }),
    },
    resolve: async (_root, args, means, info) => {
      const question: CandidatesQuestion = { ...args, trade: String(args.trade) };
      const near = args.near as AroundArgument;
      const whereabouts = {
        ids: idsIn({}, near),
        read: (ids: Parameters<typeof positionOf>[1]) => positionOf(near, ids),
      };
      const field = selectionOfField(info);
      const answer = await candidatesFor(question, whereabouts, means);
      return write(field, answer, await readEntities(entityFields(field, answer), means)) as never;
    },
  }),
);

/** Fields of this name, at each of these steps below. */
function under(fields: readonly Selected[], ...[name, ...rest]: readonly string[]): readonly Selected[] {
  if (name === undefined) return fields;
  const found = fields.flatMap(({ of }) => [...of.values()].flat()).filter((field) => field.name === name);
  return under(found, ...rest);
}

/** Every selected field that is an entity, and the uids that it will be asked for. */
function entityFields(root: Selected, { trade, legs }: CandidatesAnswer) {
  const candidates = legs.flatMap((leg) => leg.candidates);
  const nearest = legs.flatMap(({ missing }) => missing?.nearest?.uid ?? []);
  const found = [
    [['trade'], 'Trade', [trade]],
    [['legs', 'missing', 'nearest'], 'Structure', nearest],
    [['legs', 'candidates', 'structure'], 'Structure', candidates.map(({ uid }) => uid)],
    [['legs', 'candidates', 'offers'], 'Offer', candidates.flatMap(({ offers }) => offers)],
    [['legs', 'candidates', 'pathways'], 'Pathway', candidates.flatMap(({ pathways }) => pathways)],
    [
      ['legs', 'candidates', 'evidence', 'trade'],
      'Trade',
      candidates.flatMap(({ evidence }) => evidence.map((one) => one.trade)),
    ],
  ] as const;
  return found.flatMap(([path, kind, uids]) => under([root], ...path).map((field) => ({ field, kind, uids })));
}

/** A row for a selection: by response key, what `value` gives for each field. */
function rowOf({ of }: Selected, value: (field: Selected) => unknown): Row {
  return Object.fromEntries([...of.values()].flat().map((field) => [field.key, value(field)]));
}

function write(root: Selected, answer: CandidatesAnswer, entities: Entities): Row {
  return rowOf(root, (field) => {
    switch (field.name) {
      case 'trade':
        return entities.get(field, answer.trade);
      case 'from':
        return rowOf(field, ({ name }) => answer.from[name as keyof typeof answer.from]);
      default:
        return answer.legs.map((leg) => writeLeg(field, leg, entities));
    }
  });
}

function writeLeg(selected: Selected, leg: LegCandidates, entities: Entities): Row {
  return rowOf(selected, (field) => {
    switch (field.name) {
      case 'candidates':
        return leg.candidates.map((candidate) => writeCandidate(field, candidate, entities));
      case 'missing':
        return leg.missing === undefined
          ? null
          : rowOf(field, (one) => {
              if (one.name === 'nearest') return entities.get(one, leg.missing?.nearest?.uid ?? '') ?? null;
              return one.name === 'reason' ? leg.missing?.reason : (leg.missing?.nearest?.metres ?? null);
            });
      default:
        return leg.role;
    }
  });
}

/** An entity that was hidden since it was found is left out, and so are the lists' items. */
function writeCandidate(selected: Selected, candidate: Candidate, entities: Entities): Row {
  const list = (field: Selected, uids: readonly string[]) => uids.flatMap((uid) => entities.get(field, uid) ?? []);
  return rowOf(selected, (field) => {
    switch (field.name) {
      case 'structure':
        return entities.get(field, candidate.uid) ?? null;
      case 'offers':
        return list(field, candidate.offers);
      case 'pathways':
        return list(field, candidate.pathways);
      case 'evidence':
        return candidate.evidence.map((evidence) =>
          rowOf(field, (one) =>
            one.name === 'trade'
              ? (entities.get(one, evidence.trade) ?? null)
              : evidence[one.name as keyof typeof evidence],
          ),
        );
      case 'parts':
        return candidate.parts.map((part) => rowOf(field, ({ name }) => part[name as keyof typeof part]));
      default:
        return candidate[field.name as keyof Candidate];
    }
  });
}
