/** Processes of a bench: each thing measured has an event loop and a memory of its own. One JSON line goes in, one comes out. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child<Answer> {
  /** The line that it wrote, parsed. Rejects with the end of its standard error when it ends without one, or takes too long. */
  readonly answer: Promise<Answer>;
  /** Ends it; comes back when it is gone. */
  stop(): Promise<void>;
}

const MOST_ERROR_CHARACTERS = 4_000;
const STOP_WITHIN_MS = 2_000;

/** Starts a script of this folder under the same Node; `environment` is what it has beside ours. It ends when its standard input does, so it never outlives this process. */
export function startScript<Answer>(
  script: string,
  input: unknown,
  withinMs: number,
  environment: Readonly<Record<string, string>> = {},
): Child<Answer> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return startCommand(process.execPath, [...process.execArgv, path], input, withinMs, environment);
}

/** Starts any command that answers with one JSON line. `environment` is what it has beside ours. */
export function startCommand<Answer>(
  command: string,
  parameters: readonly string[],
  input: unknown,
  withinMs: number,
  environment: Readonly<Record<string, string>> = {},
): Child<Answer> {
  const child = spawn(command, parameters, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  // A child that ends before it has read its input is told of by its exit.
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(input)}\n`);
  const answer = firstLine(child, command, withinMs).then((line) => JSON.parse(line) as Answer);
  // Whoever stops it early no longer waits for its answer.
  answer.catch(() => undefined);
  return { answer, stop: () => stop(child, gone) };
}

/** Starts, waits for the answer, and ends the process. */
export async function askScript<Answer>(script: string, input: unknown, withinMs: number): Promise<Answer> {
  const child = startScript<Answer>(script, input, withinMs);
  try {
    return await child.answer;
  } finally {
    await child.stop();
  }
}

function firstLine(child: ChildProcess, command: string, withinMs: number): Promise<string> {
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-MOST_ERROR_CHARACTERS);
  });
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`${command} : pas de réponse en ${withinMs} ms / no answer. ${errors}`)),
      withinMs,
    );
    late.unref();
    const lines = createInterface({ input: child.stdout! });
    lines.once('line', (line) => {
      clearTimeout(late);
      resolve(line);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      reject(new Error(`${command} : ${signal ?? `code ${code}`}\n${errors}`));
    });
  });
}

async function stop(child: ChildProcess, gone: Promise<void>): Promise<void> {
  child.stdin?.end();
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(late);
}

/** In the child: the line that it was given. From now on it ends when its parent does. */
export async function readInput<Input>(): Promise<Input> {
  const lines = createInterface({ input: process.stdin });
  lines.once('close', () => process.exit());
  const [line] = (await once(lines, 'line')) as [string];
  return JSON.parse(line) as Input;
}

/** In the child: gives the answer. */
export function answer(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
