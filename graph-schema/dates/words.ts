/** The words that dates are made of: French as museums write it, English and Dutch beside it, each brought to one spelling. */

/** A month by its number, 1 to 12. */
export const MONTHS: readonly string[] =
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(' ');

/** The months of the Republican calendar, and the days that end its year. */
export const REPUBLICAN_MONTHS: readonly string[] = [
  ...'vendemiaire brumaire frimaire nivose pluviose ventose germinal floreal prairial messidor thermidor fructidor'.split(
    ' ',
  ),
  'complementaire',
];

/** One line a word: the spelling that is read, then what is written for it. */
const SPELLINGS = `
siecle siecles century centuries eeuw eeuws eeuwse
millenaire millenaires millennium
quart quarts quarter kwart
moitie moities half helft
tiers
debut debuts early begin beginning start vroeg vroege
milieu mid middle midden
fin end late eind einde laat
1e premier premiere first eerste
2e deuxieme second seconde tweede
3e troisieme third derde
4e quatrieme fourth vierde
5e cinquieme fifth vijfde
6e sixieme sixth zesde
7e septieme seventh zevende
8e huitieme eighth achtste
9e neuvieme ninth negende
10e dixieme tenth tiende
11e onzieme eleventh elfde
12e douzieme twelfth twaalfde
13e treizieme thirteenth dertiende
14e quatorzieme fourteenth veertiende
15e quinzieme fifteenth vijftiende
16e seizieme sixteenth zestiende
17e dixseptieme seventeenth zeventiende
18e dixhuitieme eighteenth achttiende
19e dixneuvieme nineteenth negentiende
20e vingtieme twentieth twintigste
21e vingtetunieme twentyfirst eenentwintigste
laste dernier derniere derniers last laatste
entre between tussen
et and
ou or
a to
de from van
le the het
en in anno
annee year jaar
annees decennie decennies decade jaren
avant avt before voor
apres after na post
jusque until till tot
depuis since sinds vanaf
vers environ env approximativement approx approximately circa ca about around rond omstreeks ongeveer
peut-etre probablement probably possibly perhaps misschien waarschijnlijk
janvier janv jan january januari
fevrier fevr fev feb february februari
mars march maart mrt
avril avr april apr
mai may mei
juin june juni
juillet juil juill july juli
aout august augustus aug
septembre sept september sep
octobre oct october oktober okt
novembre nov november
decembre dec december
printemps spring lente
ete summer zomer
automne autumn herfst
hiver winter
vendemiaire vend
brumaire brum
frimaire frim
nivose niv
pluviose pluv
ventose vent
germinal germ
floreal flor
prairial prair
messidor mess
thermidor therm
fructidor fruct
complementaire complementaires sansculottides sansculottide
`;

const lines = SPELLINGS.trim()
  .split('\n')
  .map((line) => line.split(' '));
const SPELLED: ReadonlyMap<string, string> = new Map(
  lines.flatMap(([kept = '', ...others]) => others.map((other) => [other, kept] as const)),
);
/** Words that may be shortened with a full stop, which then means nothing. */
const SHORTENED = new Set([...MONTHS, ...REPUBLICAN_MONTHS, 'vers', 'avant', 'apres']);

/** Each word of a folded text by its one spelling; what is not listed stays. */
export function spelled(text: string): string {
  return text.replace(/(?<![a-z\d])([a-z]+)\b(\.?)/g, (whole, word: string, stop: string) => {
    const kept = SPELLED.get(word);
    if (kept === undefined) return whole;
    return stop !== '' && SHORTENED.has(kept) ? kept : kept + stop;
  });
}

/** Tens in words, as decades are called: "les années soixante". */
export const TENS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dix: '1910',
    vingt: '1920',
    trente: '1930',
    quarante: '1940',
    cinquante: '1950',
    soixante: '1960',
    'soixante-dix': '1970',
    'quatre-vingt': '1980',
    'quatre-vingts': '1980',
    'quatre-vingt-dix': '1990',
    twintig: '1920',
    dertig: '1930',
    veertig: '1940',
    vijftig: '1950',
    zestig: '1960',
    zeventig: '1970',
    tachtig: '1980',
    negentig: '1990',
  }),
);
