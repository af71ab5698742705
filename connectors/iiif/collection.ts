/** A collection of IIIF Presentation 2 (`manifests`, `collections`, `members`, pages by `first` and `next`) or 3 (`items`): what it leads to. */
import type { Json } from '../connector.ts';
import { idIn, type JsonObject, listIn, objectIn, textIn, typeIn } from '../formats/shared/json-ld.ts';

/** One reference of a collection. `id` is as the partner writes it; undefined where it has none. */
export interface Member {
  readonly kind: 'manifest' | 'collection';
  readonly id: string | undefined;
}

export interface CollectionPage {
  /** In the partner's order. */
  readonly members: readonly Member[];
  /** The next page of the same collection, or its first page where its members stand on pages. */
  readonly next: string | undefined;
  /** How many members the collection has on all its pages, where it says so. */
  readonly total: number | undefined;
}

/** Reads a document as a collection; undefined where it is none. */
export function collectionIn(document: Json | undefined): CollectionPage | undefined {
  const object = objectIn(document);
  const type = typeIn(document);
  const isOne =
    type === undefined
      ? object?.['manifests'] !== undefined || object?.['members'] !== undefined
      : /^(Collection|CollectionPage|OrderedCollection|OrderedCollectionPage)$/.test(type);
  if (!object || !isOne) return undefined;
  const members = [
    ...membersOf(object, 'collections', 'collection'),
    ...membersOf(object, 'manifests', 'manifest'),
    ...membersOf(object, 'members', undefined),
    ...membersOf(object, 'items', undefined),
  ];
  const total = Number(textIn(object['total']));
  return {
    members,
    next: idIn(object['next']) ?? (members.length === 0 ? idIn(object['first']) : undefined),
    total: Number.isSafeInteger(total) && total >= 0 ? total : undefined,
  };
}

/** Canvases and other things that may stand beside manifests are none. */
function membersOf(collection: JsonObject, key: string, kind: Member['kind'] | undefined): readonly Member[] {
  return listIn(collection[key]).flatMap((value): readonly Member[] => {
    const type = typeIn(value);
    const said = type === 'Collection' ? 'collection' : type === 'Manifest' ? 'manifest' : undefined;
    const known = said ?? (type === undefined ? (kind ?? 'manifest') : undefined);
    return known === undefined ? [] : [{ kind: known, id: idIn(value) }];
  });
}
