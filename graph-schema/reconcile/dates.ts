/** Dates of notices as candidates of the reconciler: the reading itself is dates.ts. */

import { boundsOf } from '../dates/spans.ts';
import { readSpan } from '../dates.ts';
import type { Candidate } from './match.ts';

/**
 * Reads what a text says of a date: one candidate, or none where it is not understood whole. `from` and `to` are the bounds of its EDTF, both
 * included, without the years that a search adds around "vers": ISO days where the text is as precise as a day or month, else years.
 */
export function createDateReader(): (text: string) => readonly Candidate[] {
  return (text) => {
    const said = text.trim();
    const span = readSpan(said);
    if (!span) return [];
    const { edtf, confidence, rule } = span;
    return [{ label: edtf, confidence, rule, text: said, edtf, ...boundsOf(edtf) }];
  };
}
