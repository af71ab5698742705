/** How the words of an object tell a trade: its denomination, use, subjects and domain. */
import { NAMED_OTHERWISE } from '../reconcile/trades-phrases.ts';
import type { Resolved, Resolver } from '../vocabularies/resolver.ts';
import { wordsOf } from '../vocabularies/trade-words.ts';
import type { Saying } from './inferrer.ts';
import { settledTrades, surely, type Tables, whole } from './texts.ts';

/** Readings that name who does it, not what is done. */
const PERSONS: ReadonlySet<string> = new Set(['label', 'synonym', 'plural', 'feminine', 'decided']);
/** A shepherd at a nativity, Vulcan at his forge: who is shown there stands for no trade. */
const TALES = /(?<!\p{L})(?:bibli(?:que|cal)|mytholog|christ|j[ée]sus|nativit|fable|conte|parabole|saint joseph)/iu;
/** What is longer is no name of a thing. In UTF-16 units. */
const LONGEST_NAME = 200;
/** "cuillère de sabotier": a thing and, in lower case, whose it is. */
const OF_A_TRADE = /^(\p{L}.*?) (?:de |d['’]|du |des )(\p{Ll}.*)$/u;

export function objectTexts({ phrases }: Tables, resolver: Resolver) {
  const { trades } = resolver;
  /** The tool that a text is; none where a steward said what its words mean. */
  const toolIn = (text: string) =>
    settledTrades(resolver, text) === undefined ? whole(phrases.object, text) : undefined;

  /** Named by its trade, or a tool of it. That it is made by a technique ("sculpture") says nothing of what it is about. */
  function denomination(text: string): readonly Saying[] {
    if (text.length > LONGEST_NAME) return [];
    const tool = toolIn(text);
    if (tool !== undefined) return [{ trade: tool, rule: 'tool', text }];
    const phrase = surely(trades(text)).filter(({ rule }) => rule === 'phrase' || rule === 'decided');
    const [, thing = '', whose = ''] = OF_A_TRADE.exec(text) ?? [];
    if (phrase.length > 0 || NAMED_OTHERWISE.has(wordsOf(thing)[0]?.loose ?? ''))
      return sayings(phrase, 'denomination', text);
    return sayings(
      surely(trades(whose)).filter(({ rule }) => PERSONS.has(rule)),
      'denomination',
      text,
    );
  }

  function subject(text: string): readonly Saying[] {
    if (TALES.test(text)) return [];
    return partsOf(text).flatMap((part): readonly Saying[] => {
      const tool = toolIn(part);
      if (tool !== undefined) return [{ trade: tool, rule: 'tool', text }];
      return sayings(surely(trades(part, 'subject')), 'subject', text);
    });
  }

  function domain(text: string): readonly Saying[] {
    const trade = whole(phrases.domain, text);
    const told = settledTrades(resolver, text) ?? (trade === undefined ? [] : [trade]);
    return told.map((one) => ({ trade: one, rule: 'domain', text }));
  }

  return { denomination, subject, domain, use: (text: string) => sayings(surely(trades(text)), 'use', text) };
}

/** "scène (tisserand, intérieur)": what stands in brackets is read part by part. */
function partsOf(text: string): readonly string[] {
  return text
    .split(/[(),;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function sayings(found: readonly Resolved[], rule: Saying['rule'], text: string): readonly Saying[] {
  return found.map(({ identifier, confidence }) => ({ trade: identifier.value, rule, text, sure: confidence }));
}
