/** The format `omeka-s`: an item as Omeka S gives it in JSON-LD. https://omeka.org/s/docs/developer/api/rest_api/ */
import type { Json } from '../../connector.ts';
import type { Format } from '../../format.ts';
import { cutJson, rowFromJson } from '../reading/json.ts';
import { identityOf, mapItem } from './item.ts';

export const omekaS: Format = {
  name: 'omeka-s',
  version: 1,
  cut: (file, _, tell) =>
    cutJson(
      file,
      {
        lists: ['items'],
        id: (row: Json) => identityOf(row)?.id,
        modified: (row: Json) => identityOf(row)?.modified,
        isRow: (value: Json) => identityOf(value) !== undefined,
      },
      tell,
    ),
  row: rowFromJson,
  map: (row, context) => mapItem(row, context),
};
