/** The format `lido`: LIDO 1.1 (and 1.0, of the same namespace), from OAI-PMH or from files. https://lido-schema.org */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Link } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { descend, type OaiRow, textOf, textsAt, type XmlElement } from '../../xml.ts';
import { parseXml } from '../../xml-stream.ts';
import {
  cutTitle,
  defined,
  mediaLinks,
  objectKindOf,
  objectMapping,
  objectName,
  wordLinks,
} from '../shared/objects.ts';
import { arkIn, splitList, tidy, tidyLine, unique, webAddress, withoutEmails } from '../shared/text.ts';
import { cutLido } from './cut.ts';
import { makingOf } from './events.ts';
import { licenceOf, picturesOf } from './rights.ts';
import { attribute, frenchAt, LIDO_NS, nameAt, termOf, termsAt } from './terms.ts';

export const lido: Format = {
  name: 'lido',
  version: 2,
  cut: (file, _, tell) => cutLido(file, tell),
  row: (raw) => parseXml(new TextDecoder().decode(raw)) as Json,
  map: (row, context) => mapRow(row as unknown as OaiRow | XmlElement, context),
};

function mapRow(row: OaiRow | XmlElement, context: MappingContext): Mapping {
  const root = 'metadata' in row ? row.metadata : row;
  const found = lidoIn(root);
  const [first] = found;
  if (!first) {
    return {
      rejected: finding('format-row-foreign', { id: context.id, format: 'lido', found: `{${root.ns}}${root.name}` }),
    };
  }
  const notes = found.length > 1 ? [finding('format-several-items', { id: context.id, count: found.length })] : [];
  return mapLido(first, context, notes);
}

/** The element itself, or those within a `lidoWrap` or the `metadata` of an OAI-PMH record. */
function lidoIn(root: XmlElement): readonly XmlElement[] {
  const candidates = [root, ...descend(root, 'lido'), ...descend(root, 'lidoWrap', 'lido')];
  return candidates.filter(({ name, ns }) => name === 'lido' && ns === LIDO_NS);
}

function mapLido(element: XmlElement, context: MappingContext, notes: Finding[]): Mapping {
  const descriptive = inFrenchSection(descend(element, 'descriptiveMetadata'));
  const administrative = inFrenchSection(descend(element, 'administrativeMetadata'));
  if (!descriptive)
    return { rejected: finding('format-no-name', { id: context.id, columns: 'titleSet, objectWorkType' }) };
  const identification = descend(descriptive, 'objectIdentificationWrap');
  const all = (...path: string[]) => unique(identification.flatMap((one) => frenchAt(one, ...path)));
  const types = termsAt(descriptive, 'objectClassificationWrap', 'objectWorkTypeWrap', 'objectWorkType');
  const classes = descend(descriptive, 'objectClassificationWrap', 'classificationWrap', 'classification');
  const uses = unique(classes.filter(isUse).map(termOf));
  const domains = unique(classes.filter((one) => !isUse(one)).map(termOf));
  const titles = titlesOf(descriptive);
  const holdings = currentSets(identification);
  const inventory = tidyLine(holdings.flatMap((set) => textsAt(set, 'workID'))[0]);
  const name = objectName(titles, [types[0]], inventory);
  if (name === undefined)
    return { rejected: finding('format-no-name', { id: context.id, columns: 'titleSet, objectWorkType' }) };
  const making = makingOf(descriptive, notes);
  const subjects = subjectsOf(descriptive);
  const descriptions = all('objectDescriptionWrap', 'objectDescriptionSet', 'descriptiveNoteValue');
  const fields = {
    name,
    ...defined({
      alternativeNames: unique([...titles.slice(1), ...otherTitles(descriptive)]).filter(
        (title) => title !== name && !cutTitle(titles).includes(title),
      ),
      description: withoutEmails([...cutTitle(titles), ...descriptions].join('\n')),
      page: pageOf(element, administrative),
      licence: administrative && licenceOf(administrative),
      objectKind: objectKindOf([...types, ...domains]),
      objectTypes: types,
      domains,
      inventoryNumber: inventory,
      date: making.date,
      dimensions: tidyLine(
        all('objectMeasurementsWrap', 'objectMeasurementsSet', 'displayObjectMeasurements').join(' ; '),
      ),
      inscriptions: inscriptionsOf(identification),
      use: tidyLine(uses.join(' ; ')),
      credit:
        administrative && withoutEmails(frenchAt(administrative, 'rightsWorkWrap', 'rightsWorkSet', 'creditLine')[0]),
    }),
  };
  const relations = defined({
    heldBy: heldBy(holdings),
    madeIn: making.madeIn,
    trades: wordLinks(
      [...uses.flatMap((use) => splitList(use)), ...making.roles, ...subjectConcepts(descriptive)],
      'inferred',
    ),
    techniques: making.techniques,
    periods: making.periods,
    subjects: wordLinks(subjects),
    creators: making.creators,
    media: administrative && mediaLinks(picturesOf(administrative), name),
  });
  return objectMapping({ kind: 'HeritageObject', identifiers: identifiersOf(element), fields, relations }, notes);
}

