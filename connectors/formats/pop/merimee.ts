/** The format `merimee`: the ministry's base of architecture. A notice becomes a HeritageObject, `building`, in the commune where it stands. */
import { defined, objectName, wordLinks } from '../shared/objects.ts';
import { bareTerms, tidyLine, unique, withoutEmails } from '../shared/text.ts';
import { MERIMEE } from './bases.ts';
import { lineAt, listAt, listsAt, type Notice } from './notice.ts';
import { placeLinks, pointOf } from './place.ts';
import { describe, legalStatusOf, type NoticeMap, pageOf, peopleIn, picturesOf, popDate, popFormat } from './shared.ts';

/** Mérimée's references: PA00078014 (protected), IA30001143 (inventory), EA… (architecture), ACR… (labelled). */
const REFERENCE = /^(?:(?:PA|IA|EA)[0-9AB]{2,3}\d{5,8}|ACR\d{7})$/;

const mapBuilding: NoticeMap = (notice, notes, context) => {
  const kinds = unique(listsAt(notice, 'DENO').flatMap((value) => bareTerms(value)));
  const names = namesOf(notice, kinds[0]);
  const name = objectName(names, [kinds[0], lineAt(notice, 'PDEN', 'EDIF')], lineAt(notice, 'REF'));
  if (name === undefined) return undefined;
  const periods = listsAt(notice, 'SCLE', 'SCLD');
  const fields = {
    name,
    ...defined({
      alternativeNames: unique([
        ...names,
        lineAt(notice, 'APPL'),
        lineAt(notice, 'VOCA'),
        lineAt(notice, 'EDIF'),
      ]).filter((other) => other !== name),
      description: describe(notice, MERIMEE, ['HIST', 'DESC']),
      page: pageOf(notice, MERIMEE, REFERENCE),
      objectKind: 'building' as const,
      objectTypes: kinds,
      domains: listsAt(notice, 'DOMN', 'THEM'),
      date: popDate(notice, notes, ['DATE'], ['SCLE', 'SCLD']),
      dimensions: lineAt(notice, 'DIMS'),
      use: tidyLine(listsAt(notice, 'ACTU', 'GENR').join(' ; ')),
      legalStatus: legalStatusOf(notice, 'STAT', 'PROT', 'DPRO', 'PPRO'),
      credit: withoutEmails(lineAt(notice, 'COPY')),
      point: pointOf(notice, notes),
    }),
  };
  const relations = defined({
    madeIn: placeLinks(notice, notes),
    trades: wordLinks([...kinds, ...listAt(notice, 'ACTU')], 'inferred'),
    techniques: wordLinks(listsAt(notice, 'MURS', 'TOIT', 'TECH').flatMap((value) => bareTerms(value))),
    periods: wordLinks(periods.flatMap((value) => bareTerms(value))),
    subjects: wordLinks(listsAt(notice, 'REPR')),
    creators: peopleIn(notice, { AUTR: undefined }),
    media: picturesOf(notice, notes, context, name),
  });
  return { fields, relations };
};

/** The current title; else what it is and what it is called: `chapelle Saint-Avit`, `coopérative vinicole de Gallargues`. */
function namesOf(notice: Notice, kind: string | undefined): readonly string[] {
  const title = lineAt(notice, 'TICO');
  if (title !== undefined) return [title];
  const called = lineAt(notice, 'APPL', 'VOCA', 'EDIF');
  return called === undefined ? [] : [kind === undefined ? called : `${kind} ${called}`];
}

export const merimee = popFormat(MERIMEE, 'TICO, DENO', mapBuilding);
