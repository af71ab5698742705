/** Walks what is stored of a source, proposes its corrections, and keeps what became of those proposed before. The partner is not troubled. */
import { inflateRawSync } from 'node:zlib';
import { mendedCharacters } from '#graph-schema/corrections/characters.ts';
import { correctionsOf, type Known, presentCommunes } from '#graph-schema/corrections/propose.ts';
import type { Database } from '#graph-schema/database.ts';
import { propertiesOf } from '#graph-schema/model.ts';
import { createReconciler } from '#graph-schema/reconcile/reconciler.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import { fold } from '#graph-schema/text.ts';
import { dayInFrance } from '../agreement.ts';
import { MOST_RECORD_BYTES } from '../map.ts';
import type { Source } from '../sources.ts';
import { cellReader, type OwnRow } from './cells.ts';
import {
  type ClosedHow,
  closedCounts,
  closeOfGone,
  correctionKey,
  type KeyedCorrection,
  keepStates,
  refusedKeys,
  type Seen,
} from './state.ts';

/** Records that are looked at together. */
const PAGE = 250;
/** More corrections than these are counted, and shown once the first are mended. */
const MOST_SHOWN = 20_000;
const MOST_CLOSED = 1_000;

export interface ShownCorrection extends KeyedCorrection {
  /** ISO 8601. */
  readonly since: string;
}

/** A row of the partner that has sure corrections: as it is, and what to put where. */
export interface CorrectedRow {
  readonly id: string;
  readonly inventoryNumber: string;
  readonly row: Readonly<Record<string, string>>;
  readonly corrections: readonly KeyedCorrection[];
}

export interface MuseumReport {
  /** Records looked at: those that the source still names. */
  readonly records: number;
  readonly sure: number;
  readonly questions: number;
  /** Among what would be proposed: what the museum refused. */
  readonly refused: number;
  readonly closed: Readonly<Record<ClosedHow, number>>;
  /** Neither shown nor written for their number. */
  readonly beyond: number;
  readonly corrections: readonly ShownCorrection[];
  readonly rows: readonly CorrectedRow[];
  /** The columns that any row fills, as its rows order them. */
  readonly columns: readonly string[];
}

/** Makes the report of a source, and updates the states of its corrections. Memory: a page, what is shown, and the inventory numbers. */
export async function reportOn(source: Source, database: Database): Promise<MuseumReport> {
  const known: Known = { reconciler: createReconciler(), present: presentCommunes() };
  const read = cellReader(source);
  const refused = await database.read((tx) => refusedKeys(tx));
  const numbers = new Map<string, number>();
  for await (const page of pages(database, source.name, false))
    for (const { record } of page) count(numbers, numberOf(record));
  const report = { records: 0, sure: 0, questions: 0, refused: 0, beyond: 0 };
  const corrections: ShownCorrection[] = [];
  const rows: CorrectedRow[] = [];
  const columns: string[] = [];
  for await (const page of pages(database, source.name, true)) {
    const seen = page.map((stored) => seenOf(stored, read(rowOf(stored, source), stored.record), numbers, known));
    const kept = seen.map((one) => ({ ...one, corrections: one.corrections.filter(({ key }) => !refused.has(key)) }));
    const sinceBy = await database.write((tx) => keepStates(tx, source.name, kept));
    report.records += page.length;
    report.refused += sum(seen) - sum(kept);
    for (const { own, corrections: found, id, inventoryNumber } of kept) {
      mergeColumns(columns, Object.keys(own.row));
      const sure = found.filter(({ form }) => form === 'sure');
      report.sure += sure.length;
      report.questions += found.length - sure.length;
      if (corrections.length + found.length > MOST_SHOWN) report.beyond += found.length;
      else {
        corrections.push(...found.map((one) => ({ ...one, since: sinceBy.get(one.key) ?? '' })));
        if (sure.length > 0) rows.push({ id, inventoryNumber, row: own.row, corrections: sure });
      }
    }
  }
  while ((await database.write((tx) => closeOfGone(tx, source.name, MOST_CLOSED))) === MOST_CLOSED);
  const closed = await database.read((tx) => closedCounts(tx, source.name));
  return { ...report, closed, corrections, rows, columns };
}

const sum = (seen: readonly Seen[]) => seen.reduce((total, { corrections }) => total + corrections.length, 0);

interface Stored {
  readonly key: string;
  readonly id: string;
  readonly raw: Uint8Array;
  readonly record: AnyRecord;
  readonly others: readonly { readonly source: string; readonly record: AnyRecord }[];
}

