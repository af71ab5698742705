/** Harvests sources one after another, with progress shown: shared by `harvest` and `demo`. */
import { hostname } from 'node:os';
import { SingleBar } from 'cli-progress';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { contextFor } from '#harvesters/context.ts';
import type { RunReport } from '#harvesters/report.ts';
import { run } from '#harvesters/run.ts';
import type { Source } from '#harvesters/sources.ts';
import type { Hub } from './hub.ts';

/** Harvests in the order given. A source that fails does not stop the others; Ctrl-C stops after the running batch. */
export async function harvestAll(
  sources: readonly Source[],
  hub: Hub,
  options: { full?: boolean; progress: boolean },
): Promise<RunReport[]> {
  const resolver = createResolver();
  const reports: RunReport[] = [];
  const bar = options.progress ? progressBar(sources.length) : undefined;
  let before = 0;
  for (const source of sources) {
    if (hub.signal.aborted) break;
    const report = await run(source, hub.database, (one, tell) => contextFor(one, hub.signal, tell), {
      full: options.full ?? false,
      holder: `${hostname()}, processus ${process.pid}`,
      resolver,
      onProgress: ({ figures }) => bar?.show(reports.length, before + figures.seen, `${source.name} : ${figures.seen}`),
    });
    reports.push(report);
    before += report.figures.seen;
    bar?.show(reports.length, before, `${source.name} : ${report.outcome}`);
  }
  bar?.end();
  return reports;
}

interface Progress {
  show(done: number, records: number, now: string): void;
  end(): void;
}

/** A bar where a person looks on; a line a source where the output goes to a file. */
function progressBar(total: number): Progress {
  if (!process.stderr.isTTY) {
    let told = 0;
    return {
      show: (done, records, now) => {
        if (done > told) console.error(`  [${done}/${total}] ${now} (${records} notices en tout / records in all)`);
        told = done;
      },
      end: () => {},
    };
  }
  const bar = new SingleBar({
    format: '  {bar} {value}/{total} sources · {records} notices · {now}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
    barsize: 30,
    gracefulExit: false,
  });
  bar.start(total, 0, { records: 0, now: '' });
  return {
    show: (done, records, now) => bar.update(done, { records: records.toLocaleString('fr-FR'), now: now.slice(0, 50) }),
    end: () => bar.stop(),
  };
}

/** 0 when every run that was wanted is complete, 1 when one failed, else 3. */
export function exitCodeOf(reports: readonly RunReport[], wanted: number): number {
  if (reports.some(({ outcome }) => outcome === 'failed')) return 1;
  return reports.length === wanted && reports.every(({ outcome }) => outcome === 'complete') ? 0 : 3;
}
