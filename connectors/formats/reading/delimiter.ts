/** Which character separates the columns of a text, found out from its first lines. */
import { parse } from 'csv-parse/sync';

const CANDIDATES = [';', ',', '\t', '|'] as const;
const LINES_LOOKED_AT = 30;

/**
 * The separator among `;` `,` tab and `|` that cuts the first lines most evenly: most rows of one width, then the widest.
 * A text of one column gives `;`.
 */
export function delimiterOf(sample: string): string {
  const complete = sample.includes('\n') ? sample.slice(0, sample.lastIndexOf('\n')) : sample;
  let best: { delimiter: string; even: number; width: number } = { delimiter: ';', even: 0, width: 1 };
  for (const delimiter of CANDIDATES) {
    const widths = widthsOf(complete, delimiter);
    const width = commonest(widths);
    if (width < 2) continue;
    const even = widths.filter((one) => one === width).length / widths.length;
    if (even > best.even || (even === best.even && width > best.width)) best = { delimiter, even, width };
  }
  return best.delimiter;
}

/** The commonest width among those of two columns and more: a title above the header, or a note below, is one cell. */
function commonest(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = 1;
  for (const [width, count] of counts)
    if (count > (counts.get(best) ?? 0) && (count > 1 || width === widths[0])) best = width;
  return best;
}

function widthsOf(text: string, delimiter: string): readonly number[] {
  const options = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    to: LINES_LOOKED_AT,
  };
  try {
    return (parse(text, options) as string[][]).map((row) => row.length);
  } catch {
    // A quote that stays open: the lines are then looked at one by one.
    const lines = text.split('\n', LINES_LOOKED_AT).filter((line) => line.trim() !== '');
    return lines.map((line) => line.split(delimiter).length);
  }
}
