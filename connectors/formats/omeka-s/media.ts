/** What shows an item of Omeka S: its thumbnail, or each of its media where they were asked for. */
import type { Link } from '#graph-schema/record.ts';
import type { ObjectKind } from '../shared/described.ts';
import { type JsonObject, listIn, objectIn, textIn } from '../shared/json-ld.ts';
import { mediaLinks, type Picture } from '../shared/objects.ts';
import { tidyLine, webAddress, withoutEmails } from '../shared/text.ts';
import { isPrivate, textsOf } from './values.ts';

export interface Shown {
  readonly links: (name: string) => readonly Link[];
  /** The nature of the item where its media are film or sound. */
  readonly surely: ObjectKind | undefined;
}

interface ShownMedia extends Picture {
  readonly isManifest: boolean;
}

/** `o:media` holds references, or whole media where the source asks for them (`media: true`). The rights of a picture are those of its own media. */
export function shownBy(item: JsonObject): Shown {
  const media = listIn(item['o:media'])
    .map(objectIn)
    .filter((one): one is JsonObject => one !== undefined && one['o:is_public'] !== false)
    .flatMap(mediaOf);
  const thumbnail = media.length > 0 ? undefined : thumbnailOf(item);
  const shown = thumbnail === undefined ? media : [{ url: thumbnail, mediaType: 'image/*', isManifest: false }];
  const [first] = media;
  const surely = /^video\//.test(first?.mediaType ?? '')
    ? 'film'
    : /^audio\//.test(first?.mediaType ?? '')
      ? 'testimony'
      : undefined;
  return {
    surely,
    links: (name) =>
      mediaLinks(shown, name).map((link) => {
        const isManifest = shown.some((one) => 'media' in link && one.url === link.media.url && one.isManifest);
        return isManifest && 'media' in link ? { ...link, media: { ...link.media, mediaType: 'iiif-manifest' } } : link;
      }),
  };
}

/** A media that was given whole; nothing for a reference. */
function mediaOf(media: JsonObject): readonly ShownMedia[] {
  const renderer = textIn(media['o:renderer']) ?? '';
  const source = webAddress(textIn(media['o:source']));
  const isElsewhere = /youtube|vimeo|iiif|oembed/.test(renderer);
  const url = (isElsewhere ? source : undefined) ?? webAddress(textIn(media['o:original_url'])) ?? thumbnailOf(media);
  if (url === undefined) return [];
  const shown = (term: string) => listIn(media[term]).filter((value) => !isPrivate(value));
  const of = (term: string) => textsOf(shown(term)).chosen;
  const rights = [...of('dcterms:license'), ...of('dcterms:rights')];
  const addresses = [...shown('dcterms:license'), ...shown('dcterms:rights')];
  const type = textIn(media['o:media_type']);
  return [
    {
      url,
      isManifest: /iiif_presentation/.test(renderer),
      title: tidyLine(of('dcterms:title')[0]),
      mediaType: /youtube|vimeo/.test(renderer) ? 'video/*' : type,
      rights: tidyLine(rights[0]),
      rightsUri: [...addresses.map((one) => textIn(objectIn(one)?.['@id'])), ...rights].map(webAddress).find(Boolean),
      credit: withoutEmails(of('dcterms:creator').join(' ; ')),
    },
  ];
}

function thumbnailOf(resource: JsonObject): string | undefined {
  const sizes = objectIn(resource['thumbnail_display_urls']) ?? objectIn(resource['o:thumbnail_urls']);
  return [sizes?.['large'], sizes?.['medium'], sizes?.['square']].map((one) => webAddress(textIn(one))).find(Boolean);
}
