/** Centuries, millennia, decades, their parts and the turn of two. */
import { edtfYear, PERHAPS, qualified, type Rule, type Span, years } from './spans.ts';

const OF = "(?: du| de la| de l'| de| des)?(?: le| les)?";
const PART = String.raw`(?:(?:(\d|last)e (quart|tiers|moitie)|(debut|milieu|fin|courant))${OF} )?`;
const CENTURY = new RegExp(`^${PART}(\\d{1,2})(?:e (siecle|millenaire)( bc| ad)?|([er]))$`);
const DECADE = new RegExp(`^${PART}annees (?:(\\d{3})0|(\\d)0)$`);
/** Without its unit an ordinal is a century only where no other thing is usually counted so. */
const [FIRST_BARE, LAST_BARE] = [12, 21];

/** "19e siècle", "2e moitié du 19e siècle", "début 20e", "XXe", "1er siècle av. J.-C.", "5e millénaire av. J.-C.". */
export const century: Rule = (text) => {
  const found = /\d[er]/.test(text) ? CENTURY.exec(text) : null;
  if (!found) return undefined;
  const [, rank, share, vague, ordinal, unit, era, bare] = found;
  const part = { rank, share, vague };
  const [length, number] = [unit === 'millenaire' ? 1000 : 100, Number(ordinal)];
  const whole = rank === undefined && vague === undefined;
  if (number < 1 || (bare && whole && (number < FIRST_BARE || number > LAST_BARE))) return undefined;
  const from = era === ' bc' ? 1 - number * length : (number - 1) * length + 1;
  const rule = unit === 'millenaire' ? 'millennium' : 'century';
  // "1er quart 20e" can be nothing else, "XXe" hardly; "XX" and "XIX" may be many things.
  const ofBare = bare === 'e' ? (share === undefined ? 0.7 : 0.9) : whole ? PERHAPS : 0.6;
  return partOf(from, from + length - 1, part, bare === undefined ? 0.9 : ofBare, rule);
};

/** "années 1930" is 193X; "début des années 1950"; "années 30" is taken for the 20th century, and not surely. */
export const decade: Rule = (text) => {
  const found = DECADE.exec(text);
  if (!found) return undefined;
  const [, rank, share, vague, full, short] = found;
  const stem = full ?? `19${short}`;
  const confidence = full === undefined ? 0.6 : 0.95;
  const from = Number(`${stem}0`);
  if (rank === undefined && vague === undefined) {
    return { from, to: from + 9, edtf: `${stem}X`, confidence, rule: 'decade' };
  }
  return partOf(from, from + 9, { rank, share, vague }, confidence, 'decade');
};

/** "début 1897", "mi-1897", "fin de l'année 1897": within the year, and no nearer. */
export const partOfYear: Rule = (text) => {
  const found = /^(?:debut|milieu|fin|courant)(?: de)?(?: l'annee)? (\d{4})$/.exec(text);
  return found ? years(Number(found[1]), Number(found[1]), 0.8, 'vague-part') : undefined;
};

/** "limite 19e siècle 20e siècle", "charnière XIXe-XXe", "tournant du XXe siècle": ten years on either side of the turn. */
export const turn: Rule = (text) => {
  const found =
    /^(?:limite|charniere|tournant)(?: du| des| de)? (\d{1,2})e(?: siecle)?(?: ?[-/] ?| et (?:du )?| )(\d{1,2})e(?: siecle)?$/.exec(
      text,
    );
  const one = found ? undefined : /^tournant du (\d{1,2})e siecle$/.exec(text);
  const next = Number(found?.[2] ?? one?.[1] ?? 0);
  if (next < 2 || (found && Number(found[1]) !== next - 1)) return undefined;
  const border = (next - 1) * 100;
  return {
    from: border - 9,
    to: border + 10,
    edtf: `${edtfYear(border - 9)}~/${edtfYear(border + 10)}~`,
    confidence: 0.7,
    rule: 'turn',
  };
};

interface Part {
  readonly rank: string | undefined;
  readonly share: string | undefined;
  readonly vague: string | undefined;
}

const SHARES: Readonly<Record<string, number>> = { quart: 4, tiers: 3, moitie: 2 };
const THIRDS: Readonly<Record<string, number>> = { debut: 1, milieu: 2, fin: 3 };
const SHARE_RULES: Readonly<Record<string, string>> = { quart: 'quarter', tiers: 'third', moitie: 'half' };

/** An exact share of a span ("2e quart"), or a vague one: "début", "milieu" and "fin" are its thirds, with unsure limits within the span. */
function partOf(from: number, to: number, { rank, share, vague }: Part, sure: number, rule: string): Span | undefined {
  if (share !== undefined) {
    const shares = SHARES[share] ?? 1;
    const number = rank === 'last' ? shares : Number(rank);
    if (number < 1 || number > shares) return undefined;
    const [first, last] = portion(from, to, number, shares);
    return years(first, last, sure, SHARE_RULES[share] ?? rule);
  }
  const third = THIRDS[vague ?? ''];
  if (third === undefined) return years(from, to, sure, rule);
  const [first, last] = portion(from, to, third, 3);
  const [left, right] = [edtfYear(first), edtfYear(last)].map((year) => qualified(year, '~')) as [string, string];
  return {
    ...years(first, last, Math.min(sure, 0.7), 'vague-part'),
    edtf: `${third === 1 ? edtfYear(first) : left}/${third === 3 ? edtfYear(last) : right}`,
  };
}

function portion(from: number, to: number, number: number, shares: number): readonly [number, number] {
  const at = (fraction: number): number => from + Math.floor((to - from + 1) * fraction);
  return [at((number - 1) / shares), at(number / shares) - 1];
}
