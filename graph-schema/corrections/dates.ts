/** Dates that a museum wrote in its own way, written so that any program reads them. Nothing is rewritten unless both ways mean the same. */
import type { Reconcile } from '../reconcile/reconciler.ts';
import type { Reading } from './correction.ts';

/** A century in Roman or Arabic figures, whatever stands for "e" and for "siècle". */
const CENTURY =
  /(?<![\p{L}\d])(?<figure>[IVX]+|[12]?\d)\s*(?:ème|éme|eme|ème|è|e)(?![\p{L}\d])\s*(?:si[eèé]cles?\b|s\b\.?)?(?!\s*(?:quart|moiti|tiers|d[eé]cennie))/giu;
/** "1865 entre 1908 et": the words came after the figures. */
const INVERTED = /^(\d{3,4})\s+entre\s*;?\s+(\d{3,4})\s+et$/u;
/** The museum says itself that it does not know. */
const UNKNOWN =
  /^(?:s\.?\s*d\.?|sans date|(?:date )?(?:inconnue?|ind[ée]termin[ée]e?|non dat[ée]e?)|n\.?\s*d\.?|[?\-–—/.]+|)$/iu;
/** In UTF-16 units; longer is a note, not a date. */
const LONGEST = 120;

/** One cell of dates. */
export function readDateCell(text: string, read: Reconcile): Reading {
  if (text.length > LONGEST || UNKNOWN.test(text.trim())) return { questions: [] };
  const inverted = INVERTED.exec(text.trim());
  if (inverted) {
    const [, from = '', to = ''] = inverted;
    const why = {
      fr: 'Les mots sont après les années : est-ce bien cela ?',
      en: 'The words stand after the years: is this meant?',
    };
    return { questions: [{ kind: 'date', proposed: [`entre ${from} et ${to}`], why, confidence: 0.5, codes: [] }] };
  }
  const [meant] = read(text);
  if (meant === undefined) {
    const why = { fr: 'Aucune année ne se lit dans cette date.', en: 'No year can be read in this date.' };
    return { questions: [{ kind: 'date', proposed: [], why, confidence: 0, codes: [] }] };
  }
  const value = text.replace(CENTURY, (whole, figure: string) => centuryOf(figure) ?? whole);
  const [again] = read(value);
  if (value === text || meant.edtf === undefined || again?.edtf !== meant.edtf) return { questions: [] };
  const why = {
    fr: 'Siècle en chiffres et en toutes lettres, que tous les logiciels lisent.',
    en: 'Century in figures and words, which every program reads.',
  };
  return {
    rewritten: { kind: 'date', value, why, confidence: again.confidence, codes: [`edtf:${meant.edtf}`] },
    questions: [],
  };
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };

function centuryOf(figure: string): string | undefined {
  const digits = [...figure.toUpperCase()].map((one) => ROMAN[one] ?? 0);
  const sum = digits.reduce((total, one, at) => total + (one < (digits[at + 1] ?? 0) ? -one : one), 0);
  const century = /^\d+$/.test(figure) ? Number(figure) : sum;
  return century >= 1 && century <= 21 ? `${century}${century === 1 ? 'er' : 'e'} siècle` : undefined;
}
