/**
 * Updates that would empty a field: where a field was filled in over half of a source's records and falls by half, the run's updates are set
 * aside for a steward. What a batch would empty is seen before it is written; whether the whole source loses by it is judged at the end of the run.
 */
import { recordKey } from '#graph-schema/bookkeeping.ts';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type StoredProperties, storedItem } from '#graph-schema/fold/hide.ts';
import type { Item, RecordItem } from '#graph-schema/fold/items.ts';
import { forgetUpdates, type KnownRecord } from '#graph-schema/fold/records.ts';
import { MOST_ITEMS, type Written } from '#graph-schema/fold/write.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import { closeBatch, countWaiting, openBatch, openOne, startWaiting } from './held.ts';
import type { RunReport } from './report.ts';
import type { Source } from './sources.ts';
import type { Writer } from './writer.ts';

/** Of so few updates nothing is concluded before the run has ended. */
const ENOUGH = 20;
/** A source of fewer records has no habits. */
const FEWEST = 5;

/** How many of the records that were compared had each field before, and have it now. */
class Fill {
  compared = 0;
  readonly #before = new Map<string, number>();
  readonly #after = new Map<string, number>();

  add(before: AnyRecord, after: AnyRecord): void {
    this.compared += 1;
    for (const field of filled(before)) this.#before.set(field, (this.#before.get(field) ?? 0) + 1);
    for (const field of filled(after)) this.#after.set(field, (this.#after.get(field) ?? 0) + 1);
  }

