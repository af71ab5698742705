/** Opening hours and prices of DATAtourisme, in words. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Price } from '#graph-schema/property.ts';
import type { Json } from '../../connector.ts';
import { unique } from '../shared/text.ts';
import { hoursInWords, periodInWords, weekdaysIn, withinInWords } from './periods.ts';
import { at, inFrench, labelsOf, numbersOf, publicLine, type Thing, textOf, texts, things } from './values.ts';

/** Characters of one object's hours, or of its prices: some two hundred lines. */
const MOST_CHARACTERS = 20_000;

/** What is open at the same hours in the same season, on one or several days. */
interface Opening {
  readonly begins: string;
  readonly season: string;
  readonly hours: string;
  readonly days: Map<string, number>;
  readonly weeks: Set<string>;
  readonly more: Set<string>;
}

/** Opening hours, each line once, in order of season and hour; days that have the same hours in the same season share a line. */
export function openingHoursOf(object: Thing, id: string, notes: Finding[]): string | undefined {
  const places = things(at(object, 'isLocatedAt'));
  const openings = new Map<string, Opening>();
  for (const spec of places.flatMap((place) => things(at(place, 'openingHoursSpecification')))) {
    const [season, hours] = [seasonOf(spec), openOf(spec)];
    const begins = `${dayOf(at(spec, 'validFrom')) ?? ''} ${hours}`;
    const key = `${season}|${hours}`;
    const opening = openings.get(key) ?? { begins, season, hours, days: new Map(), weeks: new Set(), more: new Set() };
    openings.set(key, opening);
    for (const { label, rank } of weekdaysIn(at(spec, 'dayOfWeek'))) opening.days.set(label, rank);
    for (const week of texts(at(spec, 'weekOfMonth'))) opening.weeks.add(`semaine ${week} du mois`);
    for (const text of inFrench(at(spec, 'additionalInformation'))) opening.more.add(publicLine(text) ?? '');
  }
  const sorted = [...openings.values()].sort((a, b) => (a.begins < b.begins ? -1 : a.begins > b.begins ? 1 : 0));
  const said = sorted.map(openingInWords);
  const free = places.flatMap((place) => inFrench(at(place, 'textOpeningHoursSpecification'))).map(publicLine);
  return bounded(unique([...said, ...free]), '\n', 'openingHoursSpecification', id, notes);
}

function openingInWords({ season, hours, days, weeks, more }: Opening): string {
  const sorted = [...days].sort(([, a], [, b]) => ((a + 6) % 7) - ((b + 6) % 7)).map(([label]) => label);
  const isDaily = sorted.length === 7 && ![...days.values()].includes(-1);
  const onDays = isDaily ? 'tous les jours' : sorted.join(', ');
  const when = [season, onDays, [...weeks].join(', '), hours].filter((part) => part !== '').join(' ');
  const beside = [...more].filter((text) => text !== '').join(' ; ');
  return [when, when === '' || beside === '' ? beside : `(${beside})`].filter((part) => part !== '').join(' ');
}

const seasonOf = (spec: Thing): string => withinInWords(dayOf(at(spec, 'validFrom')), dayOf(at(spec, 'validThrough')));

const dayOf = (value: Json | undefined): string | undefined => /^\d{4}-\d{2}-\d{2}/.exec(textOf(value) ?? '')?.[0];

function openOf(spec: Thing): string {
  const [opens, closes] = ['opens', 'closes'].map((name) => textOf(at(spec, name))?.slice(0, 5));
  return hoursInWords(opens, closes);
}

/** What is to be paid. Undefined where no amount and no words are given. */
export function priceOf(object: Thing, id: string, notes: Finding[]): Price | undefined {
  const specs = things(at(object, 'offers')).flatMap((offer) => things(at(offer, 'priceSpecification')));
  const amounts: number[] = [];
  const lines = specs.map((spec) => {
    const currency = textOf(at(spec, 'priceCurrency')) ?? 'EUR';
    const all = ['minPrice', 'maxPrice', 'price'].flatMap((name) => numbersOf(at(spec, name))).sort((a, b) => a - b);
    const unread = ['minPrice', 'maxPrice', 'price']
      .flatMap((name) => texts(at(spec, name)))
      .filter((text) => text.trim() !== '' && numbersOf(text).length === 0);
    if (currency === 'EUR') amounts.push(...all);
    const [low, high] = [all[0], all.at(-1)];
    const range = [...new Set([low, high])].map((one) => String(one).replace('.', ',')).join('–');
    const amount = low === undefined ? '' : `${range} ${currency === 'EUR' ? '€' : currency}`;
    return [forWhom(spec), [amount, ...unread.map(publicLine)].filter((part) => part).join(', ')]
      .filter((part) => part !== '')
      .join(' : ');
  });
  const text = bounded(unique(lines.map(publicLine)), ' ; ', 'priceSpecification', id, notes);
  if (text === undefined) return undefined;
  return amounts.length === 0 ? { text } : { text, from: least(amounts), to: -least(amounts.map((one) => -one)) };
}

const least = (amounts: readonly number[]): number => amounts.reduce((low, one) => (one < low ? one : low));

/** `Tarif réduit, Par personne, du 01/07/2024 au 31/08/2024, sur présentation d’un justificatif`. */
function forWhom(spec: Thing): string {
  const terms = [
    'hasEligiblePolicy',
    'hasEligibleAudience',
    'hasAudience',
    'hasPricingOffer',
    'hasPricingMode',
    'hasPricingSeason',
  ];
  const quantity = texts(at(spec, 'eligibleQuantity')).map((one) => `pour ${one}`);
  return unique([
    ...inFrench(at(spec, 'name')).map(publicLine),
    ...terms.flatMap((name) => labelsOf(at(spec, name))),
    ...quantity,
    ...things(at(spec, 'appliesOnPeriod')).map(periodInWords),
    ...inFrench(at(spec, 'additionalInformation')).map(publicLine),
  ]).join(', ');
}

/** The lines in one text, as many as it may hold; that some are left is told. */
export function bounded(
  lines: readonly string[],
  between: string,
  what: string,
  id: string,
  notes: Finding[],
): string | undefined {
  let size = 0;
  const kept = lines.filter((line) => {
    size += line.length + between.length;
    return size <= MOST_CHARACTERS;
  });
  const left = lines.length - kept.length;
  if (left > 0) notes.push(finding('datatourisme-cut', { id, what, kept: kept.length, left }));
  return kept.join(between) || undefined;
}
