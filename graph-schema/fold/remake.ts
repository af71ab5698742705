/** A page of entities folded again, inside one transaction: locked, judged, and written where they differ. */
import type { ManagedTransaction } from 'neo4j-driver';
import { KINDS } from '../model.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { entombEntities, lockEntities, refreshMentions, writeEntities, writeRelations } from './entities.ts';
import { type Judged, judge, type WrongMention } from './judge.ts';
import { checkLed, resolveReferences } from './references.ts';
import { numberChanges } from './sequence.ts';
import { asStamped, isMentionStamp, keepNumbers } from './stamp.ts';
import { referencesOf, targetsOfFlipped } from './write.ts';

export interface Remade {
  /** The entities that got a new change number. */
  readonly numbered: readonly string[];
  /** How many entities were written, tombstones and mentions included. */
  readonly written: number;
}

/** Folds these entities again; at most MOST_ITEMS. The lock order is that of a batch: entities by uid, mentions late. */
export async function remake(tx: ManagedTransaction, uids: readonly string[], resolver: Resolver): Promise<Remade> {
  const standing = await lockEntities(tx, uids);
  const judged = await judge(tx, uids, resolver);
  const { differing, empty, wrong, mislabelled } = judged;
  if (differing.length + empty.length + wrong.length === 0) return { numbered: [], written: 0 };
  await stripKinds(tx, mislabelled);
  await writeEntities(tx, differing, standing);
  const { uids: targets, changed: retold, published } = await resolveReferences(tx, referencesOf(differing));
  const { lost, gained } = await writeRelations(tx, differing, standing, targets);
  await checkLed(tx, targets);
  for (const uid of await entombEntities(tx, empty)) lost.add(uid);
  for (const uid of targetsOfFlipped(differing, standing, targets)) lost.add(uid);
  const mended = await mend(tx, wrong);
  for (const uid of mended) lost.add(uid);
  const flipped = await refreshMentions(tx, lost, gained.difference(published));
  const mentions = [...new Set([...flipped, ...retold, ...mended])];
  const numbered = await number(tx, judged, mentions);
  return { numbered, written: differing.length + empty.length + mentions.length };
}

/** Numbers what was written, but for what is as it was when it was backed up. */
async function number(tx: ManagedTransaction, judged: Judged, mentions: readonly string[]): Promise<string[]> {
  const kept = judged.differing.flatMap(({ uid, folded }) => {
    const { stamp, changed } = judged.stands.get(uid)?.properties ?? {};
    return stamp === folded.digest && typeof changed === 'number' ? [{ uid, changed }] : [];
  });
  await keepNumbers(tx, kept);
  const stamps = mentions.flatMap((uid) => {
    const stamp = judged.referred.get(uid)?.properties['stamp'];
    return typeof stamp === 'string' && isMentionStamp(stamp) ? [[uid, stamp] as const] : [];
  });
  const same = new Set([...kept.map(({ uid }) => uid), ...(await asStamped(tx, new Map(stamps)))]);
  const numbered = [...judged.differing.map(({ uid }) => uid), ...judged.empty, ...mentions].filter(
    (uid) => !same.has(uid),
  );
  await numberChanges(tx, numbered);
  return numbered;
}

const EVERY_KIND = KINDS.map((kind) => `e:${kind}`).join(', ');

async function stripKinds(tx: ManagedTransaction, uids: readonly string[]): Promise<void> {
  if (uids.length > 0) await tx.run(`UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) REMOVE ${EVERY_KIND}`, { uids });
}

/** Placeholders and mentions as those who refer to them say. Gives those that were still to be mended once they were locked. */
async function mend(tx: ManagedTransaction, wrong: readonly WrongMention[]): Promise<string[]> {
  const mended: string[] = [];
  for (const kind of new Set(wrong.map((one) => one.kind))) {
    const rows = wrong.filter((one) => one.kind === kind);
    const { records } = await tx.run(
      `UNWIND $rows AS row MATCH (e:Entity {uid: row.uid}) SET e.lock = 1
       WITH e, row WHERE e.digest IS NULL AND NOT e:Tombstone AND NOT EXISTS { (e)<-[:DESCRIBES]-(:SourceRecord) }
       WITH e, row, {uid: e.uid, created: e.created, changed: e.changed, stamp: e.stamp} AS kept
       REMOVE ${EVERY_KIND}
       SET e:${kind}, e = row.properties
       SET e += kept
       RETURN e.uid AS uid`,
      { rows },
    );
    mended.push(...records.map((row) => row.get('uid') as string));
  }
  return mended;
}
