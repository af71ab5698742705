/** The parts of EDM records, as they stream past, are put together again: bounded by what is held at once, never by the document. */
import { childrenOf, type XmlElement } from '../../xml.ts';
import type { XmlItem } from '../../xml-stream.ts';
import { aboutOf, classOf, nodesIn, propertiesOf, resourceOf } from './rdf.ts';

/** Characters of XML that wait for their other parts, and that are kept because many records name them (places, people, concepts). */
export interface JoinLimits {
  readonly waiting: number;
  readonly shared: number;
}
export const JOIN_LIMITS: JoinLimits = { waiting: 4 * 1_048_576, shared: 8 * 1_048_576 };

/** One child of the RDF document. */
interface Part {
  readonly item: XmlItem;
  readonly kind: string;
  readonly about: string | undefined;
}

/** The properties that lead from an aggregation to its thing, and to what shows it. */
const TO_THING = ['aggregatedCHO', 'proxyFor'] as const;
const TO_VIEWS = ['isShownBy', 'isShownAt', 'object', 'hasView'] as const;
const BELONGING: ReadonlySet<string> = new Set(['Aggregation', 'EuropeanaAggregation', 'Proxy']);

export class Joiner {
  /** Parts that no record claimed, and one of them. */
  alone = 0;
  example: string | undefined;
  readonly #limits: JoinLimits;
  /** Things that wait, in order. */
  #things: Part[] = [];
  /** Aggregations and proxies by the thing that they belong to. */
  readonly #belonging = new Map<string, Part[]>();
  /** Pictures, places, people, concepts, by their address. */
  readonly #named = new Map<string, Part>();
  readonly #claimed = new Set<string>();
  #waiting = 0;
  #shared = 0;

  constructor(limits: JoinLimits) {
    this.#limits = limits;
  }

  /** Takes a part; gives the records that are complete, or that must not wait any longer. */
  add(item: XmlItem): readonly { id: string | undefined; parts: readonly XmlItem[] }[] {
    const thing = thingIn(item.element);
    const part: Part = { item, kind: classOf(item.element), about: aboutOf(thing ?? item.element) };
    if (thing) {
      this.#things.push(part);
      this.#waiting += item.raw.length;
    } else if (BELONGING.has(part.kind)) this.#keepBelonging(part);
    else if (part.about !== undefined) this.#keepNamed(part.about, part);
    return this.#waiting > this.#limits.waiting ? this.#release(Math.ceil(this.#things.length / 2)) : [];
  }

  /** The records that are left. */
  end(): readonly { id: string | undefined; parts: readonly XmlItem[] }[] {
    const last = this.#release(this.#things.length);
    for (const parts of this.#belonging.values()) for (const part of parts) this.#leaveAlone(part);
    this.#belonging.clear();
    for (const [about, part] of this.#named) if (!this.#claimed.has(about)) this.#leaveAlone(part);
    this.#named.clear();
    return last;
  }

  #keepBelonging(part: Part): void {
    const thing = TO_THING.flatMap((name) => propertiesOf([part.item.element], name).map(resourceOf)).find(Boolean);
    if (thing === undefined) {
      this.#leaveAlone(part);
      return;
    }
    const others = this.#belonging.get(thing);
    if (others) others.push(part);
    else this.#belonging.set(thing, [part]);
    this.#waiting += part.item.raw.length;
  }

  /** The oldest go first where there are too many: they stand furthest from what is read now. */
  #keepNamed(about: string, part: Part): void {
    const before = this.#named.get(about);
    if (before) this.#shared -= before.item.raw.length;
    this.#named.set(about, part);
    this.#shared += part.item.raw.length;
    for (const [oldest, evicted] of this.#named) {
      if (this.#shared <= this.#limits.shared) break;
      this.#shared -= evicted.item.raw.length;
      this.#named.delete(oldest);
      if (!this.#claimed.delete(oldest)) this.#leaveAlone(evicted);
    }
  }

  #release(count: number): { id: string | undefined; parts: readonly XmlItem[] }[] {
    const released = this.#things.splice(0, count).map((thing) => {
      const belonging = (thing.about === undefined ? undefined : this.#belonging.get(thing.about)) ?? [];
      if (thing.about !== undefined) this.#belonging.delete(thing.about);
      for (const { item } of [thing, ...belonging]) this.#waiting -= item.raw.length;
      const own = [thing, ...belonging].map(({ item }) => item);
      return { id: thing.about, parts: [...own, ...this.#namedBy(own)] };
    });
    // What belongs to no thing that is held will not find one: its thing has passed, or never comes.
    if (this.#things.length === 0) {
      for (const parts of this.#belonging.values()) for (const part of parts) this.#leaveAlone(part);
      this.#belonging.clear();
      this.#waiting = 0;
    }
    return released;
  }

  /** All that these parts name, and what that names in turn (a place within a place), each once. */
  #namedBy(own: readonly XmlItem[]): readonly XmlItem[] {
    const found = new Map<string, XmlItem>();
    let level = own;
    for (let depth = 0; depth < 3 && level.length > 0; depth += 1) {
      const next: XmlItem[] = [];
      for (const address of level.flatMap(({ element }) => addressesOf(element))) {
        const part = this.#named.get(address);
        if (!part || found.has(address)) continue;
        found.set(address, part.item);
        this.#claimed.add(address);
        next.push(part.item);
      }
      level = next;
    }
    return [...found.values()];
  }

  #leaveAlone({ kind, about }: Part): void {
    this.alone += 1;
    this.example ??= `${kind} ${about ?? ''}`.trim().slice(0, 200);
  }
}

/** The thing that a part is, or that is written within it. */
function thingIn(element: XmlElement): XmlElement | undefined {
  const kind = classOf(element);
  if (kind === 'ProvidedCHO') return element;
  const within = BELONGING.has(kind) ? propertiesOf([element], 'aggregatedCHO').flatMap((one) => childrenOf(one)) : [];
  return within.find((one) => classOf(one) === 'ProvidedCHO');
}

/** Every address to which a part leads. Those of pictures may be written as text. */
function addressesOf(element: XmlElement): readonly string[] {
  const properties = nodesIn([element]).flatMap((node) => childrenOf(node));
  return properties.flatMap((property) => {
    const address = resourceOf(property) ?? (isView(property.name) ? textWithin(property) : undefined);
    return address === undefined ? [] : [address];
  });
}

const isView = (name: string): boolean => (TO_VIEWS as readonly string[]).includes(name);

function textWithin(property: XmlElement): string | undefined {
  const [only] = property.children;
  return typeof only === 'string' ? only.trim() || undefined : undefined;
}
