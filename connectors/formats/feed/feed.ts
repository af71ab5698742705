/** The format `feed`: RSS 2.0, 1.0 and 0.9x, Atom 1.0, and YouTube's channel feed (Atom with Media RSS). A feed names the latest entries only. */
import { z } from 'zod';
import { OBJECT_KINDS } from '#graph-schema/model.ts';
import type { Json } from '../../connector.ts';
import type { Format } from '../../format.ts';
import type { XmlElement } from '../../xml.ts';
import { parseXml } from '../../xml-stream.ts';
import { cutFeed } from './cut.ts';
import { mapEntry } from './entry.ts';

const KINDS = ['Resource', 'Event', 'HeritageObject'] as const;

export interface FeedOptions {
  /** What an entry becomes. Resource unless told. */
  readonly kind: (typeof KINDS)[number];
  /** What kind of Resource or Event; for a HeritageObject one of the model's, `testimony` unless told. */
  readonly type?: string | undefined;
  /** The `trame` identifier of who publishes, organises or keeps them. */
  readonly structure?: string | undefined;
}

const text = (said: string) => z.string(said).trim().min(1, said).max(200).optional();

const options = z
  .strictObject({
    kind: z.enum(KINDS, `un genre est attendu : ${KINDS.join(', ')}`).default('Resource'),
    type: text('une nature est attendue'),
    structure: text('un identifiant « trame » est attendu'),
  })
  .refine(
    ({ kind, type }) =>
      kind !== 'HeritageObject' || type === undefined || (OBJECT_KINDS as readonly string[]).includes(type),
    {
      path: ['type'],
      message: `pour HeritageObject, l’un de : ${OBJECT_KINDS.join(', ')}`,
    },
  )
  .prefault({});

export const feed: Format<FeedOptions> = {
  name: 'feed',
  version: 2,
  latestOnly: true,
  options,
  cut: (file, _, tell) => cutFeed(file, tell),
  row: (raw) => parseXml(raw) as Json,
  map: (row, context) =>
    mapEntry(row as unknown as XmlElement, {
      ...context,
      // A format that is used without its source file has no options.
      options: context.options ?? options.parse(undefined),
    }),
};
