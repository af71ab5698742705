/** The format `joconde-text`: notices as a line of tag, then lines of value; ` -` ends a line that goes on, `//` a notice. UTF-8 or ISO-8859-1. */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import type { Format } from '../../format.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { linesOf, openText } from '../reading/text.ts';
import { mapNotice, type Notice } from './notice.ts';
import { JOCONDE_TAGS } from './tags.ts';

const LIMITS = { noticeCharacters: 2_097_152, unknownTags: 20 } as const;

export interface JocondeTextOptions {
  /** Tags of the partner's own, beside those of the base. */
  readonly tags?: readonly string[] | undefined;
}

const options = z
  .strictObject({
    tags: z
      .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'une étiquette s’écrit en capitales'))
      .max(50)
      .optional(),
  })
  .optional();

export const jocondeText: Format<JocondeTextOptions | undefined> = {
  name: 'joconde-text',
  version: 2,
  options,
  cut: (file, given, tell) => cutNotices(file, tagsOf(given), tell),
  row: (raw, given) => noticeOf(new TextDecoder().decode(raw).split('\n'), tagsOf(given)),
  map: (row, context) => mapNotice(row as Notice, context),
};

function tagsOf(given: JocondeTextOptions | undefined): ReadonlySet<string> {
  return given?.tags ? new Set([...JOCONDE_TAGS, ...given.tags]) : JOCONDE_TAGS;
}

async function* cutNotices(file: ReadableFile, tags: ReadonlySet<string>, tell: Tell): AsyncGenerator<LocatedCut> {
  const text = await openText(file, tell);
  if ('refused' in text) return yield refuse(text.refused);
  if (!text.sample.split('\n').some((line) => tags.has(line.trim()))) {
    return yield refuse(finding('joconde-not-tagged', { file: file.name }));
  }
  const suspects = new Suspects(file, tags, tell);
  let lines: string[] = [];
  let first = 1;
  let size = 0;
  for await (const { line, text: written } of linesOf(text.pieces())) {
    if (written.trim() === '//') {
      if (lines.some(isFilled)) yield cutNotice(file, lines, first, size, tags);
      [lines, first, size] = [[], line + 1, 0];
      continue;
    }
    if (lines.length === 0 && !isFilled(written)) first = line + 1;
    else if (size <= LIMITS.noticeCharacters) {
      suspects.look(written, lines.at(-1), line);
      lines.push(written.trimEnd());
    }
    size += written.length + 1;
  }
  if (!lines.some(isFilled)) return;
  const last = cutNotice(file, lines, first, size, tags);
  if (last.kind === 'record') tell(finding('joconde-end-missing', { file: file.name, id: last.id }));
  yield last;
}

const isFilled = (line: string): boolean => line.trim() !== '';

function cutNotice(
  file: ReadableFile,
  lines: readonly string[],
  line: number,
  size: number,
  tags: ReadonlySet<string>,
): Exclude<LocatedCut, { wholeFile: true }> {
  const where = { file: file.name, line };
  if (size > LIMITS.noticeCharacters) {
    return { kind: 'rejected', line, finding: finding('joconde-record-too-long', { ...where, limit: 2 }) };
  }
  const raw = new TextEncoder().encode(lines.join('\n'));
  const row = noticeOf(lines, tags);
  const id = row['REF'];
  if (!tags.has((lines.find(isFilled) ?? '').trim())) {
    const rejected = { kind: 'rejected', line, finding: finding('joconde-stray-text', where), raw } as const;
    return id === undefined ? rejected : { ...rejected, id };
  }
  if (id === undefined) return { kind: 'rejected', line, finding: finding('joconde-ref-missing', where), raw };
  const modified = row['DMAJ'];
  return { kind: 'record', line, id, row, raw, ...(modified === undefined ? {} : { modified }) };
}

/** Wrapped lines are joined by one space; a tag that comes twice has both values. Empty values are absent. */
function noticeOf(lines: readonly string[], tags: ReadonlySet<string>): Notice {
  const values = new Map<string, string[]>();
  let tag: string | undefined;
  let goesOn = false;
  for (const line of lines) {
    const text = line.trim();
    if (tags.has(text) && !goesOn) {
      tag = text;
      const before = values.get(tag);
      if (before === undefined) values.set(tag, []);
      else if (before.length > 0) before.push(';');
      continue;
    }
    if (tag === undefined || text === '') continue;
    goesOn = / -$/.test(line);
    // The reference is one line: what follows it is behind a tag that is not known, and must not become part of it.
    if (tag === 'REF' && (values.get(tag)?.length ?? 0) > 0) continue;
    values.get(tag)?.push(goesOn ? text.slice(0, -1).trimEnd() : text);
  }
  const joined = [...values].map(
    ([name, parts]) =>
      [
        name,
        parts
          .join(' ')
          .replace(/( ;)+$/, '')
          .trim(),
      ] as const,
  );
  return Object.fromEntries(joined.filter(([, value]) => value !== ''));
}

/** Lines that look like tags and are none that is known: told once each, for a whole field may hide behind. */
class Suspects {
  readonly #file: ReadableFile;
  readonly #tags: ReadonlySet<string>;
  readonly #tell: Tell;
  readonly #told = new Set<string>();

  constructor(file: ReadableFile, tags: ReadonlySet<string>, tell: Tell) {
    this.#file = file;
    this.#tags = tags;
    this.#tell = tell;
  }

  /** A tag follows a value that is complete, never another tag. */
  look(written: string, before: string | undefined, line: number): void {
    const tag = written.trim();
    if (!/^[A-Z][A-Z_]{2,9}\d?$/.test(tag) || this.#tags.has(tag) || this.#told.has(tag)) return;
    if (before === undefined || this.#tags.has(before.trim()) || / -$/.test(before)) return;
    if (this.#told.size >= LIMITS.unknownTags) return;
    this.#told.add(tag);
    this.#tell(finding('joconde-tag-unknown', { file: this.#file.name, line, tag }));
  }
}
