/** A partner that gives a table at an address: CSV, or a zip of CSV files. It knows its own truth. */
import type { ServerResponse } from 'node:http';
import { serveLoopback } from '#connectors/http/loopback.ts';
import type { Partner } from './fault.ts';
import type { Expected, Truth } from './truth.ts';

export const ROWS = 40;
const HEAD = ['Identifiant', 'Nom', 'Présentation'];

interface Row {
  readonly id: string;
  readonly name: string;
  readonly texts: string[];
  description: string;
  inTheFile: boolean;
}

/** What goes out: bytes, or a way of its own of answering. */
export type Given = Uint8Array | string | ((response: ServerResponse, csv: Buffer) => void);

export class Table {
  /** What is given in the place of the table; undefined: the table as it is. */
  given: Given | undefined;
  /** Of the address: a file's name says what it is. */
  name = 'table.csv';
  asked = 0;
  origin = '';
  readonly #rows: Row[];
  #stop: () => Promise<void> = async () => undefined;

  private constructor() {
    this.#rows = Array.from({ length: ROWS }, (_, n) => {
      const row = {
        id: `T-${n}`,
        name: `Rouet à pédale nº ${n}`,
        description: `Chêne et hêtre, ${n} fuseaux, doré`,
        inTheFile: true,
      };
      return { ...row, texts: [`${row.name} | ${row.description}`] };
    });
  }

  static async start(): Promise<Table> {
    const table = new Table();
    const { origin, stop } = await serveLoopback((_request, response) => {
      table.asked += 1;
      const { given = table.csv() } = table;
      if (typeof given === 'function') return given(response, table.csv());
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.end(given);
    });
    table.origin = origin;
    table.#stop = stop;
    return table;
  }

  partner(more: Partial<Partner> & { readonly options?: Readonly<Record<string, unknown>> } = {}): Partner {
    const { options = {}, ...rest } = more;
    const map = { kind: 'HeritageObject', id: 'Identifiant', fields: { name: 'Nom', description: 'Présentation' } };
    return {
      source: { protocol: 'files', format: 'table', map, options: { url: `${this.origin}/${this.name}`, ...options } },
      truth: () => this.truth(),
      heal: () => {
        this.given = undefined;
        this.restore();
      },
      stop: () => this.#stop(),
      ...rest,
    };
  }

  /** The lines of the file, the header first. */
  lines(): string[] {
    const cells = this.#rows
      .filter(({ inTheFile }) => inTheFile)
      .map(({ id, name, description }) => [id, name, description]);
    return [HEAD, ...cells].map((row) =>
      row.map((cell) => (/[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';'),
    );
  }

  csv(): Buffer {
    return Buffer.from(`${this.lines().join('\n')}\n`);
  }

  /** Another description in every row. */
  describe(make: (n: number) => string): void {
    for (const [n, row] of this.#rows.entries()) {
      row.description = make(n);
      row.texts.unshift(`${row.name} | ${row.description}`);
    }
  }

  /** Taken out of the file, without a word. */
  remove(chosen: (n: number) => boolean): void {
    for (const [n, row] of this.#rows.entries()) row.inTheFile &&= !chosen(n);
  }

  /** All rows are in the file again. */
  restore(): void {
    for (const row of this.#rows) row.inTheFile = true;
  }

  truth(): Truth {
    return new Map(
      this.#rows.map(({ id, texts, inTheFile }): [string, Expected] => [
        id,
        { is: inTheFile ? 'kept' : 'absent', texts },
      ]),
    );
  }
}
