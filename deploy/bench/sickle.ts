/** The Python client to compare with, in an environment of its own under the home folder. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const INSTALL_WITHIN_MS = 60_000;

/** The Python that has `sickle`, installed at the first use; or why there is none, in words. */
export async function pythonWithSickle(home: string): Promise<{ python: string } | { lacking: string }> {
  const folder = join(home, 'bench-python');
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python3');
  if (await runs(python, ['-c', 'import sickle'])) return { python };
  if (!(await runs('python3', ['--version']))) return { lacking: 'python3 est absent / python3 is absent' };
  try {
    await execute('python3', ['-m', 'venv', folder], { timeout: INSTALL_WITHIN_MS });
    await execute(python, ['-m', 'pip', 'install', '--quiet', 'sickle'], { timeout: INSTALL_WITHIN_MS });
  } catch (fault) {
    return { lacking: `sickle ne s’installe pas / cannot be installed: ${lastLine((fault as Error).message)}` };
  }
  return { python };
}

async function runs(command: string, parameters: readonly string[]): Promise<boolean> {
  try {
    await execute(command, parameters, { timeout: INSTALL_WITHIN_MS });
    return true;
  } catch {
    return false;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
