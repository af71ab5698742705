/** The format `iiif`: manifests of IIIF Presentation 2 and 3, from a collection (protocol `iiif`) or from files. https://iiif.io/api/presentation/ */
import type { Json } from '../../connector.ts';
import type { Format } from '../../format.ts';
import type { LocatedCut, ReadableFile, Tell } from '../reading/file.ts';
import { cutJson, rowFromJson } from '../reading/json.ts';
import { idIn, objectIn } from '../shared/json-ld.ts';
import { mapManifest, storedManifest } from './manifest.ts';

export const iiif: Format = {
  name: 'iiif',
  version: 1,
  cut: (file, _, tell) => cutManifests(file, tell),
  row: rowFromJson,
  map: (row, context) => mapManifest(row, context),
};

/** A file holds one manifest, or an array of them. */
async function* cutManifests(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const wanted = { lists: [], id: (row: Json) => idIn(row), isRow: (value: Json) => objectIn(value) !== undefined };
  for await (const cut of cutJson(file, wanted, tell)) {
    if (cut.kind === 'record') {
      const { row, raw } = storedManifest(cut.row, cut.raw);
      yield { ...cut, row, raw };
    } else yield cut;
  }
}
