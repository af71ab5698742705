/** The commune of an event from its location in words, where no record says its place. */
import type { DescribingRecord } from '../fold/describing.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import { textOf } from './fields.ts';
import type { Inference } from './inferrer.ts';
import type { InferenceRules } from './rules.ts';

const SEPARATOR = /[,;\n|]| [-–—] /;
/** A commune's code: an event takes place in one, not in a department. */
const COMMUNES: ReadonlySet<string> = new Set(['insee', 'nis']);

/** The surest that the first location tells; undefined where a place is stated or none is told. */
export function placeOf(
  records: readonly DescribingRecord[],
  resolver: Resolver,
  { confidence, least }: InferenceRules,
): Inference | undefined {
  if (records.some(({ record }) => record.relations['place']?.length)) return undefined;
  for (const { record } of records) {
    const text = textOf(record.fields['location']);
    if (text === undefined) continue;
    for (const part of partsOf(text)) {
      const found = resolver.places(part);
      const [place] = found;
      if (place === undefined) continue;
      const sure = Math.min(confidence.location, place.confidence);
      if (found.length > 1 || !COMMUNES.has(place.identifier.scheme) || sure < least) return undefined;
      return {
        relation: 'place',
        identifier: place.identifier,
        rule: 'location',
        confidence: sure,
        text: text.slice(0, 200),
      };
    }
    return undefined;
  }
  return undefined;
}

/** The whole, then its parts from the last: "Salle des fêtes, 59190 Hazebrouck". */
function partsOf(text: string): readonly string[] {
  const parts = text.split(SEPARATOR).map((part) => part.trim());
  return [text, ...(parts.length > 1 ? parts.toReversed() : [])].filter((part) => part !== '');
}
