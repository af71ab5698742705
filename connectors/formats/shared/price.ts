/** Prices as people write them: `3,50 €`, `gratuit`, `de 3 à 5 €`, `adulte 6 € / enfant 3 €`. The words stay; amounts are read where they are sure. */
import type { Price } from '#graph-schema/property.ts';
import { fold } from '#graph-schema/text.ts';
import { tidyLine } from './text.ts';

/** Says that nothing is said. */
const NOTHING =
  /^(n\.? ?[cr]\.?|n\/[ac]|#n\/a|na|non (communiquee?s?|renseignee?s?|precisee?s?|connue?s?)|inconnue?s?|a (preciser|definir|confirmer)|null|none|[?\-–—/.]+)$/;
const AMOUNT = String.raw`\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?`;
const EURO = String.raw`(?:€|eur\b|euros?\b)`;
const BETWEEN = `(?:a|-|–|—|/|ou|et)`;
/** Not the end of a date, of an hour or of another number. */
const ALONE = String.raw`(?<![\d/.,:h\-–])`;
const BARE = new RegExp(`^(?:de |entre )?(${AMOUNT})(?: ?${BETWEEN} ?(${AMOUNT}))?$`);
const WITH_CENTS = new RegExp(String.raw`${ALONE}(\d{1,5}) ?€(\d{2})(?![\d.,]| ?€)`, 'g');
/** `7/5/3 €`: full, reduced, children. */
const THREE = /(?<![\d/])(\d{1,3}(?:,\d{1,2})?) ?\/ ?(\d{1,3}(?:,\d{1,2})?) ?\/ ?(?=\d{1,3}(?:,\d{1,2})? ?€)/g;
const BEFORE_EURO = new RegExp(
  `(caution (?:de |: ?)?)?(?:${ALONE}(${AMOUNT}) ?${BETWEEN} ?)?(?<!\\d[.,]?)(${AMOUNT}) ?${EURO}( de (?:reduction|remise))?`,
  'g',
);
const AFTER_EURO = new RegExp(`(?<!\\d ?)€ ?(${AMOUNT})(?! ?€)`, 'g');
const YEAR = /^(19|20)\d\d$/;
const FREE =
  /(?<!\b(?:non|pas|jamais) )\b(gratuite?s?|gratuitement|(?:entree|acces) libre|offerte?s?|sans frais|free)\b/;
const ONLY_FOR_SOME =
  /\b(pour(?! tous\b)|moins|enfants?|scolaires?|sauf|dimanches?|premiers?|jusqu|adherents?|etudiants?|hors|membres?)\b|[-<] ?\d+ ?ans/;
const AS_ONE_WISHES = /\b((?:prix|tarif|participation|don) libre|libre participation|au chapeau)\b/;
const AT_LEAST = new RegExp(`\\b(?:a partir de|des|minimum(?: de)?) (?:${AMOUNT}) ?${EURO}`);
const AT_MOST = new RegExp(`\\b(?:jusqu'a|maximum(?: de)?|au plus) (?:${AMOUNT}) ?${EURO}`);

/**
 * A price from its words. `from` and `to` in euros, 0 for what is free; absent where the words do not say them (`sur devis`, `à partir de 5 €`).
 * Undefined where nothing is said (empty, `NC`).
 */
export function readPrice(text: string | undefined): Price | undefined {
  const written = tidyLine(text);
  if (written === undefined) return undefined;
  const folded = fold(written);
  if (NOTHING.test(folded)) return undefined;
  const amounts = amountsIn(folded);
  const free = FREE.test(folded);
  if (amounts.length === 0) {
    if (free) return ONLY_FOR_SOME.test(folded) ? { text: written, from: 0 } : { text: written, from: 0, to: 0 };
    return AS_ONE_WISHES.test(folded) ? { text: written, from: 0 } : { text: written };
  }
  const from = free ? 0 : Math.min(...amounts);
  const to = Math.max(...amounts);
  const one = new Set(amounts).size === 1;
  if (one && AT_LEAST.test(folded)) return { text: written, from };
  if (one && AT_MOST.test(folded)) return free ? { text: written, from, to } : { text: written, to };
  return { text: written, from, to };
}

function amountsIn(folded: string): readonly number[] {
  const bare = BARE.exec(folded);
  if (bare)
    return bare
      .slice(1)
      .filter((one) => one !== undefined && !YEAR.test(one))
      .map(numberOf);
  const amounts: number[] = [];
  const listed = folded.replace(THREE, (_, first: string, second: string) => {
    amounts.push(numberOf(first), numberOf(second));
    return ' ';
  });
  const rest = listed.replace(WITH_CENTS, (_, euros: string, cents: string) => {
    amounts.push(Number(`${euros}.${cents}`));
    return ' ';
  });
  const others = rest.replace(BEFORE_EURO, (_, deposit, first, second: string, reduction) => {
    if (deposit !== undefined || reduction !== undefined) return ' ';
    if (first !== undefined && !YEAR.test(first)) amounts.push(numberOf(first));
    amounts.push(numberOf(second));
    return ' ';
  });
  for (const [, after] of others.matchAll(AFTER_EURO)) amounts.push(numberOf(after ?? ''));
  return amounts.filter(Number.isFinite);
}

/** `1 200,50` or `1.200` or `3.5`. */
function numberOf(written: string): number {
  const grouped = /^\d{1,3}([ .]\d{3})+/.test(written);
  return Number((grouped ? written.replace(/[ .](?=\d{3})/g, '') : written).replace(',', '.'));
}
