/** How persons are reached, and who made or owns an object, is taken away before anything of it is kept. */
import type { Json } from '../../connector.ts';
import { bareName, type Thing, thing, things } from './values.ts';

const REACHED = /^has(Booking)?Contact$/;
const PERSONS = /^(has\w*Contact|hasBeen\w+By|isOwnedBy)$/;
/** Of a contact: its page, and the number of the firm. A name may be a person's. */
const STAYS: ReadonlySet<string> = new Set(['type', 'homepage', 'siret', 'taxID']);
/** Wherever else they should stand. The legal name of a firm may be its owner's. */
const NEVER = ['email', 'telephone', 'faxNumber', 'givenName', 'familyName', 'gender', 'contactPoint', 'legalName'];
const NEVER_NAMES: ReadonlySet<string> = new Set(NEVER);
const MAYBE_NEVER = new RegExp(`(?:${NEVER.join('|')})"`);

/** The object without them: what stays of contacts is their page and the number of the firm. */
export function withoutPersons(object: Thing): Thing {
  const row: Record<string, Json> = {};
  for (const name of Object.keys(object)) {
    const bare = bareName(name);
    const value = object[name] as Json;
    if (REACHED.test(bare)) row[name] = things(value).map(reachedByPage);
    else if (!PERSONS.test(bare) && bare !== TRACES) row[name] = HOLDERS.has(bare) ? withoutTraces(value) : value;
  }
  return row;
}

/** Which text was translated by which machine: up to half of an object's bytes, and said of nothing that is taken over. */
const TRACES = 'hasTranslatedProperty';

function withoutTraces(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutTraces);
  const object = thing(value);
  if (object === undefined) return value;
  const row: Record<string, Json> = {};
  for (const name in object) {
    const within = object[name] as Json;
    if (bareName(name) !== TRACES) row[name] = HOLDERS.has(bareName(name)) ? withoutTraces(within) : within;
  }
  return row;
}

/** Where they stand in their hundreds. */
const HOLDERS: ReadonlySet<string> = new Set(['isLocatedAt', 'openingHoursSpecification', 'hasDescription']);

/** What may be kept of a row, and its text as it is kept. */
export function keptOf(row: Json): { readonly row: Json; readonly text: string } {
  const object = thing(row);
  if (object === undefined) return { row, text: JSON.stringify(row) };
  const kept = withoutPersons(object);
  const text = JSON.stringify(kept);
  if (!MAYBE_NEVER.test(text)) return { row: kept, text };
  const clean = withoutNames(kept);
  return { row: clean, text: JSON.stringify(clean) };
}

function reachedByPage(contact: Thing): Thing {
  return Object.fromEntries(Object.entries(contact).filter(([name]) => STAYS.has(bareName(name))));
}

function withoutNames(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNames);
  const object = thing(value);
  if (object === undefined) return value;
  return Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => !NEVER_NAMES.has(bareName(name)))
      .map(([name, one]) => [name, withoutNames(one)]),
  );
}
