/** Places and trades in the spelling of the vocabularies, with their codes. */
import type { Match } from '../reconcile/match.ts';
import type { Reconcile } from '../reconcile/reconciler.ts';
import { fold } from '../text.ts';
import type { Reading } from './correction.ts';

/** What a commune of former days belongs to now, by its INSEE code. */
export type PresentCommunes = ReadonlyMap<string, { readonly code: string; readonly name: string }>;

/** Rules by which a place is named, whole and without a doubt. */
const NAMED: ReadonlySet<string> = new Set(['name', 'qualified name']);
/** A trade is only spelled otherwise: a feminine or a synonym is the museum's own word, and stays. */
const SPELLED: ReadonlySet<string> = new Set(['label', 'plural']);
const SURE = 0.9;
/** In UTF-16 units; longer is a note. */
const LONGEST = 400;

/** One cell of places. */
export function readPlaceCell(text: string, read: Reconcile, present: PresentCommunes): Reading {
  if (text === '' || text.length > LONGEST) return { questions: [] };
  const matches = read(text);
  const linked = matches.filter(
    ({ status, rule, confidence }) => status === 'linked' && NAMED.has(rule) && confidence >= SURE,
  );
  const communes = linked.filter(({ identifier }) => identifier?.scheme === 'insee' || identifier?.scheme === 'nis');
  const why = {
    fr: 'Nom de la commune tel que le tient l’INSEE (ou Statbel).',
    en: 'Name of the commune as INSEE (or Statbel) has it.',
  };
  const rewritten = respelled(text, communes.filter(isAnotherSpelling));
  const rivals = matches.filter(({ status }) => status === 'proposed');
  return {
    ...(rewritten === undefined ? {} : { rewritten: { kind: 'place', why, ...rewritten } }),
    questions: [
      ...(linked.length === 0 && rivals.length > 0 ? [whichPlace(rivals)] : []),
      ...communes.flatMap((one) => nowIn(one, text, present)),
    ],
  };
}

/** The short form of a name whose longer one is meant is no spelling of it. */
function isAnotherSpelling({ text, label }: Match): boolean {
  return text !== label && compared(text) === compared(label);
}

const compared = (text: string): string =>
  fold(text)
    .replace(/\bste\b\.?/g, 'sainte')
    .replace(/\bst\b\.?/g, 'saint')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

function whichPlace(rivals: readonly Match[]): Reading['questions'][number] {
  return {
    kind: 'place',
    proposed: rivals.map(({ label, identifier }) => `${label} (${identifier?.value ?? '?'})`),
    why: { fr: 'Ce nom ne suffit pas : lequel de ces lieux ?', en: 'The name is not enough: which of these places?' },
    confidence: Math.max(...rivals.map(({ confidence }) => confidence)),
    codes: rivals.map(codeOf),
  };
}

function nowIn(match: Match, cell: string, present: PresentCommunes): Reading['questions'] {
  const now = match.identifier?.scheme === 'insee' ? present.get(match.identifier.value) : undefined;
  // Said already, beside it or in its own name.
  if (now === undefined || ` ${compared(cell)} `.includes(` ${compared(now.name)} `)) return [];
  const why = {
    fr: `${match.label} fait aujourd’hui partie de la commune de ${now.name} (${now.code}) : le dire aussi ?`,
    en: `${match.label} is now part of the commune of ${now.name} (${now.code}): say so too?`,
  };
  const proposed = [`${match.label} (${now.name})`];
  return [
    {
      kind: 'former-commune',
      proposed,
      why,
      confidence: match.confidence,
      codes: [codeOf(match), `insee:${now.code}`],
    },
  ];
}

/** One cell of trades. */
export function readTradeCell(text: string, read: Reconcile): Reading {
  if (text === '' || text.length > LONGEST) return { questions: [] };
  const misspelt = read(text).filter(
    ({ status, rule, confidence, text: said, label }) =>
      status === 'linked' && SPELLED.has(rule) && confidence >= SURE && said.toLowerCase() !== label.toLowerCase(),
  );
  const rewritten = respelled(text, misspelt);
  const why = {
    fr: 'Nom du métier tel que l’écrit le vocabulaire des métiers.',
    en: 'Name of the trade as the trades vocabulary writes it.',
  };
  return { ...(rewritten === undefined ? {} : { rewritten: { kind: 'trade', why, ...rewritten } }), questions: [] };
}

/** The trade that a denomination names, for a cell that names none: always asked, for a thing may depict what it does not serve. */
export function missingTrade(denomination: string, read: Reconcile): Reading['questions'] {
  if (denomination === '' || denomination.length > LONGEST) return [];
  const trades = read(denomination).filter(({ status }) => status === 'linked');
  if (trades.length === 0) return [];
  const why = {
    fr: `La dénomination « ${denomination} » nomme ce métier, que la notice ne dit pas.`,
    en: `The denomination “${denomination}” names this trade, which the record does not state.`,
  };
  const confidence = Math.min(...trades.map((one) => one.confidence));
  return [
    { kind: 'missing-trade', proposed: trades.map(({ label }) => label), why, confidence, codes: trades.map(codeOf) },
  ];
}

const codeOf = ({ identifier }: Match): string => (identifier ? `${identifier.scheme}:${identifier.value}` : '');

/** The text with the words of each match in the vocabulary's spelling; undefined where one of them cannot be found in it once and only once. */
function respelled(
  text: string,
  matches: readonly Match[],
): { readonly value: string; readonly confidence: number; readonly codes: readonly string[] } | undefined {
  if (matches.length === 0) return undefined;
  let value = text;
  for (const { text: said, label } of matches) {
    if (value.split(said).length !== 2) return undefined;
    value = value.replace(said, () => label);
  }
  return { value, confidence: Math.min(...matches.map((one) => one.confidence)), codes: matches.map(codeOf) };
}