/** The metadata may stand once a language. */
function inFrenchSection(sections: readonly XmlElement[]): XmlElement | undefined {
  const language = (section: XmlElement) => section.attributes['{http://www.w3.org/XML/1998/namespace}lang'] ?? '';
  return sections.find((section) => /^fr/i.test(language(section))) ?? sections[0];
}

const isUse = (classification: XmlElement): boolean =>
  /^(utilisation|usage|use|destination)/i.test(attribute(classification, 'type') ?? '');

const titleSets = (descriptive: XmlElement): readonly XmlElement[] =>
  descend(descriptive, 'objectIdentificationWrap', 'titleWrap', 'titleSet');

/** One title a titleSet, the preferred set first. */
function titlesOf(descriptive: XmlElement): readonly string[] {
  const sets = titleSets(descriptive);
  const isPreferred = (set: XmlElement) => /preferred$/i.test(attribute(set, 'type') ?? '');
  return unique([...sets.filter(isPreferred), ...sets.filter((set) => !isPreferred(set))].map((set) => nameAt(set)));
}

/** Titles in other languages within a set are names too. */
function otherTitles(descriptive: XmlElement): readonly string[] {
  return titleSets(descriptive).flatMap((set) => textsAt(set, 'appellationValue'));
}

function inscriptionsOf(identification: readonly XmlElement[]): string | undefined {
  const wraps = identification.flatMap((one) => descend(one, 'inscriptionsWrap', 'inscriptions'));
  const texts = wraps.flatMap((one) => [
    ...frenchAt(one, 'inscriptionTranscription'),
    ...frenchAt(one, 'inscriptionDescription', 'descriptiveNoteValue'),
  ]);
  return tidy(unique(texts).join('\n'));
}

const SUBJECT_SET = ['objectRelationWrap', 'subjectWrap', 'subjectSet'] as const;

/** Words alone: persons and places that are shown are no trades. */
const subjectConcepts = (descriptive: XmlElement): readonly string[] =>
  termsAt(descriptive, ...SUBJECT_SET, 'subject', 'subjectConcept');

/** One subject's words: its concepts; else what is shown of it; else the person or place that it names. */
function subjectsOf(descriptive: XmlElement): readonly string[] {
  const sets = descend(descriptive, ...SUBJECT_SET);
  return unique(
    sets.flatMap((set) => {
      const [subject] = descend(set, 'subject');
      const concepts = termsAt(set, 'subject', 'subjectConcept');
      if (concepts.length > 0) return concepts;
      const shown = frenchAt(set, 'displaySubject');
      if (shown.length > 0 || !subject) return shown;
      return [
        ...frenchAt(subject, 'subjectPlace', 'displayPlace'),
        ...frenchAt(subject, 'subjectActor', 'displayActor'),
        ...frenchAt(subject, 'subjectEvent', 'displayEvent'),
      ];
    }),
  );
}

/** Where the thing is now, not where it was. */
function currentSets(identification: readonly XmlElement[]): readonly XmlElement[] {
  const sets = identification.flatMap((one) => descend(one, 'repositoryWrap', 'repositorySet'));
  const current = sets.filter((set) => /current|actuel/i.test(attribute(set, 'type') ?? ''));
  return current.length > 0
    ? current
    : sets.filter((set) => !/former|ancien|previous/i.test(attribute(set, 'type') ?? ''));
}

/** Only a Muséofile code says which structure this is: names and other identifiers are for the source file to settle. */
function heldBy(holdings: readonly XmlElement[]): readonly Link[] {
  const codes = holdings.flatMap((set) => textsAt(set, 'repositoryName', 'legalBodyID'));
  const code = codes.map((text) => /^(?:.*museo.*\/)?(M\d{4})$/i.exec(text)?.[1]).find((found) => found !== undefined);
  return code === undefined ? [] : [{ identifier: { scheme: 'museofile', value: code.toUpperCase() } }];
}

function pageOf(element: XmlElement, administrative: XmlElement | undefined): string | undefined {
  const links = administrative ? textsAt(administrative, 'recordWrap', 'recordInfoSet', 'recordInfoLink') : [];
  return [...links, ...textsAt(element, 'objectPublishedID')].map(webAddress).find((address) => address !== undefined);
}

function identifiersOf(element: XmlElement): readonly { scheme: string; value: string }[] {
  const published = descend(element, 'objectPublishedID').map(textOf);
  const arks = unique(published.map(arkIn));
  return arks.map((value) => ({ scheme: 'ark', value }));
}
