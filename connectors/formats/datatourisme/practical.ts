/** What an object says beside, for which the model has no property of its own: in lines of words, `Capacité : 30 personnes`. */
import { at, isTrue, labelsOf, numbersOf, publicLine, type Thing, texts, things } from './values.ts';

export function practicalLines(object: Thing): readonly string[] {
  const conditions = things(at(object, 'hasPracticeCondition'));
  const labelled = (name: string) => [object, ...conditions].flatMap((one) => labelsOf(at(one, name)));
  const languages = texts(at(object, 'availableLanguage')).map(languageName);
  const lines: readonly (readonly [string, string])[] = [
    ['Visite guidée', isTrue(at(object, 'guided')) ? 'oui' : ''],
    ['Vente sur place', isTrue(at(object, 'saleOnSite')) ? 'oui' : ''],
    ['Public', [...labelled('hasAudience'), ...labelled('hasClientTarget')].join(', ')],
    ['Capacité', measure(object, 'allowedPersons', 'personnes')],
    ['Langues', [...new Set(languages)].join(', ')],
    ['Distance', distanceOf(object)],
    ['Dénivelé', measure(object, 'highDifference', 'm')],
    ['Dénivelé positif', measure(object, 'positiveCumulDifference', 'm')],
    ['Dénivelé négatif', measure(object, 'negativeCumulDifference', 'm')],
    ['Altitude minimale', measure(object, 'minAltitude', 'm')],
    ['Altitude maximale', measure(object, 'maxAltitude', 'm')],
    ['Difficulté', labelled('hasDifficultyLevel').join(', ')],
    ['Pratique', [...labelled('hasLocomotionMode'), ...labelled('hasPracticeLocation')].join(', ')],
  ];
  return lines.filter(([, words]) => words !== '').map(([what, words]) => `${what} : ${words}`);
}

function measure(object: Thing, name: string, unit: string): string {
  const [amount] = numbersOf(at(object, name));
  return amount === undefined ? '' : `${decimal(amount)} ${unit}`;
}

const decimal = (amount: number): string => String(Math.round(amount * 100) / 100).replace('.', ',');

/** Metres. */
function distanceOf(object: Thing): string {
  const [metres] = numbersOf(at(object, 'tourDistance'));
  if (metres === undefined) return '';
  return metres < 1_000 ? `${decimal(metres)} m` : `${decimal(metres / 1_000)} km`;
}

/** How long it takes: minutes (`duration`), or days. Also on the conditions under which a route is done. */
export function durationOf(object: Thing): string | undefined {
  const holders = [object, ...things(at(object, 'hasPracticeCondition'))];
  const [minutes] = holders.flatMap((one) => numbersOf(at(one, 'duration')));
  const [days] = holders.flatMap((one) => numbersOf(at(one, 'durationDays')));
  if (minutes !== undefined && minutes > 0) {
    const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
    return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter((part) => part !== '').join(' ');
  }
  if (days !== undefined && days > 0) return `${decimal(days)} ${days >= 2 ? 'jours' : 'jour'}`;
  const [said] = holders.flatMap((one) => texts(at(one, 'duration')));
  return minutes === undefined ? publicLine(said) : undefined;
}

const LANGUAGES = new Intl.DisplayNames('fr', { type: 'language' });
const names = new Map<string, string>();

/** `fr` becomes `français`; what is no code of a language stays as it is. */
function languageName(code: string): string {
  const known = names.get(code);
  if (known !== undefined) return known;
  const name = /^[a-z]{2,3}$/i.test(code) ? (LANGUAGES.of(code.toLowerCase()) ?? code) : (publicLine(code) ?? '');
  if (names.size < 500) names.set(code, name);
  return name;
}
