/** The formats `webvtt` and `srt`: a file is the transcript of one testimony. Each reads both: what stands in the file decides. */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { type LocatedCut, type ReadableFile, refuse, type Tell } from '../reading/file.ts';
import { openText } from '../reading/text.ts';
import { hasCues, readCues } from '../shared/cues.ts';
import { defined } from '../shared/objects.ts';
import { tidyLine } from '../shared/text.ts';

const LARGEST_CHARACTERS = 8 * 1024 * 1024;
const LONGEST_NAME = 500;

/** `heldBy`: the `trame` identifier of the structure that keeps the recordings. */
export interface TranscriptOptions {
  readonly heldBy?: string | undefined;
}

const options = z
  .strictObject({ heldBy: z.string().trim().min(1, 'un identifiant de structure est attendu').optional() })
  .optional();

/** `file`: its name in the folder or zip. */
interface TranscriptRow {
  readonly file: string;
  readonly text: string;
}

function transcriptFormat(name: 'webvtt' | 'srt'): Format<TranscriptOptions | undefined> {
  return {
    name,
    version: 1,
    options,
    cut: (file, _, tell) => cutTranscript(file, tell),
    row: (raw) => JSON.parse(new TextDecoder().decode(raw)) as Json,
    map: (row, context) => mapTranscript(row as unknown as TranscriptRow, context),
  };
}

export const webvtt = transcriptFormat('webvtt');
export const srt = transcriptFormat('srt');

/** One file, one record: it is held whole, and bounded. The identifier is the file's name without its ending. */
async function* cutTranscript(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const opened = await openText(file, tell);
  if ('refused' in opened) return yield refuse(opened.refused);
  const pieces: string[] = [];
  let size = 0;
  for await (const piece of opened.pieces()) {
    pieces.push(piece);
    size += piece.length;
    if (size > LARGEST_CHARACTERS)
      return yield refuse(finding('file-too-large', { file: file.name, limit: LARGEST_CHARACTERS / 1_048_576 }));
  }
  const text = pieces.join('');
  if (!hasCues(text)) return yield refuse(finding('cues-none', { file: file.name }));
  const row = { file: file.name, text };
  yield {
    kind: 'record',
    line: 1,
    id: withoutEnding(file.name),
    row,
    raw: new TextEncoder().encode(JSON.stringify(row)),
  };
}

const withoutEnding = (name: string): string => name.replace(/\.(vtt|srt|txt|sbv)$/i, '') || name;

function mapTranscript(
  row: TranscriptRow,
  context: MappingContext & { options: TranscriptOptions | undefined },
): Mapping {
  const { cues, notes, title } = readCues(row.text);
  if (cues.length === 0) return { rejected: finding('cues-none', { file: row.file }) };
  const heldBy = context.options?.heldBy;
  const record = {
    kind: 'HeritageObject',
    identifiers: [],
    fields: {
      name: (title ?? nameOf(row.file)).slice(0, LONGEST_NAME),
      objectKind: 'testimony',
      transcript: cues,
      duration: durationOf(Math.max(...cues.slice(-50).map(({ end }) => end))),
    },
    relations: defined({
      heldBy: heldBy === undefined ? undefined : [{ identifier: { scheme: 'trame', value: heldBy } }],
    }),
  } as const;
  return notes.length === 0 ? { record } : { record, notes };
}

/** `2024/temoignage_demonstration-40.fr.vtt` is called “temoignage demonstration 40”. */
function nameOf(file: string): string {
  const last = withoutEnding(file.split('/').at(-1) ?? file).replace(/\.[a-z]{2}(-[A-Z]{2})?$/, '');
  return tidyLine(last.replace(/[_-]+/g, ' ')) ?? file;
}

/** Up to the last word that is heard: `1 h 02 min`, `12 min 30 s`. */
function durationOf(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  return minutes > 0 ? `${minutes} min ${String(rest).padStart(2, '0')} s` : `${rest} s`;
}
