/** What a bench of a large graph has done so far, kept beside the graph: a bench that was stopped goes on from there. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Result } from './sections.ts';

export interface Done {
  readonly objects: number;
  readonly section: string;
  readonly result: Result;
}

export class BenchState {
  readonly #file: string;
  readonly #version: string;
  #done: readonly Done[] = [];

  /** `version`: of what is measured; what was measured of another is forgotten. */
  constructor(home: string, version: string) {
    this.#file = join(home, 'bench-graph', 'million.json');
    this.#version = version;
    if (!existsSync(this.#file)) return;
    const kept = JSON.parse(readFileSync(this.#file, 'utf8')) as { version: string; done: readonly Done[] };
    if (kept.version === version) this.#done = kept.done;
  }

  get done(): readonly Done[] {
    return this.#done;
  }

  has(objects: number, section: string): boolean {
    return this.#done.some((one) => one.objects === objects && one.section === section);
  }

  add(done: Done): void {
    this.#keep([...this.#done, done]);
  }

  /** The next bench begins anew. */
  clear(): void {
    this.#keep([]);
  }

  /** Written beside and then put in place: half a file would be none. */
  #keep(done: readonly Done[]): void {
    this.#done = done;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify({ version: this.#version, done }, null, 2));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
