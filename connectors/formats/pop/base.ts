/**
 * What one of the ministry's bases on POP (https://pop.culture.gouv.fr) holds: every code of its field list, and what becomes of it. A code that
 * is neither mapped nor left out for a stated reason is unknown, and told.
 */
import { fold } from '#graph-schema/text.ts';

/** Codes that are not taken over, and why. */
export interface LeftOut {
  readonly why: string;
  readonly codes: ReadonlySet<string>;
}

export interface Base {
  readonly name: string;
  /** The column of the reference, for the finding that misses it; REF unless told. */
  readonly reference?: string;
  /** Codes that have a place of their own in the record. */
  readonly mapped: ReadonlySet<string>;
  /** Codes that become a line of the description, in this order, and what stands before the line. */
  readonly lines: readonly (readonly [code: string, label: string])[];
  readonly leftOut: readonly LeftOut[];
  /** Names under which open data spells a code out: folded, words joined by `_`. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The codes of a text, separated by blanks. */
export function codesIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Reasons that several bases share. */
export const WHY = {
  bookkeeping: 'tenue des notices par le ministère : numéros, dossiers, enquêtes, microfiches, liens de ses outils',
  repeated: 'redit un autre champ sous une autre forme',
  persons: 'nomme des personnes (rédacteurs, propriétaires, donateurs, personnes photographiées)',
  contact: 'adresse d’un service ou d’une personne',
  masked: 'emplacement que le ministère tient caché',
  notices: 'renvoie à d’autres notices, ce que le graphe ne dit pas encore d’un objet à l’autre',
  files: 'nomme un fichier du ministère et non une adresse',
} as const;

/** The internal fields of POP and of its database: POP_FLAGS, POP_COORDINATES_POINT, _id, __v… */
const INTERNAL = /^(POP)?_/;

const COLUMNS_REMEMBERED = 2_000;
const remembered = new WeakMap<Base, Map<string, string | undefined>>();

/** The code that a column or key stands for: as a code in any case, or spelled out. Undefined where it is none of the base. */
export function codeOf(base: Base, column: string): string | undefined {
  const known = remembered.get(base) ?? new Map<string, string | undefined>();
  if (known.size === 0) remembered.set(base, known);
  if (known.has(column)) return known.get(column);
  const code = found(base, column);
  if (known.size < COLUMNS_REMEMBERED) known.set(column, code);
  return code;
}

function found(base: Base, column: string): string | undefined {
  const exact = column.trim();
  if (fatesOf(base).has(exact)) return exact;
  // Before the code in other cases: `Historique` is a text of open data, HISTORIQUE one of POP's internal fields.
  const name = fold(column).replace(/[^a-z0-9]+/g, '_');
  if (Object.hasOwn(base.columns, name)) return base.columns[name];
  const upper = exact.toUpperCase();
  return fateOf(base, upper) === undefined ? undefined : upper;
}

/** What becomes of a code: `mapped`, or the reason why it is left out; undefined where it is unknown. */
export function fateOf(base: Base, code: string): string | undefined {
  return fatesOf(base).get(code) ?? (INTERNAL.test(code) ? WHY.bookkeeping : undefined);
}

const fates = new WeakMap<Base, ReadonlyMap<string, string>>();

function fatesOf(base: Base): ReadonlyMap<string, string> {
  const known = fates.get(base);
  if (known) return known;
  const used = [...base.mapped, ...base.lines.map(([code]) => code)].map((code) => [code, 'mapped'] as const);
  const left = base.leftOut.flatMap(({ why, codes }) => [...codes].map((code) => [code, why] as const));
  const made = new Map([...left, ...used]);
  fates.set(base, made);
  return made;
}
