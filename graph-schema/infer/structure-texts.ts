/** How the words and codes of a structure tell a trade: the name of a museum or a firm, a theme, a NAF code, a training. */
import type { Resolver } from '../vocabularies/resolver.ts';
import { type Word, wordsOf } from '../vocabularies/trade-words.ts';
import type { Saying } from './inferrer.ts';
import { inPlace, looseOf, type TextPlace } from './lexicon.ts';
import { isSector } from './prose.ts';
import { GUESSES, settledTrades, surely, type Tables, whole } from './texts.ts';

/** What stands before a word of a museum's name that tells what it is about. */
const ABOUT = /^(?:de|du|des|d|la|l|le|les|et|musee|ecomusee)$/;
const STREETS = new Set(['rue', 'place', 'quai', 'avenue', 'cour', 'chemin', 'route', 'impasse', 'ami']);
/** What stands before a firm's activity in its name. */
const FIRM_WORDS = new Set(
  'sarl sa sas eurl snc ets etablissement societe entreprise atelier manufacture usine maison de d'.split(' '),
);
/** "La Filature, logements": what a works has become, and is no longer. */
const CONVERTED = new Set(
  wordsOf('restaurant hôtel logements résidence appartements lofts coworking gîte théâtre immobilier').map(
    ({ loose }) => loose,
  ),
);
/** Words of the longest names that are looked for. */
const LONGEST_NAME = 5;
/** "CAP", "bac pro", "BTS": what a training leads to, before its trade. */
const DIPLOMA =
  /^\s*(?:(?:CAPA?|BEPA?|BPA?|BTSA?|BUT|DUT|MC|BMA|DMA|DN MADE|TP|CS|CQP|DE|DEUST|bac(?:calaur[ée]at)?(?: pro(?:fessionnel)?(?:le)?| techno(?:logique)?)?|brevet (?:professionnel|de technicien(?: sup[ée]rieur)?|des m[ée]tiers d['’]art)|brevet technique des m[ée]tiers|certificat (?:d['’]aptitude professionnelle|de sp[ée]cialisation)|mention compl[ée]mentaire|titre professionnel|licence pro(?:fessionnelle)?|dipl[ôo]me d['’][ÉE]tat|classe de 2de pro|2de pro|1re ann[ée]e)(?![\p{L}])\.?\s*)+(?:mention |sp[ée]cialit[ée] |de |d['’]|du |en |:|-)?\s*/iu;
const TRAINING_TAIL = /\s+(?:option|sp[ée]cialit[ée]|parcours|mention)\s.*$|\s*\([^)]*\)/giu;

export function structureTexts(tables: Tables, resolver: Resolver) {
  const { index, phrases, codes } = tables;

  function theme(text: string): readonly Saying[] {
    const words = wordsOf(text);
    const trade =
      whole(phrases.museum, text) ??
      whole(phrases.domain, text) ??
      activityAt(tables, words, 0, words.length, 'museum');
    const told = settledTrades(resolver, text) ?? (trade === undefined ? [] : [trade]);
    return told.map((one) => ({ trade: one, rule: 'theme', text }));
  }

  /** "Filature Delexemple": a firm's name begins with what it does. A trade's own name there is a family's. */
  function firm(name: string): readonly Saying[] {
    const words = wordsOf(name).filter(({ loose }) => !FIRM_WORDS.has(loose));
    if (words.some(({ loose }) => CONVERTED.has(loose))) return [];
    for (let end = Math.min(words.length, LONGEST_NAME); end > 0; end -= 1) {
      const trade = activityAt(tables, words, 0, end, 'firm');
      if (trade === undefined) continue;
      const told = settledTrades(resolver, rawOf(words.slice(0, end))) ?? [trade];
      return told.map((one) => ({ trade: one, rule: 'name', text: name }));
    }
    return [];
  }

  /** The trade that a training's title begins with, behind its diploma. */
  function training(text: string): readonly string[] {
    const title = text.replace(TRAINING_TAIL, '').replace(DIPLOMA, '').trim();
    const read = surely(resolver.trades(title)).map(({ identifier }) => identifier.value);
    if (read.length > 0 || settledTrades(resolver, title) !== undefined) return read;
    const words = wordsOf(title);
    for (let to = Math.min(words.length, LONGEST_NAME); to > 0; to -= 1) {
      const [name, rival] = index.find(words, 0, to, false);
      if (name && rival === undefined && !GUESSES.has(name.rule) && !isSector(name)) return [name.row['id'] ?? ''];
    }
    for (let from = 0; from < words.length; from += 1) {
      const phrase = phrases.training.at(words, from);
      if (phrase !== undefined) return [phrase.trade];
    }
    return [];
  }

  return {
    theme,
    firm,
    museum: (name: string): readonly Saying[] =>
      museumTrades(tables, wordsOf(name), resolver).map((trade) => ({ trade, rule: 'name', text: name })),
    training: (text: string): readonly Saying[] =>
      training(text).map((trade) => ({ trade, rule: 'training', text: `formation : ${text}` })),
    naf(code: string): readonly Saying[] {
      const { trades, label } = codes.naf(code, resolver);
      return trades.map((one) => ({ ...one, text: `NAF ${code} ${label}`.trim() }));
    },
    rome: (code: string): readonly Saying[] => codes.rome(code).map((one) => ({ ...one, text: `ROME ${code}` })),
  };
}

/** "Musée de la Nacre et de la Tabletterie": each word that tells what it is about. */
function museumTrades(tables: Tables, words: readonly Word[], resolver: Resolver): readonly string[] {
  const found = new Set<string>();
  for (let from = 0; from < words.length; from += 1) {
    if (words.slice(Math.max(0, from - 3), from).some(({ single }) => STREETS.has(single))) continue;
    const told = tables.phrases.museum.at(words, from) ?? activityFrom(tables, words, from);
    if (told === undefined) continue;
    const meant = settledTrades(resolver, rawOf(words.slice(from, told.to))) ?? [told.trade];
    for (const trade of meant) found.add(trade);
    from = told.to - 1;
  }
  return [...found];
}

const rawOf = (words: readonly Word[]): string => words.map(({ raw }) => raw).join(' ');

function activityFrom(tables: Tables, words: readonly Word[], from: number): { trade: string; to: number } | undefined {
  if (!ABOUT.test(words[from - 1]?.single ?? '')) return undefined;
  for (let to = Math.min(words.length, from + LONGEST_NAME); to > from; to -= 1) {
    const trade = activityAt(tables, words, from, to, 'museum');
    if (trade !== undefined) return { trade, to };
  }
  return undefined;
}

/** The trade whose activity, or the sector whose name, these words are. */
function activityAt(
  { index, homographs }: Tables,
  words: readonly Word[],
  from: number,
  to: number,
  place: TextPlace,
): string | undefined {
  if (to <= from) return undefined;
  const [name, rival] = index.find(words, from, to, false);
  if (name === undefined || rival !== undefined) return undefined;
  const told = isSector(name) ? SECTOR_NAMES.has(name.rule) : name.rule === 'activity';
  if (!told) return undefined;
  const misleads = inPlace(homographs.get(looseOf(words.slice(from, to))), place).some(
    ({ needs }) => needs === 'never',
  );
  return misleads ? undefined : name.row['id'];
}

const SECTOR_NAMES: ReadonlySet<string> = new Set(['label', 'synonym', 'plural', 'activity']);
