/** What titles and descriptions speak of. */
import type { AnyRecord } from '../record.ts';
import { textOf } from './fields.ts';
import type { Saying } from './inferrer.ts';
import type { TextReaders } from './texts.ts';

type Fields = AnyRecord['fields'];

/** Of an event, an exhibition, a route, a resource or a pathway. */
export function titleSayings({ fields }: AnyRecord, texts: TextReaders): readonly Saying[] {
  return [...titleOnly(fields, texts), ...descriptionSayings(fields, texts)];
}

export function titleOnly(fields: Fields, { prose }: TextReaders): readonly Saying[] {
  const title = textOf(fields['name']);
  if (title === undefined) return [];
  return prose(title, 'title').map(({ trade }) => ({ trade, rule: 'title', text: title }));
}

export function descriptionSayings(fields: Fields, { prose }: TextReaders): readonly Saying[] {
  const text = textOf(fields['description']);
  if (text === undefined) return [];
  return prose(text, 'description').map((one) => ({ trade: one.trade, rule: 'description', text: one.text }));
}
