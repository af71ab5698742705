/** What may not be stored as it comes, asked before anything is: forgotten persons are not stored at all, what was taken down is stored hidden. */
import type { ManagedTransaction } from 'neo4j-driver';
import type { Message } from '#connectors/connector.ts';
import { recordKey } from '#graph-schema/bookkeeping.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import type { SuppressionKey } from '#graph-schema/suppression/key.ts';
import { keyOfList, SuppressionRefused, suppressedAmong } from '#graph-schema/suppression/list.ts';
import { hashOf } from './map.ts';
import { NO_TAKEDOWNS, standingTakedowns, type Takedowns, takenDown } from './takedown.ts';

/**
 * Of one source, for as long as its lease is held: who forgets a record or takes it down holds the lease too, so the answer cannot change
 * meanwhile. Costs two look-ups in all where nothing was ever forgotten; else one more a batch.
 */
export class Guard {
  readonly #source: string;
  #list: { readonly key: SuppressionKey | undefined } | undefined;
  #takedowns: Takedowns | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  /** Those of the ids whose records must not be stored. Throws SuppressionRefused where the list cannot be read. */
  async suppressed(tx: ManagedTransaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
    this.#list ??= { key: await keyOfList(tx) };
    const { key } = this.#list;
    return key === undefined ? new Set() : suppressedAmong(tx, key, this.#source, ids);
  }

  /** The items that may be stored, as they may be stored. Throws SuppressionRefused where the list cannot be read and they bring anything new. */
  async pass(tx: ManagedTransaction, items: readonly Item[]): Promise<readonly Item[]> {
    this.#takedowns ??= await standingTakedowns(tx);
    const takedowns = this.#takedowns;
    const suppressed = await this.#suppressedIn(tx, items);
    const left = suppressed.size === 0 ? items : items.filter((item) => !suppressed.has(itemId(item)));
    return takedowns === NO_TAKEDOWNS ? left : left.map((item) => takenDown(this.#source, item, takedowns));
  }

  async #suppressedIn(tx: ManagedTransaction, items: readonly Item[]): Promise<ReadonlySet<string>> {
    try {
      return await this.suppressed(tx, [...new Set(items.map(itemId))]);
    } catch (fault) {
      // Who is stored is not forgotten: hiding and deleting must not wait for a key.
      if (fault instanceof SuppressionRefused && (await this.#areStored(tx, items))) return new Set();
      throw fault;
    }
  }

  /** Whether they bring nothing that is not stored already: records in the bytes that stand there, and deletions. */
  async #areStored(tx: ManagedTransaction, items: readonly Item[]): Promise<boolean> {
    const rows = items.flatMap((item) =>
      item.kind === 'record' ? [{ key: recordKey(this.#source, item.id), hash: item.hash }] : [],
    );
    if (!items.every(({ kind }) => kind === 'record' || kind === 'deleted')) return false;
    const { records } = await tx.run(
      `UNWIND $rows AS row MATCH (r:SourceRecord {key: row.key}) WHERE r.hash = row.hash AND r.state IN ['live', 'missing']
       RETURN count(r) AS n`,
      { rows },
    );
    return Number(records[0]?.get('n')) === rows.length;
  }
}

/** What a message's record is known by: quarantine knows one without an identifier by its bytes. */
export function messageId(message: Message<unknown>): string | undefined {
  if (message.kind === 'checkpoint' || message.kind === 'end') return undefined;
  if (message.id !== undefined) return message.id;
  return message.kind === 'rejected' && message.raw ? `?${hashOf(message.raw)}` : undefined;
}

function itemId(item: Item): string {
  return item.id ?? (item.kind === 'rejected' ? `?${item.hash}` : '');
}
