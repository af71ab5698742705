/**
 * `/demonstration/{sheet}.csv`, `.xlsx` or `.ods`: what the report only counts, as volunteers put it online; the transcripts beside the sheet of testimonies;
 * `/archipop/oai`: 60 films.
 */
import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import { type Answer, file, NOT_FOUND } from '../answer.ts';
import { createOaiProvider } from '../oai-provider.ts';
import { filmRepository } from './films.ts';
import { SHEETS, type Sheet, transcript } from './sheets.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
} as const;

/** Answers what stands under these addresses; undefined for others. `base` is the server's address, known once it listens. */
export function demonstrationStand(base: () => string) {
  let films: ReturnType<typeof createOaiProvider> | undefined;
  return async (url: URL, request: { readonly method: string; readonly body: string }): Promise<Answer | undefined> => {
    const [first, second = '', third] = url.pathname.split('/').filter((part) => part !== '');
    if (first === 'archipop' && second === 'oai' && third === undefined) {
      films ??= createOaiProvider(filmRepository(base()));
      return films(url, request.method, request.body);
    }
    if (first !== 'demonstration' || third !== undefined) return undefined;
    const [name = '', extension = ''] = second.split('.');
    if (extension === 'vtt') return transcriptAt(name);
    const sheet = Object.hasOwn(SHEETS, name) ? SHEETS[name] : undefined;
    if (!sheet || !Object.hasOwn(TYPES, extension)) return NOT_FOUND;
    const type = extension as keyof typeof TYPES;
    return file(TYPES[type], await bytesOf(name, sheet(), type));
  };
}

function transcriptAt(name: string): Answer {
  const said = transcript(Number(/^temoignage-(\d{1,3})$/.exec(name)?.[1] ?? 0));
  return said === undefined ? NOT_FOUND : file('text/vtt; charset=utf-8', Buffer.from(said));
}

async function bytesOf(name: string, { columns, rows }: Sheet, type: keyof typeof TYPES): Promise<Uint8Array> {
  const all = [columns, ...rows].map((cells) => [...cells]);
  if (type === 'xlsx') return writeXlsx({ sheets: [{ name, rows: all }] });
  if (type === 'ods') return writeOds({ sheets: [{ name, rows: all }] });
  return Buffer.from(`${all.map((cells) => cells.map(quoted).join(';')).join('\n')}\n`);
}

function quoted(cell: string): string {
  return /[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
