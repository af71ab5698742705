/** What a record of Onisep is called: the names of its columns, and its identifier. */
import type { Json } from '../../connector.ts';

export type OnisepRow = Readonly<Record<string, unknown>>;

/** The columns by which Onisep's data sets tell what they hold, and in which a record's own identifier stands. */
export const ACTION = 'action_de_formation_af_identifiant_onisep';
const SHEETS = ['url_et_id_onisep', 'lien_site_onisepfr'];
const CODES = ['code_uai', 'n_siret'];

/** A column as the API spells it: `ENS code UAI` → `ens_code_uai`, `commune (COG)` → `commune_cog`, `type d'établissement` → `type_detablissement`. */
export function keyOf(label: string): string {
  return label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9\s_-]/g, '')
    .trim()
    .replace(/\s+/g, '_');
}

/** Whether the columns are spelt as in Onisep's spreadsheets; the API and the dumps in JSON have keys. */
const isLabel = (name: string): boolean => /[^a-z0-9_-]/.test(name);

/** A row by the API's keys, whichever way its columns are spelt. */
export function keyed(row: Json): OnisepRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return {};
  const given = row as OnisepRow;
  if (!Object.keys(given).some(isLabel)) return given;
  return Object.fromEntries(Object.entries(given).map(([label, value]) => [keyOf(label), value]));
}

/**
 * The identifier of a record: Onisep's own (`ENS.123` a school, `AF.123` a training at a school, `FOR.123` a training), else the UAI code, else the SIRET.
 * Onisep's own comes first, for several of its sheets can share one UAI code.
 */
export function idOf(row: Json): string | undefined {
  const record = keyed(row);
  const action = textIn(record, ACTION);
  if (action !== undefined) return /AF\.\d+/.exec(action)?.[0] ?? action;
  for (const column of SHEETS) {
    const own = /\b[A-Z]{2,4}\.\d+\b/.exec(textIn(record, column) ?? '')?.[0];
    if (own !== undefined) return own;
  }
  return CODES.map((column) => textIn(record, column)).find((code) => code !== undefined);
}

/** When Onisep changed the record, as it says it. */
export function changedOf(row: Json): string | undefined {
  const record = keyed(row);
  return textIn(record, 'date_de_modification') ?? textIn(record, 'af_date_de_modification');
}

/** A text, or a number as its digits; undefined where there is none. */
export function textIn(record: OnisepRow, column: string): string | undefined {
  const value = record[column];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
