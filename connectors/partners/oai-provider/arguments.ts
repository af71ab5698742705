/** The arguments of a request, checked as OAI-PMH 2.0 (section 4) has them. */

export type Verb = 'Identify' | 'ListMetadataFormats' | 'ListSets' | 'GetRecord' | 'ListIdentifiers' | 'ListRecords';
export type Given = Readonly<Record<string, string>>;

export interface Request {
  readonly verb: Verb;
  readonly given: Given;
}

/** An error that the protocol has a code for (section 3.6). */
export class ProtocolError extends Error {
  readonly code: string;
  readonly text: string;

  constructor(code: string, text: string) {
    super(`${code}: ${text}`);
    this.code = code;
    this.text = text;
  }
}

interface Rule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Whether a resumption token may stand in the place of all else. */
  readonly resumable: boolean;
}

const LIST: Rule = { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], resumable: true };
const RULES: Readonly<Record<Verb, Rule>> = {
  Identify: { required: [], optional: [], resumable: false },
  ListMetadataFormats: { required: [], optional: ['identifier'], resumable: false },
  ListSets: { required: [], optional: [], resumable: true },
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [], resumable: false },
  ListIdentifiers: LIST,
  ListRecords: LIST,
};

/** The verb and its arguments. Throws ProtocolError: badVerb, badArgument. */
export function checkedArguments(parameters: URLSearchParams): Request {
  const verbs = parameters.getAll('verb');
  const [verb] = verbs;
  if (verb === undefined || verbs.length > 1) throw new ProtocolError('badVerb', 'One verb is needed, and one only.');
  if (!isVerb(verb)) throw new ProtocolError('badVerb', `There is no verb ${verb}.`);
  const given: Record<string, string> = {};
  for (const [name, value] of parameters) {
    if (name === 'verb') continue;
    if (Object.hasOwn(given, name)) throw new ProtocolError('badArgument', `${name} is given twice.`);
    given[name] = value;
  }
  check(verb, given);
  return { verb, given };
}

function isVerb(verb: string): verb is Verb {
  return Object.hasOwn(RULES, verb);
}

function check(verb: Verb, given: Given): void {
  const { required, optional, resumable } = RULES[verb];
  const names = Object.keys(given);
  if (resumable && Object.hasOwn(given, 'resumptionToken')) {
    if (names.length > 1) throw new ProtocolError('badArgument', 'A resumptionToken goes alone.');
    return;
  }
  for (const name of names) {
    if (!required.includes(name) && !optional.includes(name))
      throw new ProtocolError('badArgument', `${verb} has no argument ${name}.`);
  }
  for (const name of required) {
    if (!given[name]) throw new ProtocolError('badArgument', `${verb} needs ${name}.`);
  }
}
