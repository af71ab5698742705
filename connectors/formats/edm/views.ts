/** What shows an EDM thing: the pictures, films and sounds of its aggregation, each with the rights of its own `edm:WebResource`. */
import type { Link } from '#graph-schema/record.ts';
import { childrenOf, textOf, type XmlElement } from '../../xml.ts';
import { mediaLinks, type Picture } from '../shared/objects.ts';
import { tidyLine, unique, webAddress } from '../shared/text.ts';
import { addressesIn, byLanguage, wordsOf } from './rdf.ts';

/** A record names so many at most; a book of a thousand pages is seen at the partner's. */
const MOST_VIEWS = 50;

/** Links to what shows the thing, the main view first; IIIF manifests where a picture names one. */
export function viewsOf(
  aggregations: readonly XmlElement[],
  byAddress: ReadonlyMap<string, XmlElement>,
): (name: string) => readonly Link[] {
  const addresses = unique(addressesIn(aggregations, 'isShownBy', 'object', 'hasView')).slice(0, MOST_VIEWS);
  const pictures = addresses.flatMap((address) => pictureAt(address, byAddress.get(address), aggregations));
  const manifests = unique(
    addresses.flatMap((address) => {
      const resource = byAddress.get(address);
      return resource ? addressesIn([resource], 'isReferencedBy').map(webAddress) : [];
    }),
  ).filter((address) => /manifest|iiif/i.test(address));
  return (name) => [...manifests.flatMap((url) => manifestLink(url, name)), ...mediaLinks(pictures, name)];
}

function manifestLink(url: string, name: string): readonly Link[] {
  return mediaLinks([{ url }], name).map((link) =>
    'media' in link ? { ...link, media: { ...link.media, mediaType: 'iiif-manifest' as const } } : link,
  );
}

/** `edm:rights` of the aggregation holds for every view that says nothing of its own (EDM mapping guidelines, 2.4). */
function pictureAt(
  address: string,
  resource: XmlElement | undefined,
  aggregations: readonly XmlElement[],
): readonly Picture[] {
  const url = webAddress(address);
  if (url === undefined) return [];
  const own = resource ? addressesIn([resource], 'rights') : [];
  const stated = own.length > 0 ? own : addressesIn(aggregations, 'rights');
  const [mediaType] = resource
    ? [...childrenOf(resource, 'hasMimeType'), ...childrenOf(resource, 'format')].map(textOf)
    : [];
  return [
    {
      url,
      mediaType,
      title: resource && first(resource, 'title', 'description'),
      credit: resource && first(resource, 'creator'),
      rights: tidyLine(stated.filter((one) => webAddress(one) === undefined).join(' ; ')) ?? stated[0],
      rightsUri: stated.map(webAddress).find(Boolean),
    },
  ];
}

function first(resource: XmlElement, ...names: readonly string[]): string | undefined {
  const [literal] = names.flatMap((name) => byLanguage(childrenOf(resource, name)).chosen);
  return literal && tidyLine(wordsOf(literal))?.slice(0, 500);
}
