/**
 * Who is who where a steward decided something. The ledger remembers for each identifier its **base**: the uid that it has by codes alone, as
 * if nobody had ever decided anything. The uid in force follows from the bases, from what the records state and from the standing decisions,
 * and from nothing else: so a decision that is undone leaves no trace.
 */
import { compare } from './describing.ts';
import { uidOf } from './uid.ts';

/** A record as the ledger knows it: by its own identifier. */
export interface Member {
  readonly own: string;
  /** The strong identifiers that it states, or stated when it was deleted. */
  readonly states: readonly string[];
}

/** A decision about two records, by their own identifiers. */
export interface Ruling {
  readonly id: string;
  readonly kind: 'same' | 'distinct';
  readonly pair: readonly [string, string];
}

export interface Group {
  /** Best first. */
  readonly members: readonly Member[];
  /** Every identifier of the group, and its base. */
  readonly bases: ReadonlyMap<string, string>;
  /** The uid that is in force until now, of those that have one. */
  readonly uids: ReadonlyMap<string, string>;
  /** The change number with which a base was created; those without one are the youngest. */
  readonly ages: ReadonlyMap<string, number>;
  /** Oldest first. */
  readonly rulings: readonly Ruling[];
}

/** A record's claim to an identifier that a decision overrules. */
export interface Overruled {
  readonly own: string;
  readonly code: string;
  readonly ruling: Ruling;
}

export interface Parted {
  /** The uid in force for each identifier. */
  readonly uids: ReadonlyMap<string, string>;
  /** Where somebody who knows a base is led. */
  readonly uidOfBase: ReadonlyMap<string, string>;
  /** Bases about which something is decided, or that are connected with such by decisions. */
  readonly ruled: ReadonlySet<string>;
  readonly overruled: readonly Overruled[];
}

/**
 * Parts a group into things. Decisions come first, then the codes that the records in question state (the better source has the
 * better claim to a code that both sides state), then those of all others, then what held them together until now.
 */
export function part(group: Group): Parted {
  const parting = new Parting(group);
  parting.joinDecided();
  parting.joinByCodes();
  parting.joinByBase();
  return parting.done();
}

/** Sets that are joined, unless two records that were told apart would come together. */
class Sets {
  readonly #up = new Map<string, string>();
  readonly #apart: readonly Ruling[];

  constructor(rulings: readonly Ruling[]) {
    this.#apart = rulings.filter(({ kind }) => kind === 'distinct');
  }

  find(one: string): string {
    let root = one;
    for (let up = this.#up.get(root); up !== undefined; up = this.#up.get(root)) root = up;
    return root;
  }

  /** The decision that keeps two apart. */
  between(a: string, b: string): Ruling | undefined {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    return this.#apart.find(({ pair }) => {
      const [x, y] = [this.find(pair[0]), this.find(pair[1])];
      return (x === rootA && y === rootB) || (x === rootB && y === rootA);
    });
  }

  /** Joins two, or gives the decision that keeps them apart. */
  join(a: string, b: string): Ruling | undefined {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA === rootB) return undefined;
    const ruling = this.between(a, b);
    if (ruling === undefined) this.#up.set(rootB, rootA);
    return ruling;
  }
}

const tokenOf = (base: string) => `=${base}`;

class Parting {
  readonly #group: Group;
  readonly #sets: Sets;
  readonly #overruled: Overruled[] = [];
  /** Records that state codes of two things which were told apart: they join neither. */
  readonly #between = new Set<string>();
  readonly #claimed = new Set<string>();
  /** The records that were decided about, and all in the order in which they are heard: these first. */
  readonly #named: ReadonlySet<string>;
  readonly #ordered: readonly Member[];

  constructor(group: Group) {
    this.#group = group;
    this.#sets = new Sets(group.rulings);
    this.#named = new Set(group.rulings.flatMap(({ pair }) => pair));
    const isNamed = ({ own }: Member) => this.#named.has(own);
    this.#ordered = [...group.members.filter(isNamed), ...group.members.filter((one) => !isNamed(one))];
  }

