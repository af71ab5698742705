/**
 * Transcripts: WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip (SRT) become cues. The two are read by one reader, by what stands in them and not
 * by their name, for files are found under the wrong one.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Cue } from '#graph-schema/property.ts';
import { RECORD_LIMITS } from '#graph-schema/record.ts';
import { decodeEntities } from './html.ts';
import { tidyLine } from './text.ts';

export interface ReadCues {
  readonly cues: readonly Cue[];
  /** What was left out or mended. Empty for a sound transcript. */
  readonly notes: readonly Finding[];
  /** What the header or a NOTE says the title is. */
  readonly title?: string | undefined;
}

/** Hours are optional, and the part of a second stands behind a point or a comma: `1:02:03,500`, `02:03.5`. */
const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*--?>\s*${TIME}(?:\s.*)?$`);
/** Blocks of WebVTT that hold no speech. */
const SILENT = /^(NOTE|STYLE|REGION)(\s|$)/;
const EXAMPLE_CHARACTERS = 80;

/**
 * The cues of a transcript, in order of their begin, in seconds. The names of those who speak (`<v Name>`) are persons' and are left out. Never throws;
 * a text without any timed passage gives no cue and the note `cues-none`.
 */
export function readCues(text: string): ReadCues {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const reader = new CueReader(lines.some((line, index) => line.trim() === '' && index < lines.length - 1));
  for (const line of lines) reader.line(line);
  return reader.end();
}

/** Whether a timed passage stands anywhere in a text: for telling a transcript from something else, without reading it whole. */
export function hasCues(text: string): boolean {
  return new RegExp(String.raw`^[ \t]*${TIME}[ \t]*--?>[ \t]*${TIME}`, 'm').test(text);
}

interface Open {
  readonly begin: number;
  readonly end: number;
  readonly lines: string[];
}

class CueReader {
  readonly #cues: Cue[] = [];
  readonly #unread: string[] = [];
  readonly #backwards: string[] = [];
  #speakers = 0;
  #over = 0;
  #title: string | undefined;
  #open: Open | undefined;
  /** `top`: nothing was read yet; `begin`: at the top of a block; `silent`: within one that holds no speech, or whose times cannot be read. */
  #state: 'top' | 'begin' | 'silent' | 'cue' = 'top';

  /** Whether blank lines part the blocks: a cell of a sheet may have lost them. */
  readonly #parted: boolean;

  constructor(parted: boolean) {
    this.#parted = parted;
  }

  line(line: string): void {
    if (TIMING.test(line) || (line.includes('-->') && /^\s*\d/.test(line))) this.#timing(line);
    else if (line.trim() === '') this.#blank();
    else if (this.#state === 'top' && /^WEBVTT(\s|$)/.test(line)) this.#header(line);
    else this.#text(line);
  }

  #text(line: string): void {
    if (this.#state === 'top') this.#state = 'begin';
    if (SILENT.test(line) && (this.#state === 'begin' || !this.#parted)) {
      this.#close();
      this.#state = 'silent';
    }
    if (this.#state === 'cue') this.#open?.lines.push(line);
    else this.#titleIn(line);
  }

  end(): ReadCues {
    this.#close();
    const cues = this.#cues.toSorted((a, b) => a.begin - b.begin);
    return { cues, notes: this.#notes(), title: this.#title };
  }

  /** A cue's number may stand right above, where the blank line between two cues is missing. */
  #timing(line: string): void {
    const last = this.#open?.lines.at(-1);
    if (last !== undefined && /^\s*\d+\s*$/.test(last)) this.#open?.lines.pop();
    this.#close();
    const found = TIMING.exec(line);
    const begin = found ? secondsOf(found.slice(1, 5)) : undefined;
    const end = found ? secondsOf(found.slice(5, 9)) : undefined;
    if (begin === undefined || end === undefined) {
      this.#unread.push(line);
      this.#state = 'silent';
      return;
    }
    if (end < begin) this.#backwards.push(line);
    this.#open = { begin, end: Math.max(begin, end), lines: [] };
    this.#state = 'cue';
  }

  #blank(): void {
    if (this.#state === 'cue') this.#close();
    if (this.#state !== 'top') this.#state = 'begin';
  }

  #header(line: string): void {
    this.#state = 'silent';
    this.#title = tidyLine(line.replace(/^WEBVTT\s*(?:[-–:]\s*)?/, ''));
  }

  #titleIn(line: string): void {
    const said = /^(?:NOTE\s+)?(?:title|titre)\s*[:=]\s*(.+)$/i.exec(line)?.[1];
    if (said !== undefined && this.#state === 'silent') this.#title = tidyLine(said) ?? this.#title;
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    const text = this.#spoken(open.lines.join('\n'));
    if (text === undefined) return;
    if (this.#cues.length >= RECORD_LIMITS.cues) this.#over += 1;
    else this.#cues.push({ begin: open.begin, end: open.end, text });
  }

  /** Without tags: `<v Name>`, `<c.class>`, `<00:01.000>`, and the `<font>` and `{\an8}` of SRT. */
  #spoken(written: string): string | undefined {
    if (/[<{&]/.test(written)) {
      this.#speakers += [...written.matchAll(/<v[\s.]/gi)].length;
      const bare = written.replace(/<\/?[a-z][^<>]*>|<\d[\d:.,]*>|<\/>/gi, '').replace(/\{\\[^{}]*\}/g, '');
      return tidyLine(decodeEntities(bare));
    }
    return tidyLine(written);
  }

  #notes(): readonly Finding[] {
    const notes: Finding[] = [];
    const some = (code: 'cues-times-unread' | 'cues-end-before-begin', lines: readonly string[]) => {
      const [first] = lines;
      if (first === undefined) return;
      notes.push(finding(code, { count: lines.length, example: first.trim().slice(0, EXAMPLE_CHARACTERS) }));
    };
    if (this.#cues.length === 0) notes.push(finding('cues-none', { file: this.#title ?? 'La transcription' }));
    some('cues-times-unread', this.#unread);
    some('cues-end-before-begin', this.#backwards);
    if (this.#speakers > 0) notes.push(finding('cues-speakers-left-out', { count: this.#speakers }));
    if (this.#over > 0) notes.push(finding('cues-too-many', { limit: RECORD_LIMITS.cues, count: this.#over }));
    return notes;
  }
}

function secondsOf([hours, minutes, seconds, part]: readonly (string | undefined)[]): number | undefined {
  const [h, m, s] = [hours, minutes, seconds].map((text) => Number(text ?? 0)) as [number, number, number];
  // Without hours some count the minutes on: `120:00.000`.
  if ((hours !== undefined && m > 59) || s > 59) return undefined;
  const thousandths = Number((part ?? '').padEnd(3, '0'));
  return (h * 3_600_000 + m * 60_000 + s * 1_000 + thousandths) / 1_000;
}
