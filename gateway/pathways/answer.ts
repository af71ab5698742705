/** `pathwayCandidates` answered: ids looked up, a text for each leg, the best chosen, and what of them is selected read by the compiler. */
import type { KindName } from '#graph-schema/model.ts';
import type { Ask } from '../ask.ts';
import type { GeoPosition } from '../catalogue/question.ts';
import type { Audience } from '../compile/audience.ts';
import { compileEntities, readingKind } from '../compile/entities.ts';
import { compileResolveIds, type GivenId, idKey, type ResolvedIds } from '../compile/resolve-ids.ts';
import type { Selected } from '../compile/selection.ts';
import { Refusal } from '../refusal.ts';
import { type Around, compileAround } from './around.ts';
import { compileCandidates, compileIsCovered, type FoundLeg, LEG_ROLES, type LegRole } from './candidates.ts';
import { type Candidate, rank } from './score.ts';
import { compileNearTrades, type NearTrade } from './trades.ts';

const KM = 1_000;
/** Within this a coach goes there and back in a school day (docs/pathways.md). */
export const DEFAULT_KM = 80;
export const MOST_KM = 300;
export const DEFAULT_CANDIDATES = 10;
export const MOST_CANDIDATES = 40;
const LONGEST_LEVEL = 60;

export interface CandidatesQuestion {
  readonly trade: string;
  readonly level?: string | null | undefined;
  readonly maxKm: number;
  readonly first: number;
}

/** What stands where: `near` is read by the schema, which has the words for what is wrong with it. */
export interface Whereabouts {
  readonly ids: readonly GivenId[];
  read(ids: ResolvedIds): GeoPosition;
}

export const MISSING_REASONS = ['beyond', 'not-harvested', 'none-known'] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

export interface Missing {
  readonly reason: MissingReason;
  readonly nearest: FoundLeg['beyond'];
}

export interface LegCandidates {
  readonly role: LegRole;
  readonly candidates: readonly Candidate[];
  readonly missing: Missing | undefined;
}

/** Gives the rows of an entity field, by uid; what can no longer be seen is absent. */
export interface Entities {
  get(field: Selected, uid: string): unknown;
}

export interface CandidatesAnswer {
  readonly trade: string;
  readonly from: GeoPosition;
  readonly legs: readonly LegCandidates[];
}

type Means = { readonly ask: Ask; readonly audience: Audience };

/** @throws Refusal where the trade or the place is none, or a limit is passed */
export async function candidatesFor(
  question: CandidatesQuestion,
  near: Whereabouts,
  { ask, audience }: Means,
): Promise<CandidatesAnswer> {
  refuseBeyondLimits(question);
  const asked: readonly GivenId[] = [{ given: question.trade, kinds: ['Trade'] }, ...near.ids];
  const ids = (await ask(compileResolveIds(asked, audience))) as ResolvedIds;
  const from = near.read(ids);
  const trade = ids.get(idKey('Trade', question.trade))?.uid;
  const trades = trade === undefined ? [] : ((await ask(compileNearTrades(trade, audience))) as readonly NearTrade[]);
  if (trade === undefined || trades.length === 0) throw noTrade(question.trade);
  const metres = question.maxKm * KM;
  const found: FoundLeg[] = [];
  // One after the other: the first has the text planned for all three.
  for (const role of LEG_ROLES)
    found.push((await ask(compileCandidates(role, trades, from, metres, audience))) as FoundLeg);
  const uids = found.flatMap(({ structures }) => structures.map(({ uid }) => uid));
  const around = (await ask(compileAround([...new Set(uids)].sort(), audience))) as ReadonlyMap<string, Around>;
  const legs: LegCandidates[] = [];
  for (const leg of found) {
    const { role, structures } = leg;
    const candidates = rank(structures, around, question.level?.trim() || undefined, metres).slice(0, question.first);
    const isCovered = candidates.length > 0 || (await ask(compileIsCovered(role, from, metres, audience))) === true;
    legs.push({ role, candidates, missing: candidates.length > 0 ? undefined : missingOf(leg, isCovered) });
  }
  return { trade, from, legs };
}

/** Where nothing of this role is known at all in the distance, that there is none for the trade says nothing about the ground. */
function missingOf({ beyond }: FoundLeg, isCovered: boolean): Missing {
  return { reason: !isCovered ? 'not-harvested' : beyond ? 'beyond' : 'none-known', nearest: beyond };
}

/** One text for each of these fields, whatever the number of uids. */
export async function readEntities(
  fields: readonly { readonly field: Selected; readonly kind: KindName; readonly uids: readonly string[] }[],
  { ask, audience }: Means,
): Promise<Entities> {
  const read = await Promise.all(
    fields
      .filter(({ uids }) => uids.length > 0)
      .map(async ({ field, kind, uids }) => {
        const compiled = compileEntities([...new Set(uids)].sort(), audience, readingKind(kind, field, audience));
        return [field, (await ask(compiled)) as ReadonlyMap<string, unknown>] as const;
      }),
  );
  const rows = new Map(read);
  return { get: (field, uid) => rows.get(field)?.get(uid) };
}

function refuseBeyondLimits({ first, maxKm, level }: CandidatesQuestion): void {
  if (!(first >= 1 && first <= MOST_CANDIDATES))
    throw new Refusal(
      'FIRST_TOO_LARGE',
      `\`first\` va de 1 à ${MOST_CANDIDATES} pour chaque volet.`,
      `\`first\` goes from 1 to ${MOST_CANDIDATES} for each leg.`,
    );
  if (!(maxKm > 0 && maxKm <= MOST_KM))
    throw bad(`\`maxKm\` va de plus de 0 à ${MOST_KM}.`, `\`maxKm\` is more than 0 and at most ${MOST_KM}.`);
  if ((level?.length ?? 0) > LONGEST_LEVEL)
    throw bad(`\`level\` a ${LONGEST_LEVEL} caractères au plus.`, `\`level\` has at most ${LONGEST_LEVEL} characters.`);
}

function noTrade(given: string): Refusal {
  const shown = given.slice(0, 80);
  return bad(
    `« ${shown} » n’est l’identifiant ni le code d’aucun métier : cherchez-le par \`trades(filter: { search: "…" })\`.`,
    `"${shown}" is neither the id nor the code of a trade: look for it by \`trades(filter: { search: "…" })\`.`,
  );
}

function bad(fr: string, en: string): Refusal {
  return new Refusal('BAD_ARGUMENT', fr, en);
}
