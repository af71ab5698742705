/** Contenders measured in turn, on the same question each time, so that what the machine does meanwhile falls on all of them. */

export interface Turns {
  /** Made before, and not counted. */
  readonly warmUp: number;
  readonly turns: number;
  /** On a machine that is busy elsewhere fewer turns are made, but one for each. */
  readonly withinMs: number;
}

/** What each took at each turn, in milliseconds. Who comes first changes from turn to turn (A B C, B C A, C A B). */
export async function inTurns<Name extends string>(
  contenders: Readonly<Record<Name, (turn: number) => Promise<unknown>>>,
  { warmUp, turns, withinMs }: Turns,
): Promise<Record<Name, readonly number[]>> {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const until = performance.now() + withinMs;
  for (let turn = 0; turn < warmUp + turns; turn += 1) {
    // Half of the time may go into warming up.
    if (turn < warmUp && performance.now() > until - withinMs / 2) turn = warmUp;
    if (turn > warmUp && performance.now() > until) break;
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(turn + place) % names.length]!;
      const started = performance.now();
      await contenders[name](turn);
      if (turn >= warmUp) times[name].push(performance.now() - started);
    }
  }
  return times;
}
