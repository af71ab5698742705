/** The format `oai-dc`: unqualified Dublin Core as collection tools fill it. http://www.openarchives.org/OAI/2.0/oai_dc/ */

import { readDate } from '#graph-schema/dates.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Format, Mapping, MappingContext } from '../format.ts';
import { childrenOf, descend, type OaiRow, textOf, type XmlElement } from '../xml.ts';
import { cutDublinCore, dublinCoreFromRaw } from './oai-dc-cut.ts';
import {
  cutTitle,
  dateOf,
  defined,
  makers,
  mediaLinks,
  mediaTypeOf,
  objectKindOf,
  objectMapping,
  objectName,
  type Picture,
  wordLinks,
} from './shared/objects.ts';
import { arkIn, bareTerms, qualified, splitList, tidyLine, unique, webAddress, withoutEmails } from './shared/text.ts';

const DC_NS = 'http://purl.org/dc/elements/1.1/';

export const oaiDc: Format = {
  name: 'oai-dc',
  version: 2,
  cut: (file, _, tell) => cutDublinCore(file, tell),
  row: dublinCoreFromRaw,
  map: (row, context) => mapRow(row as unknown as OaiRow, context),
};

type Values = (name: string) => readonly string[];

function mapRow(row: OaiRow, context: MappingContext): Mapping {
  const dc = dcIn(row.metadata);
  if (!dc) {
    const found = `{${row.metadata.ns}}${row.metadata.name}`;
    return { rejected: finding('format-row-foreign', { id: context.id, format: 'oai-dc', found }) };
  }
  return mapDc((name) => unique(childrenOf(dc, name).map((value) => tidyLine(textOf(value)))), row, context);
}

/** The `dc` element, whatever stands around it: one with children in the namespace of Dublin Core. */
function dcIn(metadata: XmlElement): XmlElement | undefined {
  return [metadata, ...descend(metadata, 'dc')].find((one) => childrenOf(one).some(({ ns }) => ns === DC_NS));
}

function mapDc(values: Values, row: OaiRow, context: MappingContext): Mapping {
  const notes: Finding[] = [];
  const list = (name: string) => unique(values(name).flatMap((value) => splitList(value)));
  const titles = values('title');
  const types = unique(values('type').flatMap((value) => bareTerms(value))).filter((type) => !isDcmiType(type));
  const identifiers = identifiersIn(values('identifier'), context.id);
  const { dimensions, techniques } = formatsIn(list('format'));
  const name = objectName(titles, [types[0], list('subject')[0]], identifiers.inventory);
  if (name === undefined)
    return { rejected: finding('format-no-name', { id: context.id, columns: 'dc:title, dc:type' }) };
  const subjects = list('subject');
  const { places, periods } = coverageIn(list('coverage'));
  const fields = {
    name,
    ...defined({
      alternativeNames: titles.slice(1).filter((title) => title !== name),
      description: withoutEmails([...cutTitle(titles), ...values('description')].join('\n')),
      page: identifiers.page,
      licence: withoutEmails(values('rights')[0]),
      objectKind: objectKindOf([...values('type'), ...types]),
      objectTypes: types,
      inventoryNumber: identifiers.inventory,
      date: dateOf(values('date')[0], notes),
      dimensions: tidyLine(dimensions.join(' ; ')),
    }),
  };
  const contributors = values('contributor').flatMap((value) => makers(value));
  const relations = defined({
    madeIn: wordLinks(places),
    trades: wordLinks(
      subjects.map((subject) => qualified(subject).text),
      'inferred',
    ),
    techniques: wordLinks(techniques),
    periods: wordLinks(periods),
    subjects: wordLinks(subjects),
    creators: [...values('creator').flatMap((value) => makers(value)), ...contributors],
    media: mediaLinks(picturesIn(values), name),
  });
  return objectMapping({ kind: 'HeritageObject', identifiers: strongOf(row, values), fields, relations }, notes);
}

/** The words of the DCMI Type Vocabulary say what medium it is, not what the thing is called. */
const isDcmiType = (type: string): boolean =>
  /^(collection|dataset|event|image|interactive ?resource|moving ?image|physical ?object|service|software|sound|still ?image|text)$/i.test(
    type,
  );

/** POP's identifiers are `oai:joconde:REF`. */
function strongOf(row: OaiRow, values: Values): readonly { scheme: string; value: string }[] {
  const reference = /^oai:joconde:(.+)$/i.exec(row.header.identifier)?.[1];
  const arks = unique([row.header.identifier, ...values('identifier')].map(arkIn));
  return [
    ...(reference === undefined ? [] : [{ scheme: 'joconde', value: reference }]),
    ...arks.map((value) => ({ scheme: 'ark', value })),
  ];
}

/** dc:identifier holds all sorts: the page, a picture, an ARK, the record's own identifier, and the inventory number. */
function identifiersIn(
  values: readonly string[],
  id: string,
): { page: string | undefined; inventory: string | undefined } {
  const addresses = values.map(webAddress).filter((address) => address !== undefined);
  const others = values.filter(
    (value) =>
      webAddress(value) === undefined &&
      !/^(ark:|oai:|https?:|urn:|doi:)/i.test(value) &&
      !value.includes('@') &&
      value !== id,
  );
  const labelled = others.find((value) => /^(n° ?)?inv/i.test(value));
  return {
    page: addresses.find((address) => mediaTypeOf(address) === undefined),
    inventory: (labelled ?? others[0])?.replace(/^(n° ?)?(inv\.?|inventaire)\s*[:.]?\s*(?=\S)/i, ''),
  };
}

/** dc:format holds media types, measures and materials. */
function formatsIn(values: readonly string[]): { dimensions: readonly string[]; techniques: readonly string[] } {
  const said = values.filter((value) => !/^(image|video|audio|text|application|model)\/[\w.+-]+$/i.test(value));
  const isMeasure = (value: string) =>
    /\d/.test(value) &&
    /\d\s*(mm|cm|dm|m|kg|g)\b|en (mm|cm|m|kg|g)\b|\d\s*[x×]\s*\d|^(h|l|la|d|pr?|ép?)\.? ?\d/i.test(value);
  return {
    dimensions: said.filter(isMeasure),
    techniques: said.filter((value) => !isMeasure(value)).map((value) => qualified(value).text),
  };
}

/** dc:coverage is a place unless it reads as a date. */
function coverageIn(values: readonly string[]): { places: readonly string[]; periods: readonly string[] } {
  const isPeriod = (value: string) => readDate(value).edtf !== undefined;
  return { places: values.filter((value) => !isPeriod(value)), periods: values.filter(isPeriod) };
}

/** dc:rights is the notice's: nothing says what the picture's are. */
function picturesIn(values: Values): readonly Picture[] {
  return [...values('relation'), ...values('identifier'), ...values('source')].flatMap((value) => {
    const url = webAddress(value);
    return url === undefined || (mediaTypeOf(url) === undefined && !/\bthumb|vignette/i.test(url)) ? [] : [{ url }];
  });
}
