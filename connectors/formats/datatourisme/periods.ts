/** When things are, and what they cost: periods, opening hours and prices of DATAtourisme. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Interval, Price } from '#graph-schema/property.ts';
import type { Json } from '../../connector.ts';
import { withoutContacts } from '../shared/contacts.ts';
import { tidyLine, unique } from '../shared/text.ts';
import { readDay, readInstant, readInterval } from '../table/values.ts';
import { inFrench, labelsOf, type Thing, textOf, texts, things } from './values.ts';

/** Of one object: beyond it the words would be no help to a reader. */
const LIMITS = { hours: 30, prices: 30, shown: 100 } as const;

/** The periods, each once. On one day with its hours; over several days by days, for the hours are those of each day. What cannot be is told. */
export function occurrencesOf(object: Thing, id: string, notes: Finding[]): readonly Interval[] {
  const found = new Map<string, Interval>();
  for (const period of things(object['takesPlaceAt'])) {
    const [start, last] = [dateIn(period['startDate']), dateIn(period['endDate'])];
    const begin = start ?? last;
    const end = last ?? start;
    const [from, to] = [textOf(period['startTime']), textOf(period['endTime'])];
    const read = begin === undefined || end === undefined ? undefined : periodOf(begin, end, from, to);
    if (read) found.set(`${read.begin}/${read.end}`, read);
    else {
      const said = ['startDate', 'startTime', 'endDate', 'endTime'].map((name) => textOf(period[name]) ?? '–');
      notes.push(finding('datatourisme-period-amiss', { id, value: said.join(' ').slice(0, LIMITS.shown) }));
    }
  }
  return [...found.values()];
}

/** `2024-06-01`, also with an hour behind that is always midnight or repeated in startTime. */
const dateIn = (value: Json | undefined): string | undefined => {
  const written = textOf(value);
  return written === undefined ? undefined : readDay(written.slice(0, 10));
};

function periodOf(begin: string, end: string, from: string | undefined, to: string | undefined): Interval | undefined {
  if (begin > end) return undefined;
  if (begin < end || from === undefined) return { begin, end };
  const opens = readInstant(`${begin}T${from.slice(0, 5)}`);
  if (opens === undefined) return { begin, end };
  if (to === undefined) return { begin: opens, end: opens };
  const closes = readInstant(`${end}T${to.slice(0, 5)}`);
  // Until the small hours: the day after, which the producer left out. Nothing tells for sure: then the day alone.
  return closes === undefined || closes < opens ? { begin, end } : { begin: opens, end: closes };
}

/** `2024-04-01<->2024-10-31|…` of the catalogue. */
export function periodsOf(text: string | undefined, id: string, notes: Finding[]): readonly Interval[] {
  const parts = (text ?? '').split('|').filter((part) => part.trim() !== '');
  return parts.flatMap((part) => {
    const read = readInterval(part.trim().replace(/\s*<->\s*/, '/'));
    if (read) return [read];
    notes.push(finding('datatourisme-period-amiss', { id, value: part.slice(0, LIMITS.shown) }));
    return [];
  });
}

/** Opening hours in words, each line once. */
export function openingHoursOf(places: readonly Thing[]): string | undefined {
  const said = places.flatMap((place) => things(place['schema:openingHoursSpecification'])).flatMap(hoursOf);
  const lines = unique(said.map((line) => withoutContacts(line)));
  const more = lines.length > LIMITS.hours ? ['…'] : [];
  return [...lines.slice(0, LIMITS.hours), ...more].join('\n') || undefined;
}

function hoursOf(spec: Thing): readonly (string | undefined)[] {
  const days = labelsOf(spec['schema:dayOfWeek']).join(', ').toLowerCase();
  const [opens, closes] = [textOf(spec['schema:opens']), textOf(spec['schema:closes'])].map((hour) =>
    hour?.slice(0, 5),
  );
  const [from, to] = [textOf(spec['schema:validFrom']), textOf(spec['schema:validThrough'])].map((day) => french(day));
  const hours = opens === undefined ? '' : `${opens}${closes === undefined ? '' : `–${closes}`}`;
  const within = from === undefined || to === undefined ? '' : `du ${from} au ${to}`;
  const line = [within, days, hours].filter((part) => part !== '').join(' ');
  return [tidyLine(line), ...inFrench(spec['additionalInformation']).map((text) => tidyLine(text))];
}

const french = (day: string | undefined): string | undefined => day?.slice(0, 10).split('-').toReversed().join('/');

/** What is to be paid. Undefined where no amount and no words are given. */
export function priceOf(object: Thing): Price | undefined {
  const offers = things(object['offers']);
  const specs = offers.flatMap((offer) => things(offer['schema:priceSpecification'])).slice(0, LIMITS.prices);
  const amounts: number[] = [];
  const lines = specs.map((spec) => {
    const euros = (textOf(spec['schema:priceCurrency']) ?? 'EUR') === 'EUR';
    const [least, most] = ['schema:minPrice', 'schema:maxPrice'].map((name) => numbers(spec[name])) as [
      number[],
      number[],
    ];
    const all = [...new Set([...least, ...most, ...numbers(spec['schema:price'])])].sort((a, b) => a - b);
    if (euros) amounts.push(...all);
    const [low, high] = [all[0], all.at(-1)];
    const amount =
      low === undefined
        ? ''
        : `${[...new Set([low, high])].map((one) => String(one).replace('.', ',')).join('–')} ${euros ? '€' : ''}`;
    const label = [...labelsOf(spec['hasEligiblePolicy']), ...inFrench(spec['additionalInformation'])].join(', ');
    return withoutContacts([label, amount].filter((part) => part.trim() !== '').join(' : '));
  });
  const text = unique(lines).join(' ; ');
  if (text === '') return undefined;
  return amounts.length === 0 ? { text } : { text, from: Math.min(...amounts), to: Math.max(...amounts) };
}

function numbers(value: Json | undefined): number[] {
  return texts(value)
    .map((text) => Number(text.replace(',', '.')))
    .filter((amount) => Number.isFinite(amount) && amount >= 0);
}
