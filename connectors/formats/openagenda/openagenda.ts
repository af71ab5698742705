/** The format `openagenda`: an event as the API v2 of OpenAgenda gives it. https://developers.openagenda.com/ */
import type { Format } from '../../format.ts';
import { cutJson, rowFromJson } from '../reading/json.ts';
import { mapEvent } from './event.ts';
import { identityOf, isEvent } from './identity.ts';

export const openAgenda: Format = {
  name: 'openagenda',
  version: 1,
  cut: (file, _, tell) =>
    cutJson(
      file,
      {
        lists: ['events'],
        id: (row) => identityOf(row)?.id,
        modified: (row) => identityOf(row)?.modified,
        isRow: isEvent,
      },
      tell,
    ),
  row: rowFromJson,
  map: (row, context) => mapEvent(row, context),
};
