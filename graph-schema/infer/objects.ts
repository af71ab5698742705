/** What an object says of trades: its denomination, use, subjects, domain and title; a recording, what is spoken of, and when. */
import type { AnyRecord } from '../record.ts';
import { linkTexts, textOf, textsOf } from './fields.ts';
import type { Saying } from './inferrer.ts';
import type { TextReaders } from './texts.ts';
import { descriptionSayings, titleOnly } from './titles.ts';

/** Films and testimonies are about what is said in them, not about what they are made of. */
const RECORDINGS: ReadonlySet<string> = new Set(['film', 'testimony']);
/** So many values of a list are read. */
const MOST = 60;

interface Cue {
  readonly begin: number;
  readonly text: string;
}

export function objectSayings({ fields, relations }: AnyRecord, texts: TextReaders): readonly Saying[] {
  const kinds = textsOf(fields['objectTypes'], MOST);
  const recording = RECORDINGS.has(String(fields['objectKind']));
  const use = textOf(fields['use']);
  return [
    ...kinds.flatMap((text) => texts.denomination(text)),
    ...(use === undefined ? [] : texts.use(use)),
    ...linkTexts(relations['subjects'], MOST).flatMap((text) => texts.subject(text)),
    ...textsOf(fields['domains'], MOST).flatMap((text) => texts.domain(text)),
    ...titleOnly(fields, texts),
    ...(recording ? descriptionSayings(fields, texts) : []),
    ...spoken((fields['transcript'] ?? []) as readonly Cue[], texts),
  ];
}

/** The first passage that speaks of each trade. */
function spoken(cues: readonly Cue[], { prose }: TextReaders): readonly Saying[] {
  const first = new Map<string, Saying>();
  for (const { begin, text } of [...cues].sort((a, b) => a.begin - b.begin)) {
    for (const { trade } of prose(text, 'transcript')) {
      if (!first.has(trade)) first.set(trade, { trade, rule: 'transcript', text, moment: begin });
    }
  }
  return [...first.values()];
}
