/** One request at a time to each host, and a pause between two. */

/** How long a response may stand unread before it is taken for forgotten. */
const FORGOTTEN_MS = 1000;

/** A turn at a host: taken for one request, given back when its body has ended. */
export interface Turn {
  /** `unread`: a response was handed over, and nobody has begun to read its body. */
  state: 'asking' | 'unread' | 'reading';
  /** Gives the turn back: to be called once the transfer has ended. */
  release: () => void;
  /** Ends the transfer and gives the turn back. */
  leave: () => void;
  /** What `release` comes down to before there is a transfer. */
  done(): void;
}

interface Host {
  /** The turn given last, and its end. */
  last: { readonly turn: Turn; readonly ended: Promise<void> } | undefined;
  notBeforeMs: number;
}

/** The queue at every host of one client. */
export class Hosts {
  readonly #hosts = new Map<string, Host>();
  readonly #sleep: (ms: number) => Promise<void>;

  constructor(sleep: (ms: number) => Promise<void>) {
    this.#sleep = sleep;
  }

  /** Waits for our turn at `host`, at least `gapMs` after the last one began. A body that nobody began to read is left, so that it blocks nobody. */
  async turn(host: string, gapMs: number): Promise<Turn> {
    const state = this.#hosts.get(host) ?? { last: undefined, notBeforeMs: 0 };
    this.#hosts.set(host, state);
    const before = state.last;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const turn: Turn = { state: 'asking', release: resolve, leave: resolve, done: resolve };
    state.last = { turn, ended };
    try {
      if (before !== undefined) await this.#ended(before.turn, before.ended);
      const waitMs = state.notBeforeMs - performance.now();
      if (waitMs > 0) await this.#sleep(waitMs);
      state.notBeforeMs = performance.now() + gapMs;
      return turn;
    } catch (error) {
      turn.done();
      throw error;
    }
  }

  /** Waits for the end of the turn before ours. */
  async #ended(turn: Turn, ended: Promise<void>): Promise<void> {
    let over = false;
    const end = ended.then(() => {
      over = true;
    });
    while (!over) {
      const { state } = turn;
      let timer: NodeJS.Timeout | undefined;
      const pause = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FORGOTTEN_MS);
      });
      await Promise.race([end, pause]);
      clearTimeout(timer);
      if (state === 'unread' && turn.state === 'unread') {
        turn.leave();
        return;
      }
    }
  }
}
