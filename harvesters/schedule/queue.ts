/** Which source goes next: by urgency, one of a host at a time, each after those that it names in `after`. Pure. */
import { type Due, intervalMs } from '../due.ts';
import { inOrder, type Source } from '../sources.ts';

/** Asked for by a steward first, then the most frequent (events before collections), then what has been due for longest. */
export function byUrgency(due: readonly { readonly source: Source; readonly due: Due }[], now: Date): Source[] {
  return due
    .map(({ source, due: { why, since } }) => {
      const { schedule } = source.about;
      const every = schedule === undefined ? Number.MAX_SAFE_INTEGER : intervalMs(schedule, now);
      return { source, asked: why === 'requested' ? 0 : 1, every, sinceMs: since.getTime() };
    })
    .sort((a, b) => a.asked - b.asked || a.every - b.every || a.sinceMs - b.sinceMs)
    .map(({ source }) => source);
}

/** The host that a source is read from, with its port; undefined for one that is read from this machine's files. */
export function hostOf({ options }: Source): string | undefined {
  const url = (options as { readonly url?: unknown } | null | undefined)?.url;
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : undefined;
}

/**
 * The first of `waiting` that may begin beside those `running`: its host is free, and nothing that it comes after is waiting or running.
 * A ring of `after` is broken as `inOrder` breaks it. Undefined where all must wait.
 */
export function nextOf(waiting: readonly Source[], running: readonly Source[]): Source | undefined {
  const hosts = new Set(running.map(hostOf).filter((host) => host !== undefined));
  const place = new Map(inOrder([...new Set([...waiting, ...running])]).map((source, index) => [source.name, index]));
  const pending = new Set([...waiting, ...running].map(({ name }) => name));
  return waiting.find((source) => {
    const host = hostOf(source);
    if (host !== undefined && hosts.has(host)) return false;
    const own = place.get(source.name) ?? 0;
    return !source.about.after.some((name) => pending.has(name) && (place.get(name) ?? 0) < own);
  });
}
