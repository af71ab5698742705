/** How a date's text is brought to one spelling before it is read. */
import { fold } from '../text.ts';
import { spelled, TENS } from './words.ts';

/** What a maker did; said before or after a date it changes nothing ("fabriqué en 1926", "1897, daté et signé"). Of an acquisition or a mending it would. */
const MADE =
  '(?:(?:signe|date|millesime|fabrique|imprime|construit|cree|edite|publie|realise|execute|peint|grave|marque|inscrit|frappe|confectionne|assemble|inaugure|sculpte|dessine|tisse|brode|forge|fondu|produit|photographie|filme|tourne|enregistre|bati|fonde|acheve|termine|fait|pris|mis(?:e)? en service)e?s?|porte la date|portant la date|photographie|photo|cliche|tirage|fabrication|impression|construction|creation|edition|production|realisation|execution|datation|made|built|printed|dated|produced|gemaakt|gebouwd|gedrukt|gedateerd)';
const MADE_BEFORE = new RegExp(
  String.raw`^(?:${MADE}(?: et |, | ?& ?)?)+ ?:? ?(?:en |a |l'|du (?!\d+ (?:a|au) )|de (?=\d+$))?(?=.*(?:\d|\ban [ivx]))`,
);
const MADE_AFTER = new RegExp(
  String.raw`(?:, ?| \(| )(?:${MADE}(?: et |, ?| ou )?)+(?: par (?:source|travaux historiques|tradition orale)| de (?:creation|fabrication|production|l'objet)| portee| inscrite)?\)?$`,
);
const MADE_GLOSS = new RegExp(String.raw` ?\((?:${MADE}(?: et |, ?)?)+(?: portee| inscrite)?\)(?= ?[;,-])`, 'g');
const HOURS = String.raw`\d{1,2} ?(?:h ?\d{0,2}|:\d{2})`;
const AT_HOURS = new RegExp(String.raw`(\d{4}),?(?: a| de| des)? ${HOURS}(?:(?: a | ?- ?)${HOURS})?$`);
const CHRIST = String.raw`(?:j\.? ?-? ?c\b\.?|jesus[ -]christ|notre ere|n\. ?e\.)`;
const BEFORE_CHRIST = new RegExp(
  String.raw`\s*\b(?:(?:avant|avt|av)\b\.? ?${CHRIST}|b\. ?c\.(?: ?e\.)?|bce?\b|v\. ?chr\.?|(?:before|voor) christ(?:us)?)`,
  'g',
);
const ANNO_DOMINI = new RegExp(
  String.raw`\s*\b(?:(?:apres|apr|ap)\b\.? ?${CHRIST}|de notre ere|a\. ?d\.|n\. ?chr\.?|na christus)`,
  'g',
);
const ROMAN = /\b([ivx]{1,6})(?: ?(?:ieme|eme|ere|er|e)|re|nde|nd|de)\b/g;
/** A numeral without its ending is a century's where the unit follows, and is kept apart ("19r") where it stands alone and no king's name or "an" precedes. */
const BARE_ROMAN = /\b([ivx]{1,6})(?= siecle| s\.| s$)/g;
const ALONE = /(?<!\b(?:louis|charles|napoleon|henri|francois|philippe|an|ans)[ -])\b(x[ivx]{1,5})\b/g;
const PART = String.raw`(?:\d|last)e (?:quart|tiers|moitie)|debut|milieu|fin|courant`;
const PART_BEHIND = new RegExp(String.raw`^(\d+[er](?: siecle)?(?: bc| ad)?|annees \d{2,4})[ ,(:-]+(${PART})\)?$`);

/** One spelling for all: "XIXème s." and "19e siècle", "19th century" and "19de eeuw", "avant J.-C." and "bc", long dashes and short ones. */
export function normalised(text: string): string {
  return partFirst(arranged(numbered(worded(text))));
}

