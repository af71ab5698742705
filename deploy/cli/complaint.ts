import type { Finding } from '#graph-schema/findings/finding.ts';
import { words } from '#graph-schema/findings/finding.ts';

/** Something the person at the keyboard can mend: printed without a stack. */
export class Complaint extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'Complaint';
    this.exitCode = exitCode;
  }
}

/** A finding as two lines: what happened, and what to do now. */
export function tellFinding(found: Finding): string {
  const { text, remedy } = words(found);
  return `${text}\n  → ${remedy}`;
}
