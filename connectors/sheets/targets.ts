/** What a volunteer may say that a column is. */
import { KINDS, type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import type { Target } from './headings.ts';

/** Whether a word is a target that `--set` may name for a kind. */
export function isTarget(kind: KindName, target: Target): boolean {
  const [name = '', scheme] = target.split(':');
  const { relations, strong } = kindOf(kind);
  if (OWN.includes(target) || name in propertiesOf(kind) || strong.includes(target)) return true;
  const relation = relations[name];
  return relation !== undefined && (scheme === undefined || kindOf(relation.to as KindName).strong.includes(scheme));
}

const OWN: readonly Target[] = [
  '-',
  'id',
  'dates',
  'begin',
  'end',
  'hours',
  'beginHour',
  'endHour',
  'latitude',
  'longitude',
  'visible',
  'private',
  'address',
  'postcode',
];

/** What `--set` may name, for a message. */
export function targetsOf(kind: KindName): readonly Target[] {
  return [...OWN, ...Object.keys(propertiesOf(kind)), ...kindOf(kind).strong, ...Object.keys(kindOf(kind).relations)];
}

/** Whether a word is a kind of the model. */
export const isKind = (word: string): word is KindName => (KINDS as readonly string[]).includes(word);
