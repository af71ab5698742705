import type { AnyRecord } from '../record.ts';

/** What a person is called in their record: its own name where it is one's, and the persons that it names. A film's title is nobody's name. */
export function namesIn({ kind, fields, relations }: AnyRecord): readonly string[] {
  const own = kind === 'Structure' || kind === 'Agent' ? [String(fields['name'])] : [];
  const named = (relations['creators'] ?? []).flatMap((link) => ('text' in link ? [link.text] : []));
  return [...new Set([...own, ...named])];
}
