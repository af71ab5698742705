/**
 * The text of a file, whatever it is written in. Tried in this order: what the source says, a byte order mark, strict UTF-8,
 * the charset the server named, Mac Roman where the accents of French say so, windows-1252 (which also reads ISO-8859-1); the last three line by line. A file is read twice: once to find out, once for its text.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { ReadableFile, Tell } from './file.ts';

const SAMPLE_CHARACTERS = 65_536;
/** UTF-8 read as windows-1252 and written as UTF-8 again: é becomes Ã©, ’ becomes â€™, « becomes Â«. */
const MOJIBAKE =
  /Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u2018-\u203a\u20ac\u2122]|â€[\u0080-\u00bf\u0153\u02dc\u2018-\u203a\u2122]|Â[\u00a0-\u00bf]/g;

export interface FileText {
  readonly encoding: string;
  /** The first characters, at most 65,536. */
  readonly sample: string;
  /** The whole text, in pieces, line ends as `\n`, without byte order mark. */
  readonly pieces: () => AsyncGenerator<string>;
}

/** Opens a file as text. Gives the text, or the finding that says why it is none (empty, binary, a web page, a wrong encoding). */
export async function openText(file: ReadableFile, tell: Tell): Promise<FileText | { readonly refused: Finding }> {
  const survey = await surveyOf(file);
  if (survey.size === 0) return { refused: finding('file-empty', { file: file.name }) };
  const told = file.reading?.encoding;
  const encoding =
    told ??
    survey.mark ??
    (survey.strictUtf8 ? 'utf-8' : (charsetOf(file.mediaType) ?? (survey.accents > 0 ? 'macintosh' : 'windows-1252')));
  if (told !== undefined && isUtf8(told) && !survey.strictUtf8) {
    return { refused: finding('file-encoding-wrong', { file: file.name, encoding: told }) };
  }
  const guessed = told === undefined && survey.mark === undefined && !survey.strictUtf8;
  if (guessed) tell(finding('file-encoding-guessed', { file: file.name, encoding }));
  if (survey.mojibake.count > 0 && isUtf8(encoding))
    tell(finding('file-mojibake', { file: file.name, ...survey.mojibake }));
  const pieces = () => (guessed ? decodedByLine(file, encoding) : decoded(file, encoding));
  const sample = await sampleOf(pieces());
  if (sample.includes('\0')) return { refused: finding('file-binary', { file: file.name }) };
  if (sample.trim() === '') return { refused: finding('file-empty', { file: file.name }) };
  if (/^\s*(<!doctype html|<html[\s>])/i.test(sample))
    return { refused: finding('file-web-page', { file: file.name }) };
  return { encoding, sample, pieces };
}

/** Whether a name is one that TextDecoder knows. */
export function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

const isUtf8 = (label: string): boolean => new TextDecoder(label).encoding === 'utf-8';

function charsetOf(mediaType: string | undefined): string | undefined {
  const label = /charset="?([\w-]+)/i.exec(mediaType ?? '')?.[1];
  return label !== undefined && isEncoding(label) && !isUtf8(label) ? label : undefined;
}

interface Survey {
  size: number;
  mark: 'utf-8' | 'utf-16le' | 'utf-16be' | undefined;
  strictUtf8: boolean;
  /** Accents of French as Mac Roman writes them, less those as windows-1252 writes them. */
  accents: number;
  mojibake: { count: number; example: string };
}

async function surveyOf(file: ReadableFile): Promise<Survey> {
  const survey: Survey = {
    size: 0,
    mark: undefined,
    strictUtf8: true,
    accents: 0,
    mojibake: { count: 0, example: '' },
  };
  const strict = new TextDecoder('utf-8', { fatal: true });
  let held = '';
  for await (const chunk of file.bytes()) {
    if (survey.size === 0 && chunk.length > 0) survey.mark = markOf(chunk);
    survey.size += chunk.length;
    survey.accents += accentsIn(chunk);
    if (!survey.strictUtf8) continue;
    const text = decodedOrNot(strict, chunk);
    if (text === undefined) survey.strictUtf8 = false;
    else {
      countMojibake(held, text, survey);
      held = (held + text).slice(-2);
    }
  }
  if (survey.strictUtf8 && decodedOrNot(strict, undefined) === undefined) survey.strictUtf8 = false;
  return survey;
}

