/** The values of a property of Omeka S: literals, addresses with a label, other items. Each may be private. */
import type { Json } from '../../connector.ts';
import { byLanguage, objectIn, textIn } from '../shared/json-ld.ts';

/** Whether the partner keeps a value to itself. */
export const isPrivate = (value: Json): boolean => objectIn(value)?.['is_public'] === false;

/** The words of values, in the preferred language, and those in the others. `wantsAddress`: of an address, itself and not its label. */
export function textsOf(values: readonly Json[], wantsAddress = false): ReturnType<typeof byLanguage> {
  return byLanguage(values.flatMap((value) => spokenValue(value, wantsAddress)));
}

/** What a value says: a literal, the label of an address, the title of another item. An address without a label is a word only where one is asked for. */
function spokenValue(value: Json, wantsAddress: boolean): readonly Json[] {
  const object = objectIn(value);
  if (!object) return [value];
  const address = textIn(object['@id']);
  const written = object['@value'] ?? object['o:label'] ?? object['display_title'];
  const text = wantsAddress ? (address ?? textIn(written)) : textIn(written);
  if (text !== undefined) return [{ '@value': text, '@language': textIn(object['@language']) ?? 'none' }];
  return address === undefined || /^resource/.test(textIn(object['type']) ?? '') ? [] : [address];
}
