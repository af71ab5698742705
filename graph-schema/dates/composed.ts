/** Dates that are made of others: about one, before or after one, from one to another. */
import { simple } from './simple.ts';
import { begin, between, edtfYear, end, firstOf, qualified, type Rule, type Span, UNSURE } from './spans.ts';
import { MONTHS, REPUBLICAN_MONTHS } from './words.ts';

const AROUND = /^vers (?:l'annee |le |les |la |l')?(.+)$/;
const AROUND_BEHIND = /^(.+?)(?: ?[,;])? ?vers$/;

/** "vers 1853", "1853 vers": the EDTF keeps the date and says that it is about. */
const circaOf =
  (pattern: RegExp, reader: Rule): Rule =>
  (text) => {
    const inner = pattern.exec(text)?.[1];
    const span = inner === undefined ? undefined : reader(inner);
    return span && { ...span, edtf: qualified(span.edtf, '~'), confidence: 0.7 * span.confidence, rule: 'circa' };
  };

/** "1853 ?", "vers 1853 (?)". */
export const doubtfulOf =
  (reader: Rule): Rule =>
  (text) => {
    const inner = /^(.+?) ?(?:\?|\(\?\))$/.exec(text)?.[1];
    const span = inner === undefined ? undefined : reader(inner);
    return (
      span && {
        ...span,
        edtf: qualified(span.edtf, '?'),
        confidence: span.confidence * (/[?%]/.test(span.edtf) ? 1 : 0.6),
      }
    );
  };

/** What may stand at an end of an interval: "vers 1890" may, an interval may not, so that reading always ends. */
const bounding: Rule = (text) =>
  firstOf([simple, circaOf(AROUND, simple), circaOf(AROUND_BEHIND, simple), doubtfulOf(simple)], text);

/** "1920-1930", "entre 1865 et 1908", "1865 entre,1908 et", "de 1850 à 1870", "1912 ou 1913", "fin 19e siècle - début 20e siècle". */
const interval: Rule = (text) => {
  const framed =
    /^(-?\d{4}(?:-\d\d){0,2}) ?\/ ?(-?\d{4}(?:-\d\d){0,2})$/.exec(text) ??
    /^(.+?),? entre ?[,;]? ?(.+?),? et$/.exec(text) ??
    /^entre (.+?)(?: (?:et|en|&) | ?- ?)(.+)$/.exec(text) ??
    /^(?:de l'|de la |de |du |des )(.+?) (?:a|aux?|jusque) (.+)$/.exec(text);
  if (framed) return joined(framed[1] ?? '', framed[2] ?? '');
  for (const separator of [' - ', '-', ' / ', '/', ' a ', ' au ', ' aux ', ' jusque ', ' ou ', ' of ', ' > ']) {
    for (let at = text.indexOf(separator), tries = 0; at > 0 && tries < 4; tries++) {
      const span = joined(text.slice(0, at).trim(), text.slice(at + separator.length).trim());
      if (span) return span;
      at = text.indexOf(separator, at + 1);
    }
  }
  return undefined;
};

function joined(left: string, right: string): Span | undefined {
  if (left === '' || right === '') return undefined;
  const last = bounding(completed(left, right));
  const first = last && bounding(withShared(left, right));
  return first && between(first, last, Math.min(first.confidence, last.confidence, 0.95), 'interval');
}

const MONTH = `(?:${[...MONTHS, ...REPUBLICAN_MONTHS].join('|')})`;
const YEAR = String.raw`(?:\d{4}|(?:de l')?an [ivx\d]+[er]?)`;
const DAY_TAIL = new RegExp(`^\\d{1,2}e? (${MONTH},? ${YEAR})$`);
const MONTH_TAIL = new RegExp(`^(?:\\d{1,2}e? )?${MONTH},? (${YEAR})$`);
const DAY_OR_MONTH = new RegExp(`^(?:(?:le|du) )?(?:\\d{1,2}e? )?${MONTH}$`);
const PART_TAIL = /^(?:\d|last)e (?:quart|tiers|moitie)((?: du| de)? \d{1,2}e(?: siecle)?(?: bc| ad)?)$/;

/** The first of two dates with what only the second says: "19e-20e siècles", "du 2 au 7 avril 2024", "entre 500 et 300 av. J.-C.". */
export function withShared(left: string, right: string): string {
  const part = PART_TAIL.exec(right);
  if (part && /^(?:\d|last)e$/.test(left)) return left + right.slice(right.indexOf(' '));
  if (part && /^(?:\d|last)e (?:quart|tiers|moitie)$/.test(left)) return left + part[1];
  const unit = /\d+[er](?: (?:siecle|millenaire)(?: bc| ad)?)$/.exec(right)?.[0].replace(/^\d+[er]/, '');
  if (unit && /\d[er]?$/.test(left) && /(?:^| )\d{1,2}[er]?$/.test(left)) return left.replace(/[er]?$/, `e${unit}`);
  if (right.endsWith(' bc') && !/ (?:bc|ad)$/.test(left) && numberOf(left) > numberOf(right)) return `${left} bc`;
  const day = DAY_TAIL.exec(right)?.[1];
  if (day && /^(?:les? |du )?\d{1,2}e?$/.test(left)) return `${left} ${day}`;
  const year = MONTH_TAIL.exec(right)?.[1];
  if (year && DAY_OR_MONTH.test(left)) return `${left} ${year}`;
  const slashed = /^\d{1,2}([/.]\d{1,2}[/.]\d{4})$/.exec(right)?.[1];
  if (slashed && /^(?:les? )?\d{1,2}$/.test(left)) return left + slashed;
  return left;
}

/** The second of two dates with what only the first says: "années 1930-1940", "années 1950-60". */
function completed(left: string, right: string): string {
  return left.startsWith('annees ') && /^(?:\d{2})?\d0$/.test(right) ? `annees ${right}` : right;
}

const numberOf = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0);

