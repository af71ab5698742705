/** What a structure says of trades: a firm its activity and name, a museum its name and themes, a school its trainings. */
import type { AnyRecord } from '../record.ts';
import { linkCodes, linkTexts, textOf, textsOf } from './fields.ts';
import type { Saying } from './inferrer.ts';
import type { TextReaders } from './texts.ts';
import { descriptionSayings } from './titles.ts';

/** So many activities, themes and trainings are read. */
const MOST = 100;
const MUSEUM = /(?:^|[^\p{L}])(?:éco-?)?mus[ée]e(?![\p{L}])/iu;

/** One that does not say what it is, is a museum by its name; what associations, archives and networks are about is not inferred. */
export function structureSayings({ fields, relations }: AnyRecord, texts: TextReaders): readonly Saying[] {
  const name = textOf(fields['name']) ?? '';
  const type = textOf(fields['structureType']);
  const themes = textsOf(fields['themes'], MOST).flatMap(texts.theme);
  if (type === 'museum' || (type === undefined && MUSEUM.test(name))) return [...texts.museum(name), ...themes];
  if (type === 'school')
    return [
      ...linkTexts(relations['trainings'], MOST).flatMap(texts.training),
      ...linkCodes(relations['trainings'], 'rome', MOST).flatMap(texts.rome),
    ];
  if (type !== 'firm') return [];
  return [
    ...linkCodes(relations['activities'], 'naf', MOST).flatMap(texts.naf),
    ...texts.firm(name),
    ...themes,
    ...descriptionSayings(fields, texts),
  ];
}
