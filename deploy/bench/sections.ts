/** The sections of the bench that fill a graph themselves, in the order in which they run. */
import type { Neo4jConnection } from '#deploy/neo4j/connection.ts';
import type { Database } from '#graph-schema/database.ts';
import { endToEnd } from './end-to-end.ts';
import { formats } from './formats.ts';
import { identity } from './identity.ts';
import { largeFiles } from './large-files.ts';
import type { Told } from './measures.ts';
import { oaiClient } from './oai-client.ts';
import { reconciliation } from './reconciliation.ts';
import { replayAndRebuild } from './replay.ts';

/** What a section is given to work with. */
export interface Bench {
  readonly home: string;
  readonly connection: Neo4jConnection;
  readonly database: Database;
  readonly records: number;
  /** In the largest graph in which identities are looked for. */
  readonly objects: number;
  /** Progress, for a person. */
  readonly tell: (line: string) => void;
}

export type Section = (bench: Bench) => Promise<readonly Told[]>;

export const SECTIONS: Readonly<Record<string, Section>> = {
  'end-to-end': endToEnd,
  replay: replayAndRebuild,
  'oai-client': oaiClient,
  formats,
  'large-files': largeFiles,
  reconciliation,
  identity,
};
