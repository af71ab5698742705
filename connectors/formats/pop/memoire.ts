/**
 * The format `memoire`: the ministry's base of photographs. A notice becomes a HeritageObject, the photograph; its commune is what it shows, so that
 * its place is inferred. The names of those who were photographed are not taken over.
 */
import { defined, objectKindOf, objectName, wordLinks } from '../shared/objects.ts';
import { bareTerms, tidy, tidyLine, unique, withoutEmails } from '../shared/text.ts';
import { MEMOIRE } from './bases.ts';
import { lineAt, listsAt, type Notice, textAt } from './notice.ts';
import { placeLinks } from './place.ts';
import { describe, type NoticeMap, pageOf, peopleIn, picturesOf, popDate, popFormat } from './shared.ts';

const REFERENCE = /^[A-Z0-9_]{6,40}$/;

/** The first that is filled is the date of the object. */
const DATES = [
  ['DATPV', 'Date de prise de vue'],
  ['DATOR', 'Date de l’original'],
  ['DATTI', 'Date du tirage'],
  ['DATD', 'Date du document'],
  ['DATG', 'Date de la gravure'],
] as const;

/** The dates after the first, a line each. */
function otherDates(notice: Notice): readonly string[] {
  const lines = DATES.flatMap(([code, label]) => {
    const value = lineAt(notice, code);
    return value === undefined ? [] : [`${label} : ${value}`];
  });
  return lines.slice(1);
}

const mapPhotograph: NoticeMap = (notice, notes, context) => {
  const types = listsAt(notice, 'TYPDOC');
  const subjects = listsAt(notice, 'SUJET', 'OBJT', 'DENO', 'EDIARCH', 'STRUCT', 'EDIF', 'MCL', 'MCGEO');
  const titles = unique(
    ['LEG', 'TICO', 'TITRE', 'SUJET', 'OBJT', 'EDIF', 'SERIE', 'LEG2'].map((code) => lineAt(notice, code)),
  );
  const inventory = listsAt(notice, 'NUMI', 'NUMP', 'NUMOR', 'NUMTI', 'COTECP', 'COTECTI');
  const name = objectName(titles, [types[0]], inventory[0]);
  if (name === undefined) return undefined;
  const kind = objectKindOf([...types, ...listsAt(notice, 'TECHN', 'TECHOR')]);
  const credit = withoutEmails(lineAt(notice, 'COPY'));
  const fields = {
    name,
    ...defined({
      // A title that is too long for a name stands here whole.
      alternativeNames: titles.filter((other) => other !== name),
      description: tidy([describe(notice, MEMOIRE, []), ...otherDates(notice)].filter(Boolean).join('\n')),
      page: pageOf(notice, MEMOIRE, REFERENCE),
      objectKind: kind === 'object' ? ('work' as const) : kind,
      objectTypes: types,
      domains: listsAt(notice, 'DOM'),
      inventoryNumber: tidyLine(inventory.join(' ; ')),
      date: popDate(notice, notes, ...DATES.map(([code]) => [code])),
      dimensions: tidyLine(listsAt(notice, 'FORMAT', 'FORMATOR', 'FORMATTI').join(' ; ')),
      inscriptions: tidy(unique(['MENTIONS', 'MENTOR', 'MENTTI'].map((code) => textAt(notice, code))).join('\n')),
      legalStatus: withoutEmails(lineAt(notice, 'DIFF')),
      credit,
    }),
  };
  const relations = defined({
    madeIn: placeLinks(notice, notes, 'inferred'),
    trades: wordLinks(subjects, 'inferred'),
    techniques: wordLinks(
      listsAt(notice, 'TECHN', 'TECHOR', 'TECHTI', 'TRL', 'SUP').flatMap((value) => bareTerms(value)),
    ),
    subjects: wordLinks(subjects),
    creators: peopleIn(notice, {
      AUTP: 'photographe',
      AUT: undefined,
      AUTG: 'graveur',
      AUTOR: 'auteur de l’original',
      AUTTI: 'auteur du tirage',
    }),
    media: picturesOf(notice, notes, context, name, {
      rights: lineAt(notice, 'DIFF'),
      credit: credit ?? lineAt(notice, 'AUTP'),
    }),
  });
  return { fields, relations };
};

export const memoire = popFormat(MEMOIRE, 'LEG, TICO, SUJET, TYPDOC', mapPhotograph);
