/** The format `palissy`: the ministry's base of movable heritage. A notice becomes a HeritageObject; the commune is where it is kept, so that its place is inferred. */
import { defined, objectKindOf, objectName, wordLinks } from '../shared/objects.ts';
import { bareTerms, tidy, tidyLine, unique, withoutEmails } from '../shared/text.ts';
import { PALISSY } from './bases.ts';
import { lineAt, listsAt, textAt } from './notice.ts';
import { placeLinks, pointOf } from './place.ts';
import { describe, legalStatusOf, type NoticeMap, pageOf, peopleIn, picturesOf, popDate, popFormat } from './shared.ts';

/** Palissy's references: PM01000107 (protected), IM… (inventory), EM… (the state's). */
const REFERENCE = /^(?:PM|IM|EM)[0-9AB]{2,3}\d{5,9}$/;

const mapMovable: NoticeMap = (notice, notes, context) => {
  const kinds = unique(listsAt(notice, 'DENO').flatMap((value) => bareTerms(value)));
  const domains = listsAt(notice, 'DOMN', 'CATE', 'THEM');
  const titles = unique([lineAt(notice, 'TICO'), lineAt(notice, 'TITR'), lineAt(notice, 'APPL')]);
  const name = objectName(titles, [kinds[0], lineAt(notice, 'PDEN')], lineAt(notice, 'NINV'));
  if (name === undefined) return undefined;
  const fields = {
    name,
    ...defined({
      // A title that is too long for a name stands here whole.
      alternativeNames: titles.filter((other) => other !== name),
      description: describe(notice, PALISSY, ['HIST', 'DESC']),
      page: pageOf(notice, PALISSY, REFERENCE),
      objectKind: objectKindOf([...kinds, ...domains]),
      objectTypes: kinds,
      domains,
      inventoryNumber: lineAt(notice, 'NINV'),
      date: popDate(notice, notes, ['DATE'], ['SCLE', 'SCLD']),
      dimensions: tidyLine(unique([lineAt(notice, 'DIMS'), lineAt(notice, 'PDIM')]).join(' ; ')),
      inscriptions: tidy(unique([lineAt(notice, 'INSC'), textAt(notice, 'PINS')]).join('\n')),
      legalStatus: legalStatusOf(notice, 'STAT', 'PROT', 'DPRO', 'PPRO', 'NUMA', 'MANQUANT', 'VOLS'),
      credit: withoutEmails(lineAt(notice, 'COPY')),
      point: pointOf(notice, notes),
    }),
  };
  const relations = defined({
    madeIn: [...wordLinks(listsAt(notice, 'EXEC')), ...placeLinks(notice, notes, 'inferred')],
    trades: wordLinks([...kinds, ...listsAt(notice, 'CATE')], 'inferred'),
    techniques: wordLinks(listsAt(notice, 'MATR').flatMap((value) => bareTerms(value, ';,'))),
    periods: wordLinks(listsAt(notice, 'SCLE', 'SCLD').flatMap((value) => bareTerms(value))),
    subjects: wordLinks(listsAt(notice, 'REPR')),
    creators: peopleIn(notice, { AUTR: undefined, ATEL: 'atelier', AFIG: 'auteur du projet' }),
    media: picturesOf(notice, notes, context, name),
  });
  return { fields, relations };
};

export const palissy = popFormat(PALISSY, 'TICO, DENO', mapMovable);