/** é è ê ë à ç î ï ô û ù ’ œ: their bytes in the one and in the other, none of which is common in the other language. */
const MAC_ACCENTS = new Set([0x8e, 0x8f, 0x90, 0x88, 0x8d, 0x94, 0x95, 0x99, 0x9e, 0x9d, 0xd5, 0xcf]);
const WINDOWS_ACCENTS = new Set([0xe9, 0xe8, 0xea, 0xeb, 0xe0, 0xe7, 0xee, 0xef, 0xf4, 0xfb, 0xf9, 0x92, 0x9c]);

/** Only those that stand alone among ASCII: bytes of UTF-8 come in pairs. */
function accentsIn(chunk: Uint8Array): number {
  let accents = 0;
  for (let at = 1; at < chunk.length - 1; at += 1) {
    const byte = chunk[at]!;
    if (byte < 0x80 || chunk[at - 1]! >= 0x80 || chunk[at + 1]! >= 0x80) continue;
    if (MAC_ACCENTS.has(byte)) accents += 1;
    else if (WINDOWS_ACCENTS.has(byte)) accents -= 1;
  }
  return accents;
}

function decodedOrNot(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | undefined): string | undefined {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    return undefined;
  }
}

/** `held` ends the piece before: what is cut between the two counts once. */
function countMojibake(held: string, text: string, survey: Survey): void {
  if (!/[ÃÂ]|â€/.test(held + text)) return;
  const whole = held + text;
  for (const found of whole.matchAll(MOJIBAKE)) {
    if (found.index + found[0].length <= held.length) continue;
    survey.mojibake.count += 1;
    survey.mojibake.example ||= whole
      .slice(Math.max(0, found.index - 15), found.index + 15)
      .replace(/\s+/g, ' ')
      .trim();
  }
}

function markOf(bytes: Uint8Array): Survey['mark'] {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without its mark, UTF-16 shows by the empty half of each letter.
  const [first, second, third, fourth] = bytes;
  if (first && third && second === 0 && fourth === 0) return 'utf-16le';
  if (second && fourth && first === 0 && third === 0) return 'utf-16be';
  return undefined;
}

/** Line ends become `\n` also where `\r` and `\n` fall into two pieces; a lone `\r` (old Macintosh) is a line end too. */
async function* decoded(file: ReadableFile, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for await (const chunk of file.bytes()) {
    const text = held + decoder.decode(chunk, { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    const piece = held === '' ? text : text.slice(0, -1);
    if (piece !== '') yield piece.replace(/\r\n?/g, '\n');
  }
  const rest = held + decoder.decode();
  if (rest !== '') yield rest.replace(/\r\n?/g, '\n');
}

/** No line is longer than this before it is decoded as it is. Bytes. */
const LONGEST_LINE = 1_048_576;

/** Where files of two encodings were put together, each line still has one: what is UTF-8 is read as that, the rest as `encoding`. */
async function* decodedByLine(file: ReadableFile, encoding: string): AsyncGenerator<string> {
  const guess = new TextDecoder(encoding);
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const textOf = (line: Uint8Array): string => {
    try {
      return strict.decode(line);
    } catch {
      return guess.decode(line);
    }
  };
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of file.bytes()) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let text = '';
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      text += textOf(bytes.subarray(start, end + 1));
      start = end + 1;
    }
    rest = Uint8Array.from(bytes.subarray(start));
    if (rest.length > LONGEST_LINE) {
      text += textOf(rest);
      rest = new Uint8Array();
    }
    if (text !== '') yield text.replace(/\r\n?/g, '\n');
  }
  if (rest.length > 0) yield textOf(rest).replace(/\r\n?/g, '\n');
}

async function sampleOf(pieces: AsyncGenerator<string>): Promise<string> {
  let sample = '';
  for await (const piece of pieces) {
    sample += piece;
    if (sample.length >= SAMPLE_CHARACTERS) break;
  }
  return sample.slice(0, SAMPLE_CHARACTERS);
}

/** The lines of a text, numbered from 1, without their line end. A line longer than `limit` characters comes cut into several of that number. */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  limit = 4_194_304,
): AsyncGenerator<{ line: number; text: string }> {
  let line = 1;
  let rest = '';
  for await (const piece of pieces) {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() ?? '';
    for (const text of parts) yield { line: line++, text };
    while (rest.length > limit) {
      yield { line, text: rest.slice(0, limit) };
      rest = rest.slice(limit);
    }
  }
  if (rest !== '') yield { line, text: rest };
}
