/** The standing decisions about words, and the resolver that hears them. */
import type { Database } from '../database.ts';
import { type KeptDecision, standingDecisions } from '../decisions.ts';
import { type Decidable, type DecidedWords, withDecided, wordsKey } from '../reconcile/decided.ts';
import { createResolver, type Resolver } from '../vocabularies/resolver.ts';

/** A resolver with what it knew when it was made: whoever writes with it looks afterwards whether something was decided meanwhile (apply.ts). */
export interface HubResolver {
  readonly resolver: Resolver;
  readonly decisions: readonly KeptDecision[];
}

/** `base` hears what stewards have decided until now. Throws what the driver throws. */
export async function hubResolver(database: Database, base: Resolver): Promise<HubResolver> {
  const decisions = await standingWords(database);
  return { resolver: withDecided(base, decisions.map(decidedIn)), decisions };
}

/** The packaged vocabularies' resolver, with what stewards have decided until now. */
export async function resolverFor(database: Database): Promise<Resolver> {
  return (await hubResolver(database, createResolver())).resolver;
}

/** The decisions about words that hold, oldest first. One whose words were emptied with a person's name says nothing any more. */
export function standingWords(database: Database): Promise<readonly KeptDecision[]> {
  return database.read(async (tx) => (await standingDecisions(tx, ['word'])).filter(({ data }) => data !== undefined));
}

/** The subject of a decision about words. */
export function wordsSubject(what: Decidable, words: string): string {
  return `${what}\n${wordsKey(words)}`;
}

/** What a decision says. */
export function decidedIn({ subject, data }: KeptDecision): DecidedWords {
  const [what = '', words = ''] = subject.split('\n');
  const { means = [] } = (data ?? {}) as Partial<DecidedWords>;
  return { what: what as Decidable, words, means };
}
