/** What is left of a record that was forgotten: that there was one. */
import { recordKey } from '../bookkeeping.ts';

/** The properties of a forgotten SourceRecord. Its key was made of the id, which may be a name: a keyed hash stands instead. */
export function tombstoneOf(source: string, hash: string): Record<string, unknown> {
  return { key: recordKey(source, `#${hash.slice(0, 32)}`), source, state: 'deleted', forgotten: true };
}
