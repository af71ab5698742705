/** Cuts a SKOS vocabulary into its concepts. What is said of one from the other end (narrower, hasTopConcept, a SKOS-XL label) is gathered with it. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { openText } from '../reading/text.ts';
import { RdfFault, type Statement, statementsOf } from './rdf.ts';

/** SKOS Reference, W3C Recommendation of 18 August 2009. */
export const SKOS = 'http://www.w3.org/2004/02/skos/core#';
const SKOS_XL = 'http://www.w3.org/2008/05/skos-xl#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/** Characters of one file: a vocabulary is read whole, for its statements may stand in any order. The largest thesauri of the field have some 40 million. */
const MOST_CHARACTERS = 100_000_000;

/** A text by its language; `''` where none is said. */
export type Labels = Readonly<Record<string, readonly string[]>>;

/** One concept, as the file says it. */
export interface SkosRow {
  readonly uri: string;
  readonly schemes: readonly string[];
  readonly prefLabel: Labels;
  readonly altLabel: Labels;
  readonly hiddenLabel: Labels;
  readonly definition: Labels;
  readonly notation: readonly string[];
  readonly broader: readonly string[];
  readonly related: readonly string[];
  readonly exactMatch: readonly string[];
  readonly closeMatch: readonly string[];
  readonly deprecated: boolean;
  /** Labels, in lower case, that another concept of the file has too: by them alone it is not known which is meant. */
  readonly shared: readonly string[];
}

/** Cuts one file. A file that is not RDF, breaks off or has no concept: one refusal. */
export async function* cutSkos(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const opened = await openText(file, tell);
  if ('refused' in opened) return yield refuse(opened.refused);
  let text = '';
  for await (const piece of opened.pieces()) {
    text += piece;
    if (text.length > MOST_CHARACTERS)
      return yield refuse(finding('skos-too-large', { file: file.name, limit: MOST_CHARACTERS }));
  }
  let statements: readonly Statement[];
  try {
    statements = await statementsOf(text);
  } catch (fault) {
    if (!(fault instanceof RdfFault)) throw fault;
    return yield refuse(finding('skos-unread', { file: file.name, reason: fault.message.slice(0, 200) }));
  }
  const rows = rowsOf(statements);
  if (rows.length === 0) return yield refuse(finding('skos-none', { file: file.name }));
  const encoder = new TextEncoder();
  for (const [at, row] of rows.entries())
    yield {
      kind: 'record',
      id: row.uri,
      row: row as unknown as Json,
      raw: encoder.encode(JSON.stringify(row)),
      line: at + 1,
    };
}

/** The row again from a cut's raw bytes. */
export function skosFromRaw(raw: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(raw)) as Json;
}

const DEPRECATED = 'http://www.w3.org/2002/07/owl#deprecated';

/** In the order in which the file names them. */
function rowsOf(statements: readonly Statement[]): SkosRow[] {
  const concepts = new Map<string, Gathered>();
  const labels = literalForms(statements);
  const of = (uri: string) => {
    const known = concepts.get(uri) ?? new Gathered();
    concepts.set(uri, known);
    return known;
  };
  for (const { subject, predicate, object } of statements)
    if (predicate === RDF_TYPE && object.value === `${SKOS}Concept`) of(subject).isConcept = true;
  for (const statement of statements) {
    const { subject, predicate, object } = statement;
    const inverse = INVERSE[predicate];
    if (inverse !== undefined && !object.literal) of(object.value).add(inverse, subject);
    else if (predicate.startsWith(SKOS_XL)) {
      for (const label of labels.get(object.value) ?? []) of(subject).label(predicate.slice(SKOS_XL.length), label);
    } else if (predicate === DEPRECATED) of(subject).deprecated = object.value === 'true';
    else if (predicate.startsWith(SKOS)) {
      const name = predicate.slice(SKOS.length);
      if (object.literal) of(subject).label(name, object);
      else of(subject).add(name, object.value);
    }
  }
  return withShared([...concepts].flatMap(([uri, gathered]) => (gathered.isConcept ? [gathered.row(uri)] : [])));
}

type Told = Omit<SkosRow, 'shared'>;

function withShared(rows: readonly Told[]): SkosRow[] {
  const bearers = new Map<string, number>();
  for (const row of rows) for (const label of labelsOf(row)) bearers.set(label, (bearers.get(label) ?? 0) + 1);
  return rows.map((row) => ({ ...row, shared: [...labelsOf(row)].filter((label) => (bearers.get(label) ?? 0) > 1) }));
}

function labelsOf({ prefLabel, altLabel, hiddenLabel }: Told): ReadonlySet<string> {
  const all = [prefLabel, altLabel, hiddenLabel].flatMap((labels) => Object.values(labels).flat());
  return new Set(all.map((label) => label.toLowerCase()));
}

/** `a narrower b` says that a is broader than b. */
const INVERSE: Readonly<Record<string, string>> = {
  [`${SKOS}narrower`]: 'broader',
  [`${SKOS}hasTopConcept`]: 'inScheme',
};

function literalForms(statements: readonly Statement[]): Map<string, Statement['object'][]> {
  const forms = new Map<string, Statement['object'][]>();
  for (const { subject, predicate, object } of statements) {
    if (predicate !== `${SKOS_XL}literalForm` || !object.literal) continue;
    forms.set(subject, [...(forms.get(subject) ?? []), object]);
  }
  return forms;
}

/** What has been read of one concept. */
class Gathered {
  isConcept = false;
  deprecated = false;
  readonly #texts = new Map<string, Map<string, Set<string>>>();
  readonly #links = new Map<string, Set<string>>();

  label(name: string, { value, language }: Statement['object']): void {
    const text = value.replace(/\s+/g, ' ').trim();
    if (text === '') return;
    const byLanguage = this.#texts.get(name) ?? new Map<string, Set<string>>();
    this.#texts.set(name, byLanguage);
    byLanguage.set(language, (byLanguage.get(language) ?? new Set()).add(text));
  }

  add(name: string, uri: string): void {
    this.#links.set(name, (this.#links.get(name) ?? new Set()).add(uri));
  }

  row(uri: string): Told {
    const texts = (name: string): Labels =>
      Object.fromEntries([...(this.#texts.get(name) ?? [])].map(([language, all]) => [language, [...all]]));
    const links = (...names: readonly string[]) => [
      ...new Set(names.flatMap((name) => [...(this.#links.get(name) ?? [])])),
    ];
    return {
      uri,
      schemes: links('inScheme', 'topConceptOf'),
      prefLabel: texts('prefLabel'),
      altLabel: texts('altLabel'),
      hiddenLabel: texts('hiddenLabel'),
      definition: texts('definition'),
      notation: Object.values(texts('notation')).flat(),
      broader: links('broader'),
      related: links('related'),
      exactMatch: links('exactMatch'),
      closeMatch: links('closeMatch'),
      deprecated: this.deprecated,
    };
  }
}
