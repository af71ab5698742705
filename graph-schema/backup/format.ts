/**
 * The form of a backup: gzip'd lines of JSON. The first says what it is, the last how much there is of what, and the SHA-256 of all lines
 * before it: a file that was cut or changed is refused.
 */
import type { Finding } from '../findings/finding.ts';
import { words } from '../findings/finding.ts';
import type { Properties } from './values.ts';

/** Raise it when an older Trame would misread what is written now. */
export const BACKUP_FORMAT = 1;

/** Lines and bytes that one transaction takes. */
export const BATCH = { lines: 1_000, bytes: 16 * 1024 * 1024 } as const;

/** Longer than any record may be; a longer line is no line of ours. */
export const MOST_LINE_BYTES = 128 * 1024 * 1024;

export interface Header {
  readonly trame: 'backup';
  readonly format: number;
  /** Of the Trame that wrote it. */
  readonly version: string;
  /** ISO 8601. */
  readonly at: string;
}

/** A bookkeeping node, with what it leads to: relationship type, label and key. `integers` names the properties that are integers. */
export interface NodeLine {
  readonly node: string;
  readonly key: string;
  readonly properties: Properties;
  readonly integers: readonly string[];
  readonly to: readonly (readonly [string, string, string])[];
}

/** Of an entity only what the fold does not give: its change numbers, and what partners were told of it. */
export interface EntityLine {
  readonly entity: string;
  readonly properties: Properties;
  readonly labels: readonly ('Tombstone' | 'Withdrawn')[];
}

export type Line = NodeLine | EntityLine;

export interface Trailer {
  readonly end: true;
  /** By label. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of all lines before, hexadecimal. */
  readonly sha256: string;
}

/** What a backup holds, as its first and last lines say and as was counted. */
export interface BackupSummary {
  readonly header: Header;
  readonly counts: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** A backup that cannot be written, or a file that cannot be restored: expected, and said in words. */
export class BackupRefused extends Error {
  readonly finding: Finding;
  constructor(found: Finding) {
    super(words(found).text);
    this.name = 'BackupRefused';
    this.finding = found;
  }
}
