/** What is worth telling once a run, however often it was met. */
import type { XmlRepaired } from '#connectors/charset.ts';
import type { Context } from '#connectors/connector.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';

export class Tally {
  readonly #counted = new Map<Finding['code'], { where: string; count: number }>();
  readonly #told = new Set<string>();
  readonly #tell: Context['tell'];

  constructor(tell: Context['tell']) {
    this.#tell = tell;
  }

  /** Tells at once, one time for each code. */
  tell(found: Finding): void {
    if (this.#told.has(found.code)) return;
    this.#told.add(found.code);
    this.#tell(found);
  }

  /** Counts the repairs of one page. */
  repairsAt(where: string): XmlRepaired {
    return (kind, count) => {
      const code = `xml-repaired-${kind}` as const;
      const counted = this.#counted.get(code);
      if (counted === undefined) this.#counted.set(code, { where, count });
      else counted.count += count;
    };
  }

  /** Tells what was counted. To be called once, at the end, however it came. */
  end(): void {
    for (const [code, { where, count }] of this.#counted) this.#tell(finding(code, { where, count }));
    this.#counted.clear();
  }
}
