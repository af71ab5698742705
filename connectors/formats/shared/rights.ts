/** What the words about rights allow (graph-schema/licences.ts). Only what is said counts: what is not said is not permitted. */
import { layerOf, republishableUnder } from '#graph-schema/licences.ts';

/** True where a licence that permits it is named, false where it is refused, undefined where nothing tells. */
function republishable(rights: string | undefined, uri: string | undefined): boolean | undefined {
  return republishableUnder(layerOf(rights, uri));
}

export const RIGHTS = { republishable } as const;
