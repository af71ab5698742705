/** Looking for what is one thing under two records, after harvests: shared by `harvest`, `demo` and `work`. */
import type { Proposing } from '#graph-schema/identity/propose.ts';
import { proposeChanged } from '#graph-schema/identity/propose-changed.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { type Hub, tell } from './hub.ts';
import { table } from './table.ts';

const KINDS = {
  Structure: 'structures',
  HeritageObject: 'objets / objects',
  Event: 'événements / events',
} as const;

/** A kind as it is told. */
export const kindInWords = (kind: keyof typeof KINDS): string => KINDS[kind];

/** Looks at what changed since the last look, and tells what came of it where anything did. `notWithinMinutes`: not where another look began since. */
export async function lookForIdentities(
  { database, signal }: Pick<Hub, 'database' | 'signal'>,
  given?: Resolver,
  notWithinMinutes = 0,
): Promise<void> {
  if (signal.aborted) return;
  const look = (resolver: Resolver) => proposeChanged(database, resolver, { signal, notWithinMinutes });
  const done = await (given ? look(given) : hearing(database, look));
  const told = (done ?? []).filter(({ decided, asked, settled }) => decided + asked + settled > 0);
  if (told.length > 0)
    tell(`Même chose, deux notices / one thing, two records:\n${proposingInWords(told)}\n  → trame identity`);
}

/** What a look through the graph gave, one line a kind. */
export function proposingInWords(done: readonly Proposing[]): string {
  const head = [
    '',
    'lus / read',
    'comparées / compared',
    'liées / linked',
    'à décider / to decide',
    'réglées / settled',
  ];
  const rows = done.map(({ kind, described, compared, decided, asked, settled }) => [
    KINDS[kind],
    described,
    compared,
    decided,
    asked,
    settled,
  ]);
  return table(head, rows);
}