/** Folded, quotes and doubled spaces gone, words by their one spelling. */
function worded(text: string): string {
  const plain = fold(text.replace(/(?<=[\dIVX])[°º]/gi, 'e').normalize('NFKC'))
    .replace(/[‐-―−]/g, '-')
    .replace(/[«»“”„"]|^'|'$/g, '')
    .replace(BEFORE_CHRIST, ' bc')
    .replace(ANNO_DOMINI, ' ad')
    .replace(/\b(dix|vingt)[ -](?:(et)[ -])?(septieme|huitieme|neuvieme|unieme)\b/g, '$1$2$3')
    .replace(/\bsans-culottide/g, 'sansculottide')
    .replace(/\b([789]|10|x)bre\b/g, (_, of: string) => MONTH_OF[of] ?? '')
    .replace(/(?:±|\+\/-|\+-|~|≈) ?(?=\d)/g, 'vers ')
    .replace(/\b(?:aux? )?(?:environs?|alentours?|autour|approchant) (?:de|du|des) /g, 'vers ')
    .replace(/^(?:(?:c|v)(?:\. ?| )(?=\d|le |la |mid|fin|debut)|(?:vers|circa|ca|env)\.?(?=\d))/, 'vers ')
    .replace(/\bjusqu'(?:en|aux?|a)?(?= |\d)/g, 'jusque')
    .replace(/\b(?:anterieure?|prior) (?:a|au|to)\b/g, 'avant')
    .replace(/\b(?:posterieure?|ulterieure?) (?:a|au)\b/g, 'apres')
    .replace(/\b(?:au plus tard(?: en)?|pas apres|no later than)\b/g, 'jusque')
    .replace(
      /\b(?:a (?:partir|compter) (?:de|du|des)|au plus tot(?: en)?|pas avant|not (?:before|earlier than))\b/g,
      'depuis',
    )
    .replace(/^des (?=\d|l[ea] |l')/, 'depuis ')
    .replace(/^by (?=\d)/, 'jusque ')
    .replace(/\bturn of the\b/g, 'tournant du')
    .replace(/^(?:pre|post|avant|apres)-?(?=\d)/, (word) => (/^(?:pre|av)/.test(word) ? 'avant ' : 'apres '))
    .replace(/\b(\d+(?:st|nd|rd|th)) c(?:ent)?\b\.?/g, '$1 century')
    .replace(/\bof(?: the\b|(?= \d+(?:st|nd|rd|th) ))|\bvan (?:de|het)\b/g, 'du')
    .replace(/\b(?:mi|mid)-(?=[\dxvi]|[a-z]{3})/g, 'milieu ');
  return spelled(plain);
}

const MONTH_OF: Readonly<Record<string, string>> = {
  7: 'septembre',
  8: 'octobre',
  9: 'novembre',
  10: 'decembre',
  x: 'decembre',
};

/** Ordinals, centuries and decades in figures. */
function numbered(text: string): string {
  return text
    .replace(/\bans? ([ivx]+|\d{1,2})( ?- ?| et | a )(?=(?:[ivx]+|\d{1,2})$)/g, 'an $1$2an ')
    .replace(ROMAN, (match, roman: string) => suffixed(roman, 'e') ?? match)
    .replace(BARE_ROMAN, (match, roman: string) => suffixed(roman, 'e') ?? match)
    .replace(ALONE, (match, roman: string) => suffixed(roman, 'r') ?? match)
    .replace(/\b(\d{1,2})(?: ?(?:ieme|eme|ere|er|re|nde|nd|e)|th|ste?|de?|rd)\b/g, '$1e')
    .replace(/\b(\d{1,2}e) s(?:\.|\b)/g, '$1 siecle')
    .replace(/\b(\d{1,2})(?= (?:siecle|millenaire))/g, '$1e')
    .replace(/\b(\d{3}0)'?s\b/g, 'annees $1')
    .replace(/\bannees '(?=\d0\b)/g, 'annees ')
    .replace(/\bannees ((?:soixante|quatre)-?[a-z-]+|[a-z]+)\b/g, (match, word: string) => {
      const tens = TENS.get(word);
      return tens === undefined ? match : `annees ${tens.slice(2)}`;
    });
}

/** What is said about a date and is no part of it taken away; what stands behind brought to the front. */
function arranged(text: string): string {
  return (
    text
      .replace(
        /\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:pri|duo|tri|quarti|quinti|sexti|septi|octi|noni)di|decadi),? (?=\d)/g,
        '',
      )
      .replace(/^(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}\S*$/, '$1')
      .replace(AT_HOURS, '$1')
      .replace(MADE_GLOSS, '')
      .replace(MADE_AFTER, '')
      .replace(MADE_BEFORE, '')
      .replace(/ ?\((vers|avant|apres|entre|et|depuis)\)/g, ' $1')
      .replace(/(\bannees \d{4}) et (\d{4})$/, '$1-$2')
      .replace(/^(?:peut-etre|sans doute) (.+)$/, '$1 ?')
      .replace(/^(.+?),? \(?(?:peut-etre|probable|sans doute|a confirmer|incertaine?)\)?$/, '$1 ?')
      .replace(/^\? ?(?=\d)(.+)$/, '$1 ?')
      .replace(/^(?:s\. ?d\.|sans date),? ?(?=[([].*\d)/, '')
      .replace(/\[\?\]$/, '?')
      // "185?", "18??", "18..", "189-": a figure that is not known, and no doubt about the year 185.
      .replace(/^(\d{3})[?.-]$/, '$1x')
      .replace(/^(\d{2})(?:\?\?|\.\.|--)$/, '$1xx')
      .replace(/(\d{4})~(?=$|\/)/g, '$1 vers')
      .replace(/^(\d{4})%$/, '$1 vers ?')
      .replace(/^(-?\d{4}(?:-\d\d){0,2})\/\.\.$/, 'depuis $1')
      .replace(/^\.\.\/(-?\d{4}(?:-\d\d){0,2})$/, 'jusque $1')
      .replace(/(?<=[a-z\d])[.,;:]$/, '')
      .replace(/^(.+?) ?(?:av\.?|avant) ?(- ?.+ ad)$/, '$1 bc $2')
      .replace(/^ ?(?:ad|en domini) (\d+)$/, '$1 ad')
      .trim()
  );
}

/** "19e siècle (2e moitié)", "20e, 1er quart": the part brought before its century. */
export const partFirst = (text: string): string => text.replace(PART_BEHIND, '$2 $1');

/** The number of a Roman numeral of centuries and years, up to 39; undefined where it is none. */
export function arabic(roman: string): number | undefined {
  if (!/^x{0,3}(?:ix|iv|v?i{0,3})$/.test(roman) || roman === '') return undefined;
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
  const digits = [...roman].map((letter) => values[letter] ?? 0);
  return digits.reduce((sum, digit, at) => sum + (digit < (digits[at + 1] ?? 0) ? -digit : digit), 0);
}

function suffixed(roman: string, suffix: 'e' | 'r'): string | undefined {
  const number = arabic(roman);
  return number === undefined || number > 21 ? undefined : `${number}${suffix}`;
}
