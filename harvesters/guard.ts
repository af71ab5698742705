/** What may not be stored as it comes, asked before anything is: forgotten persons are not stored at all, what was taken down is stored hidden. */
import type { ManagedTransaction } from 'neo4j-driver';
import type { Message } from '#connectors/connector.ts';
import type { Item } from '#graph-schema/fold/items.ts';
import type { SuppressionKey } from '#graph-schema/suppression/key.ts';
import { keyOfList, suppressedAmong } from '#graph-schema/suppression/list.ts';
import { hashOf } from './map.ts';
import { NO_TAKEDOWNS, standingTakedowns, type Takedowns, takenDown } from './takedown.ts';

/**
 * Of one source, for as long as its lease is held: who forgets a record or takes it down holds the lease too, so the answer cannot change
 * meanwhile. Costs two look-ups in all where nothing was ever forgotten; else one more a batch.
 */
export class Guard {
  readonly #source: string;
  #known: { readonly key: SuppressionKey | undefined; readonly takedowns: Takedowns } | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  /** Those of the ids whose records must not be stored. Throws SuppressionRefused where the list cannot be read. */
  async suppressed(tx: ManagedTransaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const { key } = await this.#load(tx);
    return key === undefined ? new Set() : suppressedAmong(tx, key, this.#source, ids);
  }

  /** The items that may be stored, as they may be stored. */
  async pass(tx: ManagedTransaction, items: readonly Item[]): Promise<readonly Item[]> {
    const { key, takedowns } = await this.#load(tx);
    const ids = key === undefined ? [] : [...new Set(items.map(itemId))];
    const suppressed = await this.suppressed(tx, ids);
    const left = suppressed.size === 0 ? items : items.filter((item) => !suppressed.has(itemId(item)));
    return takedowns === NO_TAKEDOWNS ? left : left.map((item) => takenDown(this.#source, item, takedowns));
  }

  async #load(tx: ManagedTransaction) {
    this.#known ??= { key: await keyOfList(tx), takedowns: await standingTakedowns(tx) };
    return this.#known;
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
