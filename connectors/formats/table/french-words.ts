/** The words of French dates, one after another: dates (whole or in part), hours, weekdays, and what joins them. */
import { fold } from '#graph-schema/text.ts';

/** `weekday`: 0 is Sunday. `month`: 1 is January. A day without month takes that of the next date. */
export interface DatePart {
  readonly kind: 'date';
  day?: number | undefined;
  month?: number | undefined;
  year?: number | undefined;
  weekday?: number | undefined;
}

/** `09:30`, in Paris. */
export interface Hours {
  readonly kind: 'hours';
  readonly begin: string;
  readonly end?: string | undefined;
}

/** `every` weekday; `to` joins two dates to a stretch, `and` keeps them apart. */
export type Item =
  | DatePart
  | Hours
  | { readonly kind: 'every'; readonly weekday: number }
  | { readonly kind: 'to' }
  | { readonly kind: 'and' };

export const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const;
const MONTHS = [
  ['janvier', 'janv', 'jan'],
  ['fevrier', 'fevr', 'fev'],
  ['mars'],
  ['avril', 'avr'],
  ['mai'],
  ['juin'],
  ['juillet', 'juil'],
  ['aout'],
  ['septembre', 'sept', 'sep'],
  ['octobre', 'oct'],
  ['novembre', 'nov'],
  ['decembre', 'dec'],
];

const TIME = String.raw`(\d{1,2})(?: ?h(?:eures?)?(?: ?([0-5]\d)(?!\d| ?h))?|:([0-5]\d)(?::00)?)`;
const STEPS = {
  hours: new RegExp(
    `(?:(?:de|des|a partir de|a|entre) )?${TIME}(?: ?(?:a|-|–|—|/|jusqu'a|au) ?${TIME}|(?<=entre .*) et ${TIME})?`,
    'y',
  ),
  iso: /(\d{4})-(\d{2})-(\d{2})(?!\d)t?/y,
  numeric: /(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)/y,
  short: /(\d{1,2})[/](\d{1,2})(?![/\d])/y,
  year: /((?:19|20)\d{2})(?!\d)/y,
  day: /(\d{1,2})(?:er)?(?![\dh:a-z])/y,
  daily: /(?:tous les jours|chaque jour|tlj|week-?end(?= (?:du|des) \d))(?![a-z])/y,
  every: /(?:tous|toutes|chaque)(?: les)?(?= )/y,
  weekday: /(dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi|dim|lun|mer|jeu|ven|sam|mar(?!s))(s?)\b\.?/y,
  month: new RegExp(String.raw`(${MONTHS.flat().join('|')})\b\.?`, 'y'),
  to: /(?:jusqu'au|jusqu'a|au|a)(?![a-z])|->|→|-|–|—/y,
  and: /(?:et|puis|ainsi que)(?![a-z])|[,&+]|\/(?= ?\d{1,2} ?h)/y,
  filler: /(?:du|le|les|de|des|en|mois|dates?|aux?)(?![a-z])|d'|l'|[().:]/y,
} as const;
type Step = keyof typeof STEPS;
const ORDER = Object.keys(STEPS) as readonly Step[];

/** The items of a text; undefined where a word is not one of them. */
export function itemsOf(text: string): readonly Item[] | undefined {
  const reader = new ItemReader();
  const folded = fold(text);
  let at = 0;
  while (at < folded.length) {
    if (folded[at] === ' ') {
      at += 1;
      continue;
    }
    const step = ORDER.find((name) => {
      STEPS[name].lastIndex = at;
      return STEPS[name].test(folded);
    });
    if (step === undefined) return undefined;
    STEPS[step].lastIndex = at;
    const found = STEPS[step].exec(folded);
    if (!found || !reader.take(step, found)) return undefined;
    at += found[0].length;
  }
  return reader.end();
}

class ItemReader {
  readonly #items: Item[] = [];
  #every = false;
  #weekday: number | undefined;
  /** `et` or a comma stood before the word that is read. */
  #apart = false;

  /** False where the word cannot stand there. */
  take(step: Step, found: RegExpExecArray): boolean {
    const taken = this.#taken(step, found);
    if (step !== 'and' && step !== 'filler') this.#apart = false;
    return taken;
  }

  #taken(step: Step, found: RegExpExecArray): boolean {
    const [, first = '', second = '', third = ''] = found;
    switch (step) {
      case 'hours':
        return this.#hours(found);
      case 'iso':
        return this.#date(Number(third), Number(second), Number(first));
      case 'numeric':
        return this.#date(Number(first), Number(second), third.length === 2 ? century(Number(third)) : Number(third));
      case 'short':
        return this.#date(Number(first), Number(second));
      case 'day':
        return this.#date(Number(first));
      case 'month':
        return this.#month(MONTHS.findIndex((names) => names.includes(first)) + 1);
      case 'year':
        return this.#year(Number(first));
      case 'every':
        this.#every = true;
        return true;
      case 'weekday':
        return this.#onWeekday(first, second);
      case 'to':
      case 'and':
        return this.#joined(step);
      case 'daily':
      case 'filler':
        return true;
    }
  }

  /** A weekday to which no day belongs is not understood. */
  end(): readonly Item[] | undefined {
    return this.#weekday === undefined ? this.#items : undefined;
  }

  #date(day: number, month?: number, year?: number): boolean {
    if (month !== undefined && (month < 1 || month > 12)) return false;
    this.#items.push({ kind: 'date', day, month, year, weekday: this.#weekday });
    this.#weekday = undefined;
    return true;
  }

  #month(month: number): boolean {
    const last = this.#items.at(-1);
    if (last?.kind === 'date' && last.month === undefined) last.month = month;
    else this.#items.push({ kind: 'date', month });
    return true;
  }

  #year(year: number): boolean {
    const last = this.#items.at(-1);
    if (last?.kind !== 'date' || last.year !== undefined || last.month === undefined) return false;
    last.year = year;
    return true;
  }

  #onWeekday(name: string, plural: string): boolean {
    const weekday = WEEKDAYS.findIndex((one) => one.startsWith(name));
    if (plural === 's' || this.#every) this.#items.push({ kind: 'every', weekday });
    else this.#weekday = weekday;
    return true;
  }

  /** A comma at the end, or between a date and its hours, joins nothing. */
  #joined(step: 'to' | 'and'): boolean {
    if (step === 'and') {
      this.#apart = true;
      return true;
    }
    this.#items.push({ kind: 'to' });
    return this.#items.at(-2)?.kind === 'date' || this.#items.at(-2)?.kind === 'hours';
  }

  #hours(found: RegExpExecArray): boolean {
    const times = [found.slice(1, 4), found.slice(4, 7), found.slice(7, 10)].flatMap(([hour, minute, other]) =>
      hour === undefined ? [] : [`${hour.padStart(2, '0')}:${minute ?? other ?? '00'}`],
    );
    const [begin, end] = times;
    const last = this.#items.at(-1);
    // Two cells of hours, one after the other: begin and end. `à 14h30 et 16h` is twice.
    if (!this.#apart && last?.kind === 'hours' && last.end === undefined && end === undefined && begin !== undefined)
      this.#items[this.#items.length - 1] = { ...last, end: begin };
    else if (begin !== undefined) this.#items.push({ kind: 'hours', begin, end });
    return times.every((time) => time <= '23:59');
  }
}

/** `24` is 2024, `98` is 1998. */
function century(year: number): number {
  return year <= 50 ? 2000 + year : 1900 + year;
}
