/** Which identifiers a reading has met, and where: a second record of the same identifier must not overwrite the first unseen. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';

/** Bounds the memory of a reading: some 30 MB. */
const LIMIT = 200_000;
/** A place is one number: the file's rank times this, and the line. */
const LINES = 2 ** 36;
/** V8 keeps the whole text from which a longer substring was taken. */
const LONGEST_COPIED = 12;

export class Identifiers {
  readonly #met = new Map<string, number>();
  readonly #files: string[] = [];
  readonly #tell: (found: Finding) => void;
  #full = false;

  constructor(tell: (found: Finding) => void) {
    this.#tell = tell;
  }

  /** The finding that says where an identifier stood before; undefined at first sight. Files come one after the other. */
  repeated(id: string, file: string, line: number): Finding | undefined {
    const before = this.#met.get(id);
    if (before !== undefined) {
      const firstFile = this.#files[Math.floor(before / LINES)] ?? '';
      return finding('file-duplicate-id', { id, file, line, firstFile, firstLine: before % LINES });
    }
    if (this.#met.size < LIMIT) this.#remember(id, file, line);
    else if (!this.#full) {
      this.#full = true;
      this.#tell(finding('file-duplicates-unwatched', { limit: LIMIT }));
    }
    return undefined;
  }

  #remember(id: string, file: string, line: number): void {
    if (this.#files.at(-1) !== file) this.#files.push(file);
    const own = id.length > LONGEST_COPIED ? Buffer.from(id).toString() : id;
    this.#met.set(own, (this.#files.length - 1) * LINES + line);
  }
}
