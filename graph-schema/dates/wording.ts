/** How a date's text is brought to one spelling before it is read. */
import { fold } from '../text.ts';

const ORDINALS: Readonly<Record<string, string>> = {
  premier: '1e',
  premiere: '1e',
  deuxieme: '2e',
  second: '2e',
  seconde: '2e',
  troisieme: '3e',
  quatrieme: '4e',
  dernier: 'laste',
  derniere: 'laste',
};

/** One spelling for all: "XIXème s." and "19e siècle", "avant J.-C." and "bc", long dashes and short ones. */
export function normalised(text: string): string {
  return (
    fold(text.normalize('NFKC'))
      .replace(/[‐-―−]/g, '-')
      .replace(/\s*\b(?:avant|av)\b\.? ?(?:j\.? ?-? ?c\b\.?|jesus[ -]christ)/g, ' bc')
      .replace(/\s*\b(?:apres|ap)\b\.? ?(?:j\.? ?-? ?c\b\.?|jesus[ -]christ)/g, ' ad')
      .replace(/\b(?:premiere?|deuxieme|seconde?|troisieme|quatrieme|derniere?)\b/g, (word) => ORDINALS[word] ?? word)
      .replace(
        /\b([ivx]+) ?(?:eme|er|ere|e)\b(?= *(?:-|\/|,|;|et\b|ou\b|a\b|au\b|s\b|siecle|millenaire|empire|republique))/g,
        arabicOrdinal,
      )
      .replace(/\b(\d{1,2}) ?(?:ieme|eme|ere|er|re|nd|nde|e)\b/g, '$1e')
      .replace(/\b(\d{1,2}e) s(?:\.|iecles?|\b)/g, '$1 siecle')
      .replace(/ *\((?:date|signe,? date|signee?|date de (?:creation|fabrication|production|l'objet))\)$/, '')
      .replace(/^(?:datee? (?:de |du )?|en |annee )(?=.*\d)/, '')
      .replace(/(\bannees \d{4}) et (\d{4})$/, '$1-$2')
      // "185?", "18??", "18..", "189-": a figure that is not known, and no doubt about the year 185.
      .replace(/^(\d{3})[?.-]$/, '$1x')
      .replace(/^(\d{2})(?:\?\?|\.\.|--)$/, '$1xx')
      .replace(/^(\d{4})~$/, '$1 vers')
      .replace(/^(\d{4})%$/, '$1 vers ?')
      .replace(/^(\d{4})\/\.\.$/, 'apres $1')
      .replace(/^\.\.\/(\d{4})$/, 'avant $1')
      .replace(/^(\d+e siecle(?: bc)?)[ ,(]+((?:\d|last)e (?:quart|tiers|moitie)|debut|milieu|fin)\)?$/, '$2 $1')
      .trim()
  );
}

function arabicOrdinal(match: string, roman: string): string {
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
  const digits = [...roman].map((letter) => values[letter] ?? 0);
  const total = digits.reduce((sum, digit, at) => sum + (digit < (digits[at + 1] ?? 0) ? -digit : digit), 0);
  return total >= 1 && total <= 21 ? `${total}e` : match;
}
