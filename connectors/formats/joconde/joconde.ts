/** The format `joconde`: notices of Joconde in whichever form they come: tagged text, a table whatever names its columns have, or JSON of POP and of open data. */
import { finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import type { Format, Mapping, MappingContext } from '../../format.ts';
import { begins, cutPop } from '../pop/cut.ts';
import { unknownFields } from '../pop/notice.ts';
import { withoutAddress } from '../pop/shared.ts';
import { headOf, type LocatedCut, type ReadableFile, type Tell } from '../reading/file.ts';
import { rowFromRaw } from '../reading/rows.ts';
import { isPacked } from '../reading/spreadsheet.ts';
import { splitList } from '../shared/text.ts';
import { JOCONDE, noticeFrom } from './base.ts';
import { mapNotice } from './notice.ts';
import { JOCONDE_TAGS } from './tags.ts';
import { jocondeText } from './text.ts';

const HEAD_BYTES = 65_536;

export const joconde: Format = {
  name: 'joconde',
  version: 2,
  cut: cutAny,
  row: (raw) =>
    raw[0] === 0x7b
      ? rowFromRaw(raw)
      : (jocondeText.row as (raw: Uint8Array, options: undefined) => Json)(raw, undefined),
  map: mapAny,
};

async function* cutAny(file: ReadableFile, _: unknown, tell: Tell): AsyncGenerator<LocatedCut> {
  const head = await headOf(file, HEAD_BYTES);
  const isText = !isPacked(head) && isTagged(begins(head));
  if (isText && jocondeText.cut) yield* jocondeText.cut(file, undefined, tell);
  else yield* cutPop(file, JOCONDE, tell);
}

/** A known tag stands alone on one of the first lines; the names of a table's columns stand side by side. */
function isTagged(begin: string): boolean {
  return begin.split(/\r\n?|\n/, 50).some((line) => JOCONDE_TAGS.has(line.trim()));
}

function mapAny(row: Json, context: MappingContext): Mapping {
  const { notice, unknown } = noticeFrom(row);
  if (notice['REF'] === undefined) {
    const found = [...Object.keys(notice), ...unknown].slice(0, 10).join(', ');
    return { rejected: finding('format-row-foreign', { id: context.id, format: 'joconde', found }) };
  }
  const mapped = mapNotice(notice, context);
  if ('rejected' in mapped) return mapped;
  const pictures = ['IMG', 'VIDEO'].flatMap((tag) => splitList(notice[tag], ';,'));
  const told = [...withoutAddress(pictures, context.id), ...unknownFields(unknown, JOCONDE, context.id)];
  return told.length === 0 ? mapped : { ...mapped, notes: [...(mapped.notes ?? []), ...told] };
}
