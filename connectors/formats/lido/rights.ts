/** Rights in LIDO: of the notice, of the work, and of each picture. The three are kept apart: only a picture's own rights let it be republished. */
import { descend, textOf, type XmlElement } from '../../xml.ts';
import type { Picture } from '../shared/objects.ts';
import { tidyLine, webAddress, withoutEmails } from '../shared/text.ts';
import { attribute, conceptUris, frenchAt, nameAt, termOf } from './terms.ts';

/** The licence of the notice (`recordRights`), else what is said of the work. */
export function licenceOf(administrative: XmlElement): string | undefined {
  const sets = [
    ...descend(administrative, 'recordWrap', 'recordRights'),
    ...descend(administrative, 'rightsWorkWrap', 'rightsWorkSet'),
  ];
  return sets.map((set) => statementOf(set).rights).find((rights) => rights !== undefined);
}

interface Statement {
  readonly rights: string | undefined;
  readonly rightsUri: string | undefined;
}

function statementOf(set: XmlElement): Statement {
  const types = descend(set, 'rightsType');
  const rightsUri = types
    .flatMap(conceptUris)
    .map(webAddress)
    .find((address) => address !== undefined);
  return { rights: types.map(termOf).find((term) => term !== undefined) ?? rightsUri, rightsUri };
}

/** One picture a resourceSet: the best representation of each. */
export function picturesOf(administrative: XmlElement): readonly Picture[] {
  return descend(administrative, 'resourceWrap', 'resourceSet').flatMap((resource) => {
    const link = bestLink(resource);
    const url = link && webAddress(link.text);
    if (!url) return [];
    const [rights] = descend(resource, 'rightsResource');
    const said = rights ? statementOf(rights) : { rights: undefined, rightsUri: undefined };
    const credit = [
      ...(rights ? frenchAt(rights, 'creditLine') : []),
      nameAt(resource, 'resourceSource', 'legalBodyName'),
    ].find((text) => text !== undefined);
    const title = tidyLine(frenchAt(resource, 'resourceDescription')[0]);
    return [{ url, title, mediaType: link.mediaType, credit: withoutEmails(credit), ...said }];
  });
}

/** Of the representations that a resourceSet offers, the largest; a thumbnail only where there is nothing else. */
function bestLink(resource: XmlElement): { text: string; mediaType: string | undefined } | undefined {
  const found = descend(resource, 'resourceRepresentation').flatMap((representation) =>
    descend(representation, 'linkResource').map((link) => ({
      rank: rankOf(attribute(representation, 'type') ?? ''),
      text: textOf(link),
      mediaType: attribute(link, 'formatResource'),
    })),
  );
  return found.filter(({ text }) => text !== '').toSorted((a, b) => a.rank - b.rank)[0];
}

function rankOf(type: string): number {
  if (/thumb|preview/i.test(type)) return 2;
  return /master|full|original/i.test(type) ? 0 : 1;
}
