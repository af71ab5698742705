/** The format `edm`: the Europeana Data Model in RDF/XML, from OAI-PMH or from files. https://pro.europeana.eu/page/edm-documentation */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { GeoPoint } from '#graph-schema/property.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { childrenOf, descend, type OaiRow, textOf, type XmlElement } from '../../xml.ts';
import { describedObject, type Meaning, type ObjectKind, type Said } from '../shared/described.ts';
import { textOfHtml } from '../shared/html.ts';
import { unique, webAddress } from '../shared/text.ts';
import { readPoint } from '../table/values.ts';
import { cutEdm, edmFromRaw } from './cut.ts';
import {
  aboutOf,
  addressesIn,
  byLanguage,
  classOf,
  isLiteral,
  nodesIn,
  propertiesOf,
  RDF_NS,
  resourceOf,
  wordsOf,
} from './rdf.ts';
import { viewsOf } from './views.ts';

export const edm: Format = {
  name: 'edm',
  version: 1,
  cut: (file, _, tell) => cutEdm(file, tell),
  row: edmFromRaw,
  map: (row, context) => mapRow(row as unknown as OaiRow | XmlElement, context),
};

/** What the properties of the thing say, in the order in which the first of a kind is preferred. */
const PROPERTIES: readonly (readonly [name: string, meaning: Meaning, label?: string])[] = [
  ['title', 'title'],
  ['alternative', 'alternative'],
  ['description', 'description'],
  ['abstract', 'description'],
  ['tableOfContents', 'other', 'Contenu'],
  ['created', 'date'],
  ['date', 'date'],
  ['issued', 'date'],
  ['creator', 'creator'],
  ['contributor', 'creator', 'contributeur'],
  ['identifier', 'identifier'],
  ['type', 'type'],
  ['hasType', 'type'],
  ['medium', 'technique'],
  ['extent', 'dimensions'],
  ['format', 'format'],
  ['spatial', 'place'],
  ['temporal', 'period'],
  ['coverage', 'coverage'],
  ['subject', 'subject'],
  ['publisher', 'other', 'Éditeur'],
  ['language', 'other', 'Langue'],
  ['source', 'other', 'Source'],
  ['provenance', 'other', 'Provenance'],
  ['isPartOf', 'other', 'Fait partie de'],
  ['relation', 'other', 'En relation avec'],
  ['bibliographicCitation', 'other', 'Référence'],
  ['rights', 'other', 'Droits'],
];

/** Properties whose words are lost where they are an address alone. */
const NAMING = ['creator', 'contributor', 'subject', 'spatial', 'temporal', 'medium', 'hasType'] as const;

/** Of EDM's five types, what each is where the words of the record do not tell. A picture may show anything. */
const KINDS: Readonly<Record<string, ObjectKind>> = { TEXT: 'document', VIDEO: 'film', SOUND: 'testimony' };

/** The parts of one record: the thing, who describes it, what shows it, and what they name. */
interface Parts {
  readonly thing: XmlElement;
  /** The thing and the proxies in which partners describe it. */
  readonly describing: readonly XmlElement[];
  readonly aggregations: readonly XmlElement[];
  readonly byAddress: ReadonlyMap<string, XmlElement>;
}

function mapRow(row: OaiRow | XmlElement, context: MappingContext): Mapping {
  const root = 'metadata' in row ? row.metadata : row;
  const { id } = context;
  const parts = partsIn(root);
  if (!parts) {
    const found = `{${root.ns}}${root.name}`;
    return { rejected: finding('format-row-foreign', { id, format: 'edm', found }) };
  }
  const notes: Finding[] = parts.several > 1 ? [finding('format-several-items', { id, count: parts.several })] : [];
  return mapThing(parts, id, notes);
}

function partsIn(root: XmlElement): (Parts & { readonly several: number }) | undefined {
  const document = [root, ...childrenOf(root), ...descend(root, 'record', 'metadata', 'RDF')].find(
    ({ name, ns }) => name === 'RDF' && ns === RDF_NS,
  );
  const all = nodesIn(childrenOf(document ?? root));
  const things = all.filter((one) => classOf(one) === 'ProvidedCHO');
  const [thing] = things;
  if (!thing) return undefined;
  const about = aboutOf(thing);
  const isItsOwn = (part: XmlElement, name: string) =>
    things.length === 1 || propertiesOf([part], name).some((one) => resourceOf(one) === about);
  const proxies = all.filter((one) => classOf(one) === 'Proxy' && isItsOwn(one, 'proxyFor') && !isEuropeanas(one));
  const aggregations = all.filter(
    (one) => /^(Europeana)?Aggregation$/.test(classOf(one)) && isItsOwn(one, 'aggregatedCHO'),
  );
  const byAddress = new Map(all.flatMap((one) => entryOf(one)));
  return { thing, describing: [thing, ...proxies], aggregations, byAddress, several: things.length };
}

function entryOf(part: XmlElement): readonly (readonly [string, XmlElement])[] {
  const about = aboutOf(part);
  return about === undefined || classOf(part) === 'ProvidedCHO' ? [] : [[about, part]];
}

