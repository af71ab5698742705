/** What a manifest shows: itself, and one picture that stands for it, at a size that fits a page. https://iiif.io/api/image/ */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { ObjectKind } from '../shared/described.ts';
import { idIn, type JsonObject, listIn, objectIn, textIn, typeIn } from '../shared/json-ld.ts';
import { mediaLinks, type Picture } from '../shared/objects.ts';
import { RIGHTS } from '../shared/rights.ts';
import { webAddress } from '../shared/text.ts';

/** Of the picture that is shown, in pixels. */
const WIDTH = 1_024;

/** Rights as the manifest states them: of what it shows, not of the notice. */
export interface ShownRights {
  readonly rights: string | undefined;
  readonly rightsUri: string | undefined;
  readonly credit: string | undefined;
}

/** What is painted on a canvas: a picture, a film, a sound. */
interface Painted {
  readonly body: JsonObject;
  readonly kind: 'image' | 'video' | 'audio';
}

/** Film or sound where the first canvas has it; undefined for pictures. */
export function filmOrSound(manifest: JsonObject): ObjectKind | undefined {
  const kind = paintedIn(manifest)?.kind;
  return kind === 'video' ? 'film' : kind === 'audio' ? 'testimony' : undefined;
}

/** How long its film or sound lasts, `12:30`; undefined where it is not said. */
export function durationOf(manifest: JsonObject): string | undefined {
  const seconds = Number(paintedIn(manifest)?.body['duration'] ?? firstCanvas(manifest)?.['duration']);
  if (!Number.isFinite(seconds) || seconds <= 0) return undefined;
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Links to the manifest and to what stands for it. `address` is where the manifest was found. */
export function shownBy(
  manifest: JsonObject,
  address: string | undefined,
  said: ShownRights,
  notes: Finding[],
): (name: string) => readonly Link[] {
  const whole: Picture[] = address === undefined ? [] : [{ url: address, ...said }];
  const painted = paintedIn(manifest);
  const locked = isLocked(manifest) || (painted !== undefined && isLocked(painted.body));
  if (locked) notes.push(finding('iiif-picture-locked', { id: address ?? '?' }));
  const picture = locked ? undefined : pictureOf(manifest, painted);
  const shown: Picture[] = picture === undefined ? [] : [{ ...picture, ...said }];
  return (name) => [
    ...mediaLinks(whole, name).map((link) => cautious(withType(link, 'iiif-manifest'), said)),
    ...mediaLinks(shown, name).map((link) => cautious(link, said)),
  ];
}

function withType(link: Link, mediaType: 'iiif-manifest'): Link {
  return 'media' in link ? { ...link, media: { ...link.media, mediaType } } : link;
}

/** Where an address of conditions stands, they decide and not the words beside them: "domaine public" of Gallica is under Gallica's own conditions. */
function cautious(link: Link, { rightsUri }: ShownRights): Link {
  if (!('media' in link) || rightsUri === undefined || RIGHTS.republishable(undefined, rightsUri) !== undefined)
    return link;
  const { republishable, ...media } = link.media;
  return republishable === true ? { ...link, media } : link;
}

function pictureOf(manifest: JsonObject, painted: Painted | undefined): Picture | undefined {
  if (painted && painted.kind !== 'image') {
    const url = webAddress(idIn(painted.body));
    return url === undefined ? undefined : { url, mediaType: `${painted.kind}/*` };
  }
  const thumbnail = listIn(manifest['thumbnail'])[0];
  const chosen =
    sizedImage(objectIn(thumbnail)) ??
    (painted && sizedImage(painted.body)) ??
    webAddress(painted && idIn(painted.body)) ??
    webAddress(idIn(thumbnail));
  return chosen === undefined ? undefined : { url: chosen, mediaType: 'image/*' };
}

/** The address of an image service at a size that it serves. Undefined without a service that sizes. */
function sizedImage(resource: JsonObject | undefined): string | undefined {
  const service = listIn(resource?.['service']).map(objectIn).find(isImageService);
  const base = webAddress(idIn(service)?.replace(/\/(info\.json)?$/, ''));
  if (!resource || !service || base === undefined || isUnsized(service)) return undefined;
  const width = Number(resource['width'] ?? service['width']);
  const old = /image-api\/1|api\/image\/1|image\/1\b/.test(wordsIn(service['@context']).join(' '));
  const isSmall = width > 0 && width <= WIDTH;
  const size = isSmall ? (typeIn(service) === 'ImageService3' ? 'max' : 'full') : `${WIDTH},`;
  return `${base}/full/${size}/0/${old ? 'native' : 'default'}.jpg`;
}

function isImageService(service: JsonObject | undefined): boolean {
  if (!service) return false;
  const said = [service['@context'], service['profile'], service['type'], service['@type']].flatMap(wordsIn).join(' ');
  return /image/i.test(said) && !/\/auth/.test(said);
}

const wordsIn = (value: Json | undefined): readonly string[] => listIn(value).flatMap((one) => textIn(one) ?? []);

/** Level 0 serves only what lies ready. */
const isUnsized = (service: JsonObject): boolean =>
  listIn(service['profile']).some((profile) => /level0|#level-?0/.test(textIn(profile) ?? ''));

/** Whoever looks at it must log in first: https://iiif.io/api/auth/ */
function isLocked(resource: JsonObject): boolean {
  const services = listIn(resource['service']).flatMap((one) => [one, ...listIn(objectIn(one)?.['service'])]);
  return services.some((one) => {
    const service = objectIn(one);
    const said = `${textIn(service?.['profile']) ?? ''} ${typeIn(service) ?? ''}`;
    return /\/auth\/\d\/(login|clickthrough|kiosk)|AuthCookieService|AuthProbeService|AuthAccessService/.test(said);
  });
}

function firstCanvas(manifest: JsonObject): JsonObject | undefined {
  const sequence = objectIn(listIn(manifest['sequences'])[0]);
  const canvases = sequence ? sequence['canvases'] : (manifest['items'] ?? manifest['canvases']);
  return listIn(canvases).map(objectIn).find(Boolean);
}

/** The first thing on the first canvas. */
function paintedIn(manifest: JsonObject): Painted | undefined {
  const canvas = firstCanvas(manifest);
  const media = objectIn(listIn(objectIn(listIn(manifest['mediaSequences'])[0])?.['elements'])[0]);
  const annotation = canvas?.['images'] ?? objectIn(listIn(canvas?.['items'])[0])?.['items'];
  const first = objectIn(listIn(annotation)[0]);
  const body = choiceIn(first?.['resource'] ?? first?.['body']) ?? media;
  if (!body) return undefined;
  const type = `${typeIn(body) ?? ''} ${textIn(body['format']) ?? ''}`;
  return { body, kind: /video|movingimage/i.test(type) ? 'video' : /sound|audio/i.test(type) ? 'audio' : 'image' };
}

/** Of several to choose from, the one that is shown first; of a part or a turned one, the whole. */
function choiceIn(value: Json | undefined, depth = 0): JsonObject | undefined {
  const body = objectIn(listIn(value)[0]);
  const type = body && typeIn(body);
  if (type === 'Choice' && depth < 3)
    return choiceIn(body?.['default'] ?? body?.['item'] ?? body?.['items'], depth + 1);
  if (type === 'SpecificResource') return objectIn(body?.['source'] ?? body?.['full']) ?? body;
  return body;
}
