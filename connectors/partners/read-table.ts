/** Reads the stand-ins' own tables: `;` separated, UTF-8, one header line, no quoted cells. */
import { readFileSync } from 'node:fs';

/** The rows of a table beside this file, by column name. A row of another length than the header is a bug in the table. */
export function readTable(path: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(new URL(path, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = header.split(';');
  return lines.map((line, index) => {
    const cells = line.split(';');
    if (cells.length !== columns.length) throw new Error(`${path}, line ${index + 2}: ${cells.length} cells`);
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}

/** Turns an unknown column name into a loud bug instead of an empty cell. */
export function cell(row: Readonly<Record<string, string>>, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`no column "${column}"`);
  return value;
}