  /** The fields that over half of them had, and at most half of those have now. */
  fallen(): string[] {
    return [...this.#before]
      .filter(([field, had]) => had > this.compared / 2 && (this.#after.get(field) ?? 0) <= had / 2)
      .map(([field]) => field);
  }
}

function filled({ fields, relations }: AnyRecord): string[] {
  const linked = Object.entries(relations).filter(([, links]) => (links?.length ?? 0) > 0);
  return [...Object.keys(fields), ...linked.map(([name]) => name)];
}

type Stores = {
  readonly source: Source;
  readonly database: Database;
  readonly writer: Writer;
  readonly report: RunReport;
};

/** Watches one run. */
export class UpdateWatch {
  readonly #stores: Stores;
  readonly #fill = new Fill();
  /** Of an earlier run, and still waiting: what loses these fields goes to it too. */
  #waiting: { readonly id: string; readonly fields: ReadonlySet<string> } | undefined;
  /** Opened by this run, or by one that was cut short before it could be judged. */
  #opened: string | undefined;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  async start(): Promise<void> {
    const { source, database } = this.#stores;
    const batch = await database.read((tx) => openOne(tx, source.name, 'updates', 'waiting'));
    if (batch) this.#waiting = { id: batch.id, fields: new Set(batch.fields) };
    else this.#opened = (await database.read((tx) => openOne(tx, source.name, 'updates', 'opening')))?.id;
  }

  /** The items as they are to be written: updates that would empty a field become `held`. `last`: no more will come. */
  async judge(
    items: readonly Item[],
    knownOf: (id: string) => KnownRecord | undefined,
    last: boolean,
  ): Promise<readonly Item[]> {
    const updates = items.filter(
      (item): item is RecordItem => item.kind === 'record' && isUpdate(item, knownOf(item.id)),
    );
    if (updates.length === 0) return items;
    const before = await this.#stored(updates);
    for (const update of updates) {
      const stood = before.get(update.id);
      if (stood) this.#fill.add(stood, update.record);
    }
    const fallen = this.#fill.compared >= (last ? FEWEST : ENOUGH) ? this.#fill.fallen() : [];
    if (fallen.length > 0 && this.#waiting === undefined) this.#opened ??= await this.#open(fallen);
    const batch = this.#waiting?.id ?? this.#opened;
    if (batch === undefined) return items;
    return items.map((item): Item => {
      const stood = item.kind === 'record' ? before.get(item.id) : undefined;
      if (item.kind !== 'record' || stood === undefined || isHiding(item, stood)) return item;
      if (this.#opened === undefined && !this.#empties(item.record, stood)) return item;
      return { kind: 'held', id: item.id, batch, update: item };
    });
  }

  /**
   * At the end of the run: where the source as a whole does not lose half of a field, the updates are let through after all. A batch that a steward has
   * been shown is only added to, and never judged again.
   */
  async end(): Promise<void> {
    const { source, writer, report } = this.#stores;
    const batch = this.#opened;
    if (batch === undefined) {
      if (this.#waiting && report.figures.held > 0)
        report.tell(this.#told(this.#waiting.id, [...this.#waiting.fields]));
      return;
    }
    const fields = await this.#confirmed(batch);
    if (fields.length > 0) {
      await writer.commit([], undefined, async (tx) => {
        await startWaiting(tx, source.name, 'updates');
        await countWaiting(tx, source.name);
      });
      report.tell(this.#told(batch, fields));
      return;
    }
    for await (const items of heldItems(this.#stores.database, source.name, batch)) {
      const { counts } = await applyHeld(writer, source.name, items);
      report.figures.updated += counts.updated;
    }
    report.figures.held = 0;
    await writer.commit([], undefined, (tx) => closeBatch(tx, batch, 'settled', null));
  }

  #told(batch: string, fields: readonly string[]): Finding {
    const { source, report } = this.#stores;
    return finding('updates-held', {
      source: source.name,
      fields: fields.join(', '),
      count: report.figures.held,
      batch: batch.slice(0, 8),
    });
  }

  /** Losing a field that a waiting batch is about. */
  #empties(after: AnyRecord, before: AnyRecord): boolean {
    const now = new Set(filled(after));
    return filled(before).some((field) => this.#waiting?.fields.has(field) && !now.has(field));
  }

  async #open(fields: readonly string[]): Promise<string> {
    const { source, writer, report } = this.#stores;
    const { expireDays } = source.about.deletions;
    let id = '';
    await writer.commit([], undefined, async (tx) => {
      id = await openBatch(tx, {
        source: source.name,
        kind: 'updates',
        run: report.id,
        limit: 0,
        live: 0,
        fields,
        expireDays,
      });
    });
    return id;
  }

  /** What the records of these updates say as they stand. */
  async #stored(updates: readonly RecordItem[]): Promise<Map<string, AnyRecord>> {
    const { source, database } = this.#stores;
    const { records } = await database.read((tx) =>
      tx.run(
        `UNWIND $keys AS key MATCH (r:SourceRecord {key: key}) WHERE r.state IN ['live', 'missing'] RETURN r.id AS id, r.record AS record`,
        { keys: updates.map(({ id }) => recordKey(source.name, id)) },
      ),
    );
    return new Map(
      records.map((row) => [row.get('id') as string, JSON.parse(row.get('record') as string) as AnyRecord]),
    );
  }

  /** The fields that over half of all the source's records have, and that half of these would lose by this batch. */
  async #confirmed(batch: string): Promise<string[]> {
    const { source, database } = this.#stores;
    let all = 0;
    const had = new Map<string, number>();
    const lost = new Map<string, number>();
    const count = (counts: Map<string, number>, field: string) => counts.set(field, (counts.get(field) ?? 0) + 1);
    for await (const { record, update } of standingRecords(database, source.name, batch)) {
      all += 1;
      const now = update && new Set(filled(update));
      for (const field of filled(record)) {
        count(had, field);
        if (now && !now.has(field)) count(lost, field);
      }
    }
    return [...lost]
      .filter(([field, gone]) => had.get(field)! > all / 2 && gone >= had.get(field)! / 2)
      .map(([field]) => field);
  }
}

function isUpdate({ hash, mapping }: RecordItem, known: KnownRecord | undefined): boolean {
  return (known?.state === 'live' || known?.state === 'missing') && (known.hash !== hash || known.mapping !== mapping);
}

/** What is to be hidden is hidden at once, whatever else the update says. */
function isHiding({ record }: RecordItem, stood: AnyRecord): boolean {
  return stood.visibility === 'public' && record.visibility === 'hidden';
}

/** All records of a source, each with what a batch would make of it. */
async function* standingRecords(
  database: Database,
  source: string,
  batch: string,
): AsyncGenerator<{ readonly record: AnyRecord; readonly update: AnyRecord | undefined }> {
  let after = `${source}/`;
  for (;;) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.key > $after AND r.key STARTS WITH $prefix AND r.state IN ['live', 'missing']
         RETURN r.key AS key, r.record AS record, CASE WHEN r.heldUpdate = $batch THEN r.heldRecord END AS update
         ORDER BY r.key LIMIT ${MOST_ITEMS}`,
        { after, prefix: `${source}/`, batch },
      ),
    );
    for (const row of records) {
      const update = row.get('update') as string | null;
      yield {
        record: JSON.parse(row.get('record') as string) as AnyRecord,
        update: update === null ? undefined : (JSON.parse(update) as AnyRecord),
      };
    }
    if (records.length < MOST_ITEMS) return;
    after = records.at(-1)!.get('key') as string;
  }
}

/** Lets updates through that were held. */
export function applyHeld(writer: Writer, source: string, items: readonly RecordItem[]): Promise<Written> {
  const keys = items.map(({ id }) => recordKey(source, id));
  return writer.commit(items, undefined, (tx) => forgetUpdates(tx, keys));
}

/** The updates that wait under a batch, as items, page by page. Each page must be written, or taken out of the batch, before the next is asked for. */
export async function* heldItems(
  database: Database,
  source: string,
  batch: string,
): AsyncGenerator<readonly RecordItem[]> {
  for (;;) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.heldUpdate = $batch AND r.source = $source
         RETURN r {.id, raw: r.heldRaw, hash: r.heldHash, mapping: r.heldMapping, modified: r.heldModified, record: r.heldRecord, notes: r.heldNotes} AS update
         ORDER BY r.key LIMIT ${MOST_ITEMS}`,
        { batch, source },
      ),
    );
    if (records.length === 0) return;
    yield records.map((row) => storedItem(row.get('update') as StoredProperties));
  }
}