/** Live records by key; with their bytes, and with what other sources say of the same thing to everyone, where `whole`. */
async function* pages(database: Database, source: string, whole: boolean): AsyncGenerator<readonly Stored[]> {
  for (let after = ''; ; ) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.key STARTS WITH $prefix AND r.key > $after AND r.state = 'live' AND r.raw IS NOT NULL
         WITH r ORDER BY r.key LIMIT toInteger($page)
         RETURN r.key AS key, r.id AS id, CASE WHEN $whole THEN r.raw END AS raw, r.record AS record,
           CASE WHEN $whole THEN COLLECT { MATCH (r)-[:DESCRIBES]->(:Published)<-[:DESCRIBES]-(o:SourceRecord)
             WHERE o.source <> r.source AND o.state = 'live' AND o.visibility = 'public'
               AND coalesce(o.visibleUntil, $today) >= $today RETURN {source: o.source, record: o.record} ORDER BY o.rank, o.key LIMIT 5 } ELSE [] END AS others
         ORDER BY key`,
        { prefix: `${source}/`, after, page: PAGE, whole, today: dayInFrance(new Date()) },
      ),
    );
    const page = records.map((row): Stored => {
      const raw = row.get('raw') as Int8Array | null;
      return {
        key: row.get('key') as string,
        id: row.get('id') as string,
        raw: raw === null ? new Uint8Array() : new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength),
        record: JSON.parse(row.get('record') as string) as AnyRecord,
        others: (row.get('others') as { source: string; record: string }[]).map((other) => ({
          source: other.source,
          record: JSON.parse(other.record) as AnyRecord,
        })),
      };
    });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.key;
  }
}

function rowOf({ raw }: Stored, source: Source) {
  return source.connector.row(inflateRawSync(raw, { maxOutputLength: MOST_RECORD_BYTES }), source.options);
}

interface SeenRow extends Seen {
  readonly id: string;
  readonly inventoryNumber: string;
  readonly own: OwnRow;
}

function seenOf(stored: Stored, own: OwnRow, numbers: ReadonlyMap<string, number>, known: Known): SeenRow {
  const { key, id, record } = stored;
  const types = record.fields['objectTypes'];
  const denomination = Array.isArray(types) && record.kind === 'HeritageObject' ? types.join(' ; ') : '';
  const number = numberOf(record);
  const numbered = numbers.get(number) ?? 0;
  const found = correctionsOf({ cells: own.cells, denomination, numbered, elsewhere: elsewhere(stored, own) }, known);
  const { page } = record.fields;
  const keyed = found.map((one) => ({
    ...one,
    key: correctionKey(key, one),
    id,
    page: typeof page === 'string' ? page : undefined,
  }));
  const values = new Map(own.cells.map(({ column, value }) => [column, value]));
  return { record: key, id, inventoryNumber: number, own, values, corrections: keyed };
}

function numberOf({ fields }: AnyRecord): string {
  const { inventoryNumber } = fields;
  return typeof inventoryNumber === 'string' ? mendedCharacters(inventoryNumber) : '';
}

function count(numbers: Map<string, number>, number: string): void {
  if (number !== '') numbers.set(number, (numbers.get(number) ?? 0) + 1);
}

/** Its date, where this record has none: other fields have no cell that would take them as they are. */
function elsewhere({ record, others }: Stored, { cells }: OwnRow) {
  const asked = cells.filter(({ role, value }) => role === 'date' && value === '');
  const hasNone = cells.every(({ role, value }) => role !== 'date' || value === '');
  const [cell] = asked;
  const name = Object.entries(propertiesOf(record.kind)).find(([, { type }]) => type === 'when')?.[0];
  if (cell === undefined || !hasNone || name === undefined) return [];
  return others
    .flatMap(({ source, record: other }) => {
      const said = other.fields[name] as { readonly text?: string } | undefined;
      return said?.text === undefined ? [] : [{ column: cell.column, value: said.text, source }];
    })
    .slice(0, 1);
}

/** Empty cells are not stored, so the order of the columns is put together from the rows: a new one comes after the one that it follows. */
function mergeColumns(columns: string[], row: readonly string[]): void {
  let at = 0;
  for (const column of row) {
    const there = columns.findIndex((one) => fold(one) === fold(column));
    if (there < 0) columns.splice(at, 0, column);
    at = (there < 0 ? at : there) + 1;
  }
}
