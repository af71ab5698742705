/** A result of the API before it is mapped: its identifier, and what is taken out of it before anything is stored (who leads a firm, who sits on a council). */
import type { Json } from '../../connector.ts';

/** Of no use to the hub, and some of it personal. `matching_etablissements`: a firm is read by its seat. */
const LEFT_OUT = ['dirigeants', 'finances', 'matching_etablissements', 'tva', 'score'] as const;

type Members = { readonly [key: string]: Json };

/** The members of an object; undefined for any other value. */
export function membersOf(value: Json | undefined): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

/** A result without persons, accounts and other establishments. Any other value is given back as it is. */
export function withoutPersons(row: Json): Json {
  const firm = membersOf(row);
  if (firm === undefined) return row;
  const complements = membersOf(firm['complements']);
  const council = membersOf(complements?.['collectivite_territoriale']);
  if (!LEFT_OUT.some((key) => key in firm) && !(council && 'elus' in council)) return row;
  const kept = Object.fromEntries(Object.entries(firm).filter(([key]) => !LEFT_OUT.some((one) => one === key)));
  if (!complements || !council) return kept;
  const { elus: _elus, ...bare } = council;
  return { ...kept, complements: { ...complements, collectivite_territoriale: bare } };
}

/** The SIREN of a result: by it the API finds the same firm again. */
export function sirenOf(row: Json): string | undefined {
  const siren = membersOf(row)?.['siren'];
  return typeof siren === 'string' && siren.trim() !== '' ? siren.trim() : undefined;
}

export function modifiedOf(row: Json): string | undefined {
  const changed = membersOf(row)?.['date_mise_a_jour'];
  return typeof changed === 'string' ? changed : undefined;
}
