/** A page of entities judged: what the fold gives for each, and where that is not what stands. Reads only. */
import type { ManagedTransaction } from 'neo4j-driver';
import { KINDS, type KindName } from '../model.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { canonical } from './canonical.ts';
import type { DescribingRecord } from './describing.ts';
import { edgeKey, edgesOf, entityProperties, type FoldedEntity } from './entities.ts';
import { foldEntity } from './fold.ts';
import { inLedger } from './identity.ts';
import { describingRecords } from './records.ts';
import { ledgerUids, type Stands, standingWhole, type Undescribed, undescribed } from './stands.ts';
import { uidOf } from './uid.ts';
import { type References, referencesOf } from './write.ts';

/** A placeholder or mention that is not as those who refer to it say. */
export interface WrongMention {
  readonly uid: string;
  readonly kind: KindName;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Judged {
  readonly stands: ReadonlyMap<string, Stands>;
  /** The entities whose fold is not what stands. */
  readonly differing: readonly FoldedEntity[];
  /** Nothing describes them any more. */
  readonly empty: readonly string[];
  /** Labels stand on them that are not theirs. */
  readonly mislabelled: readonly string[];
  readonly wrong: readonly WrongMention[];
  /** The entities that lead to what is wrong. */
  readonly speakers: readonly string[];
  /** The placeholders and mentions that the page leads to. */
  readonly referred: ReadonlyMap<string, Undescribed>;
}

/** How it is kept, not what it is: left alone where the rest is right. */
const KEPT: ReadonlySet<string> = new Set(['created', 'changed', 'lock', 'stamp']);
const OF_TOMBSTONES: ReadonlySet<string> = new Set(['uid', 'deletedAt', ...KEPT]);
const KIND_LABELS: ReadonlySet<string> = new Set(KINDS);

/** Judges these entities. Under their locks the judgement holds until the transaction ends; without, it is a good guess. */
export async function judge(tx: ManagedTransaction, uids: readonly string[], resolver: Resolver): Promise<Judged> {
  const stands = await standingWhole(tx, uids);
  const describing = new Map<string, DescribingRecord[]>();
  for (const { uid, key: _, ...record } of await describingRecords(tx, uids)) {
    const others = describing.get(uid);
    if (others) others.push(record);
    else describing.set(uid, [record]);
  }
  const folds = [...describing].map(([uid, records]) => ({ uid, folded: foldEntity(records, resolver) }));
  const references = referencesOf(folds);
  const uidOfKey = await uidsOf(tx, references);
  const differing = folds.filter(({ uid, folded }) => {
    const standing = stands.get(uid);
    return standing === undefined || differs({ uid, folded }, standing, uidOfKey);
  });
  const others = uids.filter((uid) => !describing.has(uid) && stands.has(uid));
  const referred = await undescribed(tx, [...new Set(uidOfKey.values())]);
  const wrong = wrongMentions(references, uidOfKey, referred);
  const wrongUids = new Set(wrong.map(({ uid }) => uid));
  const leadsToWrong = ({ folded }: FoldedEntity) =>
    folded.links.some(({ key }) => wrongUids.has(uidOfKey.get(key) ?? ''));
  return {
    stands,
    differing,
    empty: others.filter((uid) => isEmptied(stands.get(uid)!)),
    mislabelled: differing
      .filter(({ uid, folded }) => isMislabelled(stands.get(uid), folded.kind))
      .map(({ uid }) => uid),
    wrong,
    speakers: wrong.length === 0 ? [] : folds.filter(leadsToWrong).map(({ uid }) => uid),
    referred,
  };
}

async function uidsOf(tx: ManagedTransaction, references: References): Promise<Map<string, string>> {
  const shared = [...references].filter(([, { kind }]) => inLedger(kind)).map(([key]) => key);
  const uids = await ledgerUids(tx, shared);
  for (const [key, { kind }] of references) if (!inLedger(kind)) uids.set(key, uidOf(key));
  return uids;
}

function differs(
  { uid, folded }: FoldedEntity,
  { labels, properties, relations }: Stands,
  uidOfKey: ReadonlyMap<string, string>,
): boolean {
  const wanted = ['Entity', folded.kind, ...(folded.published ? ['Published'] : [])];
  const standing = labels.filter((label) => folded.published || label !== 'Withdrawn');
  if (standing.length !== wanted.length || wanted.some((label) => !standing.includes(label))) return true;
  const said = canonical(entityProperties(uid, folded, undefined), KEPT);
  if (said !== canonical(properties, KEPT)) return true;
  if (folded.links.some(({ key }) => !uidOfKey.has(key))) return true;
  const edges = edgesOf(uid, folded.links, uidOfKey).map(edgeKey);
  const standingEdges = new Set(relations.map((relation) => edgeKey({ from: uid, ...relation })));
  return edges.length !== relations.length || edges.some((edge) => !standingEdges.has(edge));
}

/** Described once and no longer; or a tombstone that holds more than it should. */
function isEmptied({ labels, properties, relations, recorded }: Stands): boolean {
  if (!labels.includes('Tombstone')) return (properties['digest'] ?? null) !== null || recorded;
  return (
    relations.length > 0 ||
    labels.some((label) => label === 'Published' || KIND_LABELS.has(label)) ||
    Object.keys(properties).some((name) => !OF_TOMBSTONES.has(name))
  );
}

function isMislabelled(stands: Stands | undefined, kind: KindName): boolean {
  return stands?.labels.some((label) => label !== kind && KIND_LABELS.has(label)) ?? false;
}

/** Fields follow from the key, or belong to the one record that brings the mention: whoever refers to it says the same. */
function wrongMentions(
  references: References,
  uidOfKey: ReadonlyMap<string, string>,
  referred: ReadonlyMap<string, Undescribed>,
): WrongMention[] {
  const wrong = new Map<string, WrongMention>();
  for (const [key, { kind, properties }] of references) {
    const stands = referred.get(uidOfKey.get(key) ?? '');
    if (stands === undefined) continue;
    const isLabelled =
      stands.labels.includes(kind) && !isMislabelled({ ...stands, relations: [], recorded: false }, kind);
    const isBare = Object.keys(properties).length === 0;
    const said = canonical({ ...properties, uid: stands.uid });
    if (isLabelled && (isBare || said === canonical(stands.properties, KEPT))) continue;
    wrong.set(stands.uid, { uid: stands.uid, kind, properties: isBare ? withoutKept(stands.properties) : properties });
  }
  return [...wrong.values()];
}

function withoutKept(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !KEPT.has(name)));
}
