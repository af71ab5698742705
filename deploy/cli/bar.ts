/** A progress bar on standard error, where a person looks on; a line now and then where the output goes to a file. */
import { SingleBar } from 'cli-progress';
import { tell } from './hub.ts';

export interface Bar {
  show(done: number, of: number, now?: string): void;
  end(): void;
}

const LINE_EVERY_MS = 10_000;

/** `what` is counted, in words: "notices". Silent where `quiet`. */
export function progress(what: string, quiet = false): Bar {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return process.stderr.isTTY ? drawn(what) : lines(what);
}

function drawn(what: string): Bar {
  const bar = new SingleBar({
    format: `  {bar} {percentage} % · {value}/{total} ${what} {now}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
    barsize: 30,
    gracefulExit: false,
  });
  let started = false;
  return {
    show: (done, of, now = '') => {
      if (!started) bar.start(of, 0, { now: '' });
      started = true;
      bar.setTotal(Math.max(of, done));
      bar.update(done, { now: now === '' ? '' : `· ${now}` });
    },
    end: () => {
      if (started) bar.stop();
    },
  };
}

function lines(what: string): Bar {
  let told = performance.now();
  return {
    show: (done, of, now = '') => {
      if (performance.now() - told < LINE_EVERY_MS) return;
      told = performance.now();
      tell(`  ${done}/${of} ${what}${now === '' ? '' : ` · ${now}`}`);
    },
    end: () => undefined,
  };
}
