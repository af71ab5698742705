/** What a free text means, and how surely: the words that all readers of this folder speak. */
import type { Identifier } from '../record.ts';

/** One thing that a text may mean. */
export interface Candidate {
  /** Of a place or a trade. */
  readonly identifier?: Identifier;
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** The rule that says so: a stable word, for stewards and tests. */
  readonly rule: string;
  /** The part of the text that said it. */
  readonly text: string;
  /** Of a date: EDTF level 1, and its first and last year or day; absent at an open end. */
  readonly edtf?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `linked`: sure enough to become a relation. `proposed`: for a steward to decide. What is less sure stays text. */
export interface Match extends Candidate {
  readonly status: 'linked' | 'proposed';
}
