/** A `map` proposed for a sheet that nobody has described yet: what each column seems to be, how sure that is, and why. */
import type { KindName } from '#graph-schema/model.ts';
import { type Assigned, buildMap } from './build.ts';
import { shownText } from './discreet.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { fitted, type Guess, guessOf, kindOfSheet, nameOne } from './guess.ts';
import { headingOf, type Target } from './headings.ts';
import { type VisibleColumn, visibleColumn } from './visible.ts';

export interface ProposedColumn {
  readonly column: string;
  readonly target: Target;
  /** 0 to 1. */
  readonly confidence: number;
  /** In French and English. */
  readonly why: string;
  readonly examples: readonly string[];
  readonly used: boolean;
  /** A person said what it is. */
  readonly decided: boolean;
}

export interface Proposal {
  readonly kind: KindName;
  readonly kindConfidence: number;
  readonly id: readonly string[];
  readonly columns: readonly ProposedColumn[];
  readonly map: Readonly<Record<string, unknown>>;
  /** The column that says whether a row may be shown. */
  readonly visible?: VisibleColumn | undefined;
  readonly year?: number | undefined;
}

/** What the volunteer says: the kind, and for a column its target (`-`: leave it out). */
export interface Told {
  readonly kind?: KindName | undefined;
  readonly set?: ReadonlyMap<string, Target> | undefined;
}

type Row = Readonly<Record<string, string>>;
/** Proposes a map. `title`: the lines above the header, which may name the year. Always gives one that the format `table` accepts where a column can be the name. */
export function propose(columns: readonly string[], rows: readonly Row[], told: Told = {}, title = ''): Proposal {
  const values = new Map(columns.map((column) => [column, rows.map((row) => row[column] ?? '')]));
  const evidence = new Map(columns.map((column) => [column, evidenceOf(values.get(column) ?? [])]));
  const headings = new Map(columns.map((column) => [column, headingOf(column)]));
  const { kind, confidence } = told.kind
    ? { kind: told.kind, confidence: 1 }
    : kindOfSheet([...headings.values()], title);
  const guesses = new Map<string, Guess>();
  for (const column of columns) {
    const set = told.set?.get(column);
    const guess = set === undefined ? guessOf(headings.get(column), evidence.get(column)!) : chosen(set);
    guesses.set(column, set === undefined ? fitted(guess, kind) : guess);
  }
  for (const column of contactNames(guesses, told.set)) guesses.set(column, CONTACT_NAME);
  nameOne(guesses, evidence);
  const assigned: Assigned[] = columns.map((column) => ({
    column,
    target: guesses.get(column)!.target,
    evidence: evidence.get(column)!,
    values: (values.get(column) ?? []).filter((value) => value !== ''),
  }));
  const id = idOf(assigned, rows);
  const yearless = assigned.some(({ evidence: one }) => one.look === 'yearless');
  const year = yearless ? yearIn(title) : undefined;
  const { map, unplaced } = buildMap(kind, assigned, id, year);
  return {
    kind,
    kindConfidence: confidence,
    id,
    columns: columns.map((column) => ({
      ...shown(column, guesses.get(column)!, evidence.get(column)!, unplaced.get(column), id),
      decided: told.set?.has(column) === true,
    })),
    map,
    visible: visibleIn(assigned),
    year,
  };
}

function visibleIn(assigned: readonly Assigned[]): VisibleColumn | undefined {
  const found = assigned.find(({ target }) => target === 'visible');
  return found && visibleColumn(found.column, found.values);
}

const CONTACT_NAME: Guess = {
  target: 'private',
  confidence: 0.7,
  why: 'un second nom, à côté d’un téléphone ou d’un courriel / a second name, beside a telephone or e-mail',
};

/** The second « Nom » of a sheet that also holds telephones or e-mail addresses is most likely that of a person: never shown unless somebody says so. */
function contactNames(guesses: ReadonlyMap<string, Guess>, set: Told['set']): readonly string[] {
  const reachable = [...guesses.values()].some(({ target }) => target === 'private');
  return [...guesses].flatMap(([column, { target }]) =>
    reachable && target === 'name' && / \(\d+\)$/.test(column) && !set?.has(column) ? [column] : [],
  );
}

const chosen = (target: Target): Guess => ({ target, confidence: 1, why: 'choisi par vous / chosen by you' });

/** The column that tells the rows apart: a number or code, else the name, with the town or the date where two rows share it. */
function idOf(assigned: readonly Assigned[], rows: readonly Row[]): readonly string[] {
  const byTarget = (target: Target) => assigned.find((one) => one.target === target);
  for (const target of ['id', 'museofile', 'siret', 'uai', 'inventoryNumber']) {
    const found = byTarget(target);
    if (found && (found.evidence.unique || rows.length === 0)) return [found.column];
  }
  const name = byTarget('name');
  if (!name) {
    // What a person has told names no row, unless there is nothing else.
    const [first] = [...assigned.filter(({ target }) => target !== 'private'), ...assigned];
    return first ? [first.column] : [];
  }
  if (name.evidence.unique || rows.length === 0) return [name.column];
  const others = ['dates', 'begin', 'place', 'postcode', 'hours', 'location'].flatMap(
    (target) => byTarget(target)?.column ?? [],
  );
  const columns = [name.column];
  for (const other of others) {
    columns.push(other);
    if (new Set(rows.map((row) => columns.map((column) => row[column] ?? '').join('/'))).size === rows.length) break;
  }
  return columns;
}

function yearIn(title: string): number | undefined {
  const years = new Set(title.match(/\b20\d{2}\b/g));
  return years.size === 1 ? Number([...years][0]) : undefined;
}

function shown(
  column: string,
  guess: Guess,
  evidence: Evidence,
  unplaced: string | undefined,
  id: readonly string[],
): Omit<ProposedColumn, 'decided'> {
  const left = ['-', 'private', 'visible', 'type', 'id'].includes(guess.target) || unplaced !== undefined;
  const used = !left || id.includes(column);
  const spare =
    guess.target === 'id' && !used
      ? 'une autre colonne identifie déjà les lignes / another column is the identifier'
      : undefined;
  const why = unplaced ?? spare ?? guess.why;
  // What private persons have told must not be shown on a screen that is passed around.
  const examples = guess.target === 'private' ? [] : evidence.examples.map(shownText);
  return { column, target: guess.target, confidence: guess.confidence, why, examples, used };
}
