/** A batch's items, sorted by what is to be done about each. */
import type { Item, RecordItem, RejectedItem } from './items.ts';
import type { KnownRecord } from './records.ts';

type Of<K extends Item['kind']> = Extract<Item, { kind: K }>;

export interface Sorted {
  /** New, or other than what is stored. */
  readonly changed: readonly RecordItem[];
  readonly deleted: readonly Of<'deleted'>[];
  readonly missing: readonly string[];
  /** Missing until now, and named again as they were. */
  readonly returned: readonly string[];
  readonly gone: readonly string[];
  /** Never readable, and gone: nothing was made of them. */
  readonly unreadableGone: readonly string[];
  readonly held: readonly Of<'held'>[];
  readonly rejected: readonly RejectedItem[];
  readonly unchanged: number;
  /** Named by the source, and not known here. */
  readonly unknown: readonly string[];
  /** As they are stored again, while another version was set aside: nothing of that stands any more. */
  readonly asBefore: readonly string[];
}

/** Of two items with one id the last stands, and the first counts as unchanged; a rejection stands beside what came before it, and not against what comes after. */
export function sortItems(items: readonly Item[], knownOf: (id: string) => KnownRecord | undefined): Sorted {
  const last = new Map<string, Exclude<Item, RejectedItem>>();
  let rejected: RejectedItem[] = [];
  const rejectedIds = new Set<string>();
  let unchanged = 0;
  for (const item of items) {
    const actual = item.kind === 'same' && !isSame(item, knownOf(item.id)) ? item.full() : item;
    if (actual.kind === 'rejected') {
      rejected.push(actual);
      if (actual.id !== undefined) rejectedIds.add(actual.id);
    } else {
      if (last.has(actual.id)) unchanged += 1;
      if (actual.kind !== 'seen' && rejectedIds.delete(actual.id))
        rejected = rejected.filter(({ id }) => id !== actual.id);
      // Naming it says nothing against what was said of it.
      if (actual.kind !== 'seen' || !last.has(actual.id)) last.set(actual.id, actual);
    }
  }
  const changed: RecordItem[] = [];
  const deleted: Of<'deleted'>[] = [];
  const held: Of<'held'>[] = [];
  const [missing, gone, unreadableGone, unknown, asBefore]: string[][] = [[], [], [], [], []];
  const returned = new Set(rejected.flatMap(({ id }) => (id !== undefined && isMissing(knownOf(id)) ? [id] : [])));
  for (const item of last.values()) {
    const known = knownOf(item.id);
    const isThere = known?.state === 'live' || known?.state === 'missing';
    if (item.kind === 'record' && !isSame(item, known)) {
      changed.push(item);
      returned.delete(item.id);
    } else if (item.kind === 'record' || item.kind === 'same' || (item.kind === 'seen' && isThere)) {
      unchanged += 1;
      if (isMissing(known)) returned.add(item.id);
      if (item.kind !== 'seen' && known?.setAside) asBefore!.push(item.id);
    } else if (item.kind === 'seen') {
      if (known?.state === 'rejected') unchanged += 1;
      else unknown!.push(item.id);
    } else if (item.kind === 'held') {
      held.push(item);
      if (isMissing(known)) returned.add(item.id);
    } else if (item.kind === 'gone') {
      if (known?.state === 'rejected') unreadableGone!.push(item.id);
      else if (isThere) gone!.push(item.id);
    } else if (item.kind === 'missing') {
      if (known?.state === 'live') missing!.push(item.id);
    } else if (isThere) deleted.push(item);
  }
  return {
    changed,
    deleted,
    held,
    rejected,
    unchanged,
    missing: missing!,
    returned: [...returned],
    gone: gone!,
    unreadableGone: unreadableGone!,
    unknown: unknown!,
    asBefore: asBefore!,
  };
}

/** The same bytes, mapped by the same version, not deleted, and no rejection pending. */
function isSame(item: { readonly hash: string; readonly mapping: string }, known: KnownRecord | undefined): boolean {
  return (
    (known?.state === 'live' || known?.state === 'missing') &&
    known.hash === item.hash &&
    known.mapping === item.mapping &&
    !known.rejected
  );
}

function isMissing(known: KnownRecord | undefined): boolean {
  return known?.state === 'missing';
}
