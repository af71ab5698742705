/**
 * A Joconde notice becomes a HeritageObject, whichever export it came by. Read by POP's field codes; lists separated by `;`, qualifiers in
 * brackets, `#` breaks a line. Names of donors, finders and cataloguers (STAT after the first two parts, DECV, PDEC, COOR, REDA) are not taken over.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Link } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import type { Mapping, MappingContext } from '../../format.ts';
import {
  cutTitle,
  dateOf,
  defined,
  makers,
  mediaLinks,
  objectKindOf,
  objectMapping,
  objectName,
  type Picture,
  wordLinks,
} from '../shared/objects.ts';
import { bareTerms, qualified, splitList, tidy, tidyLine, unique, webAddress, withoutEmails } from '../shared/text.ts';

/** Values by field code. */
export type Notice = Readonly<Record<string, string>>;

/** Maps a notice. Without a title, a denomination or anything else to call it by, it is rejected. */
export function mapNotice(notice: Notice, context: MappingContext): Mapping {
  const notes: Finding[] = [];
  const line = (tag: string) => tidyLine(broken(notice[tag]));
  const kinds = bareTerms(notice['DENO']);
  const domains = bareTerms(notice['DOMN']);
  const titles = unique(splitList(broken(notice['TITR'])));
  const alternatives = unique([...titles.slice(1), line('APPL'), line('TICO')]);
  const subjects = unique(splitList(notice['REPR']).map((subject) => qualified(subject).text));
  const inventory = line('INV');
  const called = [line('DENO'), line('APPL'), line('TICO'), line('REPR'), line('DOMN')];
  const name = objectName(titles, called, splitList(inventory)[0]);
  if (name === undefined) return { rejected: finding('format-no-name', { id: context.id, columns: 'TITR, DENO' }) };
  const uses = [...bareTerms(notice['UTIL'])];
  const fields = {
    name,
    ...defined({
      alternativeNames: alternatives.filter((other) => other !== name),
      description: withoutEmails(
        unique([...cutTitle(titles), tidy(broken(notice['DESC'])), tidy(broken(notice['HIST']))]).join('\n'),
      ),
      page: splitList(notice['WWW'], ';')
        .map(webAddress)
        .find((address) => address !== undefined),
      objectKind: objectKindOf([...kinds, ...domains]),
      objectTypes: kinds,
      domains,
      inventoryNumber: inventory,
      date: dateOf(line('MILL') ?? line('PERI') ?? line('EPOQ'), notes),
      dimensions: line('DIMS'),
      inscriptions: tidy(unique([line('INSC'), broken(notice['PINS'])]).join('\n')),
      use: line('UTIL'),
      legalStatus: legalStatus(notice),
      credit: withoutEmails(line('COPY')),
    }),
  };
  const relations = defined({
    heldBy: heldBy(notice, notes),
    madeIn: wordLinks(splitList(notice['LIEUX'])),
    trades: wordLinks([...uses, ...subjects], 'inferred'),
    techniques: wordLinks(bareTerms(notice['TECH'], ';,')),
    periods: wordLinks([...bareTerms(notice['PERI']), ...bareTerms(notice['EPOQ'])]),
    subjects: wordLinks(subjects),
    creators: makers(notice['AUTR']),
    media: mediaLinks(pictures(notice), name),
  });
  const identifiers = [{ scheme: 'joconde', value: context.id }];
  return objectMapping({ kind: 'HeritageObject', identifiers, fields, relations }, notes);
}

/** `#` breaks a line. */
const broken = (text: string | undefined): string | undefined => text?.replaceAll('#', '\n');

function heldBy(notice: Notice, notes: Finding[]): readonly Link[] {
  const code = tidyLine(notice['MUSEO'])?.toUpperCase();
  if (code === undefined) return [];
  if (/^M\d{4}$/.test(code)) return [{ identifier: { scheme: 'museofile', value: code } }];
  notes.push(
    finding('format-value-unread', { value: code.slice(0, 50), where: 'MUSEO', expected: 'M et quatre chiffres' }),
  );
  return [];
}

const ACQUISITIONS =
  /^(don|legs|achat|depot|affectation|echange|dation|fouilles?|collecte|preemption|ancien fonds|transfert|attribution)/;

/** Who owns it and how it came: `propriété de la commune ; don`. What follows names persons. A lost or stolen thing is said to be so. */
function legalStatus(notice: Notice): string | undefined {
  const [owner, way] = splitList(broken(notice['STAT'])).map((part) => qualified(part).text);
  const said = [owner, way !== undefined && ACQUISITIONS.test(fold(way)) ? way : undefined];
  const missing = /(vol[ée]|manquant)[^;]*$/i.test(notice['LOCA'] ?? '') ? splitList(notice['LOCA']).at(-1) : undefined;
  return tidyLine(unique([...said, missing, tidyLine(notice['MANQUANT'])]).join(' ; '));
}

/** Only what is an address: REFIM and IMG mostly name files of the ministry's own store. */
function pictures(notice: Notice): readonly Picture[] {
  const credit = withoutEmails(tidyLine(notice['PHOT']));
  return ['IMG', 'VIDEO', 'REFIM', 'LVID'].flatMap((tag) =>
    splitList(notice[tag], ';,').flatMap((part) => {
      const url = /^https?:\/\//i.test(part) ? webAddress(part) : undefined;
      return url === undefined ? [] : [{ url, credit, ...(tag === 'LVID' ? { mediaType: 'video/*' } : {}) }];
    }),
  );
}