  joinDecided(): void {
    for (const { kind, pair } of this.#group.rulings) if (kind === 'same') this.#sets.join(pair[0], pair[1]);
  }

  joinByCodes(): void {
    const { uids } = this.#group;
    const named = this.#ordered.filter(({ own }) => this.#named.has(own));
    // Who has a code keeps it; of two who had it as one thing, the better source.
    for (const member of named) this.#claim(member, (code) => uids.get(code) === uids.get(member.own));
    for (const member of named) this.#claim(member, (code) => uids.get(code) !== uids.get(member.own));
    for (const member of this.#ordered) {
      if (this.#named.has(member.own)) continue;
      const codes = this.#withoutStrangers(member);
      this.#claim(member, (code) => codes.includes(code));
    }
  }

  #claim({ own, states }: Member, isWanted: (code: string) => boolean): void {
    for (const code of states.filter(isWanted)) {
      this.#claimed.add(code);
      const ruling = this.#sets.join(own, code);
      if (ruling !== undefined) this.#overruled.push({ own, code, ruling });
    }
  }

  /** The codes of a record that lead to things which may be one. Where they lead to things that were told apart, it stays with the one that it was, or joins neither. */
  #withoutStrangers({ own, states }: Member): readonly string[] {
    const led = states.filter((code) => this.#claimed.has(code));
    const ruling = led.flatMap((a) => led.flatMap((b) => this.#sets.between(a, b) ?? []))[0];
    if (ruling === undefined) return states;
    const { uids } = this.#group;
    const setOf = (one: string) => this.#sets.find(one);
    const host = this.#ordered.find(
      (one) =>
        this.#named.has(one.own) &&
        uids.get(one.own) === (uids.get(own) ?? '') &&
        led.some((code) => setOf(code) === setOf(one.own)),
    );
    if (host === undefined) this.#between.add(own);
    const kept = states.filter(
      (code) => !led.includes(code) || (host !== undefined && setOf(code) === setOf(host.own)),
    );
    for (const code of states) if (!kept.includes(code)) this.#overruled.push({ own, code, ruling });
    return kept;
  }

  joinByBase(): void {
    const { bases } = this.#group;
    const tokens = new Set<string>();
    for (const waiting of [true, false]) {
      for (const { own } of this.#ordered) {
        const token = tokenOf(bases.get(own)!);
        if (this.#between.has(own) === waiting || (!waiting && tokens.has(token))) continue;
        tokens.add(token);
        this.#sets.join(token, own);
      }
    }
    const owns = new Set(this.#ordered.map(({ own }) => own));
    for (const [key, base] of bases) if (!owns.has(key) && !this.#claimed.has(key)) this.#sets.join(tokenOf(base), key);
  }

  done(): Parted {
    const { bases, rulings } = this.#group;
    const every = [...new Set(bases.values())];
    const uidOfSet = new Map<string, string>();
    for (const base of every.sort((a, b) => this.#age(a) - this.#age(b) || compare(a, b))) {
      const set = this.#sets.find(tokenOf(base));
      if (!uidOfSet.has(set)) uidOfSet.set(set, base);
    }
    this.#nameTheRest(uidOfSet, new Set(every));
    const uidOfAny = (one: string) => uidOfSet.get(this.#sets.find(one))!;
    const whole = new Sets([]);
    for (const [key, base] of bases) whole.join(tokenOf(base), key);
    for (const { pair } of rulings) whole.join(pair[0], pair[1]);
    const decided = new Set(rulings.map(({ pair }) => whole.find(pair[0])));
    return {
      uids: new Map([...bases.keys()].map((key) => [key, uidOfAny(key)])),
      uidOfBase: new Map(every.map((base) => [base, uidOfAny(tokenOf(base))])),
      ruled: new Set(every.filter((base) => decided.has(whole.find(tokenOf(base))))),
      overruled: this.#overruled,
    };
  }

  /** What was parted from its base keeps the uid that it has got, or is named after the first of its records. */
  #nameTheRest(uidOfSet: Map<string, string>, every: ReadonlySet<string>): void {
    const taken = new Set([...every, ...uidOfSet.values()]);
    for (const { own } of this.#ordered) {
      const set = this.#sets.find(own);
      if (uidOfSet.has(set)) continue;
      const until = this.#ordered
        .filter((one) => this.#sets.find(one.own) === set)
        .flatMap((one) => this.#group.uids.get(one.own) ?? []);
      let uid = until.find((one) => !taken.has(one)) ?? uidOf('apart', own);
      for (let n = 2; taken.has(uid); n += 1) uid = uidOf('apart', own, `${n}`);
      taken.add(uid);
      uidOfSet.set(set, uid);
    }
  }

  #age(base: string): number {
    return this.#group.ages.get(base) ?? Number.MAX_SAFE_INTEGER;
  }
}
