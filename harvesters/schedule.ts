/** Every source at its hour. One source is never run twice at once, and those that fall due together wait for one another. */
import { schedule as cron } from 'node-cron';
import type { Source } from './sources.ts';

export interface Schedule {
  /** No more runs are begun; comes back when the one under way has ended. */
  stop(): Promise<void>;
}

/** Hours are those of France, whatever the machine's own. A fault of `runOne` is a bug: it is thrown on. */
export function startSchedule(sources: readonly Source[], runOne: (source: Source) => Promise<void>): Schedule {
  const due = new Set<Source>();
  let working: Promise<void> | undefined;
  let stopped = false;
  const workOff = async () => {
    for (const source of due) {
      if (stopped) break;
      await runOne(source);
      due.delete(source);
    }
    working = undefined;
  };
  const tasks = sources.map((source) =>
    cron(
      source.about.schedule!,
      () => {
        due.add(source);
        working ??= workOff();
      },
      { timezone: 'Europe/Paris', name: source.name },
    ),
  );
  return {
    async stop() {
      stopped = true;
      await Promise.all(tasks.map((task) => task.destroy()));
      await working;
    },
  };
}
