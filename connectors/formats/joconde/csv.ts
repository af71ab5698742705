/** The format `joconde-csv`: the ministry's published table, columns separated by `|` (whatever separates them is found out). Further columns may stand beside. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Format } from '../../format.ts';
import { codeOf } from '../pop/base.ts';
import { unknownFields, valuesOf } from '../pop/notice.ts';
import { cutTable, rowFromRaw, type TableRow } from '../reading/rows.ts';
import { JOCONDE } from './base.ts';
import { mapNotice, type Notice } from './notice.ts';
import { JOCONDE_COLUMNS, JOCONDE_TAGS } from './tags.ts';

const NEEDS = { wanted: [], required: ['Reference'], id: ['Reference'], modified: 'Date_de_mise_a_jour' } as const;

export const jocondeCsv: Format = {
  name: 'joconde-csv',
  version: 2,
  cut: (file, _, tell) => cutTable(file, { ...NEEDS, known: Object.keys(JOCONDE_COLUMNS) }, tell),
  row: rowFromRaw,
  map: (row, context) => {
    const notice = noticeOf(row as TableRow);
    if (notice['REF'] !== undefined) {
      const mapped = mapNotice(notice, context);
      const told = unknownFields(unknownColumns(row as TableRow), JOCONDE, context.id);
      return 'rejected' in mapped || told.length === 0
        ? mapped
        : { ...mapped, notes: [...(mapped.notes ?? []), ...told] };
    }
    const found = Object.keys(row as TableRow)
      .slice(0, 10)
      .join(', ');
    return { rejected: finding('format-row-foreign', { id: context.id, format: 'joconde-csv', found }) };
  },
};

/** Filled columns that are none of the ministry's. */
function unknownColumns(row: TableRow): readonly string[] {
  return Object.entries(row).flatMap(([column, value]) =>
    valuesOf(value).length === 0 || isKnown(column) ? [] : [column],
  );
}

const isKnown = (column: string): boolean =>
  Object.hasOwn(JOCONDE_COLUMNS, column) || JOCONDE_TAGS.has(column) || codeOf(JOCONDE, column) !== undefined;

/** A column that is named by its field code (IMG, WWW, UTIL…) is that field. */
function noticeOf(row: TableRow): Notice {
  const fields = Object.entries(row).flatMap(([column, value]) => {
    const tag = JOCONDE_COLUMNS[column] ?? (JOCONDE_TAGS.has(column) ? column : codeOf(JOCONDE, column));
    // A table reached through an API has values that are no texts.
    return tag === undefined ? [] : [[tag, typeof value === 'string' ? value : valuesOf(value).join(' ; ')] as const];
  });
  return Object.fromEntries(fields);
}