/** Europeana's own proxy says what machines added: not what the partner said. */
const isEuropeanas = (proxy: XmlElement): boolean =>
  propertiesOf([proxy], 'europeanaProxy').some((one) => textOf(one) === 'true');

function mapThing(parts: Parts, id: string, notes: Finding[]): Mapping {
  const { thing, describing, aggregations } = parts;
  const edmType = propertiesOf(describing, 'type')
    .map(textOf)
    .find((type) => Object.hasOwn(KINDS, type));
  const said: Said[] = [
    ...PROPERTIES.flatMap(([name, meaning, label]) => saidBy(parts, name, meaning, label)),
    ...creditsOf(parts).map((text) => ({ meaning: 'credit' as const, text })),
  ];
  const page = addressesIn(aggregations, 'isShownAt').map(webAddress).find(Boolean);
  noteUnresolved(parts, id, notes);
  return describedObject(
    {
      id,
      said,
      kind: KINDS[edmType ?? ''] ?? 'object',
      page,
      point: pointOf(parts, notes),
      addresses: unique([aboutOf(thing), id, page, ...addressesIn(describing, 'sameAs')]),
      media: viewsOf(aggregations, parts.byAddress),
      named: 'dc:title, dc:type',
    },
    notes,
  );
}

/** The values of one property: words in the preferred language, or the name of what it leads to. */
function saidBy(parts: Parts, name: string, meaning: Meaning, label: string | undefined): readonly Said[] {
  const properties = propertiesOf(parts.describing, name);
  if (properties.length === 0) return [];
  const { chosen, others } = byLanguage(properties.filter(isLiteral));
  const led = properties.filter((one) => !isLiteral(one)).map((one) => nameOf(one, parts.byAddress));
  const words = unique([...chosen.map(wordsOf), ...led].map((text) => (text?.includes('<') ? textOfHtml(text) : text)));
  const said = words.map((text) => ({ meaning, text, label }));
  if (meaning !== 'title') return said;
  return [...said, ...unique(others.map(wordsOf)).map((text) => ({ meaning: 'alternative' as const, text }))];
}

/** What a resource is called: the label of the person, place, time or concept, in French where there is one. An address alone is no name. */
function nameOf(property: XmlElement, byAddress: ReadonlyMap<string, XmlElement>): string | undefined {
  const [inner] = childrenOf(property);
  const resource = inner ?? byAddress.get(resourceOf(property) ?? '');
  if (!resource) return undefined;
  const label = ['prefLabel', 'title', 'label', 'name', 'altLabel']
    .flatMap((name) => byLanguage(propertiesOf([resource], name)).chosen.map(wordsOf))
    .find(Boolean);
  return label ?? spanOf(resource);
}

/** Addresses that stand in the place of words, and of which the record says nothing more. */
function noteUnresolved({ describing, byAddress }: Parts, id: string, notes: Finding[]): void {
  const unresolved = NAMING.flatMap((name) =>
    propertiesOf(describing, name).filter((one) => !isLiteral(one) && nameOf(one, byAddress) === undefined),
  );
  const [example] = unresolved.map(resourceOf);
  if (unresolved.length > 0)
    notes.push(
      finding('edm-links-unresolved', { id, count: unresolved.length, example: (example ?? '?').slice(0, 200) }),
    );
}

/** A time span without a label: its begin and end. */
function spanOf(resource: XmlElement): string | undefined {
  const [begin, end] = ['begin', 'end'].map((name) => propertiesOf([resource], name).map(textOf).find(Boolean));
  if (begin === undefined || end === undefined) return begin ?? end;
  return begin === end ? begin : `${begin}/${end}`;
}

/** Who holds it and who brought it, once each. */
function creditsOf({ aggregations, byAddress }: Parts): readonly string[] {
  return unique(
    ['dataProvider', 'intermediateProvider', 'provider'].flatMap((name) => {
      const properties = propertiesOf(aggregations, name);
      const { chosen } = byLanguage(properties.filter(isLiteral));
      return [...chosen.map(wordsOf), ...properties.map((one) => nameOf(one, byAddress))].slice(0, 3);
    }),
  ).slice(0, 3);
}

/** Where the thing is: its own position, that of the place where it is kept, or that of the only place that it names. */
function pointOf({ thing, describing, byAddress }: Parts, notes: Finding[]): GeoPoint | undefined {
  const named = (name: string) =>
    propertiesOf(describing, name).flatMap((one) => {
      const place = childrenOf(one)[0] ?? byAddress.get(resourceOf(one) ?? '');
      return place ? [place] : [];
    });
  const places = named('spatial').flatMap((place) => positionOf(place, 'area', notes) ?? []);
  const [kept] = named('currentLocation').flatMap((place) => positionOf(place, 'site', notes) ?? []);
  return positionOf(thing, 'site', notes) ?? kept ?? (places.length === 1 ? places[0] : undefined);
}

function positionOf(element: XmlElement, precision: GeoPoint['precision'], notes: Finding[]): GeoPoint | undefined {
  const [latitude, longitude] = ['lat', 'long'].map((name) => childrenOf(element, name).map(textOf).find(Boolean));
  return latitude === undefined || longitude === undefined
    ? undefined
    : readPoint(latitude, longitude, precision, notes);
}
