/** The format `joconde-csv`: the ministry's published table, columns separated by `|` (whatever separates them is found out). Further columns may stand beside. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Format } from '../../format.ts';
import { cutTable, rowFromRaw, type TableRow } from '../reading/rows.ts';
import { mapNotice, type Notice } from './notice.ts';
import { JOCONDE_COLUMNS, JOCONDE_TAGS } from './tags.ts';

const NEEDS = { wanted: [], required: ['Reference'], id: ['Reference'], modified: 'Date_de_mise_a_jour' } as const;

export const jocondeCsv: Format = {
  name: 'joconde-csv',
  version: 1,
  cut: (file, _, tell) => cutTable(file, { ...NEEDS, known: Object.keys(JOCONDE_COLUMNS) }, tell),
  row: rowFromRaw,
  map: (row, context) => {
    const notice = noticeOf(row as TableRow);
    if (notice['REF'] !== undefined) return mapNotice(notice, context);
    const found = Object.keys(row as TableRow)
      .slice(0, 10)
      .join(', ');
    return { rejected: finding('format-row-foreign', { id: context.id, format: 'joconde-csv', found }) };
  },
};

/** A column that is named by its field code (IMG, WWW, UTIL…) is that field. */
function noticeOf(row: TableRow): Notice {
  const fields = Object.entries(row).flatMap(([column, value]) => {
    const tag = JOCONDE_COLUMNS[column] ?? (JOCONDE_TAGS.has(column) ? column : undefined);
    return tag === undefined ? [] : [[tag, value] as const];
  });
  return Object.fromEntries(fields);
}
