/** What a correction is: something in a partner's own cell that the hub would write otherwise, or would ask about. */

/** How a cell is read. `text`: only its characters are looked at. */
export type Role = 'date' | 'place' | 'trade' | 'inventory' | 'text';

/** A cell of a partner's row, under the partner's own name for it. `split`: what stands between its values, where it may hold several. */
export interface Cell {
  readonly column: string;
  readonly value: string;
  readonly role: Role;
  readonly split?: string | undefined;
}

export type CorrectionKind =
  | 'characters'
  | 'date'
  | 'place'
  | 'former-commune'
  | 'trade'
  | 'missing-trade'
  | 'inventory'
  | 'other-source';

export interface Correction {
  readonly column: string;
  readonly kind: CorrectionKind;
  /** `sure`: one proposal, the cell whole, fit to be loaded. `question`: for a person to answer; its proposals are choices, perhaps none. */
  readonly form: 'sure' | 'question';
  /** The partner's own words; empty where the cell is. */
  readonly before: string;
  readonly proposed: readonly string[];
  /** Why, for the museum. */
  readonly why: { readonly fr: string; readonly en: string };
  /** 0 to 1. */
  readonly confidence: number;
  /** `scheme:value` of what is proposed, where a vocabulary has it. */
  readonly codes: readonly string[];
}

/** What a reader of one role finds in a cell: the cell rewritten, and what it would ask. */
export interface Reading {
  readonly rewritten?: Omit<Correction, 'column' | 'before' | 'form' | 'proposed'> & { readonly value: string };
  readonly questions: readonly Omit<Correction, 'column' | 'before' | 'form'>[];
}