/** Whether "avant" and "après" leave the whole of it out: of a year, month or day the date itself is within. */
const isWide = ({ from, to }: Span): boolean => from !== to;

const inside: Rule = (text) => firstOf([simple, circaOf(AROUND, simple), circaOf(AROUND_BEHIND, simple)], text);
const matched = (text: string, patterns: readonly RegExp[]): string | undefined => {
  for (const pattern of patterns) {
    const inner = pattern.exec(text)?.[1];
    if (inner !== undefined) return inner;
  }
  return undefined;
};

/** "avant 1900", "1900,avant", "jusqu'en 1960": the year itself is not left out. "avant la Révolution" ends as it begins; "avant le 19e siècle" is unsure. */
const before: Rule = (text) => {
  const until = matched(text, [/^jusque (.+)$/]);
  const inner = until ?? matched(text, [/^(?:avant|av) (.+)$/, /^av\. ?(.+)$/, /^(.+?)(?: ?[,;]| ou)? ?avant$/]);
  const span = inner === undefined ? undefined : inside(inner);
  if (span?.to === undefined) return undefined;
  const rule = 'before';
  if (until !== undefined || !isWide(span) || span.rule === 'republican') {
    return { to: span.to, edtf: `../${end(span)}`, confidence: 0.8 * span.confidence, rule };
  }
  if (span.from === undefined) return undefined;
  const isEpoch = span.rule === 'period' || span.rule === 'reign';
  const to = isEpoch ? span.from : span.from - 1;
  return { to, edtf: `../${edtfYear(to)}`, confidence: isEpoch ? 0.8 * span.confidence : UNSURE, rule };
};

/** "après 1945", "à partir de 1950", "de 1950 à nos jours": the year itself is not left out. "après la Révolution" begins as it ends. */
const after: Rule = (text) => {
  const since = matched(text, [
    /^depuis (.+)$/,
    /^(?:de |du |depuis )?(.+?) (?:a nos jours|a aujourd'hui|jusqueaujourd'hui|a l'heure actuelle)$/,
    /^(.+?),? depuis$/,
  ]);
  const inner = since ?? matched(text, [/^(?:apres|ap) (.+)$/, /^ap\. ?(.+)$/, /^(.+?)(?: ?[,;]| et| ou)? ?apres$/]);
  const span = inner === undefined ? undefined : inside(inner);
  if (span?.from === undefined) return undefined;
  const rule = 'after';
  if (since !== undefined || !isWide(span) || span.rule === 'republican') {
    return { from: span.from, edtf: `${begin(span)}/..`, confidence: 0.8 * span.confidence, rule };
  }
  if (span.to === undefined) return undefined;
  const isEpoch = span.rule === 'period' || span.rule === 'reign';
  const from = isEpoch ? span.to : span.to + 1;
  return { from, edtf: `${edtfYear(from)}/..`, confidence: isEpoch ? 0.8 * span.confidence : UNSURE, rule };
};

/** One date, simple or made of others. */
export const single: Rule = (text) =>
  firstOf(
    [
      simple,
      circaOf(AROUND, (inner) => simple(inner) ?? interval(inner)),
      before,
      after,
      interval,
      circaOf(AROUND_BEHIND, (inner) => simple(inner) ?? interval(inner)),
    ],
    text,
  );
