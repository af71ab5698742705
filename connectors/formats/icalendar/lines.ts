/** Content lines of iCalendar (RFC 5545, section 3.1): folded lines are put together, then taken apart into name, parameters and value. */

export interface Line {
  /** In capitals. */
  readonly name: string;
  /** By names in capitals; of several values the whole text. */
  readonly params: Readonly<Record<string, string>>;
  /** As written: `unescaped` makes a text of it. */
  readonly value: string;
}

/** Written in small letters, only these are properties: `http:` in a text that was not folded is none. */
const SMALL =
  /^(?:begin|end|uid|dtstart|dtend|duration|summary|description|location|geo|url|categories|class|status|rrule|rdate|exdate|exrule|recurrence-id|sequence|last-modified|tzid|tzoffsetfrom|tzoffsetto|method|attach)$/i;

/** Of persons: such a line must never become part of the text before it, even where it is written wrongly (`ORGANIZER="mailto:…"`). */
const PERSONAL = /^(?:ORGANIZER|ATTENDEE|CONTACT)\b/;

/** Whether a line begins a property. */
export function isProperty(text: string): boolean {
  if (PERSONAL.test(text)) return true;
  const name = /^([A-Za-z][A-Za-z0-9-]*)[;:]/.exec(text)?.[1];
  return name !== undefined && (name === name.toUpperCase() || SMALL.test(name));
}

/** The name of a property line, in capitals. */
export function nameOf(text: string): string {
  return text.slice(0, text.search(/[;:]/)).toUpperCase();
}

/** Whether a value of CLASS lets everyone see the event; so does an empty one, for PUBLIC is what is meant where none is written. */
export function isPublic(value: string): boolean {
  return value === '' || value.toUpperCase() === 'PUBLIC';
}

/** A property line, taken apart. Undefined where it has no value. A value with a quoted `:` or `;` in its parameters is read as such. */
export function lineOf(text: string): Line | undefined {
  const separators: number[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === ';') separators.push(at);
    else if (character === ':') {
      const parts = [...separators, at];
      const params: Record<string, string> = {};
      for (const [index, start] of separators.entries()) {
        const [, name, value] = /^([^=]*)=(.*)$/.exec(text.slice(start + 1, parts[index + 1])) ?? [];
        if (name !== undefined && value !== undefined) params[name.trim().toUpperCase()] = value.replaceAll('"', '');
      }
      return { name: text.slice(0, parts[0]).toUpperCase(), params, value: text.slice(at + 1).trim() };
    }
  }
  // A quote that never closes hides the colon: what follows the first one is the value.
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { name: nameOf(text), params: {}, value: text.slice(colon + 1).trim() };
}

/** RFC 5545, section 3.3.11. */
export function unescaped(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([\\;,nN:"])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character));
}

/** The texts of a list, split at the commas that are not escaped. */
export function textList(value: string): readonly string[] {
  return (value.match(/(?:\\.|[^,\\])+/gs) ?? []).map((part) => unescaped(part).trim()).filter((part) => part !== '');
}

/**
 * The bytes without the folds in them. Folding counts bytes (section 3.1) and may cut a character in two: this must come before
 * anything is decoded. UTF-16 passes as it is.
 */
export async function* unfolded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array();
  let wide: boolean | undefined;
  for await (const chunk of bytes) {
    const whole = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (wide === undefined && whole.length >= 2) {
      wide = (whole[0] === 0xff && whole[1] === 0xfe) || (whole[0] === 0xfe && whole[1] === 0xff);
    }
    const end = wide === false ? beforeLastBreak(whole) : wide ? whole.length : 0;
    held = Uint8Array.from(whole.subarray(end));
    if (end > 0) yield wide ? whole : withoutFolds(whole.subarray(0, end));
  }
  if (held.length > 0) yield held;
}

/** A line end at the very end may turn out to be a fold. */
function beforeLastBreak(bytes: Uint8Array): number {
  let end = bytes.length;
  if (bytes[end - 1] === 0x0a) end -= 1;
  if (bytes[end - 1] === 0x0d) end -= 1;
  return end;
}

function withoutFolds(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    const next = bytes[at + 1];
    if (next !== 0x20 && next !== 0x09) continue;
    parts.push(bytes.subarray(start, bytes[at - 1] === 0x0d ? at - 1 : at));
    start = at + 2;
  }
  return start === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(start)]);
}
