/** What the gateway refuses to answer, in words for the one who asked. Bugs and faults of the database are not refusals. */

/** Stable: clients branch on them. `extensions.code` of an error. */
export type RefusalCode =
  | 'BAD_ARGUMENT'
  | 'CURSOR_INVALID'
  | 'FIRST_TOO_LARGE'
  | 'QUERY_TOO_WIDE'
  | 'QUERY_TOO_DEEP'
  | 'QUERY_TOO_LONG'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_DIRECTIVES'
  | 'COST_TOO_HIGH'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BUDGET_SPENT'
  | 'CATALOGUE_LOADING'
  | 'BAD_REQUEST'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'REQUEST_TIMEOUT'
  | 'ANSWER_TOO_LARGE'
  | 'OPERATION_UNKNOWN'
  | 'OPERATION_REQUIRED';

/** A question that cannot be answered as it was put. French for people first, English beside it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly en: string;
  /** Of the HTTP answer, where the whole request is refused: when to come again, what to come with. */
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: RefusalCode, fr: string, en: string, headers?: Readonly<Record<string, string>>) {
    super(fr);
    this.code = code;
    this.en = en;
    this.headers = headers;
  }
}
