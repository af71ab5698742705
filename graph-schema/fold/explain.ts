/** Where every value of an entity comes from. Nothing of it is stored: the fold is pure, so it is folded again when asked. */
import { type LicenceLayer, layerOf } from '../licences.ts';
import type { KindName } from '../model.ts';
import { audible, byPrecedence, type DescribingRecord } from './describing.ts';
import { winners } from './fold.ts';

export interface FieldProvenance {
  readonly field: string;
  readonly source: string;
  readonly recordId: string;
  /** Of that record, as its source states it, and the layer that it is (licences.ts). */
  readonly licence: string | undefined;
  readonly licenceLayer: LicenceLayer;
}

/** Field by field, the source and the record that won. Only what may be seen is explained: hidden records never are, unless nothing else describes the entity. */
export function explain(kind: KindName, records: readonly DescribingRecord[]): readonly FieldProvenance[] {
  const sorted = [...audible(records).records].sort(byPrecedence);
  return [...winners(kind, sorted)].map(([field, { source, id, record }]) => {
    const licence = record.fields['licence'] as string | undefined;
    return { field, source, recordId: id, licence, licenceLayer: layerOf(licence) };
  });
}
